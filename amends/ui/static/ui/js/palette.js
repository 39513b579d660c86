// Find or do: the server answers what is typed with a list; arrows choose, Enter goes.
const PAUSE = 80;
const KEPT = 6;
const dialog = document.getElementById("palette");
const field = dialog?.querySelector("input");
const list = dialog?.querySelector("#found");
let timer;
let asked;

const options = () => [...list.querySelectorAll('[role="option"]')];

const choose = (option) => {
  for (const [number, other] of options().entries()) {
    other.id ||= `found-${number}`;
    other.setAttribute("aria-selected", String(other === option));
  }
  if (option) {
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  } else field.removeAttribute("aria-activedescendant");
};

const ask = async () => {
  const words = field.value.trim();
  asked?.abort();
  asked = new AbortController();
  const url = new URL(dialog.dataset.paletteUrl, location.href);
  url.searchParams.set("q", words);
  try {
    const answer = await fetch(url, { headers: { "HX-Request": "true" }, signal: asked.signal });
    if (!answer.ok) return;
    list.innerHTML = await answer.text();
    if (!words) list.prepend(...recents());
    window.htmx?.process(list);
    choose(options()[0]);
  } catch (error) {
    if (error.name !== "AbortError") throw error;
  }
};

const remembered = () => JSON.parse(localStorage.getItem("recents") ?? "[]");

// The page one is on is remembered by its heading, for the next time the palette opens empty.
const remember = () => {
  const words = document.querySelector("[data-recent]")?.dataset.recent;
  if (!words) return;
  const others = remembered().filter((page) => page.url !== location.pathname);
  localStorage.setItem("recents", JSON.stringify([{ url: location.pathname, words }, ...others].slice(0, KEPT)));
};

const recents = () => {
  const pages = remembered().filter((page) => page.url !== location.pathname && page.url.startsWith("/"));
  if (!pages.length) return [];
  const name = Object.assign(document.createElement("p"), { className: "group-name", textContent: list.dataset.recentLabel });
  const group = document.createElement("ul");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", list.dataset.recentLabel);
  for (const page of pages) {
    const line = group.appendChild(document.createElement("li"));
    line.setAttribute("role", "none");
    const option = line.appendChild(document.createElement("a"));
    Object.assign(option, { href: page.url, textContent: page.words, tabIndex: -1 });
    option.setAttribute("role", "option");
  }
  return [name, group];
};

const keys = {
  ArrowDown: () => step(1),
  ArrowUp: () => step(-1),
  Enter: () => options().find((option) => option.getAttribute("aria-selected") === "true")?.click(),
};

const step = (by) => {
  const all = options();
  const at = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
  choose(all[(at + by + all.length) % all.length]);
};

if (dialog) {
  remember();
  dialog.addEventListener("opened", () => { field.value = ""; ask(); field.focus(); });
  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, PAUSE); });
  field.addEventListener("keydown", (event) => {
    if (!(event.key in keys) || event.isComposing) return;
    event.preventDefault();
    keys[event.key]();
  });
  list.addEventListener("click", (event) => {
    if (event.target.closest('[role="option"]')) dialog.close();
  });
}
