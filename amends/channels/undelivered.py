"""Letters that did not arrive, as far as anybody knows: the list, what rings the alarm, and who left it at that."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from amends.channels.models import Account, Delivery
from amends.kit import wake
from amends.kit.prepared import prepared
from amends.people.models import Member

IN_TROUBLE = (Delivery.State.FAILED, Delivery.State.BOUNCED, Delivery.State.DOUBT)
"""States in which a person must do something; a letter that waits is the desk's own work."""
MOST_COUNTED = 1000
BROKEN_FOR = timedelta(minutes=15)
"""How long a mailbox may be in trouble before the leads are told."""


def listed(brands: Collection[int] | None, *, limit: int = 200) -> list[Delivery]:
    """What failed, came back, is in doubt, or waits after a try that did not work; the newest first.

    `brands` None: of all brands.
    """
    troubled = Q(state__in=IN_TROUBLE, settled_at=None) | Q(state=Delivery.State.WAITING, tries__gt=0)
    rows = _of(brands).filter(troubled).select_related("case__customer", "case__brand", "account", "entry__letter")
    return list(rows.order_by("-pk")[:limit])


def counted(brands: Collection[int] | None, hidden: Collection[int] = ()) -> int:
    """How many letters want a person, `MOST_COUNTED` at most; not those of `hidden` cases."""
    found = _cases_in_trouble()
    return sum((brands is None or brand in brands) and case not in hidden for case, brand in found)


def in_trouble() -> QuerySet[Delivery]:
    """Letters that want a person, read from their own small index."""
    return Delivery.objects.filter(state__in=IN_TROUBLE, settled_at=None)


def ring(delivery: Delivery) -> bool:
    """The alarm, once. False when it rang before."""
    return bool(in_trouble().filter(pk=delivery.pk, alarmed=False).update(alarmed=True))


def settle(delivery_id: int, *, by: Member | None, now: datetime) -> bool:
    """It is on no list any more. False when it was none that wants a person."""
    done = in_trouble().filter(pk=delivery_id).update(settled_at=now, settled_by=by, told=True)
    wake.nudge()
    return bool(done)


def broken_mailboxes(now: datetime) -> list[Account]:
    """Mailboxes in use that have been in trouble for too long, and for which no alarm has rung yet."""
    return list(Account.objects.filter(active=True, alarmed=False, trouble_since__lte=now - BROKEN_FOR))


def ring_for_mailbox(account: Account) -> bool:
    """The alarm, once. False when it rang before, or the trouble is over."""
    lasting = Account.objects.filter(pk=account.pk, alarmed=False, trouble_since=account.trouble_since)
    return bool(lasting.update(alarmed=True))


def ringing_mailboxes() -> list[Account]:
    """Mailboxes for which the alarm rings."""
    return _ringing_mailboxes()


def ringing_letters() -> int:
    """Letters for which the alarm rings."""
    return len(_ringing_letters())


def _of(brands: Collection[int] | None) -> QuerySet[Delivery]:
    rows = Delivery.objects.all()
    return rows if brands is None else rows.filter(case__brand__in=brands)


@prepared
def _cases_in_trouble() -> QuerySet[Delivery, tuple[int, int]]:
    # A condition on the brand would have the database walk all of the brand's cases.
    return in_trouble().order_by().values_list("case", "case__brand")[:MOST_COUNTED]


@prepared
def _ringing_mailboxes() -> QuerySet[Account]:
    return Account.objects.filter(active=True, alarmed=True).exclude(trouble_since=None)


@prepared
def _ringing_letters() -> QuerySet[Delivery, int]:
    return in_trouble().filter(alarmed=True).order_by().values_list("pk", flat=True)[:MOST_COUNTED]
