// A letter: a plain textarea with the coach's marks under it, saved on every pause.
import { attach } from "./attach.js";
import * as coach from "./coach.js";
import { send, tell } from "./csrf.js";
import * as rich from "./rich.js";
import { saving } from "./saving.js";
import { change, draw, moved } from "./underlay.js";

const COACH_PAUSE = 180;
const HEARTBEAT = 8_000;
const begun = new WeakSet();

const begin = (form) => {
  begun.add(form);
  const field = form.querySelector("[data-text]");
  const underlay = form.querySelector("[data-underlay]");
  const status = form.querySelector("[data-status]");
  let editor = null;
  let marks = coach.read(form, field.value);
  let last = field.value;
  let timer;
  let asked;
  let beaten = 0;

  const text = () => (editor ? rich.words(editor) : field.value);
  const say = (words, state = "") => {
    status.classList.remove("is-local", "is-failed");
    if (state) status.classList.add(state);
    status.textContent = words;
  };
  const body = () => {
    field.value = text();
    const data = new FormData(form);
    data.delete("files");
    return data;
  };
  const redraw = () => draw(underlay, field.value, marks);

  const askCoach = async () => {
    const read = text();
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await send(form.dataset.coachUrl, body(), { signal: asked.signal });
      if (!answer.ok || text() !== read) return;
      takeCoach(await answer.text());
    } catch (error) {
      if (error.name !== "AbortError") marks = [];
    }
  };
  const takeCoach = (words) => {
    const at = document.activeElement.closest("#coach *");
    if (at && at.name !== "tick") return;
    const before = form.querySelector("#coach header span")?.textContent;
    form.querySelector("#coach").outerHTML = words;
    if (at) form.querySelector(`#coach [name="tick"][value="${CSS.escape(at.value)}"]`)?.focus();
    window.htmx?.process(form.querySelector("#coach"));
    const now = form.querySelector("#coach header span")?.textContent;
    if (now !== before) tell(now);
    marks = coach.read(form, text());
    showFound(form);
    redraw();
  };

  const store = saving(form, { text, body, say, takeOver: (words) => replace({ start: 0, end: text().length }, words) });

  const typed = () => {
    const changed = change(last, text());
    last = text();
    marks = marks.map((mark) => moved(mark, changed)).filter(Boolean);
    coach.move(form, changed);
    if (!editor) redraw();
    store.typed();
    if (form.dataset.coachUrl) {
      clearTimeout(timer);
      timer = setTimeout(askCoach, COACH_PAUSE);
    }
    if (form.dataset.presenceUrl && Date.now() - beaten > HEARTBEAT) {
      beaten = Date.now();
      send(form.dataset.presenceUrl, new URLSearchParams({ typing: "1" })).catch(() => {});
    }
  };

  const select = (start, end) => {
    (editor ?? field).focus();
    if (editor) editor.editor.setSelectedRange([start, end]);
    else field.setSelectionRange(start, end);
  };
  const selected = () => {
    if (!editor) return { start: field.selectionStart, end: field.selectionEnd };
    const [start, end] = editor.editor.getSelectedRange();
    return { start, end };
  };

  const replace = ({ start, end }, words) => {
    select(start, end);
    if (editor) {
      if (words) editor.editor.insertString(words);
      else editor.editor.deleteInDirection("backward");
      return;
    }
    // Only this old command leaves the browser's own undo whole.
    const done = words ? document.execCommand("insertText", false, words) : document.execCommand("delete");
    if (!done) {
      field.setRangeText(words, start, end, "end");
      typed();
    }
  };

  const toggle = async (button) => {
    if (editor) {
      field.value = rich.words(editor);
      rich.close(form, editor);
      editor = null;
    } else {
      editor = await rich.open(form, field.value);
      editor.addEventListener("trix-change", typed);
    }
    form.elements.rich.value = editor ? "1" : "";
    field.parentElement.toggleAttribute("data-is-rich", Boolean(editor));
    button.setAttribute("aria-pressed", String(Boolean(editor)));
    (editor ?? field).focus();
    redraw();
  };

  form.addEventListener("click", (event) => {
    const mend = event.target.closest("[data-mend]");
    if (mend) replace(coach.span(mend), mend.dataset.words);
    const aside = event.target.closest("[data-dismiss]");
    if (aside) putAside(form, aside, askCoach);
    const link = event.target.closest("[data-jump]");
    if (link) {
      event.preventDefault();
      coach.jump(form, { link, select });
    }
    const switcher = event.target.closest("[data-toggle-rich]");
    if (switcher) toggle(switcher);
  });
  form.addEventListener("keydown", (event) => {
    const isText = event.target === field || event.target === editor;
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      event.preventDefault();
      if (!event.repeat) form.requestSubmit(form.querySelector("[data-send]"));
    } else if (event.key === "Enter" && !event.isComposing && event.target.matches("input:not([type=file])")) {
      // It would press the first button of the form, whatever that does.
      event.preventDefault();
    } else if (event.key === "Tab" && isText && !event.shiftKey) {
      const first = form.querySelector("#coach :is([data-mend], [data-jump])");
      if (first) { event.preventDefault(); first.focus(); }
    } else if (event.key === coach.KEY) {
      event.preventDefault();
      coach.jump(form, { selected: selected(), isBack: event.shiftKey, select });
    } else if (event.key === "Escape" && event.target.closest("#coach")) {
      event.preventDefault();
      (editor ?? field).focus();
    }
  });
  form.addEventListener("submit", () => { field.value = text(); });
  field.addEventListener("input", typed);
  form.addEventListener("change", (event) => { if (event.target.name === "tick") askCoach(); });
  attach(form, say);
  const switcher = form.querySelector("[data-toggle-rich]");
  if (switcher) switcher.hidden = false;
  if (switcher && form.elements.rich.value) toggle(switcher);
  redraw();
  if (form.querySelector("[data-asks]")) askCoach();
  if (isFresh() && field.value !== field.defaultValue) typed();
};

// Words typed before this script was there; what a browser puts back may have been sent already.
const isFresh = () => performance.getEntriesByType("navigation")[0]?.type === "navigate";

// The coach's answer brings the promises found along.
const showFound = (form) => {
  const found = form.querySelector("template[data-found-now]");
  if (!found) return;
  form.querySelector("[data-found]")?.replaceChildren(found.content.cloneNode(true));
  found.remove();
};

const putAside = (form, button, then) => {
  const note = Object.assign(document.createElement("input"), { type: "hidden", name: "aside", value: button.dataset.dismiss });
  form.append(note);
  button.closest(".coach-note").remove();
  then();
};

const beginAll = () => {
  for (const form of document.querySelectorAll("form[data-composer]")) if (!begun.has(form)) begin(form);
};
beginAll();
document.addEventListener("htmx:afterSettle", beginAll);
