// The conversation: chips open entries, examples ask, the arrow keys walk from chip to chip.
const chips = () => Array.from(element.querySelectorAll(".chip"));
element.addEventListener("click", (event) => {
  const chip = event.target.closest(".chip");
  if (chip) {
    chips().forEach((other) => other.setAttribute("aria-pressed", String(other === chip)));
    window.presstimeOpens = true;
    trigger("view", { ...JSON.parse(chip.dataset.cite), order: localStorage.getItem("presstime-order") });
    return;
  }
  const example = event.target.closest(".example, .again");
  if (example) trigger("example", { question: example.dataset.question });
  const copy = event.target.closest("[data-copy], [data-link]");
  if (copy) keep(copy, copy.dataset.copy ?? location.origin + location.pathname + copy.dataset.link);
  const file = event.target.closest("[data-export]");
  if (file) trigger("export", { format: file.dataset.export });
  if (event.target.closest("[data-clear]")) trigger("clear");
});
element.addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const all = chips();
  const at = all.indexOf(document.activeElement);
  if (!step || at < 0) return;
  event.preventDefault();
  all[(at + step + all.length) % all.length].focus();
});
// Copying works on plain http too, where browsers give no clipboard to scripts.
const keep = async (button, text) => {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    button.focus();
  }
  const name = button.textContent;
  button.textContent = "Copied";
  setTimeout(() => (button.textContent = name), 1200);
};
const composer = document.querySelector("#composer");
// Questions asked in this browser stay in this browser, and are offered on the first view.
const remember = () => {
  const asked = element.querySelector(".turn:last-child")?.dataset.asked;
  if (!asked) return;
  const recent = JSON.parse(localStorage.getItem("presstime-recent") ?? "[]");
  if (recent[0] === asked) return;
  const kept = [asked, ...recent.filter((question) => question !== asked)].slice(0, 5);
  localStorage.setItem("presstime-recent", JSON.stringify(kept));
};
watch("value", () => {
  window.presstimeTimes?.();
  remember();
  window.presstimeOffer?.();
  const last = element.querySelector(".turn:last-child")?.getBoundingClientRect();
  if (!last) return;
  const hidden = last.bottom + 12 - composer.getBoundingClientRect().top;
  if (hidden > 0) window.scrollBy(0, Math.min(hidden, last.top - 12));
});
// "/" goes to the question from anywhere that is not a field.
document.addEventListener("keydown", (event) => {
  const field = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || field || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  document.querySelector("#question textarea")?.focus();
});
