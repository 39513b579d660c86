"""A line of JSON with a draft in it, answered by a line with what the coach says of it (C7). Pure: no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from amends.clock.closing import EveryDay
from amends.clock.spoken import Moment
from amends.clock.words import find_promises
from amends.coach.brief import Brief
from amends.coach.check import LONGEST, check
from amends.coach.faults import IN_MODEL
from amends.coach.labels import is_flawless
from amends.kit.json_lines import LineError, answer, word

SHAPE = '{"id": …, "kind": "complaint", "customer": …, "draft": …}'
KINDS = ("complaint", "question", "praise")
PROFILES = ("private", "public", "call")
_ZONE = ZoneInfo("UTC")
_MOMENT = Moment(datetime(2026, 3, 4, 10, tzinfo=_ZONE), _ZONE, EveryDay(time(17, 30), _ZONE), plain_days=True)
"""A morning in the week: whether a promise has a time does not depend on which."""


@dataclass(frozen=True)
class _Asked:
    kind: str
    draft: str
    brief: Brief


def answered(line: str) -> dict[str, Any]:
    """`{id, labels, flawless, score, items, flags, gate, …}`, or `{id, error}` with a sentence that says what to do.

    `items` has for each item of C7.1 that applies `{met, points, span}`, `flags` the codes of C7.2, `further` our
    other codes, `notes` each with `code, gate, title, advice, span`, `ticks` the list of a call (C7.5). A span is
    [start, end) in code points of `draft`.
    """
    return answer(line, SHAPE, lambda given: _told(_asked(given)))


def _asked(given: dict[str, Any]) -> _Asked:
    kind = _one_of(given, "kind", KINDS)
    profile = _one_of(given, "profile", PROFILES, PROFILES[0])
    draft = word(given, "draft")[:LONGEST]
    promised = find_promises(draft, _MOMENT, "en")
    brief = Brief(
        customer_words=word(given, "customer", ""),
        complaint=kind == "complaint",
        question=kind == "question",
        known=_known(given.get("known")),
        public=profile == "public",
        call=profile == "call",
        promises=tuple(one for one in promised if one.due is not None),
        undated=tuple(one for one in promised if one.due is None),
    )
    return _Asked(kind, draft, brief)


def _one_of(given: dict[str, Any], name: str, choice: tuple[str, ...], otherwise: str | None = None) -> str:
    value = word(given, name, otherwise)
    if value not in choice:
        raise LineError(f"“{value[:40]}” is no {name}. Write one of {', '.join(choice)}.")
    return value


def _known(given: object) -> dict[str, str]:
    """What the case knows, by name; numbers are words here. Raises LineError."""
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise LineError('“known” is not an object. Write {"order number": "WA-20881"}.')
    return {name: str(value) for name, value in given.items() if value not in (None, "")}


def _told(asked: _Asked) -> dict[str, Any]:
    review = check(asked.draft, asked.brief)
    listed = {"ticks": {one.code: one.done for one in review.ticks}} if asked.brief.call else {}
    codes = {note.code for note in review.notes}
    return {
        "labels": sorted(review.labels),
        "flawless": review.gate == "ok" and is_flawless(review.labels, asked.kind),
        "score": review.score,
        "items": {one.code: {"met": one.met, "points": one.points, "span": one.span} for one in review.virtues},
        "flags": sorted(codes & IN_MODEL),
        "further": sorted(codes - IN_MODEL),
        "gate": review.gate,
        "take_a_moment": review.take_a_moment,
        **listed,
        "notes": [
            {"code": one.code, "gate": one.gate, "title": one.title, "advice": one.advice, "span": [one.start, one.end]}
            for one in review.notes
        ],
    }
