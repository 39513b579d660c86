"""A call that was promised, and reached nobody (C4.2)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from amends.cases import ownership, timeline
from amends.cases.models import Case
from amends.clock import calendars, nights, promises
from amends.clock.models import Attempt, Promise
from amends.clock.promising import WINDOW, reached_nobody
from amends.flows import promising
from amends.flows.acknowledgement import zone_of
from amends.flows.decide import decide
from amends.people.models import Member

MOST_SAID = 500
"""Characters of what a message said."""


def attempt(
    promise: Promise, *, left_message: bool, by: Member, now: datetime, due: datetime | None = None, words: str = ""
) -> Promise | None:
    """Write down that nobody answered. Two tries in the window with a message offer a new window, until `due`.

    `words`: what the message was. Gives the promise of the new window; None while the old one still stands. Raises
    PromiseError.
    """
    if promise.kind != Promise.Kind.CALLBACK:
        raise promises.PromiseError(_("Only a call can be tried. Say what shows that this was done."))
    with transaction.atomic():
        case = promising.hold(promise)
        if not promises.is_owed(promise):
            raise promises.PromiseError(str(promises.SETTLED))
        Attempt.objects.create(promise=promise, by=by, at=now, left_message=left_message)
        timeline.record(
            case,
            "promise.tried",
            at=now,
            by=by,
            promise=promise.pk,
            act=promise.act,
            left_message=left_message,
            **_said(words),
        )
        tries = promise.attempts.values_list("at", "left_message")
        if promise.broken_at is not None or not reached_nobody(tries, opens(promise), promise.due):
            return None
        after = promises.attempted(promise, due=due or next_window(promise), at=now, by=by)
        decide(case, now, by=by)
    return after


def nobody_answered(case: Case, words: str, *, left_message: bool, by: Member, now: datetime) -> Promise | None:
    """We rang and reached nobody: a try of the call that was promised for now; without one, a line on the timeline.

    It answers nothing and keeps nothing. Gives the promise of the new window after the second try (C4.2).
    """
    with transaction.atomic():
        case = ownership.hold(case.pk)
        calls = promises.owed(case).filter(kind=Promise.Kind.CALLBACK, depends_on=None)
        due_now = next((one for one in calls if opens(one) <= now), None)
        if due_now is not None:
            return attempt(due_now, left_message=left_message, by=by, now=now, words=words)
        timeline.record(
            case, "contact.tried", at=now, by=by, channel="phone", left_message=left_message, **_said(words)
        )
    return None


def opens(promise: Promise) -> datetime:
    """From when on a call that was promised may come (`callback.window`)."""
    return promise.window_opens or promise.due - WINDOW


def next_window(promise: Promise) -> datetime:
    """The end of the window to offer: the same hour of the next working day, or that day's end when it is closed.

    Where that is the customer's night, the first window after it in which we are open (A067).
    """
    hours = calendars.of_case(promise.case)
    end = hours.end_of_next_working_day(promise.due)
    local = promise.due.astimezone(hours.tz)
    same = end.astimezone(hours.tz).replace(hour=local.hour, minute=local.minute, second=0, microsecond=0)
    usual = min(same, end) if hours.is_open(same - timedelta(minutes=1)) else end
    begins = nights.first_callable(usual - WINDOW, zone_of(promise.case), hours.is_open, window=WINDOW)
    return begins + WINDOW if begins is not None else usual


def _said(words: str) -> dict[str, Any]:
    return {"said": words.strip()[:MOST_SAID]} if words.strip() else {}
