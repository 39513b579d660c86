// Words kept on this device until the server has them. What was sent is forgotten on the page that the server leads
// to once it has them; a page reached in any other way says nothing about them: the sending may have failed.
export const kept = (name) => {
  const key = `kept:${name}`;
  const sending = `sent:${name}`;
  const came = performance.getEntriesByType("navigation")[0];
  if (sessionStorage.getItem(sending)) {
    sessionStorage.removeItem(sending);
    if (came?.type === "navigate" && came.redirectCount) localStorage.removeItem(key);
  }
  return {
    read: () => localStorage.getItem(key) ?? "",
    write: (words) => localStorage.setItem(key, words),
    forget: () => localStorage.removeItem(key),
    isSending: () => sessionStorage.setItem(sending, "1"),
  };
};
