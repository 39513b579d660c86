// On the customer's page: what was typed stays on this device until it is sent, even without a network.
const forms = document.querySelectorAll("form[data-keep]");

for (const form of forms) {
  const text = form.querySelector("textarea");
  const line = form.querySelector("[data-kept-words]");
  const key = `keep:${location.pathname}:${form.dataset.keep}`;
  const kept = localStorage.getItem(key);
  if (kept && !text.value) text.value = kept;
  text.addEventListener("input", () => localStorage.setItem(key, text.value));
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) {
      localStorage.removeItem(key);
      return;
    }
    event.preventDefault();
    if (line) line.textContent = line.dataset.keptWords;
  });
}
