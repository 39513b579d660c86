// A form that leads to another page is sent once, however often it is pressed.
// Whatever comes twice all the same is the server's to notice (amends/desk/once.py).
const MOMENTS = 3_000;
let sent = new WeakMap();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.getAttribute("method") !== "post") return;
  if (Date.now() - (sent.get(form) ?? 0) < MOMENTS) event.preventDefault();
  else sent.set(form, Date.now());
});
// Back on a page that the browser had put by.
addEventListener("pageshow", () => { sent = new WeakMap(); });
