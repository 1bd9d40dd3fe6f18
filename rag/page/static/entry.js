// Beside the conversation: pages, found entries, and the open entry, brought into view at the cited words.
const open = (request) => {
  if (request.order) localStorage.setItem("presstime-order", request.order);
  window.presstimeOpens = !request.stay;
  trigger("view", { order: localStorage.getItem("presstime-order"), ...request });
};
element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-view]");
  if (button) return open(JSON.parse(button.dataset.view));
  const bar = event.target.closest("[data-as-of]");
  if (!bar) return;
  const field = document.querySelector("#as-of textarea");
  field.value = bar.dataset.asOf;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  document.querySelector("#question textarea").focus();
});
element.addEventListener("submit", (event) => {
  event.preventDefault();
  open({ find: new FormData(event.target).get("find") });
});
element.addEventListener("keydown", (event) => {
  const step = { ArrowRight: "nextElementSibling", ArrowLeft: "previousElementSibling" }[event.key];
  if (!step || !event.target.matches(".bar")) return;
  event.preventDefault();
  let next = event.target[step];
  while (next && !next.matches(".bar")) next = next[step];
  next?.focus();
});
watch("value", () => {
  window.presstimeTimes?.();
  if (!window.presstimeOpens) return;
  window.presstimeOpens = false;
  const target = element.querySelector(".cited") || element.querySelector(".chosen");
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  if (target) target.scrollIntoView({ block: "center", behavior: calm });
  else element.scrollIntoView({ block: "nearest" });
});
