// Light or dark: the system's choice until the reader makes one, which is kept in this browser.
const root = document.body;
const name = () => (root.classList.contains("dark") ? "Light" : "Dark");
const label = () => element.querySelectorAll("[data-theme-toggle]").forEach((b) => {
  if (b.textContent !== name()) b.textContent = name();
});
const kept = localStorage.getItem("presstime-theme");
if (kept) root.classList.toggle("dark", kept === "dark");
element.addEventListener("click", (event) => {
  if (!event.target.closest("[data-theme-toggle]")) return;
  root.classList.toggle("dark");
  localStorage.setItem("presstime-theme", root.classList.contains("dark") ? "dark" : "light");
  label();
});
// Times stand as the page printed them until the reader asks for another zone; the zone is always named.
const shown_in = () => localStorage.getItem("presstime-times") ?? "page";
const retime = (node, zone) => {
  const moment = new Date(node.dataset.at);
  const clock = { hour: "2-digit", minute: "2-digit", timeZoneName: "short", timeZone: zone };
  const day = { day: "numeric", month: "long", timeZone: zone };
  if (/\d{4}$/.test(node.dataset.own)) day.year = "numeric";
  const text = moment.toLocaleTimeString("en-GB", clock);
  return node.dataset.own.includes(",") ? `${text}, ${moment.toLocaleDateString("en-GB", day)}` : text;
};
window.presstimeTimes = () => {
  const zone = { mine: Intl.DateTimeFormat().resolvedOptions().timeZone, utc: "UTC" }[shown_in()];
  if (!zone && !window.presstimeRetimed) return; // every time stands as it was printed
  window.presstimeRetimed = Boolean(zone);
  document.querySelectorAll("[data-at]").forEach((node) => {
    const text = zone ? retime(node, zone) : node.dataset.own;
    if (node.textContent !== text) node.textContent = text;
  });
};
element.addEventListener("change", (event) => {
  if (!event.target.matches("[data-times]")) return;
  localStorage.setItem("presstime-times", event.target.value);
  window.presstimeTimes();
});
window.presstimeTimes();
// What is told to screen readers: once, when it is there, and not each time the page draws it again.
const teller = Object.assign(document.createElement("p"), { className: "presstime-told", ariaLive: "polite" });
teller.setAttribute("aria-live", "polite");
document.body.append(teller);
window.presstimeTell = (text) => { teller.textContent = text; };
// What the side panel is asked for is numbered, and the last wish kept: answers may overtake each other.
let asks = 0;
window.presstimeWish = (request) => {
  asks += 1;
  if (!request.stay) window.presstimeWanted = { request, ask: asks, came: false };
  return { ...request, ask: asks };
};
// A part that is drawn again takes the keyboard's place with it; it is given back to the same button.
window.presstimeHold = (part) => {
  let held = "";
  part.addEventListener("focusin", (event) => { held = event.target.outerHTML; });
  part.addEventListener("focusout", (event) => { if (event.relatedTarget) held = ""; });
  document.addEventListener("pointerdown", (event) => { if (!part.contains(event.target)) held = ""; });
  return () => {
    if (!held || document.activeElement !== document.body) return;
    const same = Array.from(part.querySelectorAll("button, summary")).find((node) => node.outerHTML === held);
    same?.focus({ preventScroll: true });
  };
};
const select = element.querySelector("[data-times]");
if (select) select.value = shown_in();
label();
const name_filter = (tries) => {
  const pages = document.querySelector("#pages input");
  if (pages) pages.placeholder = "All";
  else if (tries) setTimeout(() => name_filter(tries - 1), 100);
};
name_filter(50);
// What is being written outlives a reload, and a desk that was started again.
const keep_draft = (tries) => {
  const field = document.querySelector("#question textarea");
  if (!field) return tries ? setTimeout(() => keep_draft(tries - 1), 100) : undefined;
  const draft = sessionStorage.getItem("presstime-draft");
  if (draft && !field.value) {
    field.value = draft;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  field.addEventListener("input", () => sessionStorage.setItem("presstime-draft", field.value));
};
keep_draft(50);
// The stream of answers is closed when none is awaited. A question that leaves in that very moment would be waited
// for in vain; the next event of the page opens the stream again, so one follows soon on what the reader does.
let waking = 0;
const wake = (event) => {
  if (waking || (event.type === "keydown" && event.key !== "Enter")) return;
  waking = setTimeout(() => { waking = 0; trigger("wake"); }, 1000);
};
document.addEventListener("click", wake);
document.addEventListener("keydown", wake);
