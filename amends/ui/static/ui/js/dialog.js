// Opens a <dialog> for whatever names one in data-dialog; its content comes from the link's own address.
// Without script the same link is a page.
const open = (opener) => {
  const dialog = document.querySelector(opener.dataset.dialog);
  if (!dialog?.showModal) return false;
  const source = dialog.id === "sheet" ? opener.getAttribute("href") : null;
  if (source) {
    const body = dialog.querySelector("#sheet-body") ?? dialog;
    // What was there belongs to another deed; if nothing comes, failing.js says why.
    if (!dialog.open) body.replaceChildren();
    window.htmx.ajax("GET", source, { target: body, swap: "innerHTML" })
      .then(() => { if (body.childElementCount) show(dialog); }, () => {});
  } else {
    show(dialog);
  }
  return true;
};

const show = (dialog) => {
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("[data-focus], [autofocus], [aria-invalid]")?.focus();
  dialog.dispatchEvent(new CustomEvent("opened"));
};

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
