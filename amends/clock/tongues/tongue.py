"""The shape of a language: its words for times (`Times`), for giving one's word (`Acting`), and both together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["callback", "send", "refund", "fix", "tell", "partner", "prevent", "other"]
"""What is promised (C4.1)."""
Kinds = tuple[tuple[Kind, re.Pattern[str]], ...]
"""Which words tell what is promised."""
Part = Literal["", "morning", "afternoon", "evening", "night"]


@dataclass(frozen=True)
class Times:
    """Words for times.

    `pieces` finds one piece of a time; its outer groups are the keys of `pieces.READERS`. `weekdays`, `months`
    and `units` are looked up by how a word begins, `numbers`, `days` (days ahead and part of the day), `parts`,
    `fixed` (minutes), `feasts` (month, day), `beside` (days from the one spoken of before) and
    `named` (hour, minute) by the whole word. `join` stands between pieces of one time,
    `lead` before it; `no_deadline` limits from the other side or is past, `until` only limits; `before` excludes the day it names;
    `or_later` makes the last of two days count; `tail` belongs to the time
    before it; after a span `from_event` counts it from what may never come.
    """

    pieces: re.Pattern[str]
    weekdays: Mapping[str, int]
    months: Mapping[str, int]
    units: Mapping[str, str]
    numbers: Mapping[str, int]
    days: Mapping[str, tuple[int, Part]]
    parts: Mapping[str, Part]
    named: Mapping[str, tuple[int, int]]
    fixed: Mapping[str, int]
    feasts: Mapping[str, tuple[int, int]]
    beside: Mapping[str, int]
    join: re.Pattern[str]
    lead: re.Pattern[str]
    no_deadline: re.Pattern[str]
    until: re.Pattern[str]
    since: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    or_later: re.Pattern[str]
    two_times: re.Pattern[str]
    tail: re.Pattern[str]
    from_event: re.Pattern[str]
    next_week: re.Pattern[str]
    """What said with a weekday or a week means the one of the week after."""
    by_24_hours: bool = False
    """Whether "6 Uhr" is in the morning, for the evening is "18 Uhr"."""
    strict_next: bool = False
    """Whether "next Friday" said on a Wednesday is the one after the coming one."""


@dataclass(frozen=True)
class Acting:
    """Words by which somebody gives their word.

    `forms` finds an act; the name of its group says how (see `acts.acts`), `ours` names us as who acts. `clause` begins
    a clause, `breaks` ends an act's words; `no_subject` can be nobody of ours. `condition` is sought before an act or a time in its clause,
    `conditional` before it in the sentence, `refuses` in the act's own words ("perhaps", "open until six"), and a
    sentence that `asks` begins with it: an act under one of them is none, save that what `binds` ("at the latest")
    outweighs a condition. After a verb that `pledges` ("I promise that …") the whole sentence is promised. What "is" by
    Friday is promised if it is then `finished`, what "we have done" if it has a `deadline` or is `planned`. After a verb
    that `wonders` "if" is no condition, nor is it shortly after one that asks `whether`. An `indirect` question
    ends before an act that shares our subject. What
    is `general` makes a sentence an advertisement or a rule; so does what is said `of_all` ("refunds are made …") without
    a day and without a word `to_you`. In the present tense what `gives` the customer something is promised without a time,
    and so is what is done `henceforth` ("from now on") to prevent it. Words of `kinds` tell for sure what is promised,
    `hints` what is likely without them, the likeliest first; `again` stands for who was named before ("he").
    """

    forms: re.Pattern[str]
    ours: re.Pattern[str]
    condition: re.Pattern[str]
    clause: re.Pattern[str]
    no_subject: re.Pattern[str]
    breaks: re.Pattern[str]
    refuses: re.Pattern[str]
    conditional: re.Pattern[str]
    asks: re.Pattern[str]
    binds: re.Pattern[str]
    pledges: re.Pattern[str]
    finished: re.Pattern[str]
    deadline: re.Pattern[str]
    planned: re.Pattern[str]
    indirect: re.Pattern[str]
    wonders: re.Pattern[str]
    whether: re.Pattern[str]
    general: re.Pattern[str]
    of_all: re.Pattern[str]
    to_you: re.Pattern[str]
    gives: re.Pattern[str]
    henceforth: re.Pattern[str]
    vague: re.Pattern[str]
    kinds: Kinds
    hints: Kinds
    again: re.Pattern[str]
    then: re.Pattern[str]
    """Who is back, free or here at a time and acts "then"."""
    drops: re.Pattern[str]
    """What is left out at the end of the short line."""
    verb_last: bool = False
    """Whether words after the time still belong to the act ("rufe Sie morgen an")."""


@dataclass(frozen=True)
class Tongue:
    """A language."""

    times: Times
    acting: Acting
