"""What stands around every page of the desk: navigation, counts of work owed, oneself, the outbox."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from amends.cases import drafts
from amends.cases.models import Draft
from amends.channels import undelivered
from amends.clock import calendars
from amends.clock.calendars import Duty
from amends.desk import standing, whose
from amends.desk.live import ticket
from amends.desk.standing import Standing
from amends.people.models import Desk, Member
from amends.people.models.desk import HOLD_SECONDS
from amends.people.permissions import Actor, actor_of, can
from amends.ui.addresses import address


@dataclass(frozen=True)
class Item:
    """One line of the rail."""

    url: str
    label: str
    icon: str
    key: str
    count: str = ""
    current: bool = False


@dataclass(frozen=True)
class Me:
    """Oneself, at the rail's foot."""

    id: int
    name: str
    duty: str
    url: str


@dataclass(frozen=True)
class HeldLine:
    """A letter that is about to leave."""

    id: int
    to: str
    leaves_at: datetime
    hold: int
    undo_url: str


@dataclass(frozen=True)
class Frame:
    """The rail, for `ui/desk.html`."""

    desk_name: str
    nav: tuple[Item, ...]
    me: Me
    live_url: str
    live_renew_url: str
    theme: str
    keys: str
    settings_current: bool
    held: list[HeldLine] = field(default_factory=list)
    standing: list[Standing] = field(default_factory=list)
    home_url: str = "/"
    palette_url: str = "/palette/"
    outbox_url: str = "/outbox/"
    settings_url: str = "/settings/"
    theme_url: str = "/settings/theme/"
    logout_url: str = "/accounts/logout/"


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: lazy, so that fragments and the customer's pages pay nothing."""
    user = getattr(request, "user", None)
    if not isinstance(user, Member):
        return {}
    return {"frame": SimpleLazyObject(lambda: _frame(request, user))}


def held_lines(me: Member) -> list[HeldLine]:
    """The member's letters in the outbox, for the rail."""
    return _held_lines(me, Desk.current())


def _held_lines(me: Member, desk: Desk | None) -> list[HeldLine]:
    return [_held(draft, desk.hold_seconds if desk else HOLD_SECONDS) for draft in drafts.held_by(me.pk)]


def _frame(request: HttpRequest, me: Member) -> Frame:
    desk = Desk.current()
    # A page that tells of a failure may be drawn before anybody asked who this is.
    actor: Actor = getattr(request, "actor", None) or actor_of(me)
    return Frame(
        desk_name=desk.name if desk else "",
        nav=(
            _item(request, "now", _("Now"), "inbox", "g n", whose.counted(whose.of_oneself(actor))),
            _item(request, "promises", _("Promises"), "handshake", "g o"),
            _item(request, "people", _("People"), "users", "g p"),
            _item(request, "duty", _("Duty"), "clock", "g d"),
            *_undelivered(request, actor),
        ),
        me=Me(me.pk, me.name, _duty(calendars.duties([me], timezone.now())[me.pk]), address("profile")),
        live_url=ticket.address(me.pk, getattr(request, "began_at", None), request.session.session_key),
        live_renew_url=address("live_ticket"),
        theme=me.theme,
        keys="on" if me.keys_on else "off",
        settings_current=request.path.startswith("/settings"),
        settings_url=address("settings") if can(actor, "case.see") else "",
        held=_held_lines(me, desk),
        standing=standing.lines(actor),
    )


def _undelivered(request: HttpRequest, actor: Actor) -> list[Item]:
    """Only while a letter wants a person, or on the page itself."""
    count = undelivered.counted(actor.brands_seen, actor.hidden)
    item = _item(request, "undelivered", _("Did not arrive"), "triangle-alert", "g u", str(count or ""))
    return [item] if count or item.current else []


def _duty(duty: Duty) -> str:
    if duty.absent:
        return _("Away")
    if duty.on and duty.until:
        return _("On duty until %(time)s") % {"time": f"{timezone.localtime(duty.until):%H:%M}"}
    if duty.next:
        return _("Off duty until %(time)s") % {"time": f"{timezone.localtime(duty.next):%a %H:%M}"}
    return ""


def _held(draft: Draft, seconds: int) -> HeldLine:
    assert draft.hold_until is not None
    return HeldLine(
        id=draft.pk,
        to=draft.case.customer.first_name,
        leaves_at=draft.hold_until,
        hold=seconds,
        undo_url=address("held_undo", draft.pk),
    )


def _item(request: HttpRequest, name: str, label: str, icon: str, key: str, count: str = "") -> Item:
    url = address(name)
    current = request.path == url or (url != "/" and request.path.startswith(url))
    return Item(url, label, icon, key, count, current)
