"""Letters that did not arrive, as far as anybody knows: what happened in plain words, and what can be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from amends.channels import accounts, breaker, undelivered
from amends.channels.models import Delivery
from amends.desk.access import DeskRequest, brands_of
from amends.people.permissions import can
from amends.ui.moments import by_when


@dataclass(frozen=True)
class Row:
    """One letter. `state` is the colour of the tag; `said` are the other side's own words."""

    id: int
    case_url: str
    title: str
    to: str
    sender: str
    tag: str
    icon: str
    state: str
    why: str
    said: str
    again: str = ""
    """The words of the button that sends it once more; empty when one may not."""
    may_leave: bool = False


def rows(request: DeskRequest, now: datetime) -> list[Row]:
    """The letters of the brands that the member serves, the newest first."""
    listed = undelivered.listed(brands_of(request))
    return [_row(delivery, request, now) for delivery in listed if delivery.case_id not in request.actor.hidden]


def _row(delivery: Delivery, request: DeskRequest, now: datetime) -> Row:
    tag, icon, state = _tag(delivery)
    may = can(request.actor, "case.reply", delivery.case.brand_id)
    wants_a_person = delivery.state in undelivered.IN_TROUBLE
    return Row(
        id=delivery.pk,
        case_url=f"{reverse('case', args=[delivery.case_id])}#letter-{delivery.entry_id}",
        title=delivery.case.title,
        to=", ".join(delivery.recipients),
        sender=delivery.account.address,
        tag=tag,
        icon=icon,
        state=state,
        why=why(delivery, now),
        said=delivery.said,
        again=(_("Send it again") if wants_a_person else _("Try now")) if may else "",
        may_leave=may and wants_a_person,
    )


def why(delivery: Delivery, now: datetime) -> str:
    """What happened, in a sentence."""
    if delivery.state == Delivery.State.DOUBT:
        return _("The mail server took it and hung up before it said so. It may have arrived, or not.")
    if delivery.state == Delivery.State.BOUNCED:
        return _("It left, and came back.")
    if delivery.state == Delivery.State.FAILED:
        if delivery.unknown:
            return _("Nobody is at this address, says the other side.")
        return _("The other side does not take it.") if delivery.tries <= 1 else _("It was tried again and again.")
    waits = accounts.breaker_of(delivery.account)
    if waits.state(now) is not breaker.State.CLOSED:
        at = by_when(timezone.localtime(max(waits.until or now, now)), timezone.localtime(now), within=True)
        return _("Our mailbox cannot send; all its letters wait. Next try %(at)s.") % {"at": at}
    at = by_when(timezone.localtime(delivery.next_try_at), timezone.localtime(now), within=True)
    if delivery.in_doubt:
        return _("It may have left already. Next try %(at)s; then it may arrive twice.") % {"at": at}
    return _("It was not accepted yet. Next try %(at)s.") % {"at": at}


def _tag(delivery: Delivery) -> tuple[str, str, str]:
    if delivery.state == Delivery.State.WAITING:
        return _("On its way"), "hourglass", "soon"
    if delivery.state == Delivery.State.DOUBT:
        return _("May have arrived"), "circle-question-mark", "soon"
    return str(delivery.get_state_display()), "circle-alert", "late"
