// Times of the newest day's entries, for the slider; the background writes them here and nowhere else.
const pass = () => {
  window.presstimeListed = JSON.parse(element.textContent.trim() || "[]");
  window.presstimeMoments?.(window.presstimeListed);
};
watch("value", pass);
pass();
