// A conversation to save: the file comes as JSON {name, text, nonce} and is handed to the browser.
watch("value", () => {
  if (!props.value) return;
  const { name, text } = JSON.parse(props.value);
  const link = Object.assign(document.createElement("a"), {
    href: URL.createObjectURL(new Blob([text])),
    download: name,
  });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
});
