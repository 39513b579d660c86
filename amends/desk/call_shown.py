"""The list of a call beside its notes, as `desk/case/call_list.html` draws it (C7.5)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from amends.cases.models import Case
from amends.coach.call import BASES, Tick, bases_line
from amends.desk.letters_shown import Look
from amends.flows import call_list


@dataclass(frozen=True)
class LineShown:
    """One line to tick: `found` when the notes show it, `ticked` when somebody did so by hand."""

    code: str
    words: str
    found: bool
    ticked: bool


@dataclass(frozen=True)
class CallListShown:
    """What stands beside the notes of a call."""

    count_line: str
    speaking: tuple[LineShown, ...]
    bases: tuple[LineShown, ...]


def call_list_of(case: Case, look: Look, text: str, by_hand: Collection[str]) -> CallListShown:
    """The list as the notes and the ticks stand now."""
    ticks = call_list.listed(case, text, (), by=look.me, now=look.now)
    lines = tuple(_line(one, by_hand) for one in ticks)
    bases = tuple(one for one in lines if one.code in BASES)
    return CallListShown(
        count_line=bases_line(one.code for one in bases if one.found or one.ticked),
        speaking=tuple(one for one in lines if one.code not in BASES),
        bases=bases,
    )


def _line(one: Tick, by_hand: Collection[str]) -> LineShown:
    return LineShown(one.code, one.words, one.done is True, one.code in by_hand)
