// Asks whether the browser may show what the desk pushes, and hands its address to the form.
const form = document.querySelector("[data-push]");
const line = form?.querySelector("[data-push-line]");
const button = form?.querySelector("button");

function say(which) {
  line.textContent = form.querySelector(`[data-push-${which}]`).content.textContent;
}

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

async function subscribed() {
  const worker = await navigator.serviceWorker.register(form.dataset.worker);
  while (!worker.active) await new Promise(requestAnimationFrame);
  await (await worker.pushManager.getSubscription())?.unsubscribe();
  return worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(form.dataset.push) });
}

async function allow(event) {
  event.preventDefault();
  if ((await Notification.requestPermission()) !== "granted") return say("refused");
  try {
    const { endpoint, keys } = (await subscribed()).toJSON();
    const name = navigator.userAgentData?.brands?.at(-1)?.brand ?? navigator.userAgent.split(" ").at(-1);
    for (const [field, value] of Object.entries({ endpoint, ...keys, name })) form.elements[field].value = value;
  } catch {
    return say("failed");
  }
  form.removeEventListener("submit", allow);
  form.requestSubmit();
}

if (form && "serviceWorker" in navigator && "PushManager" in window) {
  button.disabled = false;
  say("ready");
  form.addEventListener("submit", allow);
}
