"""A clock that ran ahead was set right: what it wrote is brought back to now.

Else a mail, a letter or a case would wait for as long as the clock was wrong. When the clock goes back, what was written a
moment ago lies ahead as well; it is only shortened to its own greatest length, so that nothing happens before its time.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from amends.cases import drafts, next_step, ownership, presence
from amends.cases.models import Case
from amends.channels import accounts, inbox, outbox
from amends.channels import undelivered as rows
from amends.channels.models import Delivery
from amends.clock import drifted, promises
from amends.clock.models import Promise
from amends.flows import telling, undelivered
from amends.flows.decide import decide
from amends.flows.looking import Staff
from amends.kit import drift, inspected, tallies
from amends.people import inviting

log = structlog.get_logger("amends.clocks")

FAR = timedelta(days=365)
"""No house rule gives more time than this, whatever the opening hours."""
BATCH = 50


def set_right(now: datetime) -> int:
    """Bring back everything that lies farther ahead than it may; how many rows. Nearly always none, and cheap."""
    found = {
        "mails": inbox.set_right(now),
        "letters": outbox.set_right(now),
        "held": drafts.set_right(now),
        "mailboxes": accounts.set_right(now),
        "limits": tallies.set_right(now),
        "invitations": inviting.set_right(now),
        "presence": presence.set_right(now),
        "files": inspected.set_right(now),
        "alarms": _alarms(now),
        "notices": telling.set_right(now),
        "promises": _promises(now),
        "quiet": next_step.set_right(now),
        "broken": _not_broken(now),
    }
    if any(found.values()):
        found["reminders"] = drifted.remind_again(now)
        told = {what: count for what, count in found.items() if count}
        log.warning("the clock was wrong; what it made wait goes on", **told)
    return sum(found.values())


def _alarms(now: datetime) -> int:
    late = drift.ahead(rows.in_trouble(), "alarm_at", now, FAR).select_related("case__brand")[:BATCH]
    return sum(_earlier(delivery, now) for delivery in late)


def _earlier(delivery: Delivery, now: datetime) -> int:
    return rows.in_trouble().filter(pk=delivery.pk).update(alarm_at=undelivered.soon(delivery.case, now))


def _promises(now: datetime) -> int:
    """The house's own; what a colleague has said stands as it was said."""
    cases = _ahead(now).order_by("due").values_list("case_id", flat=True)[:BATCH]
    staff = Staff(now)
    return sum(_owe_anew(case_id, staff) for case_id in dict.fromkeys(cases))


def _not_broken(now: datetime) -> int:
    """What has not come cannot be broken, whoever gave their word."""
    staff, broken = Staff(now), drifted.called_broken(now).select_related("promisor")
    return sum(_runs_on(promise, staff) for promise in broken[:BATCH])


def _runs_on(promise: Promise, staff: Staff) -> bool:
    now = staff.now
    with transaction.atomic():
        case = ownership.hold(promise.case_id)
        runs = drifted.run_on(promise, at=now)
        if runs and ownership.is_open(case):
            decide(case, now, staff=staff)
    return runs


def _ahead(now: datetime) -> QuerySet[Promise]:
    owed = Promise.objects.filter(source=Promise.Source.POLICY, broken_at=None, **promises.OWED)
    return drift.ahead(drift.ahead(owed, "due", now, FAR), "made_at", now)


def _owe_anew(case_id: int, staff: Staff) -> int:
    now = staff.now
    with transaction.atomic():
        case: Case = ownership.hold(case_id)
        wrong = list(_ahead(now).filter(case=case))
        for promise in wrong:
            promises.release(promise, at=now, by=None, reason=_("it was made while the clock ran ahead"))
        if wrong and ownership.is_open(case):
            decide(case, now, staff=staff)
    return len(wrong)
