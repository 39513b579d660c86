"""What people ask for, and where it stands in what is shown; the words are those of `kit.folding`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from amends.kit.folding import LONGEST, fold, words

MOST_ASKED = 10
FEWEST_DIGITS = 6

_NUMBER = re.compile(r"[\d\s()+./-]+")
_REFERENCE = re.compile(r"\s*+\[?\s*+(?:A\s*+-\s*+)?(\d{1,12})\s*+\]?\s*+", re.IGNORECASE | re.ASCII)


def asked(text: str) -> list[list[str]]:
    """What to look for: any of these lists, all words of it, the last one perhaps unfinished.

    Digits in groups are also one number, as people write phone numbers.
    """
    plain = words(text[:500])[:MOST_ASKED]
    if not plain:
        return []
    number = "".join(plain)
    if len(plain) > 1 and _NUMBER.fullmatch(text) and FEWEST_DIGITS <= len(number) <= LONGEST:
        return [plain, [number.removeprefix("00")]]
    return [plain]


def reference(text: str) -> int | None:
    """The case number in "A-4821", "[A-4821]" or "4821"; None for anything else."""
    found = _REFERENCE.fullmatch(text) if len(text) <= LONGEST else None
    return int(found[1]) if found else None


def marked(text: str, question: str) -> list[tuple[str, bool]]:
    """`text` in pieces, those that fit `question` marked; the pieces together are `text`."""
    wanted = _wanted(question)
    if not wanted:
        return [(text, False)]
    pieces, end = [], 0
    for begins, ends in _fitting(text, wanted):
        pieces += [(text[end:begins], False), (text[begins:ends], True)]
        end = ends
    return [piece for piece in [*pieces, (text[end:], False)] if piece[0]]


def excerpt(text: str, question: str, width: int = 140) -> str:
    """The stretch of `text` around the first word that fits."""
    flat = " ".join(text.split())
    wanted = _wanted(question)
    first = next(_fitting(flat, wanted), (0, 0))[0] if wanted else 0
    start = max(0, first - width // 3)
    start = flat.rfind(" ", 0, start) + 1 if start else 0
    cut = flat[start : start + width]
    return ("… " if start else "") + cut + (" …" if start + width < len(flat) else "")


def _fitting(text: str, wanted: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Where words of `text` begin with a wanted one, and how far they fit."""
    folded = _folded_in_place(text)
    if folded is None:
        return _fitting_one_by_one(text, wanted)
    return (found.span() for found in _beginning(wanted).finditer(folded))


def _folded_in_place(text: str) -> str | None:
    """The folded text, when each of its characters stands where it stood before."""
    if text.isascii():
        return fold(text)
    longer = {c: folded for c in set(text) if not c.isascii() and len(folded := fold(c)) != 1}
    if any(letter.isalnum() for pair in longer.items() for part in pair for letter in part):
        return None
    return fold(text.translate(dict.fromkeys(map(ord, longer), " ")))


@lru_cache(100)
def _wanted(question: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for alternative in asked(question) for word in alternative))


@lru_cache(100)
def _beginning(wanted: tuple[str, ...]) -> re.Pattern[str]:
    """A word that begins so, with the longest that fits."""
    longest_first = sorted(wanted, key=len, reverse=True)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, longest_first))})")


def _fitting_one_by_one(text: str, wanted: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    for found in re.finditer(r"[^\W_]+", text):
        lengths = [len(word) for word in wanted if fold(found[0])[:LONGEST].startswith(word)]
        if lengths:
            yield found.start(), found.start() + _reach(found[0], max(lengths))


def _reach(word: str, folded_length: int) -> int:
    """How many characters of `word` fold to the first `folded_length`."""
    reached = 0
    for place, character in enumerate(word, start=1):
        reached += len(fold(character))
        if reached >= folded_length:
            return place
    return len(word)
