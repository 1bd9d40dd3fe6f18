// What came of what the reader did. A question that was not asked is put back into the field, unless the reader
// writes something else already.
// What was wrong is not said any more once the reader mends it.
const mended = (event) => {
  if (event.isTrusted && (event.type === "input" || event.target.closest("[data-now]"))) {
    element.querySelector("[data-put-back]")?.classList.add("hint-old");
  }
};
document.querySelector("#composer").addEventListener("input", mended);
document.querySelector("#composer").addEventListener("click", mended);
watch("value", () => {
  window.presstimeTell?.(element.textContent.trim());
  const back = element.querySelector("[data-put-back]");
  const field = document.querySelector("#question textarea");
  if (!back || !field || field.value) return;
  field.value = back.dataset.putBack;
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
