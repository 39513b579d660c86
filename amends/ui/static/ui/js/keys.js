// One letter, no chord, never while typing: `data-key="r"`, or a sequence, `data-key="g n"`.
const PAUSE = 1200;
let begun = "";
let begunAt = 0;

export const isTyping = (target) =>
  target instanceof Element
  && Boolean(target.closest('input:not([type="checkbox"], [type="radio"], [type="button"]), textarea, select, trix-editor, [contenteditable="true"]'));

const isOff = () => document.body.dataset.keys === "off";
const isSeen = (element) => element.checkVisibility?.() ?? Boolean(element.offsetParent);

const owners = (keys) => {
  const dialog = document.querySelector("dialog[open]");
  return [...(dialog ?? document).querySelectorAll(`[data-key="${CSS.escape(keys)}"]`)].filter(isSeen);
};

const use = (element) => {
  if (element.matches("input:not([type=checkbox], [type=radio], [type=submit]), textarea, select, trix-editor")) element.focus();
  else element.click();
};

const leave = () => {
  if (document.querySelector("dialog[open], :popover-open")) return false;
  if (isTyping(document.activeElement)) {
    document.activeElement.blur();
    return true;
  }
  const back = document.querySelector("[data-key-back]");
  if (back) back.click();
  return Boolean(back);
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && !event.target.closest?.("trix-editor")) {
    event.preventDefault();
    document.querySelector('[data-dialog="#palette"]')?.click();
    return;
  }
  if (event.key === "Escape") {
    if (leave()) event.preventDefault();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isOff() || isTyping(event.target)) return;
  pressed(event);
});

const pressed = (event) => {
  if (event.key === "?") {
    event.preventDefault();
    showAll();
    return;
  }
  const sequence = begun && Date.now() - begunAt < PAUSE ? `${begun} ${event.key}` : event.key;
  begun = "";
  // The row under the cursor comes first: rows.js listens for this and may take the key.
  const offer = new CustomEvent("key", { detail: sequence, cancelable: true });
  if (!document.dispatchEvent(offer)) {
    event.preventDefault();
    return;
  }
  const [owner] = owners(sequence);
  if (owner) {
    event.preventDefault();
    use(owner);
  } else if (document.querySelector(`[data-key^="${CSS.escape(event.key)} "]`)) {
    begun = event.key;
    begunAt = Date.now();
  }
};

const showAll = () => {
  const dialog = document.getElementById("keys");
  const list = dialog?.querySelector("[data-keys-list]");
  if (!list || dialog.open) return;
  for (const line of list.querySelectorAll("[data-found-key]")) line.remove();
  const said = new Set();
  for (const owner of document.querySelectorAll("[data-key][data-key-label]")) {
    if (said.has(owner.dataset.key) || !isSeen(owner)) continue;
    said.add(owner.dataset.key);
    list.append(line(owner.dataset.keyLabel, owner.dataset.key));
  }
  dialog.showModal();
};

const line = (label, keys) => {
  const row = document.createElement("div");
  row.dataset.foundKey = keys;
  const name = row.appendChild(document.createElement("dt"));
  name.textContent = label;
  const place = row.appendChild(document.createElement("dd"));
  for (const key of keys.split(" ")) {
    place.append(Object.assign(document.createElement("kbd"), { textContent: key.toUpperCase() }), " ");
  }
  return row;
};
