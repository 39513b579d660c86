"""A customer writes on the case page: checked, sent once, and back to the page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from amends.channels.models import Kept
from amends.flows import portal
from amends.flows.portal import Written
from amends.portal import limits, sending
from amends.portal.door import Visit


class Sent(Exception):
    """This form came already: a second click, or a page sent again."""


class Refused(Exception):
    """The form says why; it is shown again, with everything typed."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def checked(request: HttpRequest, visit: Visit, form: forms.Form) -> Written:
    """What the form holds. Raises Sent or Refused. The link itself tells persons from robots."""
    stamp = sending.stamp_of(request)
    if stamp and portal.sent_before(visit.case.brand, stamp.key):
        raise Sent
    if not form.is_valid():
        raise Refused(422)
    if stamp is None:
        form.add_error(None, sending.ask("no_stamp", ""))
        raise Refused(422)
    if limits.too_many_on(visit.case.pk, visit.now):
        form.add_error(None, sending.too_many(""))
        raise Refused(429)
    given: dict[str, Any] = form.cleaned_data
    return Written(
        text=given["text"],
        files=given.get("attached", ()),
        key=stamp.key,
        opened_at=stamp.opened_at,
        token=visit.token,
    )


def send(visit: Visit, written: Written) -> Kept:
    """Send it in the customer's name."""
    return portal.send(visit.case.brand, portal.in_the_name_of(visit.case.customer, written), visit.now)


def back(visit: Visit) -> HttpResponseRedirect:
    """To the case page, by 303, so that a reload sends nothing twice."""
    return HttpResponseRedirect(f"{reverse('case_page', args=[visit.token])}#main", status=303)
