// One stream of news for each member in a browser: the page with the lock listens for all.
// Each piece of news becomes an event on <body>: `live:now`, `live:case-7`, for `hx-trigger="live:case-7 from:body"`.
import { fill, tell } from "./csrf.js";
import { failed } from "./failing.js";

const ASK_EVERY = 30_000;
const AGAIN = 5_000;
const { live: address, liveFor: member, liveRenew: renewal } = document.body.dataset;
const NAME = `live-${member}`;
const line = document.querySelector("[data-live-line]");
const others = new BroadcastChannel(NAME);
const REMEMBERED = 100;
const passed = [];
let asking;
let lost;

const hand = (message) => {
  if (message.state) show(message);
  else if (message.resync) news("poll", {});
  else for (const topic of message.topics ?? []) news(topic, message);
};

const news = (topic, detail) => document.body.dispatchEvent(new CustomEvent(`live:${topic}`, { detail }));

const show = ({ state, since }) => {
  const isLost = state === "lost";
  if (line) {
    const words = line.querySelector("[data-words]");
    const clock = new Date(since).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false });
    if (isLost) words.textContent = fill(words.dataset.words, { clock });
    if (isLost && line.hidden) tell(words.textContent, true);
    line.hidden = !isLost;
  }
  if (isLost && !asking) asking = setInterval(() => news("poll", {}), ASK_EVERY);
  if (!isLost && asking) {
    clearInterval(asking);
    asking = undefined;
    news("poll", {});
  }
};

const pass = (message) => {
  hand(message);
  passed.push({ at: Date.now(), message });
  if (passed.length > REMEMBERED) passed.shift();
  others.postMessage(message);
};

const listen = (url) => {
  const stream = new EventSource(url);
  stream.addEventListener("open", () => {
    lost = undefined;
    pass({ state: "live" });
  });
  const take = (event) => pass(JSON.parse(event.data));
  stream.addEventListener("news", take);
  stream.addEventListener("message", take);
  stream.addEventListener("resync", () => pass({ resync: true }));
  stream.addEventListener("error", () => {
    lost ??= Date.now();
    pass({ state: "lost", since: lost });
    if (stream.readyState === EventSource.CLOSED) setTimeout(again, AGAIN);
  });
};

// The ticket in the address is good for some hours: a page that stays open asks for a new one.
const again = async () => {
  try {
    const answer = await fetch(renewal, { headers: { "HX-Request": "true" } });
    if (answer.ok) return listen(await answer.text());
    if (answer.status === 401) failed(401);
  } catch {
    // No network: asked again below.
  }
  return setTimeout(again, AGAIN);
};

if (address) {
  others.addEventListener("message", ({ data }) => {
    if (!data.asks) hand(data);
    else for (const { at, message } of passed) if (at >= data.asks && message.topics) others.postMessage(message);
  });
  // What another page passed on while this one was still on its way.
  others.postMessage({ asks: performance.timeOrigin });
  if (navigator.locks) navigator.locks.request(NAME, () => new Promise(() => listen(address)));
  else listen(address);
}

// What arrives while one reads waits behind one line (UX.md, principle 12).
const waiting = new Map();
const isRead = (list) => list.matches(":hover") || list.contains(document.activeElement);

document.addEventListener("htmx:confirm", (event) => {
  const { elt: list, triggeringEvent: cause, issueRequest } = event.detail;
  if (!cause?.type.startsWith("live:") || !list.matches("[data-hold-while-reading]") || !isRead(list)) return;
  event.preventDefault();
  const held = waiting.get(list) ?? { count: 0 };
  waiting.set(list, { count: held.count + 1, issueRequest });
  announce(list, held.count + 1);
});

const announce = (list, count) => {
  const place = list.querySelector("[data-changes]");
  const button = place?.querySelector("button");
  if (!button) return;
  button.querySelector("span").textContent = fill(count === 1 ? button.dataset.one : button.dataset.many, { count });
  place.hidden = false;
  tell(button.textContent);
};

const showChanges = () => {
  for (const { issueRequest } of waiting.values()) issueRequest(true);
  waiting.clear();
  for (const place of document.querySelectorAll("[data-changes]")) place.hidden = true;
};

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-changes] button")) showChanges();
});
document.addEventListener("key", (event) => {
  if (event.detail !== "." || !waiting.size) return;
  event.preventDefault();
  showChanges();
});
