"""What stands around every page of the desk: navigation, counts of work owed, oneself, the outbox."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from amends.cases import drafts
from amends.cases.models import Draft, NextStep
from amends.clock import calendars
from amends.clock.calendars import Duty
from amends.people.models import Desk, Member


@dataclass(frozen=True)
class Item:
    """One line of the rail."""

    url: str
    label: str
    icon: str
    key: str
    count: int | None = None
    current: bool = False


@dataclass(frozen=True)
class Frame:
    """The rail, for `ui/desk.html`."""

    desk_name: str
    nav: list[Item]
    settings: Item
    me: Member
    duty: Duty
    held: list[Draft] = field(default_factory=list)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: lazy, so that fragments and the customer's pages pay nothing."""
    user = getattr(request, "user", None)
    if not isinstance(user, Member):
        return {}
    return {"frame": SimpleLazyObject(lambda: _frame(request, user))}


def _frame(request: HttpRequest, me: Member) -> Frame:
    desk = Desk.current()
    return Frame(
        desk_name=desk.name if desk else "",
        nav=[
            _item(request, "now", _("Now"), "inbox", "g n", NextStep.objects.filter(who=me).count()),
            _item(request, "people", _("People"), "users", "g p"),
            _item(request, "search", _("Find"), "search", "g f"),
        ],
        settings=_item(request, "settings", _("Settings"), "settings", "g ,"),
        me=me,
        duty=calendars.duties([me], timezone.now())[me.pk],
        held=list(drafts.held_by(me)[:5]),
    )


def _item(request: HttpRequest, name: str, label: str, icon: str, key: str, count: int | None = None) -> Item:
    url = reverse(name)
    current = request.path == url or (url != "/" and request.path.startswith(url))
    return Item(url, label, icon, key, count, current)
