// A cursor over [data-rows]: j and k move it, Enter opens, and a row's own keys act on it.
// It is kept by the row's id, so that it survives whatever the server sends; and by the id of the row that follows,
// which has it once its own row was done and has gone or moved down.
const ROW = "[data-row]";
const KEPT_AS = `row:${location.pathname}`;
let [current, following] = (sessionStorage.getItem(KEPT_AS) ?? "").split(" ");

const list = () => document.querySelector("[data-rows]");
const rows = () => [...(list()?.querySelectorAll(ROW) ?? [])];
const chosen = () => rows().find((row) => row.dataset.row === current);

const resumed = () => {
  const all = rows();
  const at = all.findIndex((row) => row.dataset.row === current);
  const next = all.findIndex((row) => row.dataset.row === following);
  return all[at < 0 || (next >= 0 && next < at) ? next : at];
};

const mark = (row, { scroll = true } = {}) => {
  for (const other of document.querySelectorAll(`${ROW}.is-current`)) {
    if (other === row) continue;
    other.classList.remove("is-current");
    other.querySelector("[data-open]")?.removeAttribute("aria-current");
  }
  if (!row) return;
  current = row.dataset.row;
  const all = rows();
  following = all[all.indexOf(row) + 1]?.dataset.row ?? "";
  sessionStorage.setItem(KEPT_AS, `${current} ${following}`);
  row.classList.add("is-current");
  const link = row.querySelector("[data-open]");
  link?.setAttribute("aria-current", "true");
  if (scroll) {
    link?.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }
};

const move = (step) => {
  const all = rows();
  if (!all.length) return;
  const at = all.findIndex((row) => row.dataset.row === current);
  mark(all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + step))]);
};

const act = (row, key) => {
  const url = row.getAttribute(`data-url-${key}`);
  if (!url) return false;
  const sheet = document.getElementById("sheet");
  if (sheet && row.dataset.sheets?.split(" ").includes(key)) {
    const link = Object.assign(document.createElement("a"), { href: url, hidden: true });
    link.dataset.dialog = "#sheet";
    row.append(link);
    link.click();
    link.remove();
  } else location.assign(url);
  return true;
};

document.addEventListener("key", (event) => {
  if (!list() || document.querySelector("dialog[open]")) return;
  const key = event.detail;
  const row = chosen();
  let taken = true;
  if (key === "j" || key === "ArrowDown") move(1);
  else if (key === "k" || key === "ArrowUp") move(-1);
  else if (key === "Enter") taken = openRow(row);
  else taken = Boolean(row && /^[a-z]$/.test(key) && act(row, key));
  if (taken) event.preventDefault();
});

const openRow = (row) => {
  if (!row || document.activeElement?.closest("button, a:not([data-open]), summary")) return false;
  row.querySelector("[data-open]")?.click();
  return true;
};

document.addEventListener("focusin", (event) => {
  const row = event.target.closest?.(`[data-rows] ${ROW}`);
  if (row) mark(row, { scroll: false });
});

const isOnRow = (place) => Boolean(place?.closest(`[data-rows] ${ROW}`));
const isFree = (place) => !place || place === document.body || isOnRow(place);

let before = -1;
let wasOnRow = false;
document.addEventListener("htmx:beforeSwap", () => {
  before = rows().findIndex((row) => row.dataset.row === current);
  // Two swaps at once: the first may have taken the row away, and with it the focus, before the second is announced.
  wasOnRow ||= isOnRow(document.activeElement);
});
document.addEventListener("htmx:afterSettle", () => {
  if (!list() || document.querySelector("dialog[open]")) return;
  const all = rows();
  const row = resumed() ?? (before >= 0 ? all[Math.min(before, all.length - 1)] : undefined);
  mark(row, { scroll: wasOnRow && isFree(document.activeElement) && !row?.contains(document.activeElement) });
  wasOnRow = false;
});

mark(resumed(), { scroll: false });
