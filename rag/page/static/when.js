// The time to answer as of: a slider over the newest day's entries, and the field it writes to.
const slider = element.querySelector("input");
const shown = element.querySelector("output");
const field = () => document.querySelector("#as-of textarea, #as-of input");
let moments = [];
const set = (text) => {
  const at = field();
  if (!at || at.value === text) return;
  at.value = text;
  at.dispatchEvent(new Event("input", { bubbles: true }));
};
const tell = () => {
  const at = Number(slider.value);
  const text = at < moments.length ? moments[at][1] : moments.length ? "now" : "";
  const typed = field()?.value ?? "";
  const own = typed && typed !== moments[at]?.[0] ? typed : text;
  shown.textContent = own;
  element.querySelector("[data-now]").classList.toggle("idle", !typed);
  slider.setAttribute("aria-valuetext", own);
};
const settle = () => {
  const at = moments.findIndex((moment) => moment[0] === field()?.value);
  slider.value = at < 0 ? moments.length : at;
  tell();
};
slider.addEventListener("input", () => {
  const at = Number(slider.value);
  set(at < moments.length ? moments[at][0] : "");
  tell();
});
element.addEventListener("click", (event) => {
  if (!event.target.closest("[data-now]")) return;
  set("");
  settle();
});
document.addEventListener("input", (event) => {
  if (event.target.closest?.("#as-of")) settle();
});
window.presstimeMoments = (listed) => {
  moments = listed;
  slider.max = moments.length;
  slider.disabled = !moments.length;
  settle();
};
if (window.presstimeListed) window.presstimeMoments(window.presstimeListed);
