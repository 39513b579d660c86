"""Silence after an offer is an alarm, never a yes (model C3.4)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from amends.cases import timeline
from amends.cases.models import Case
from amends.cases.outcome import LOST_AFTER, SILENT_AFTER, Outcome
from amends.clock import alarms, calendars, promises
from amends.clock.models import Promise
from amends.flows.dossier import Dossier

FIRST = timedelta(hours=48)
FIRST_AFTER_A_FAILURE = timedelta(hours=24)
SECOND = timedelta(days=7)
"""The last touch, by the second rung; there is no third."""
SILENCED = timedelta(days=30)
SILENCING = frozenset({"ARGUES", "BLAMES"})
"""What a reply was flagged for after which a customer who says nothing more was silenced."""
CODE = "SILENT_AFTER_OFFER"


def times(outcome: Outcome | None) -> list[datetime]:
    """When something about a silence is due: to call, to touch once more, to count as at risk, and as lost."""
    if outcome is None or outcome.quiet_since is None:
        return []
    return [outcome.quiet_since + after for after in (_first(outcome), SECOND, SILENT_AFTER, SILENT_AFTER + LOST_AFTER)]


def is_due(dossier: Dossier, now: datetime) -> bool:
    """Whether the first touch is due, and has not been asked for yet."""
    outcome = dossier.outcome(now)
    if outcome is None or outcome.quiet_since is None or dossier.closed:
        return False
    return now >= outcome.quiet_since + _first(outcome) and _mark(outcome) not in dossier.marks


def second_touch_is_due(outcome: Outcome | None, now: datetime) -> int:
    """The entry of the offer whose second touch is due; 0 when none is."""
    if outcome is None or outcome.quiet_since is None or now < outcome.quiet_since + SECOND:
        return 0
    return outcome.entry


def silenced_at(dossier: Dossier) -> tuple[int, datetime] | None:
    """The reply in which we argued or blamed, if it was the last word, and when the quiet after it is a silencing."""
    talk = [one for one in dossier.entries if one.is_ours or one.is_heard]
    if not talk or not talk[-1].is_ours:
        return None
    flags = talk[-1].data.get("flags")
    flagged = isinstance(flags, list) and not SILENCING.isdisjoint(flags)
    return (talk[-1].pk, talk[-1].at + SILENCED) if flagged else None


def call(dossier: Dossier, now: datetime) -> str:
    """A person calls, and does not write, if there is a number: a promise of the owner, and an alarm. Gives the mark that it counted.

    The caller holds the case, and decides.
    """
    case, outcome = dossier.case, dossier.outcome(now)
    assert outcome is not None
    assert case.owner is not None
    due = calendars.of_case(case).add_open(now, timedelta(hours=4))
    kind, act = _touch(case)
    word = promises.Word(act, due, kind, source=Promise.Source.POLICY, visible=False, window=due - now)
    promise = promises.make(case, word, promisor=case.owner, at=now, by=None)
    timeline.record(case, "offer.silent", at=now, offer=outcome.entry, flag=CODE, promise=promise.pk)
    alarms.raise_alarm(case.owner, "silent_after_offer", now, case=case, offer=outcome.entry)
    return _mark(outcome)


def _touch(case: Case) -> tuple[str, str]:
    """A call; without a number two personal lines with a better question."""
    if case.customer.identities.filter(kind="phone").exists():
        return Promise.Kind.CALLBACK, _("call you, not write: you have not answered our offer")
    return Promise.Kind.HEAR, _("ask you in two personal lines what would make it right")


def _first(outcome: Outcome) -> timedelta:
    return FIRST_AFTER_A_FAILURE if outcome.failed else FIRST


def _mark(outcome: Outcome) -> str:
    return f"silent:{outcome.entry}"
