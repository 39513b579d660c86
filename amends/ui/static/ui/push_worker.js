// Shows what the desk pushes, and opens what it is about. It keeps nothing and answers no request.
self.addEventListener("push", (event) => {
  const told = event.data?.json() ?? {};
  // A second alarm about the same takes the first one's place, and is heard as well.
  const again = { tag: told.url, renotify: Boolean(told.url) };
  const options = { ...again, body: told.body ?? "", data: told.url, icon: "mark.svg" };
  event.waitUntil(self.registration.showNotification(told.title ?? "Amends", options));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const url = new URL(event.notification.data ?? "/", self.location.origin);
  if (url.origin === self.location.origin) event.waitUntil(self.clients.openWindow(url.href));
});
