// The first view: examples ask, and what was asked before in this browser is offered again with what was answered.
const OPEN = 5;
const past = () => JSON.parse(localStorage.getItem("presstime-history") ?? "[]");
element.addEventListener("click", (event) => {
  const example = event.target.closest(".example");
  if (event.target.closest("[data-forget]")) {
    localStorage.removeItem("presstime-history");
    window.presstimeOffer();
    document.querySelector("#question textarea")?.focus();
  } else if (event.target.closest("[data-all]")) window.presstimeOffer(true);
  else if (example?.dataset.link) location.assign(location.pathname + example.dataset.link);
  else if (example) trigger("example", { question: example.dataset.question, asOf: example.dataset.asOf });
});
const make = (name, fields) => Object.assign(document.createElement(name), fields);
// A question asked with pages or a window is asked again by its address, which holds them.
const row = ({ question, link, said, at }) => {
  const fixed = new URLSearchParams(link);
  const button = make("button", { type: "button", className: "example" });
  button.dataset.question = question;
  if (fixed.has("pages") || fixed.has("window")) button.dataset.link = link;
  else if (fixed.get("as_of")) button.dataset.asOf = fixed.get("as_of");
  button.append(make("span", { className: "asked", dir: "auto", textContent: question }));
  const when = new Date(at).toLocaleString("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", timeZoneName: "short" });
  const limits = fixed.get("as_of") ? `, as of ${fixed.get("as_of")}` : "";
  button.append(make("span", { className: "then", dir: "auto", textContent: `${said} (asked ${when}${limits})` }));
  const item = make("li", {});
  item.append(button);
  return item;
};
window.presstimeOffer = (all = false) => {
  const welcome = element.querySelector(".welcome");
  element.querySelectorAll(".before").forEach((node) => node.remove());
  window.presstimeTour?.();
  const kept = past();
  if (!welcome || !kept.length) return;
  const list = make("ul", { className: "examples recent" });
  list.append(...kept.slice(0, all ? kept.length : OPEN).map(row));
  const before = make("section", { className: "before" });
  const more = make("p", { className: "more" });
  if (!all && kept.length > OPEN) {
    more.append(make("button", { type: "button", className: "quiet", textContent: `Show all ${kept.length}` }));
    more.firstChild.dataset.all = "";
  }
  const forget = make("button", { type: "button", className: "quiet", textContent: "Forget these" });
  forget.dataset.forget = "";
  more.append(forget);
  before.append(make("h3", { textContent: "Asked before in this browser" }), list, more);
  welcome.append(before);
};
const hold = window.presstimeHold?.(element);
watch("value", () => { window.presstimeOffer(); hold?.(); });
window.presstimeOffer();
