// Every request that htmx or our own fetch sends carries the token that the page was given.
import { failed } from "./failing.js";

export const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";

export const send = (url, body, options = {}) =>
  fetch(url, {
    method: "POST",
    body,
    credentials: "same-origin",
    headers: { "X-CSRFToken": token(), "HX-Request": "true", ...options.headers },
    keepalive: options.keepalive ?? false,
    signal: options.signal,
  }).then((answer) => {
    if (answer.status === 401) failed(401);
    return answer;
  });

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = token();
});

// What one cannot see is told: at most one message in five seconds (UX.md, 9).
let spoken = 0;
export const tell = (words, urgent = false) => {
  const region = document.getElementById(urgent ? "assertive" : "polite");
  if (!region || !words) return;
  const wait = Math.max(0, spoken + 5000 - Date.now());
  spoken = Date.now() + wait;
  setTimeout(() => { region.textContent = words; }, wait);
};

export const fill = (words, places) =>
  words.replace(/%\((\w+)\)s/g, (whole, name) => places[name] ?? whole);

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
const nameModifiers = (root) => {
  if (!isMac) return;
  for (const key of root.querySelectorAll("kbd[data-mod]")) key.textContent = `⌘${key.dataset.mod}`;
};
nameModifiers(document);
document.addEventListener("htmx:afterSwap", (event) => nameModifiers(event.target));
