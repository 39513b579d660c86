// The coach's notes: where their words stand while one types, and the key that goes there.
import { tell } from "./csrf.js";
import { moved, units } from "./underlay.js";

export const KEY = "F8";

const places = (form) => form.querySelectorAll("#coach [data-start]");
export const span = ({ dataset: { start, end } }) => ({ start: Number(start), end: Number(end) });

// The marks of the coach's answer, its places in units of the field.
export const read = (form, text) => {
  const at = units(text);
  const inUnits = ({ start, end }) => ({ start: at(start), end: at(end) });
  for (const place of places(form)) Object.assign(place.dataset, inUnits(span(place)));
  const marks = JSON.parse(form.querySelector("#coach-marks")?.textContent ?? "[]");
  return marks.map((mark) => ({ ...mark, ...inUnits(mark) }));
};

// Where the words themselves were touched, there is nothing to go to any more.
export const move = (form, changed) => {
  for (const place of places(form)) {
    const now = moved(span(place), changed);
    place.toggleAttribute(place.matches("button") ? "disabled" : "data-gone", !now);
    if (now) Object.assign(place.dataset, now);
  }
};

const after = (one, other) => one.start - other.start || one.end - other.end;

// The note whose words come next after what is selected, or before it; round and round.
const next = (form, selected, isBack) => {
  const links = [...form.querySelectorAll("#coach [data-jump]:not([data-gone])")];
  const way = isBack ? -1 : 1;
  links.sort((one, other) => way * after(span(one), span(other)));
  return links.find((link) => way * after(span(link), selected) > 0) ?? links[0];
};

// To the words of `link`, or of the next note.
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
