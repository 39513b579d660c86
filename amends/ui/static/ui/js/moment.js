// Says when the moment before a letter is over. The moment itself is the server's.
import { tell } from "./csrf.js";

const look = () => {
  for (const line of document.querySelectorAll("[data-until]")) {
    if (Date.parse(line.dataset.until) > Date.now()) continue;
    line.removeAttribute("data-until");
    line.textContent = line.dataset.over;
    tell(line.dataset.over);
  }
};
setInterval(look, 1000);
