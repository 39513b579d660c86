"""Promises that a clock which ran ahead has called broken, or has passed the reminders of, before their time.

Once the clock is set right they run on; nothing is taken off the timeline.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from amends.cases.outcome import TAKEN_BACK
from amends.clock import promises, promising
from amends.clock.models import Promise
from amends.clock.promises import OWED
from amends.kit import drift


def called_broken(now: datetime) -> QuerySet[Promise]:
    """What is owed, called broken at a moment that has not come; a handful along an index, nearly always none."""
    broken = Promise.objects.filter(broken_at__isnull=False, **OWED)
    return drift.ahead(drift.ahead(broken, "due", now), "broken_at", now)


def run_on(promise: Promise, *, at: datetime) -> bool:
    """It is not broken, and is reminded of in its time; the caller holds the case. False when it is settled by now."""
    remind_at = promising.next_reminder(promise.made_at, promise.due, at, promise.grace_until)
    if not called_broken(at).filter(pk=promise.pk).update(broken_at=None, remind_at=remind_at):
        return False
    promise.broken_at, promise.remind_at = None, remind_at
    why = _("a clock that ran ahead had called it broken")
    promises.recounted(promise, promise.due, why=why, at=at, by=None, **{TAKEN_BACK: promise.pk})
    return True


def remind_again(now: datetime) -> int:
    """Remind of what is due later though its reminders were passed over; how many. Reads all that is owed.

    Only for when a clock was found wrong.
    """
    last = now + promising.LAST_REMINDER + drift.APART
    owed = Promise.objects.filter(broken_at=None, remind_at=None, due__gt=last, **OWED)
    passed = list(owed.filter(made_at__lt=F("due") - promising.LAST_REMINDER).only("made_at", "due", "grace_until"))
    for promise in passed:
        promise.remind_at = promising.next_reminder(promise.made_at, promise.due, now, promise.grace_until)
    Promise.objects.bulk_update(passed, ["remind_at"], batch_size=500)
    return len(passed)
