// Words kept on this device until the server has them. What was sent is forgotten on the page that answers it,
// but not when that page was reached by going back or loading again: then the sending may have failed.
export const kept = (name) => {
  const key = `kept:${name}`;
  const sending = `sent:${name}`;
  const came = performance.getEntriesByType("navigation")[0]?.type;
  if (sessionStorage.getItem(sending)) {
    sessionStorage.removeItem(sending);
    if (came === "navigate") localStorage.removeItem(key);
  }
  return {
    read: () => localStorage.getItem(key) ?? "",
    write: (words) => localStorage.setItem(key, words),
    forget: () => localStorage.removeItem(key),
    isSending: () => sessionStorage.setItem(sending, "1"),
  };
};
