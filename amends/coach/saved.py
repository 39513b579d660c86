"""A saved answer as the coach sees it: words that will be written to many (RQ1). Pure."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.coach.brief import Brief
from amends.coach.check import check, gate_of
from amends.coach.faults import penalty
from amends.coach.review import Gate, Note, Virtue

LIBRARY = Path(__file__).parent / "library"
WRITTEN_IN = ("en", "de", "fr")
"""The languages of the library."""
PLACES = {"customer": "Rosalind", "agent": "Delphine Marsh", "brand": "Thimble & Thorn", "case": "A-1"}
"""What is filled in when an answer is used, and how it reads meanwhile."""
_PLACE = re.compile(r"\{(\w*)\}")
PARTS = {
    "opening": frozenset(["thanks_for_writing"]),
    "apology": frozenset(["regret", "responsibility"]),
    "explanation": frozenset(["explanation"]),
    "other": frozenset[str](),
}
"""What a part of a letter has to have, other words nothing; a whole one has all but what only the case can tell."""
OF_THE_CASE = frozenset(["listening"])
OF_WHOLE_LETTERS = frozenset(["NO_APOLOGY", "NOT_YET", "SET_PHRASES", "ONLY_QUESTION"])
"""Notes on what a letter lacks; a part of one cannot have all."""


@dataclass(frozen=True)
class Verdict:
    """`score` 0 to 100, None in a language that the coach does not read; `places` are names that nothing fills."""

    score: int | None
    gate: Gate
    notes: tuple[Note, ...] = ()
    lacks: tuple[Virtue, ...] = ()
    places: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The score in words (C7.2): what is held or blocked is said first."""
        if self.score is None:
            return str(UNREAD)
        if self.gate != "ok":
            return str(GATES[self.gate])
        return str(next(words for least, words in GRADES if self.score >= least))


UNREAD = _("The coach does not read this language yet")
GATES: dict[str, Promise] = {"hold": _("Would be held"), "block": _("May not leave")}
GRADES: tuple[tuple[int, Promise], ...] = (
    (90, _("Excellent")),
    (75, _("Good")),
    (60, _("May go")),
    (0, _("Not yet")),
)


def judge(body: str, use: str, language: str = "en") -> Verdict:
    """What the coach says of a saved answer, as a letter about a complaint that knows nothing of the case yet."""
    unknown = tuple(dict.fromkeys(one for one in _PLACE.findall(body) if one not in PLACES))
    text = _PLACE.sub(lambda found: PLACES.get(found[1], found[0]), body)
    brief = Brief(
        customer_name=PLACES["customer"],
        agent_name=PLACES["agent"],
        language=language or "en",
        public=use == "public",
        signed=True,
    )
    review = check(text, brief)
    if review.resting:
        return Verdict(None, "ok", places=unknown)
    wanted = PARTS.get(use)
    notes = tuple(
        one
        for one in review.notes
        if one.code not in ("NOT_YET", "GAP") and not (wanted is not None and one.code in OF_WHOLE_LETTERS)
    )
    virtues = [
        one for one in review.virtues if (one.code in wanted if wanted is not None else one.code not in OF_THE_CASE)
    ]
    met = sum(one.points for one in virtues if one.met)
    worth = sum(one.points for one in virtues)
    score = round((100 * met / worth if worth else 100) - penalty(notes))
    return Verdict(
        score=max(0, min(100, score)),
        gate=gate_of(notes),
        notes=notes,
        lacks=tuple(one for one in virtues if not one.met),
        places=unknown,
    )


@dataclass(frozen=True)
class Shelved:
    """One text of the library; all are ours."""

    key: str
    name: str
    use: str
    body: str
    language: str


@cache
def library() -> tuple[Shelved, ...]:
    """Openings, apologies, explanations and public replies to begin from, in each language that has a file of its own.

    The key of an English one is its bare name, of another "de-thanks_photo".
    """
    shelves = {language: tomllib.loads((LIBRARY / f"{language}.toml").read_text("utf-8")) for language in WRITTEN_IN}
    return tuple(
        Shelved(key if language == "en" else f"{language}-{key}", **one, language=language)
        for language, shelf in shelves.items()
        for key, one in shelf["texts"].items()
    )


def shelf_for(language: str) -> tuple[Shelved, ...]:
    """The texts in a language, given as its code ("de-AT"); none where we have written none."""
    return tuple(one for one in library() if one.language == language.split("-")[0].lower())
