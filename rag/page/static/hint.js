// What came of what the reader did. A question that was not asked is put back into the field, unless the reader
// writes something else already.
watch("value", () => {
  window.presstimeTell?.(element.textContent.trim());
  const back = element.querySelector("[data-put-back]");
  const field = document.querySelector("#question textarea");
  if (!back || !field || field.value) return;
  field.value = back.dataset.putBack;
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
