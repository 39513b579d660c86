// Asks whether the browser may show what the desk pushes, and hands its address to the form.
const form = document.querySelector("[data-push]");
const line = form?.querySelector("[data-push-line]");
const button = form?.querySelector("button");

function say(which) {
  line.textContent = form.querySelector(`[data-push-${which}]`).content.textContent;
}

function bytes(text) {
  const raw = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(raw, (letter) => letter.charCodeAt(0));
}

// Of a worker that was registered just now nobody can ask anything before it is active.
async function active(registration) {
  const coming = registration.installing ?? registration.waiting;
  if (registration.active || !coming) return;
  await new Promise((done) => coming.addEventListener("statechange", () => ["activated", "redundant"].includes(coming.state) && done()));
}

async function subscribed() {
  const registration = await navigator.serviceWorker.register(form.dataset.worker);
  await active(registration);
  const key = bytes(form.dataset.push);
  const known = await registration.pushManager.getSubscription();
  const ours = known && String(new Uint8Array(known.options.applicationServerKey ?? [])) === String(key);
  if (ours) return known;
  await known?.unsubscribe(); // the desk has another key than when it was allowed
  return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

async function allow(event) {
  event.preventDefault();
  if ((await Notification.requestPermission()) !== "granted") return say("refused");
  try {
    const { endpoint, keys } = (await subscribed()).toJSON();
    const name = navigator.userAgentData?.brands?.at(-1)?.brand ?? navigator.userAgent.split(" ").at(-1);
    for (const [field, value] of Object.entries({ endpoint, ...keys, name })) {
      if (form.elements[field]) form.elements[field].value = value;
    }
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
