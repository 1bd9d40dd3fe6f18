// Light or dark: the system's choice until the reader makes one, which is kept in this browser.
const root = document.body;
const name = () => (root.classList.contains("dark") ? "Light" : "Dark");
const label = () => element.querySelectorAll("[data-theme-toggle]").forEach((b) => {
  if (b.textContent !== name()) b.textContent = name();
});
const kept = localStorage.getItem("presstime-theme");
if (kept) root.classList.toggle("dark", kept === "dark");
element.addEventListener("click", (event) => {
  if (!event.target.closest("[data-theme-toggle]")) return;
  root.classList.toggle("dark");
  localStorage.setItem("presstime-theme", root.classList.contains("dark") ? "dark" : "light");
  label();
});
watch("value", label);
label();
const name_filter = (tries) => {
  const pages = document.querySelector("#pages input");
  if (pages) pages.placeholder = "All";
  else if (tries) setTimeout(() => name_filter(tries - 1), 100);
};
name_filter(50);
