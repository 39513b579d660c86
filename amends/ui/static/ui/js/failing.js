// What failed is told where it was asked for: in the open sheet, else at the top of the page.
import { prepareAll } from "./flash.js";

const KINDS = { 0: "offline", 401: "signedOut", 403: "gone", 404: "gone" };

/** `status` is that of the answer, 0 when there was none. The words stand in ui/failure.html. */
export const failed = (status) => {
  const template = document.getElementById("failure");
  const place = document.querySelector("dialog[open] #sheet-body") ?? document.getElementById("flashes");
  if (!template || !place) return;
  const kind = KINDS[status] ?? "broken";
  if (place.querySelector(`[data-failure="${kind}"]`)) return;
  mended();
  const line = template.content.firstElementChild.cloneNode(true);
  line.dataset.failure = kind;
  line.querySelector("span").textContent = template.dataset[kind];
  line.querySelector("a").hidden = kind !== "signedOut";
  place.prepend(line);
  prepareAll();
};

const mended = () => {
  for (const line of document.querySelectorAll("[data-failure]")) line.remove();
};

// What pages ask by themselves fails in silence: they ask again, and say that they are not live.
const isAsked = ({ requestConfig }) => !/^(live:|deed$)/.test(requestConfig?.triggeringEvent?.type ?? "");

document.addEventListener("htmx:responseError", ({ detail }) => {
  if (detail.xhr.status === 401 || isAsked(detail)) failed(detail.xhr.status);
});
document.addEventListener("htmx:sendError", ({ detail }) => {
  if (isAsked(detail)) failed(0);
});
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.successful && isAsked(detail)) mended();
});
