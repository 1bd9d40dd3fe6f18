// The open entry: brought into view at the cited words, beside the conversation or below it.
watch("value", () => {
  const target = element.querySelector(".cited") || element.querySelector(".chosen");
  if (!target) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  target.scrollIntoView({ block: "center", behavior: calm });
});
