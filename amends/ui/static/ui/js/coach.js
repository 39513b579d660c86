// The coach's notes beside a draft: where the words of each stand while one types, and the one key that goes there.
import { tell } from "./csrf.js";
import { moved, units } from "./underlay.js";

export const KEY = "F8";

const places = (form) => [...form.querySelectorAll("#coach [data-start]")];
const span = (place) => ({ start: Number(place.dataset.start), end: Number(place.dataset.end) });

// Takes the coach's answer: its places count whole letters, the field counts UTF-16 units. Gives the marks.
export const read = (form, text) => {
  const at = units(text);
  const inUnits = ({ start, end }) => ({ start: at(start), end: at(end) });
  for (const place of places(form)) Object.assign(place.dataset, inUnits(span(place)));
  const marks = JSON.parse(form.querySelector("#coach-marks")?.textContent ?? "[]");
  return marks.map((mark) => ({ ...mark, ...inUnits(mark) }));
};

// Keeps the places while one types; where the words themselves were touched, there is nothing to go to any more.
export const move = (form, changed) => {
  for (const place of places(form)) {
    const now = moved(span(place), changed);
    if (place.matches("button")) place.disabled = !now;
    else place.toggleAttribute("data-gone", !now);
    if (now) Object.assign(place.dataset, now);
  }
};

const after = (one, other) => one.start - other.start || one.end - other.end;

// The note whose words come next after what is selected, or before it; round and round.
const next = (form, selected, isBack) => {
  const links = [...form.querySelectorAll("#coach [data-jump]:not([data-gone])")];
  links.sort((one, other) => after(span(one), span(other)));
  if (isBack) links.reverse();
  return links.find((link) => (isBack ? after(span(link), selected) < 0 : after(span(link), selected) > 0)) ?? links[0];
};

// Goes to the words of `link`, or of the next note: `select(start, end)` marks them in the draft.
export const jump = (form, { link, selected, isBack, select }) => {
  const to = link ?? next(form, selected, isBack);
  if (!to || to.hasAttribute("data-gone")) return;
  const { start, end } = span(to);
  select(start, end);
  form.querySelector(`[data-underlay] mark[data-start="${start}"]`)?.scrollIntoView({ block: "nearest" });
  // Two notes may be about the same words.
  for (const other of form.querySelectorAll("#coach [data-jump]")) {
    other.closest(".coach-note").ariaCurrent = after(span(other), { start, end }) ? null : "true";
  }
  const note = to.closest(".coach-note");
  note.scrollIntoView({ block: "nearest" });
  tell(note.querySelector("[data-says]").textContent);
};
