"""What the tables of cases hold. See `kit.personal`; why a timeline may lose its words: decision 9."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q

from amends.cases.models.case import Case, Closure
from amends.cases.models.step import NextStep
from amends.kit.personal import BLANKED, GOES, GOES_UNSEEN, NONE, Subject, Table, becomes

ERASED = "Erased"
"""What stands in place of words that cannot be empty."""
STAYS = {"owner_name", "who_name", "to_name", "written_up_by_name", "source", "promise_kind", "step", "signature"}
"""Facts of an entry that are words of the house: who of us, and codes."""
CODES = {"asked", "old", *Closure.Reason.values, *Case.Kind.values, *NextStep.Kind.values}


def without_words(data: Any) -> dict[str, Any]:
    """An entry's facts as a shape: numbers, times, codes and our own names stay, everything that was said goes."""
    return {name: _shape(name, value) for name, value in data.items() if not isinstance(value, list | dict)}


def _shape(name: str, value: Any) -> Any:
    return "" if isinstance(value, str) and is_said(name, value) else value


def is_said(name: str, value: str) -> bool:
    """Whether a text among an entry's facts is what somebody said, and no time, code or name of the house."""
    return not (name in STAYS or value in CODES or _is_moment(value))


def _is_moment(value: str) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _erased_title(value: Any) -> str:
    return ERASED


def _on_cases(who: Subject) -> Q:
    return Q(case__in=who.cases)


def _on_entries(who: Subject) -> Q:
    return Q(entry__in=who.entries)


def _searched(who: Subject) -> Q:
    return Q(case__in=who.cases) | Q(customer__in=who.people) | Q(kind="letter", source_id__in=who.entries)


_FILE = {"name": GOES, "content_type": NONE, "sha256": GOES}

TABLES = [
    Table(
        "cases.Case",
        {
            "title": becomes(_erased_title),
            **dict.fromkeys(["kind", "language"], NONE),
            **dict.fromkeys(["about", "cause", "post", "guard"], BLANKED),
        },
        lambda who: Q(pk__in=who.cases),
    ),
    Table("cases.Closure", {"reason": NONE, "words": BLANKED, "channel": NONE}, _on_cases),
    Table("cases.Hold", {"why": GOES}, lambda who: Q(case__in=who.cases) | Q(customer__in=who.people)),
    Table("cases.Retention", {"channel": NONE}),
    Table("cases.Unneeded", {"sha256": NONE}),
    Table("cases.MessageId", {"value": GOES_UNSEEN}, _on_cases),
    Table(
        "cases.Draft",
        {
            "kind": NONE,
            **dict.fromkeys(["text", "html", "to", "cc", "subject", "promises", "documents", "reason"], GOES),
        },
        _on_cases,
    ),
    Table("cases.DraftFile", _FILE, lambda who: Q(draft__case__in=who.cases)),
    Table(
        "cases.Entry",
        {"kind": NONE, "actor": NONE, "channel": NONE, "data": becomes(without_words)},
        lambda who: Q(pk__in=who.entries),
    ),
    Table(
        "cases.Letter",
        {
            **dict.fromkeys(["subject", "text", "html", "sender", "to", "cc"], BLANKED),
            "new_text": becomes(_erased_title),
            "message_id": BLANKED,
            "in_reply_to": BLANKED,
            "raw_sha256": BLANKED,
        },
        _on_entries,
    ),
    Table(
        "cases.LetterReading",
        {"turned_by": NONE, **dict.fromkeys(["stance", "topic", "signals", "kudos"], GOES)},
        lambda who: Q(letter__in=who.entries),
    ),
    Table("cases.Lesson", {"layer": NONE}),  # words that several people wrote, and their weights
    Table("cases.File", {**_FILE, "content_id": GOES}, _on_entries),
    Table("cases.OutsidePicture", {"mark": GOES, "sha256": GOES, "why": NONE}, _on_entries),
    Table("cases.SearchText", {"kind": NONE, "folded": GOES_UNSEEN}, _searched),
    Table(
        "cases.NextStep",
        {"kind": NONE, "what": GOES, "why": NONE, "said": GOES, "said_channel": NONE},
        _on_cases,
    ),
]
