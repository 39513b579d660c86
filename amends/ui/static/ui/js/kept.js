// Words kept on this device until the server has them. What was sent is forgotten on the page that the server leads
// to from the one it was sent from; a page reached in any other way, as by signing in again, says nothing about them:
// the sending may have failed.
export const kept = (name) => {
  const key = `kept:${name}`;
  const sending = `sent:${name}`;
  const came = performance.getEntriesByType("navigation")[0];
  const from = sessionStorage.getItem(sending);
  if (from) {
    sessionStorage.removeItem(sending);
    const isLed = came?.type === "navigate" && came.redirectCount > 0;
    if (isLed && [from, ""].includes(document.referrer)) localStorage.removeItem(key);
  }
  return {
    read: () => localStorage.getItem(key) ?? "",
    write: (words) => localStorage.setItem(key, words),
    forget: () => localStorage.removeItem(key),
    isSending: () => sessionStorage.setItem(sending, location.href.split("#")[0]),
  };
};
