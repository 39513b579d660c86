"""From a sent form to words that may be kept: its stamp, its box for persons, who sent it from where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv6Address, ip_address, ip_network

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.portal import robots, stamps
from amends.portal.robots import Sign, Suspicion
from amends.portal.stamps import Stamp

ASKS = {
    "no_stamp": gettext_lazy(
        "This form could not be told from an automatic one. Press Send again: your words are still here."
    ),
    "too_old": gettext_lazy("This form was open for more than a day. Press Send again: your words are still here."),
    "too_fast": gettext_lazy(
        "This looked automatic, because it came so fast. Wait a few seconds and press Send again: "
        "your words are still here."
    ),
    "hidden_field": gettext_lazy(
        "This looked automatic. Tick the box below and press Send again: your words are still here."
    ),
    "links": gettext_lazy(
        "This looked automatic, because of its many links. Tick the box below and press Send again: "
        "your words are still here."
    ),
}
"""What a person does next, for each suspicion."""


@dataclass(frozen=True)
class Guard:
    """The hidden side of a form for `portal/parts/guard.html`."""

    stamp: str
    asks: bool = False
    """Show the box for persons."""


def fresh(now: datetime) -> Guard:
    """For a form that nobody has sent yet."""
    return Guard(stamps.make(now))


def stamp_of(request: HttpRequest) -> Stamp | None:
    return stamps.read(request.POST.get("stamp", ""))


def again(request: HttpRequest, now: datetime, suspected: Suspicion = "") -> Guard:
    """For a form shown again: its stamp stays, unless it is the stamp that is wrong."""
    ticked = bool(request.POST.get("person"))
    if suspected in ("no_stamp", "too_old") or stamp_of(request) is None:
        return Guard(stamps.make(now), asks=ticked)
    return Guard(request.POST["stamp"], asks=ticked or suspected in ("hidden_field", "links"))


def suspicion(request: HttpRequest, text: str, now: datetime) -> Suspicion:
    """Does this form look automatic?"""
    sign = Sign(
        stamp=stamp_of(request),
        hidden=request.POST.get("website", ""),
        text=text,
        says_person=bool(request.POST.get("person")),
    )
    return robots.suspicion(sign, now)


def place_of(request: HttpRequest) -> str:
    """The network address it came from; of IPv6 the part that belongs to one household."""
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return "unknown"
    return str(ip_network((address, 64), strict=False)) if isinstance(address, IPv6Address) else str(address)


def ask(suspected: Suspicion, own_address: str) -> str:
    """The calm sentence, with another way when there is one."""
    sentence = str(ASKS[suspected])
    if not own_address:
        return sentence
    return sentence + " " + _("Or write to %(address)s.") % {"address": own_address}


def too_many(own_address: str) -> str:
    """When an hour has had enough of one address or one place."""
    sentence = _(
        "Several forms came from you within the hour, and we have those. This one was not sent. "
        "Your words are still here: press Send again in an hour."
    )
    if not own_address:
        return sentence
    return sentence + " " + _("Or write to %(address)s.") % {"address": own_address}
