"""Whether a word that is also a company's name is meant as one: a plum, or the bank of that name. Pure."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

from amends.triage.reader.concepts import CONCEPTS, meanings
from amends.triage.reader.tokens import tokens

_READ = tomllib.loads(files(__package__).joinpath("words/names.toml").read_text("utf-8"))
ORDINARY, NEAR, BEFORE, ARTICLES = (
    frozenset(_READ[kind].split()) for kind in ("ordinary", "near", "before", "articles")
)
GOES_ON = frozenset(
    "is has was just have can still never does please : and to for on in at had did got gets gave gives took takes made"
    " makes let lets kept keeps owns closes opens beats wants needs asks offers delivers delivered knows works runs loses"
    " lost wiped eats ate swallows solved fixed blamed found finally again simply even always".split()
)
BEGINS = frozenset((".", "!", "?", "\n"))
_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]{1,2})?|[.!?\n:]")
_REACH = 60
_ENOUGH = 1
_AROUND, _SEVERAL = 300, 2
_PAST = ("oze", "oke", "ent", "aid", "old", "ost")
OF_SERVICE = frozenset(
    number
    for number, name in enumerate(CONCEPTS)
    if name
    in (
        "reply mail money contract redress repair cancel staff overcharge promise refuse sell apologise transfer device"
        " template queue damage"
    ).split()
)
"""Meanings of which several are seldom told of a bird or a plum."""


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
    return points + (points == _ENOUGH - 1 and (_does(after[0]) or _of_service(text, start))) >= _ENOUGH


def _does(word: str) -> bool:
    """Whether a word behind the name is a verb in the past, which things of that name seldom do."""
    return word.endswith("ed") or (word.endswith(_PAST) and not OF_SERVICE.isdisjoint(meanings((word,))[0]))


def _of_service(text: str, start: int) -> bool:
    """Whether what is said around it is what people say of companies."""
    words = tokens(text[max(0, start - _AROUND) : start + _AROUND]).words
    return len({number for one in meanings(words) for number in one} & OF_SERVICE) >= _SEVERAL


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
