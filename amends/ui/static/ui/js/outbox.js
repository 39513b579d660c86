// Counts the seconds until a held letter leaves, or may; both live on the server.
import { fill, tell } from "./csrf.js";

const seconds = (item) => Math.max(0, Math.ceil((Date.parse(item.dataset.leaves) - Date.now()) / 1000));

const count = () => {
  for (const item of document.querySelectorAll("[data-held]")) {
    const left = seconds(item);
    const words = item.querySelector("[data-count]");
    if (words) words.textContent = left ? fill(words.dataset.words, { seconds: left }) : words.dataset.gone;
    const share = Math.round((100 * left) / (Number(item.dataset.hold) || 15));
    item.querySelector(".clock-left")?.setAttribute("stroke-dasharray", `${Math.min(100, share)} 100`);
    if (!left && !item.dataset.over) leave(item);
  }
  for (const line of document.querySelectorAll("[data-until]")) {
    if (Date.parse(line.dataset.until) > Date.now()) continue;
    line.removeAttribute("data-until");
    tell((line.textContent = line.dataset.over));
  }
};

const leave = (item) => {
  item.dataset.over = "1";
  item.querySelector("[data-undo]")?.remove();
  setTimeout(() => item.remove(), 4000);
};

document.addEventListener("key", (event) => {
  if (event.detail !== "z" || event.defaultPrevented) return;
  const undo = [...document.querySelectorAll("[data-held] [data-undo]")].pop();
  if (!undo) return;
  event.preventDefault();
  undo.requestSubmit();
});

count();
setInterval(count, 1000);
document.addEventListener("htmx:afterSettle", count);
