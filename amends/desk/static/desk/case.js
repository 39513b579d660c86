// The case page: begins at the newest entry, prints, copies the customer's link, and says when something came in.
import { tell } from "../ui/js/csrf.js";

const newest = document.querySelector("#timeline > li:last-child");
const composer = document.getElementById("composer");
const asked = new URLSearchParams(location.search).has("write") || location.hash === "#composer";

if (!location.hash || asked) newest?.scrollIntoView({ block: composer ? "center" : "end" });
if (asked) composer?.querySelector("textarea")?.focus({ preventScroll: true });

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

const offerCopy = () => {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
};
offerCopy();

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.parentElement.querySelector("[data-copy-from]").value);
  tell(button.dataset.copy);
  button.classList.add("is-done");
});

let count = document.querySelectorAll("#timeline > .letter").length;
document.addEventListener("htmx:afterSettle", (event) => {
  offerCopy();
  if (event.target.id === "composer") event.target.querySelector("textarea")?.focus({ preventScroll: true });
  const letters = document.querySelectorAll("#timeline > .letter");
  if (letters.length > count) tell(letters[letters.length - 1].querySelector("header")?.textContent.trim());
  count = letters.length;
});
