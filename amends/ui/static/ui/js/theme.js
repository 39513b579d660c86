// The choice of light or dark holds at once; the server remembers it.
import { send } from "./csrf.js";

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-theme-form]");
  if (!form) return;
  event.preventDefault();
  const { submitter } = event;
  for (const button of form.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button === submitter));
  if (submitter.value) document.documentElement.dataset.theme = submitter.value;
  else delete document.documentElement.dataset.theme;
  send(form.action, new FormData(form, submitter));
});
