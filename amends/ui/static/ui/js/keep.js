// On the customer's page what was typed stays on this device until it is sent.
import { kept } from "./kept.js";

for (const form of document.querySelectorAll("form[data-keep]")) {
  const text = form.querySelector("textarea");
  const line = form.querySelector("[data-kept-words]");
  const copy = kept(`${location.pathname}:${form.dataset.keep}`);
  if (!text.value) text.value = copy.read();
  text.addEventListener("input", () => copy.write(text.value));
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) {
      copy.isSending();
      return;
    }
    event.preventDefault();
    if (line) line.textContent = line.dataset.keptWords;
  });
}
