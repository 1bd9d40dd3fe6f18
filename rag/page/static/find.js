// The field that searches the entries: it is never drawn again, so that what is written in it stays.
element.addEventListener("submit", (event) => {
  event.preventDefault();
  const find = new FormData(event.target).get("find");
  window.presstimeOpens = true;
  trigger("view", find ? { find } : {});
});
