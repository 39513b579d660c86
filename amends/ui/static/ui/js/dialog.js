// Opens the <dialog> that data-dialog names; its content comes from the link's address.
// Without script the same link is a page.
const open = (opener) => {
  const dialog = document.querySelector(opener.dataset.dialog);
  if (!dialog?.showModal) return false;
  const source = dialog.id === "sheet" ? opener.getAttribute("href") : null;
  if (source) {
    const body = dialog.querySelector("#sheet-body") ?? dialog;
    // What was there belongs to another deed; if nothing comes, failing.js says why.
    if (!dialog.open) body.replaceChildren();
    window.htmx.ajax("GET", source, { target: body, swap: "innerHTML" }).then(() => {
      if (!body.childElementCount) return;
      // htmx looks at what came a moment later; whoever is quick would send the form as a page before that.
      window.htmx.process(body);
      show(dialog);
    }, () => {});
  } else {
    show(dialog);
  }
  return true;
};

const show = (dialog) => {
  if (!dialog.open) dialog.showModal();
  begin(dialog);
  dialog.dispatchEvent(new CustomEvent("opened"));
};

// What is wrong comes first, else where the form says that one begins.
const begin = (dialog) => {
  const wrong = dialog.querySelector('[aria-invalid="true"], .has-error :is(input, textarea, select)');
  (wrong ?? dialog.querySelector("[data-focus], [autofocus]"))?.focus();
};

// A form that comes back with what is wrong in it took the place of the one that had the focus.
document.addEventListener("htmx:afterSettle", (event) => {
  const dialog = event.detail.target?.closest("dialog[open]");
  if (dialog && !dialog.contains(document.activeElement?.closest("form, header"))) begin(dialog);
});

document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.(".sheet form[method=post]");
  if (!form || event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
  event.preventDefault();
  if (!event.repeat) form.requestSubmit();
});

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const opener = event.target.closest("[data-dialog]");
  if (opener && open(opener)) event.preventDefault();
  if (event.target.closest("[data-close]")) event.target.closest("dialog")?.close();
  if (event.target instanceof HTMLDialogElement && event.target.open) closeOutside(event);
});

const closeOutside = (event) => {
  const box = event.target.getBoundingClientRect();
  const inside = event.clientX >= box.left && event.clientX <= box.right
    && event.clientY >= box.top && event.clientY <= box.bottom;
  if (!inside && !event.target.matches(":has(textarea:not(:placeholder-shown))")) event.target.close();
};

// The server closes the sheet with `HX-Trigger: close-dialog` once the deed is done.
document.addEventListener("close-dialog", () => {
  for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
});
