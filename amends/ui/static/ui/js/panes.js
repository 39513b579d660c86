// [ puts the rail away, ] the panel; remembered on this device.
const panes = { "[": "rail", "]": "panel" };

for (const pane of Object.values(panes)) {
  if (localStorage.getItem(`pane:${pane}`)) document.body.dataset[pane] = "away";
}

document.addEventListener("key", (event) => {
  const pane = panes[event.detail];
  if (!pane) return;
  event.preventDefault();
  const isAway = document.body.dataset[pane] === "away";
  if (isAway) {
    delete document.body.dataset[pane];
    localStorage.removeItem(`pane:${pane}`);
  } else {
    document.body.dataset[pane] = "away";
    localStorage.setItem(`pane:${pane}`, "1");
  }
});
