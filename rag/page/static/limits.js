// On a small screen the filters are folded away; the button says so while one of them is set.
const button = element.querySelector("[data-limits]");
const composer = document.querySelector("#composer");
button.addEventListener("click", () => {
  const open = composer.classList.toggle("open");
  button.setAttribute("aria-expanded", String(open));
});
const name = () => {
  const set = document.querySelector("#as-of textarea, #as-of input")?.value
    || document.querySelector("#pages .token")
    || document.querySelector("#window input:checked")?.value !== "all";
  button.textContent = set ? "Pages and time (set)" : "Pages and time";
};
composer.addEventListener("input", () => setTimeout(name));
composer.addEventListener("click", () => setTimeout(name));
