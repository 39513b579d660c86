"""The call version of the rubric: a list to tick while one speaks, or read off what was written up (C7.5). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amends.coach import proofs
from amends.coach.brief import Brief
from amends.coach.draft import Draft
from amends.coach.signs import feelings
from amends.coach.signs.spoken import (
    ALL_ASKED,
    BY_OWN_NAME,
    NO_COST,
    OTHERS_CHECKED,
    REPEATED,
    SUMMARY,
    TWO_OPTIONS,
    WAIT,
    WILL_DO,
)


class _Line(NamedTuple):
    code: str
    words: Promise


@dataclass(frozen=True)
class Tick:
    """One line of the list: whether the words of the call show it; None when only who spoke can tell."""

    code: str
    words: str
    done: bool | None


CALL = (
    _Line("own_name", _("Greet with your own name, in the first ten seconds.")),
    _Line("let_run", _("Let the story run: no interruption in the first minute.")),
    _Line("repeat_back", _("Say it back in one sentence.")),
    _Line("sorry_once", _("Say sorry once, in seven seconds, in the first minute.")),
    _Line("every_right", _("Say that they have every right to feel so.")),
    _Line("i_will", _("Say that there is a solution, and that you will do it.")),
    _Line("two_options", _("Offer two ways to choose from.")),
    _Line("during_call", _("Do it while they are on the line.")),
    _Line("what_when", _("Say what happens when.")),
    _Line("anything_else", _("Ask whether there is anything you have not covered.")),
    _Line("summary", _("Send a summary by mail within the hour.")),
)
EVERY_BASE = (
    _Line("cause_told", _("The cause is told.")),
    _Line("fix_booked", _("The repair is done or booked.")),
    _Line("time_named", _("A time is named.")),
    _Line("no_cost", _("It costs them nothing.")),
    _Line("who_to_reach", _("They know whom to reach directly.")),
    _Line("others_checked", _("Others who may be affected are checked.")),
    _Line("prevention_noted", _("What prevents the next one is noted.")),
    _Line("follow_up", _("A day to follow up is set.")),
)


CODES = frozenset(line.code for line in (*CALL, *EVERY_BASE))
BASES = frozenset(line.code for line in EVERY_BASE)


def bases_line(done: Iterable[str]) -> str:
    """How many of the bases were touched, of all the codes that were ticked."""
    return gettext("%(done)d of %(all)d bases") % {"done": len(BASES.intersection(done)), "all": len(BASES)}


def ticks(draft: Draft, brief: Brief, *, read: bool = True) -> tuple[Tick, ...]:
    """The list for a call, read off its transcript or notes: the call itself, then every base.

    Where the language is not `read`, only who spoke can tell any of it.
    """
    shown = _shown(draft, brief) if read else {}
    return tuple(Tick(line.code, str(line.words), shown.get(line.code)) for line in (*CALL, *EVERY_BASE))


def _shown(draft: Draft, brief: Brief) -> dict[str, bool]:
    """What words can show; who let whom speak they cannot."""
    signs = {
        "own_name": BY_OWN_NAME,
        "repeat_back": REPEATED,
        "every_right": feelings.FEELING,
        "i_will": WILL_DO,
        "two_options": TWO_OPTIONS,
        "during_call": WAIT,
        "anything_else": ALL_ASKED,
        "summary": SUMMARY,
        "no_cost": NO_COST,
        "others_checked": OTHERS_CHECKED,
    }
    finds = {
        "sorry_once": proofs.apology,
        "what_when": proofs.when,
        "cause_told": proofs.explanation,
        "fix_booked": proofs.repair,
        "time_named": proofs.when,
        "who_to_reach": proofs.door_open,
        "prevention_noted": proofs.prevention,
        "follow_up": proofs.when,
    }
    said = {code: draft.says(sign) for code, sign in signs.items()}
    return said | {code: find(draft, brief) is not None for code, find in finds.items()}
