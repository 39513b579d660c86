// The rich editor, fetched only when somebody asks for it. The words are the same in both.
const TRIX = new URL("../vendor/trix.esm.min.js", import.meta.url).href;

// Trix puts two <style> elements into the head when it loads. The content policy lets none in, and
// components/rich.css has the same rules, so they are left out before the browser has to refuse them.
const load = async () => {
  if (customElements.get("trix-editor")) return;
  const { head } = document;
  head.insertBefore = (node, before) => (node.localName === "style" ? node : Node.prototype.insertBefore.call(head, node, before));
  try {
    await import(TRIX);
  } finally {
    delete head.insertBefore;
  }
};

const escaped = (text) => {
  const place = document.createElement("div");
  place.textContent = text;
  return place.innerHTML;
};

const asHtml = (text) => `<div>${escaped(text).replaceAll("\n", "<br>")}</div>`;

export const open = async (form, text) => {
  await load();
  const place = form.querySelector("[data-rich]");
  const input = form.querySelector("#draft-html");
  if (!input.value) input.value = asHtml(text);
  const editor = document.createElement("trix-editor");
  editor.setAttribute("input", input.id);
  editor.setAttribute("toolbar", "draft-toolbar");
  editor.setAttribute("aria-label", form.querySelector("[data-text]").getAttribute("aria-label"));
  editor.className = "voice";
  editor.addEventListener("trix-file-accept", (event) => event.preventDefault());
  place.hidden = false;
  place.append(editor);
  return editor;
};

export const words = (editor) => editor.editor.getDocument().toString().replace(/\n$/, "");

export const close = (form, editor) => {
  editor.remove();
  form.querySelector("#draft-html").value = "";
  form.querySelector("[data-rich]").hidden = true;
};
