// The tour: three example questions, one after the other. It is offered once in each browser.
const STEPS = [
  "New here? Three questions show how the desk works.",
  "1 of 3. The time after a sentence says where it stands: open it, and its entry shows with the words marked.",
  "2 of 3. Move the slider under the question to an earlier time, and later entries do not exist for the answer.",
  "3 of 3. Copy an answer with its citations, say whether it was right, or ask what is suggested under it.",
];
const NEXT = ["Show me", "Next question", "Next question", "Done"];
const box = element.querySelector(".tour");
const text = box.querySelector("p");
const next = box.querySelector("[data-tour=next]");
const end = box.querySelector("[data-tour=end]");
let step = 0;
let questions = [];
const show = () => {
  text.textContent = STEPS[step];
  next.textContent = NEXT[step];
  end.hidden = step === STEPS.length - 1;
  end.textContent = step ? "End the tour" : "No thanks";
  box.hidden = false;
};
const leave = () => {
  localStorage.setItem("presstime-tour", "seen");
  const held = box.contains(document.activeElement);
  box.hidden = true;
  if (held) document.querySelector("#question textarea")?.focus();
};
window.presstimeTour = () => {
  if (step) return;
  if (localStorage.getItem("presstime-tour") || document.querySelector("#thread .turn")) {
    box.hidden = true;
    return;
  }
  questions = Array.from(document.querySelectorAll("#first .offered .example"), (node) => node.dataset.question);
  if (questions.length >= 3) show();
};
element.addEventListener("click", (event) => {
  if (event.target.closest("[data-tour=end]")) return leave();
  if (!event.target.closest("[data-tour=next]")) return;
  if (step === STEPS.length - 1) return leave();
  localStorage.setItem("presstime-tour", "seen");
  trigger("example", { question: questions[step] });
  step += 1;
  show();
});
element.addEventListener("keydown", (event) => { if (event.key === "Escape") leave(); });
window.presstimeTour();
