// Questions to ask next. They come some time after their answer, and are shown under that answer alone.
window.presstimeNext = () => {
  document.querySelectorAll("#thread .next").forEach((node) => node.remove());
  const found = element.querySelector(".next");
  const last = document.querySelector("#thread .turn:last-child");
  if (!found || found.dataset.for !== last?.dataset.key || last.querySelector(".draft")) return;
  last.querySelector(".answer")?.append(found.cloneNode(true));
};
watch("value", window.presstimeNext);
