// Each minute the clocks are drawn again and the distances said again. Clocks do not animate.
import { fill, tell } from "./csrf.js";

const MINUTE = 60_000;
const NEAR = 12 * 60;
const SOON = 25;
const words = JSON.parse(document.getElementById("clock-words")?.textContent ?? "{}");

const draw = (clock, now) => {
  const state = clock.dataset.state;
  if (state !== "open" && state !== "soon") return;
  const due = Date.parse(clock.dataset.due);
  const left = (100 * (due - now)) / (due - Date.parse(clock.dataset.made));
  if (left <= 0) turnLate(clock);
  else {
    if (left <= SOON) turn(clock, "soon");
    clock.querySelector(".clock-left")?.setAttribute("stroke-dasharray", `${Math.round(Math.min(100, left))} 100`);
  }
};

const turn = (clock, state) => {
  const row = clock.closest(".step-when, .promise");
  row?.classList.remove("open", "soon");
  row?.classList.add(state);
  clock.dataset.state = state;
};

const turnLate = (clock) => {
  turn(clock, "late");
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
  shape.setAttribute("d", "M10 5.6v5M10 13.9v.2");
  clock.querySelector(".clock-left")?.replaceWith(shape);
  tell(clock.closest("[data-row]")?.querySelector("[data-open]")?.textContent, true);
};

const say = (place, now) => {
  const minutes = (Date.parse(place.dataset.distance) - now) / MINUTE;
  if (Math.abs(minutes) >= NEAR) return;
  const whole = Math.max(1, minutes > 0 ? Math.ceil(minutes) : Math.floor(-minutes));
  const hours = Math.floor(whole / 60);
  const rest = whole % 60;
  const form = hours === 0 ? "min" : rest === 0 ? "h" : "hmin";
  const key = minutes > 0 ? form : `late${form[0].toUpperCase()}${form.slice(1)}`;
  const padded = minutes > 0 && hours ? String(rest).padStart(2, "0") : String(rest);
  const said = fill(words[key] ?? "", { hours, minutes: hours ? padded : rest });
  if (said && place.textContent !== said) place.textContent = said;
};

const redraw = () => {
  if (document.hidden) return;
  const now = Date.now();
  for (const clock of document.querySelectorAll("svg.clock[data-due][data-made]")) draw(clock, now);
  for (const place of document.querySelectorAll("[data-distance]")) say(place, now);
};

const tick = () => {
  redraw();
  setTimeout(tick, MINUTE - (Date.now() % MINUTE) + 50);
};
setTimeout(tick, MINUTE - (Date.now() % MINUTE) + 50);
document.addEventListener("visibilitychange", redraw);
