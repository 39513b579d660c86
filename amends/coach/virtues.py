"""What a good answer has: the thirteen items of C7.1 and how the words show them. English; pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.coach import proofs
from amends.coach.brief import Brief
from amends.coach.draft import Draft, Span
from amends.coach.review import Virtue


@dataclass(frozen=True)
class Item:
    """One item: its points, the short word for the row, the hint when it lacks, and how the words show it."""

    code: str
    points: int
    word: Promise
    hint: Promise
    find: Callable[[Draft, Brief], Span | None]


@dataclass(frozen=True)
class Rubric:
    """The virtues that apply, and the points met of those that apply, as a percentage."""

    virtues: tuple[Virtue, ...]
    score: float


ONLY_IN_COMPLAINTS = frozenset(
    [
        "listening",
        "validates_feeling",
        "regret",
        "responsibility",
        "explanation",
        "repair",
        "when",
        "prevention",
        "I_will",
    ]
)
SAID_ONCE = frozenset(
    ["thanks_for_writing", "validates_feeling", "regret", "responsibility", "explanation", "prevention"]
)
"""What the first apology says and a later letter about the same failure need not repeat (C7.4)."""
NOT_IN_PUBLIC = frozenset(["thanks_for_writing", "validates_feeling", "prevention", "come_back"])


def rubric(draft: Draft, brief: Brief) -> Rubric:
    """Judge a draft by the items that apply to it; with none met the score is 0."""
    items = [item for item in ITEMS if applies(item.code, brief)]
    virtues = tuple(_judged(item, item.find(draft, brief)) for item in items)
    points = sum(virtue.points for virtue in virtues if virtue.met)
    return Rubric(virtues, 100 * points / sum(virtue.points for virtue in virtues))


def _judged(item: Item, span: Span | None) -> Virtue:
    hint = "" if span is not None else str(item.hint)
    return Virtue(item.code, str(item.word), span is not None, hint, item.points, span)


def applies(code: str, brief: Brief) -> bool:
    """Whether an item counts here: in public, in a question, a second time, for a fault of others."""
    if brief.public and code in NOT_IN_PUBLIC:
        return False
    if not brief.complaint and code in ONLY_IN_COMPLAINTS:
        return False
    if brief.apologised_before and code in SAID_ONCE:
        return False
    return not (code in ("responsibility", "prevention") and brief.fault in ("customer", "nobody"))


def heaviest_missing(found: Rubric, most: int) -> list[Virtue]:
    """The virtues that lack and weigh most."""
    lacking = [virtue for virtue in found.virtues if not virtue.met]
    return sorted(lacking, key=lambda virtue: -virtue.points)[:most]


ITEMS = (
    Item("thanks_for_writing", 4, _("Thanks"), _("Thank them for telling us."), proofs.thanks),
    Item("by_name", 6, _("Names"), _("Greet by name, and sign with yours."), proofs.by_name),
    Item(
        "listening",
        10,
        _("What happened"),
        _("Name two things of what happened: the thing, the day."),
        proofs.listening,
    ),
    Item("validates_feeling", 8, _("Their feelings"), _("Say that they are right to feel so."), proofs.feeling),
    Item("regret", 8, _("Sorry"), _("Say sorry, for the thing itself."), proofs.regret),
    Item("responsibility", 16, _("Ours"), _("Say that it was us: “that was our mistake”."), proofs.responsibility),
    Item("explanation", 8, _("Why"), _("Say how it came about, or by when we know."), proofs.explanation),
    Item("repair", 16, _("Put right"), _("Say what exactly is done now, and for whom."), proofs.repair),
    Item("when", 8, _("By when"), _("Name the day and the hour."), proofs.when),
    Item("prevention", 6, _("Not again"), _("Say what changes, so that it does not happen again."), proofs.prevention),
    Item("I_will", 4, _("In person"), _("Say “I will”: one person takes it on."), proofs.in_person),
    Item("come_back", 2, _("Door open"), _("Say how to reach you directly."), proofs.door_open),
    Item("plain_short", 4, _("Plain"), _("Shorter sentences, simpler words."), proofs.plain_short),
)
