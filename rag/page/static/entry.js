// Beside the conversation: pages, found entries, and the open entry, brought into view at the cited words.
const side = document.querySelector("#side");
const open = (request) => {
  if (request.order) localStorage.setItem("presstime-order", request.order);
  trigger("view", window.presstimeWish({ order: localStorage.getItem("presstime-order"), ...request }));
};
element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-view]");
  if (button) return open(JSON.parse(button.dataset.view));
  if (event.target.closest("[data-back]")) return back();
  const action = event.target.closest("[data-act]");
  if (action) return action.dataset.act === "withdraw" ? confirm_withdrawal(action) : act(action);
  const bar = event.target.closest("[data-as-of]");
  if (!bar) return;
  const field = document.querySelector("#as-of textarea, #as-of input");
  field.value = bar.dataset.asOf;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  document.querySelector("#question textarea").focus();
});
// On a small screen the entry lies under the conversation; this is the way back to the time that opened it.
const back = () => {
  const chip = document.querySelector("#thread .chip[aria-pressed=true]");
  const place = chip ?? document.querySelector("#question textarea");
  place.scrollIntoView({ block: "center" });
  place.focus({ preventScroll: true });
};
const act = (button) => trigger("act", { do: button.dataset.act, page: button.dataset.page });
const confirm_withdrawal = (button) => {
  const dialog = Object.assign(document.createElement("dialog"), { className: "presstime-dialog" });
  dialog.setAttribute("aria-labelledby", "presstime-sure");
  dialog.innerHTML = '<form method="dialog"><h2 id="presstime-sure"></h2><p></p><p><button value="cancel" class="plain" autofocus>Keep it</button><button value="send" class="main">Withdraw</button></p></form>';
  const { name, count } = button.dataset;
  dialog.querySelector("h2").textContent = "Withdraw this page?";
  dialog.querySelector("p").textContent = `“${name}” with ${count} entries will not be searched any more. It can be put back.`;
  document.body.append(dialog);
  dialog.addEventListener("close", () => {
    if (dialog.returnValue === "send") act(button);
    dialog.remove();
  });
  dialog.showModal();
};
element.addEventListener("keydown", (event) => {
  const step = { ArrowRight: "nextElementSibling", ArrowLeft: "previousElementSibling" }[event.key];
  if (!step || !event.target.matches(".bar")) return;
  event.preventDefault();
  let next = event.target[step];
  while (next && !next.matches(".bar")) next = next[step];
  next?.focus();
});
// The bars of the strip whose entries the conversation cites.
window.presstimeCited = () => {
  const strip = element.querySelector(".strip");
  if (!strip) return;
  const cites = Array.from(document.querySelectorAll("#thread .chip"), (chip) => JSON.parse(chip.dataset.cite));
  const times = cites.filter((cite) => cite.page === strip.dataset.page && cite.at !== null).map((cite) => cite.at);
  strip.querySelectorAll("[data-reach]").forEach((bar) => {
    const [first, last] = bar.dataset.reach.split(" ").map(Number);
    bar.classList.toggle("is-cited", times.some((at) => first <= at && at <= last));
  });
};
// More entries come in by themselves as the reader scrolls, and what is read stays where it is.
let anchor = null;
const remember = () => {
  const box = side.getBoundingClientRect();
  const entry = document.elementFromPoint(box.left + 60, Math.max(box.top, 0) + 90)?.closest?.(".entry");
  anchor = entry && element.contains(entry) ? { id: entry.dataset.id, top: entry.getBoundingClientRect().top } : null;
};
document.addEventListener("scroll", () => requestAnimationFrame(remember), { capture: true, passive: true });
const restore = () => {
  const entry = anchor && element.querySelector(`.entry[data-id="${CSS.escape(anchor.id)}"]`);
  if (!entry) return;
  const moved = entry.getBoundingClientRect().top - anchor.top;
  if (moved) (side.scrollHeight > side.clientHeight ? side : window).scrollBy({ top: moved, behavior: "instant" });
};
let coming = null;
const follow = () => {
  coming?.disconnect();
  const root = getComputedStyle(side).overflowY === "auto" ? side : null;
  coming = new IntersectionObserver((seen) => {
    const more = seen.find((one) => one.isIntersecting);
    if (!more) return;
    coming.disconnect();
    if (window.presstimeWanted?.came === false) return; // something else is on its way, and is watched anew
    more.target.querySelector("button").click();
  }, { root, rootMargin: "2400px 0px" });
  element.querySelectorAll(".following").forEach((more) => coming.observe(more));
};
window.presstimeTimes?.(); // it comes with the page, before any value changes
const hold = window.presstimeHold?.(element);
// Answers may overtake each other: one to an earlier wish never stays in the place of what was wished last.
const late = () => {
  const wanted = window.presstimeWanted;
  const came = Number(element.querySelector("[data-ask]")?.dataset.ask ?? Infinity);
  if (!wanted || came >= wanted.ask) return false;
  if (wanted.came) trigger("view", window.presstimeWish(wanted.request));
  return true;
};
watch("value", () => {
  window.presstimeTimes?.();
  if (late()) return;
  window.presstimeCited();
  follow();
  const wanted = window.presstimeWanted;
  if (!wanted || wanted.came) {
    restore();
    hold?.();
    return;
  }
  wanted.came = true;
  const target = element.querySelector(".cited") || element.querySelector(".chosen");
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  if (target) target.scrollIntoView({ block: "center", behavior: calm });
  else document.querySelector("#find").scrollIntoView({ block: "nearest" });
});
