"""Pieces of patterns that languages share. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeAlias

PLAIN = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "à": "a", "â": "a", "ç": "c", "é": "e", "è": "e", "ê": "e", "ë": "e"}
    | {"î": "i", "ï": "i", "ô": "o", "ù": "u", "û": "u"}
)
"""Letters as whoever has no key for them types them."""
_MARKED = re.compile(r"\(\?<!(?P<not_after>[^()]*[äöüßâçéèêëîïôû][^()]*)\)|[äöüßâçéèêëîïôû]")
"""Those that are left out in a hurry; "à" and "où" are other words without their accent."""

HOUR = r"(?:[01]?\d|2[0-4])"
MINUTE = r"[0-5]\d"
ISO = r"(?P<iso>(?P<iso_y>20\d\d)-(?P<iso_m>\d\d)-(?P<iso_d>\d\d)(?![\w-]))"
DOTTED = (
    r"(?P<dotted>(?:the |den |dem |le )?(?P<dot_d>[0-3]?\d)\.\s?(?P<dot_m>0?[1-9]|1[0-2])"
    r"(?:\.\s?(?P<dot_y>20\d\d|\d\d(?![\d:.])(?! ?(?:Uhr|h\b)))?|\b(?=\s*(?:20\d\d)?$))(?![\d%€]))"
)
SLASHED = (
    r"(?P<slashed>(?:the |den |dem |le )?(?P<sl_a>[0-3]?\d)/(?P<sl_b>[0-3]?\d)(?:/(?P<sl_y>20\d\d|\d\d))?(?![\w/]))"
)


_Tree: TypeAlias = "dict[str, _Tree]"


def either(words: Iterable[str]) -> str:
    """One of these words, the longest first; what many begin with is looked at once."""
    tree: _Tree = {}
    for word in words:
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _branches(tree)


def _branches(node: _Tree) -> str:
    branches = [letter + _branches(after) for letter, after in node.items() if letter]
    if len(branches) == 1 and "" not in node:
        return branches[0]
    return f"(?:{'|'.join(branches)}){'?' * ('' in node)}" if branches else ""


def numbered(words: str, first: int = 1) -> dict[str, int]:
    """Word → its number, counted from `first`; words with the same number stand together ("feb|fév")."""
    return {word: number for number, alike in enumerate(words.split(), first) for word in alike.split("|")}


def pattern(written: str) -> re.Pattern[str]:
    """It in whatever case; also of words typed without umlauts and accents ("naechste", "fevrier")."""
    return re.compile(_MARKED.sub(_both, written), re.IGNORECASE)


def _both(found: re.Match[str]) -> str:
    """What looks back must know how far: it looks back twice."""
    before = found["not_after"]
    return f"(?<!{before})(?<!{plain(before)})" if before else f"(?:{found[0]}|{plain(found[0])})"


def pieces_of(*alternatives: str) -> re.Pattern[str]:
    """A pattern for one piece of a time: never in the middle of a word, a number or a price."""
    return pattern(rf"(?<![\w€£$.,#/-])(?=[^\W_])(?:{'|'.join(alternatives)})")


def words(*alternatives: str) -> re.Pattern[str]:
    """Any of these, from the start of a word."""
    return pattern(rf"(?<![\w])(?:{'|'.join(alternatives)})")


def plain(word: str) -> str:
    """A word as it is typed without umlauts and accents."""
    return word.translate(PLAIN)
