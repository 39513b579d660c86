"""Where a text speaks of a company. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from amends.triage.reader.meant import ORDINARY, means_company

_SHORTEST = 4
"""Letters that the first word of a name needs to stand for the whole."""


@dataclass(frozen=True)
class Mention:
    """A place at which a name stands: `text[start:end]`; `about`: the company is meant."""

    brand: str
    start: int
    end: int
    about: bool


def mentions(text: str, brand: str) -> list[Mention]:
    """Every place of a company's name, the short form of it, and its handles, in order."""
    pattern = _pattern(brand)
    if pattern is None:
        return []
    several = len(_words(brand)) > 1
    return [
        Mention(brand, one.start(), one.end(), brand.islower() or _is_meant(text, one, several=several))
        for one in pattern.finditer(text)
    ]


def _is_meant(text: str, found: re.Match[str], *, several: bool) -> bool:
    if found["handle"] or (several and found["short"] is None):
        return True
    if several and not found[0][:1].isupper():
        return found[0].lower() not in ORDINARY
    return means_company(text, found.start(), found.end())


@lru_cache(maxsize=512)
def _pattern(name: str) -> re.Pattern[str] | None:
    words = _words(name)
    if not words:
        return None  # nobody's name: nothing is looked for
    gap = r"[\s_\-&+’']{0,3}(?:and[\s_]{1,2})?"
    whole = gap.join(re.escape(word) for word in words)
    first, joined = re.escape(words[0]), re.escape("".join(words))
    short = len(words) > 1 and len(words[0]) >= _SHORTEST
    handles = f"{joined}|{first}" if len(words[0]) >= _SHORTEST else joined
    alone = rf"|(?P<short>{first})" if short else "|(?P<short>(?!))"
    return re.compile(
        rf"(?<!\w)(?:(?P<handle>[@#](?:{handles})\w{{0,15}})|(?:{whole}{alone})s?(?!\w))",
        re.IGNORECASE,
    )


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W_]+", name)
