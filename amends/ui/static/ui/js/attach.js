// Files of a draft: chosen, pasted or dropped, sent at once, shown as a list, taken out again.
import { send } from "./csrf.js";
import { failed } from "./failing.js";

export const attach = (form, say) => {
  const list = form.querySelector("[data-files]");
  const input = form.querySelector("[data-file-input]");
  const url = form.dataset.filesUrl;
  if (!url || !input || !list) return;

  const upload = async (files) => {
    if (!files.length) return;
    const body = new FormData();
    for (const file of files) body.append("files", file);
    const answer = await send(url, body).catch(() => null);
    if (answer?.ok) list.insertAdjacentHTML("beforeend", await answer.text());
    else say(await why(answer), "is-failed");
  };

  // What else answers than the desk itself, such as a proxy, has no words for the writer.
  const why = async (answer) =>
    [409, 422].includes(answer?.status) ? answer.text() : form.querySelector("[data-status]").dataset.noFile;

  input.addEventListener("change", async () => {
    await upload([...input.files]);
    input.value = "";
  });
  form.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    upload(files);
  });
  const section = form.closest(".composer") ?? form;
  section.addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    section.classList.add("is-over");
  });
  section.addEventListener("dragleave", () => section.classList.remove("is-over"));
  section.addEventListener("drop", (event) => {
    section.classList.remove("is-over");
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    upload([...event.dataTransfer.files]);
  });
  list.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-remove-file]");
    if (!button) return;
    event.preventDefault();
    const answer = await send(button.formAction, new FormData()).catch(() => null);
    if (answer?.ok) button.closest("li").remove();
    else if (answer?.status === 409) say(await answer.text(), "is-failed");
    else failed(answer?.status ?? 0);
  });
};
