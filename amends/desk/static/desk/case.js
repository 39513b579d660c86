// The case page: begins at the newest entry, prints, copies the customer's link, and says when something came in.
import { tell } from "../ui/js/csrf.js";

const asked = new URLSearchParams(location.search).has("write") || location.hash === "#composer";
const timeline = () => document.getElementById("timeline");
const composer = () => document.getElementById("composer");

// On a phone the rail lies at the bottom of the window, over the page.
const floor = () => {
  const { top } = document.querySelector(".rail").getBoundingClientRect();
  return top > 0 ? innerHeight - top : 0;
};

// The newest entry stands right above the composer, which lies at the bottom of the window.
const place = () => Math.min(composer()?.offsetHeight ?? 0, innerHeight * 0.7) + floor();
const isAtNewest = (height) => Math.abs(timeline().getBoundingClientRect().bottom - (innerHeight - height)) < 24;
const showNewest = () => scrollBy(0, timeline().getBoundingClientRect().bottom - (innerHeight - place()));

if (!location.hash || asked) showNewest();
const takePen = () => composer()?.querySelector("textarea")?.focus({ preventScroll: true });
if (asked) takePen();
// A browser that goes to #composer when the page has come takes the focus away once more.
if (asked && document.readyState !== "complete") addEventListener("load", () => setTimeout(takePen));

// What the coach finds makes the composer taller; whoever reads the newest entry goes on reading it.
let before = place();
const watch = new ResizeObserver(() => {
  if (place() !== before && isAtNewest(before)) showNewest();
  before = place();
});
if (composer()) watch.observe(composer());

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

// Earlier entries unfold above; what one was reading stays where it is.
let held;
document.addEventListener("htmx:beforeSwap", (event) => {
  const first = event.detail.target?.id === "timeline" && timeline().querySelector(":scope > .letter, :scope > .event");
  held = first ? { id: first.id, top: first.getBoundingClientRect().top } : undefined;
});
document.addEventListener("htmx:afterSwap", () => {
  const same = held && document.getElementById(held.id);
  if (same) scrollBy(0, same.getBoundingClientRect().top - held.top);
  held = undefined;
});

// A menu is put away once something was chosen, or by a click beside it.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.drop[open]")) {
    if (!menu.contains(event.target) || event.target.closest(".menu a, .menu button")) menu.open = false;
  }
});

let count = document.querySelectorAll("#timeline > .letter").length;
document.addEventListener("htmx:afterSettle", (event) => {
  offerCopy();
  if (event.target.id === "composer") {
    event.target.querySelector("textarea")?.focus({ preventScroll: true });
    watch.disconnect();
    watch.observe(event.target);
  }
  const letters = document.querySelectorAll("#timeline > .letter");
  if (letters.length > count) tell(letters[letters.length - 1].querySelector("header")?.textContent.trim());
  count = letters.length;
});
