// The marks under a draft, {start, end, weight}, kept in place while one types.

// What changed between two texts, as one replaced span: {start, end (in the old), by (how much longer)}.
export const change = (before, after) => {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let tail = 0;
  while (tail < most - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  return { start, end: before.length - tail, by: after.length - before.length };
};

// A span after the change, or null when the change touched it.
export const moved = (span, { start, end, by }) => {
  if (span.end <= start) return span;
  if (span.start >= end) return { ...span, start: span.start + by, end: span.end + by };
  return null;
};

// The server counts whole letters, the browser counts UTF-16 units: where the n-th letter begins.
export const units = (text) => {
  const begins = [];
  let at = 0;
  for (const letter of text) {
    begins.push(at);
    at += letter.length;
  }
  return (number) => begins[number] ?? at;
};

export const draw = (place, text, marks) => {
  const pieces = [];
  let at = 0;
  for (const mark of [...marks].sort((one, other) => one.start - other.start)) {
    if (mark.start < at || mark.end > text.length) continue;
    pieces.push(text.slice(at, mark.start), line(mark, text));
    at = mark.end;
  }
  place.replaceChildren(...pieces, `${text.slice(at)}\n`);
};

const line = ({ start, end, weight }, text) => {
  const mark = document.createElement("mark");
  mark.className = weight;
  mark.dataset.start = start;
  mark.textContent = text.slice(start, end);
  return mark;
};
