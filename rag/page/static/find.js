// The field that searches the entries: it is never drawn again, so that what is written in it stays.
element.addEventListener("submit", (event) => {
  event.preventDefault();
  const find = new FormData(event.target).get("find");
  trigger("view", window.presstimeWish(find ? { find } : {}));
});
