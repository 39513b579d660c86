"""Cutting a text into the small pieces that patterns are laid over: words, marks and ends of lines. Pure.

Every piece keeps its place in the text as it was given, so that a label can show the words that prove it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from amends.kit.sentences import typed

LONGEST_WORD = 40
LINE = "¶"
ENDS = frozenset((".", "!", "?", "…", LINE))
CLOSING = frozenset(('"', ")"))

_TOKEN = re.compile(r"\n[ \t\r\n]*|[^\W\d_]+(?:['’][^\W\d_]{1,3}(?![^\W\d_]))?|\d+(?:[.,:]\d+)*|[^\w\s]")
_TAG = re.compile(r"<(?:/?[a-zA-Z][^<>]{0,2000}|!--.{0,500}?--)>", re.DOTALL)
_LINK = re.compile(r"https?://\S{1,2000}|www\.\S{1,2000}")
_FULL = {"ca": "can", "wo": "will", "sha": "shall"}
_RUN_TOGETHER = frozenset(
    "dont didnt doesnt wont cant couldnt wouldnt isnt wasnt arent werent havent hasnt hadnt".split()
)


@dataclass(frozen=True)
class Tokens:
    """The pieces of one text. `words[i]` stands at `text[starts[i]:ends[i]]`, in small letters and cut at 40."""

    text: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def joined(self) -> str:
        """All pieces, one space between two: what patterns are matched against."""
        return " ".join(self.words) + " "

    @cached_property
    def places(self) -> tuple[int, ...]:
        """Where each piece begins in `joined`."""
        found, at = [], 0
        for word in self.words:
            found.append(at)
            at += len(word) + 1
        return tuple(found)

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """First piece and the one after the last, of each sentence."""
        found, begin = [], 0
        for at in range(len(self.words)):
            if self._ends(at):
                found.append((begin, at + 1))
                begin = at + 1
        if begin < len(self.words):
            found.append((begin, len(self.words)))
        return tuple(found)

    @cached_property
    def sentence_of(self) -> tuple[int, ...]:
        """For each piece, which of `sentences` it lies in."""
        return tuple(number for number, (first, after) in enumerate(self.sentences) for _ in range(first, after))

    def piece_at(self, place: int) -> int:
        """Which piece the place in `joined` lies in."""
        return bisect_right(self.places, place) - 1

    def span(self, first: int, after: int) -> tuple[int, int]:
        """From where to where pieces lie in the text, in characters."""
        return self.starts[first], self.ends[max(first, after - 1)]

    def _ends(self, at: int) -> bool:
        """Whether a sentence ends with this piece: a mark, or the quote or bracket that closes after one."""
        word = self.words[at]
        following = self.words[at + 1] if at + 1 < len(self.words) else ""
        if word in ENDS:
            return following not in ENDS and following not in CLOSING
        if word in CLOSING and at and self.words[at - 1] in ENDS and following:
            return self.text[self.starts[at + 1]].isupper()
        return False


def tokens(text: str) -> Tokens:
    """Cut a text. Tags and links are passed over."""
    seen = _LINK.sub(_blank, text)
    if "<" in seen:
        seen = _TAG.sub(_blank, _without_code(seen))
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for found in _TOKEN.finditer(typed(seen)):
        word, start, end = found[0], found.start(), found.end()
        small = word.lower()
        if small[0] == "\n":
            small, end = LINE, start + 1
        elif "'" in small and len(small) > 1:
            head, _, tail = small.rpartition("'")
            negated = tail == "t" and head.endswith("n")
            cut = end - (3 if negated else len(tail) + 1)
            first = small[:-3] if negated else head
            if first:
                words.append(_FULL.get(first, first)[:LONGEST_WORD])
                starts.append(start)
                ends.append(cut)
            small, start = ("n't" if negated else f"'{tail}"), cut
        elif small in _RUN_TOGETHER:
            small = "n't"
        words.append(small[:LONGEST_WORD])
        starts.append(start)
        ends.append(end)
    return Tokens(text, tuple(words), tuple(starts), tuple(ends))


def _without_code(text: str) -> str:
    """Without what stands in style and script: one look for each end, so that many beginnings cost no more."""
    small = text.lower()
    if len(small) != len(text):
        return text
    for name in ("style", "script"):
        parts, at = [], 0
        while (begin := small.find(f"<{name}", at)) >= 0 and (end := small.find(f"</{name}>", begin)) >= 0:
            parts += [text[at:begin], " " * (end - begin)]
            at = end
        text = "".join([*parts, text[at:]])
        small = small if not parts else text.lower()
    return text


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])
