"""Whether a word that is also a company's name is meant as one: a plum, or the bank of that name. Pure."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

_READ = tomllib.loads(files(__package__).joinpath("words/names.toml").read_text("utf-8"))
ORDINARY, NEAR, BEFORE, ARTICLES = (
    frozenset(_READ[kind].split()) for kind in ("ordinary", "near", "before", "articles")
)
GOES_ON = frozenset("is has was just have can still never does please : and to for on in at".split())
BEGINS = frozenset((".", "!", "?", "\n"))
_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]{1,2})?|[.!?\n:]")
_REACH = 60
_ENOUGH = 1


def means_company(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` is meant as a company's name, by how it is written and what stands around it."""
    name = text[start:end]
    if name.lower() not in ORDINARY:
        return True
    before = [word.lower() for word in _WORD.findall(text[max(0, start - _REACH) : start])] or ["."]
    after = [word.lower() for word in _WORD.findall(text[end : end + _REACH])] or ["."]
    numbered = after[0].isdigit()  # a model or a version
    near = numbered or not NEAR.isdisjoint(word.removesuffix("'s") for word in after[:3])
    points = (2 if near else 0) + (not NEAR.isdisjoint(before[-3:])) + (before[-1] in BEFORE)
    owns = name[:1].isupper() and text[end : end + 2] in ("'s", "’s")
    points += owns + _capital(before, after) if name[:1].isupper() else _small(before, after, near)
    return points >= _ENOUGH


def _capital(before: list[str], after: list[str]) -> int:
    if before[-1] in BEGINS:
        return int(after[0] in GOES_ON and after[0] not in {"and", "in", "on", "to", "for", "at"})
    return 1 if before[-1] in ARTICLES else 2


def _small(before: list[str], after: list[str], near: bool) -> int:
    """In small letters: an article before it, or another thing after it, speaks for the thing."""
    points = -3 if before[-1] in ARTICLES else -1
    if after[0].isalpha() and not near and after[0] not in GOES_ON:
        points -= 1
    if before[-1].isalpha() and before[-2:-1] and before[-2] in ARTICLES:
        points -= 2
    return points
