// Good news goes by itself; what went wrong stays until it is put away.
const STAYS = 8000;

const prepare = (line) => {
  line.dataset.ready = "";
  const close = line.querySelector("[data-flash-close]");
  const go = () => {
    line.classList.add("is-going");
    setTimeout(() => line.remove(), 220);
  };
  if (close) {
    close.hidden = false;
    close.addEventListener("click", go);
  }
  if (line.matches(".error, .warning")) return;
  let timer = setTimeout(go, STAYS);
  line.addEventListener("pointerenter", () => clearTimeout(timer));
  line.addEventListener("focusin", () => clearTimeout(timer));
  line.addEventListener("pointerleave", () => { timer = setTimeout(go, STAYS); });
};

export const prepareAll = () => {
  for (const line of document.querySelectorAll("[data-flash]:not([data-ready])")) prepare(line);
};
prepareAll();
document.addEventListener("htmx:afterSettle", prepareAll);
