// The conversation: chips open entries, examples ask, the arrow keys walk from chip to chip.
const chips = () => Array.from(element.querySelectorAll(".chip"));
const rated = {};
element.addEventListener("click", (event) => {
  const chip = event.target.closest(".chip");
  if (chip) {
    chips().forEach((other) => other.setAttribute("aria-pressed", String(other === chip)));
    trigger("view", window.presstimeWish({ ...JSON.parse(chip.dataset.cite), order: localStorage.getItem("presstime-order") }));
    return;
  }
  const example = event.target.closest(".example, .again");
  if (example) trigger("example", { question: example.dataset.question, asOf: example.dataset.asOf });
  const copy = event.target.closest("[data-copy], [data-link]");
  if (copy) keep(copy, copy.dataset.copy ?? location.origin + location.pathname + copy.dataset.link);
  const file = event.target.closest("[data-export]");
  if (file) trigger("export", { format: file.dataset.export });
  const thumb = event.target.closest("[data-thumb]");
  if (thumb) rate(thumb);
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
  window.presstimeTell("Copied");
  setTimeout(() => (button.textContent = name), 1200);
};
// Right or wrong: kept at once, and asked for more in a dialog where it was wrong.
const rate = (thumb) => {
  const { key, thumb: kind } = thumb.dataset;
  rated[key] = kind;
  press();
  trigger("rate", { key, good: kind === "up" });
  if (kind === "down") why(key, "refused" in thumb.dataset);
};
const press = () => element.querySelectorAll("[data-thumb]").forEach((thumb) => {
  thumb.setAttribute("aria-pressed", String(rated[thumb.dataset.key] === thumb.dataset.thumb));
});
const REASONS = [
  ["wrong", "What it says is wrong"], ["old", "It is out of date"], ["beside", "It does not answer the question"],
  ["source", "The entry does not say this"], ["missed", "The coverage does answer this"], ["other", "Something else"],
];
const why = (key, refused) => {
  const offered = REASONS.filter(([name]) => (refused ? ["missed", "other"] : ["wrong", "old", "beside", "source", "other"]).includes(name));
  const dialog = Object.assign(document.createElement("dialog"), { className: "presstime-dialog" });
  dialog.setAttribute("aria-labelledby", "presstime-why");
  dialog.innerHTML = `<form method="dialog"><h2 id="presstime-why">What is wrong with this answer?</h2><fieldset><legend>Reason</legend>${
    offered.map(([name, text], at) => `<label><input type="radio" name="reason" value="${name}"${at ? "" : " checked"}> ${text}</label>`).join("")
  }</fieldset><label>What it should have said<textarea name="correction" rows="3" maxlength="2000"></textarea></label><p><button value="cancel" class="plain">Not now</button><button value="send" class="main">Send</button></p></form>`;
  document.body.append(dialog);
  dialog.addEventListener("close", () => {
    const given = new FormData(dialog.querySelector("form"));
    const sent = dialog.returnValue === "send";
    dialog.remove();
    if (sent) trigger("rate", { key, good: false, reason: given.get("reason"), correction: given.get("correction") });
    element.querySelector(`[data-thumb=down][data-key="${key}"]`)?.focus();
  });
  dialog.showModal();
};
const composer = document.querySelector("#composer");
// What was asked and answered in this browser stays in this browser, and is offered again on the first view.
const MOST = 50;
const remember = () => {
  const turn = element.querySelector(".turn:last-child");
  const answer = turn?.querySelector(".answer:not(.draft, .error, .stopped)");
  const link = turn?.querySelector("[data-link]")?.dataset.link;
  if (!answer || !link) return;
  const kept = JSON.parse(localStorage.getItem("presstime-history") ?? "[]");
  if (kept[0]?.key === turn.dataset.key) return;
  const parts = answer.querySelectorAll(answer.matches(".not_in_coverage") ? ".verdict" : ".prose .said, p.prose:not(:has(.said))");
  const said = Array.from(parts, (node) => node.textContent).join(" ");
  const row = { key: turn.dataset.key, question: turn.dataset.asked, link, said: said.length > 140 ? `${said.slice(0, 139)}…` : said, at: Date.now() };
  localStorage.setItem("presstime-history", JSON.stringify([row, ...kept.filter((old) => old.link !== link)].slice(0, MOST)));
};
// An answer is told once, when it is whole; the words before that come and go too fast to be heard.
let told = "";
const tell = () => {
  const last = element.querySelector(".turn:last-child");
  const answer = last?.querySelector(".answer:not(.draft)");
  if (!answer || told === last.dataset.key) return;
  told = last.dataset.key;
  const parts = answer.querySelectorAll(".verdict, .prose .said, .prose .chip, p.prose:not(:has(.said)), .notice");
  window.presstimeTell?.(Array.from(parts, (node) => node.textContent).join(" "));
};
const hold = window.presstimeHold?.(element);
watch("value", () => {
  window.presstimeTimes?.();
  press();
  remember();
  tell();
  window.presstimeNext?.();
  hold?.();
  window.presstimeOffer?.();
  window.presstimeCited?.();
  const last = element.querySelector(".turn:last-child")?.getBoundingClientRect();
  if (!last) return;
  const hidden = last.bottom + 12 - composer.getBoundingClientRect().top;
  if (hidden > 0) window.scrollBy(0, Math.min(hidden, last.top - 12));
});
// "/" goes to the question from anywhere that is not a field.
document.addEventListener("keydown", (event) => {
  const field = event.target.closest?.("input, textarea, select, [contenteditable], dialog");
  if (event.key !== "/" || field || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  document.querySelector("#question textarea")?.focus();
});
