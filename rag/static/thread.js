// The conversation: chips open entries, examples ask, the arrow keys walk from chip to chip.
const chips = () => Array.from(element.querySelectorAll(".chip"));
element.addEventListener("click", (event) => {
  const chip = event.target.closest(".chip");
  if (chip) {
    chips().forEach((other) => other.setAttribute("aria-pressed", String(other === chip)));
    trigger("cite", JSON.parse(chip.dataset.cite));
    return;
  }
  const example = event.target.closest(".example");
  if (example) trigger("example", { question: example.dataset.question });
});
element.addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const all = chips();
  const at = all.indexOf(document.activeElement);
  if (!step || at < 0) return;
  event.preventDefault();
  all[(at + step + all.length) % all.length].focus();
});
const composer = document.querySelector("#composer");
watch("value", () => {
  const last = element.querySelector(".turn:last-child")?.getBoundingClientRect();
  if (!last) return;
  const hidden = last.bottom + 12 - composer.getBoundingClientRect().top;
  if (hidden > 0) window.scrollBy(0, Math.min(hidden, last.top - 12));
});
