// The first view: examples ask, and what was asked before in this browser is offered again.
element.addEventListener("click", (event) => {
  const example = event.target.closest(".example");
  if (example) trigger("example", { question: example.dataset.question });
});
window.presstimeOffer = () => {
  const welcome = element.querySelector(".welcome");
  const recent = JSON.parse(localStorage.getItem("presstime-recent") ?? "[]");
  element.querySelectorAll(".before").forEach((node) => node.remove());
  window.presstimeTour?.();
  if (!welcome || !recent.length) return;
  const list = Object.assign(document.createElement("ul"), { className: "examples recent" });
  for (const question of recent) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "example", dir: "auto" });
    button.textContent = button.dataset.question = question;
    list.appendChild(document.createElement("li")).append(button);
  }
  const before = Object.assign(document.createElement("section"), { className: "before" });
  before.append(Object.assign(document.createElement("h3"), { textContent: "Asked before in this browser" }), list);
  welcome.append(before);
};
const hold = window.presstimeHold?.(element);
watch("value", () => { window.presstimeOffer(); hold?.(); });
window.presstimeOffer();
