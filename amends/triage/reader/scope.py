"""Which words of a text are about which company. Pure.

A sentence that names a company is about it, and so is what follows until another is named. A sentence that names two is
cut between them. What stands before the first name belongs to whoever's page it was written on, else to the first named.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from amends.triage.reader.brands import Mention
from amends.triage.reader.tokens import Tokens

CUTS = frozenset(
    (
        ",",
        ";",
        ":",
        "–",
        "—",
        "-",
        "but",
        "while",
        "whereas",
        "and",
        "than",
        "unlike",
        "then",
        "though",
        "although",
        "until",
        "because",
        "when",
        "after",
        "before",
        "so",
        "or",
        "/",
        "(",
        "aber",
        "mais",
        "pero",
    )
)
BOTH = frozenset("both neither either beide beiden ambos entrambi allebei tous".split())
OTHER = frozenset(("other", "latter"))


@dataclass(frozen=True)
class Piece:
    """Pieces `first` to before `after` are about these companies."""

    first: int
    after: int
    brands: tuple[str, ...]


def pieces(tokens: Tokens, mentions: Sequence[Mention], source: str | None, watched: Sequence[str]) -> list[Piece]:
    """Cut the whole text, in order; each piece with the companies that it is about."""
    named = [(tokens_at(tokens, one), one.brand) for one in mentions if one.about]
    order = list(dict.fromkeys(brand for _, brand in named))
    focus: tuple[str, ...] = (source,) if source else tuple(order[:1]) or tuple(watched[:1])
    found: list[Piece] = []
    for first, after in tokens.sentences:
        here = [(at, brand) for at, brand in named if first <= at < after]
        words = tokens.words[first:after]
        if not here:
            if len(order) > 1 and not BOTH.isdisjoint(words):
                found.append(Piece(first, after, tuple(order)))
                continue
            if len(order) == 2 and len(focus) == 1 and not OTHER.isdisjoint(words):
                focus = (order[1] if focus[0] == order[0] else order[0],)
            found.append(Piece(first, after, focus))
            continue
        found += _cut(tokens, first, after, here)
        focus = found[-1].brands
    return found


def tokens_at(tokens: Tokens, mention: Mention) -> int:
    """The piece at which a mention begins."""
    return bisect_left(tokens.starts, mention.start)


def _cut(tokens: Tokens, first: int, after: int, here: Sequence[tuple[int, str]]) -> list[Piece]:
    found: list[Piece] = []
    begin, (_, brand) = first, here[0]
    together = [brand]
    last_at = here[0][0]
    for at, following in here[1:]:
        if following in together:
            last_at = at
            continue
        between = range(at - 1, last_at, -1)
        cut = next((where for where in between if tokens.words[where] in CUTS), None)
        if cut is not None and all(tokens.words[where] in {"and", "or", ",", "&", "/", "nor"} for where in between):
            together.append(following)  # "A and B": what is said is said of both
        else:
            where = at if cut is None else cut
            found.append(Piece(begin, where, tuple(together)))
            begin, together = where, [following]
        last_at = at
    found.append(Piece(begin, after, tuple(together)))
    return found
