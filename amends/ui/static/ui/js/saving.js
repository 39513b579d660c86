// A draft is saved on every pause; until then its last keystrokes are kept on this device.
import { send } from "./csrf.js";
import { kept } from "./kept.js";

const PAUSE = 600;
const AGAIN = 5_000;
const LONGEST = 4_000;

export const saving = (form, { text, body, say, takeOver }) => {
  const copy = kept(`draft:${form.dataset.case}`);
  const url = form.dataset.draftUrl;
  let timer;
  let isSaving = false;
  let isDirty = false;
  let isStopped = false;
  let isLeaving = false;
  let underway = Promise.resolve();

  const save = async () => {
    clearTimeout(timer);
    if (isSaving || isStopped || !url) return;
    isSaving = true;
    isDirty = false;
    const saved = text();
    const answer = send(url, body());
    underway = Promise.race([answer.catch(() => {}), new Promise((go) => setTimeout(go, LONGEST))]);
    try {
      await answered(await answer, saved);
    } catch {
      notSaved();
    }
    isSaving = false;
    if (isDirty && !isStopped) timer = setTimeout(save, PAUSE);
  };

  const answered = async (answer, saved) => {
    const words = await answer.text();
    if (answer.status === 409) {
      isStopped = true;
      form.querySelector("[data-conflict]").innerHTML = words;
    } else if (answer.ok && answer.headers.has("X-Draft-Version")) {
      form.elements.version.value = answer.headers.get("X-Draft-Version");
      say(words);
      if (text() === saved) copy.forget();
    } else notSaved();
  };

  const notSaved = () => {
    say(form.querySelector("[data-status]").dataset.local, "is-local");
    clearTimeout(timer);
    timer = setTimeout(save, AGAIN);
  };

  const offer = () => {
    const words = copy.read();
    if (!words || words === text()) return;
    const status = form.querySelector("[data-status]");
    const take = Object.assign(document.createElement("button"), { type: "button", className: "text-button", textContent: status.dataset.take });
    take.addEventListener("click", () => {
      status.replaceChildren();
      status.classList.remove("is-local");
      takeOver(words);
    });
    status.replaceChildren(`${status.dataset.foundWords} `, take);
    status.classList.add("is-local");
  };

  addEventListener("online", () => { if (copy.read()) save(); });
  addEventListener("pagehide", () => { if (isDirty && !isStopped && url) send(url, body(), { keepalive: true }); });
  // A save that arrives after the letter would begin it anew: the letter waits for it.
  form.addEventListener("submit", (event) => {
    const { submitter } = event;
    isStopped = true;
    copy.isSending();
    if (!isSaving && !isLeaving) return;
    event.preventDefault();
    if (isLeaving) return;
    isSaving = false;
    isLeaving = true;
    underway.then(() => {
      isLeaving = false;
      form.requestSubmit(submitter);
    });
  });
  offer();

  return {
    typed: () => {
      isDirty = true;
      copy.write(text());
      if (isSaving || isStopped) return;
      clearTimeout(timer);
      timer = setTimeout(save, PAUSE);
    },
  };
};
