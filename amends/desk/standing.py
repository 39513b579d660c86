"""What every member must know on every page while it lasts: the desk is paused, the disk is almost full."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from amends.kit import disk, pausing
from amends.kit.models import Pause
from amends.people.permissions import Actor, can


@dataclass(frozen=True)
class Standing:
    """One line above the page. `post`, if any, is the address of the button that ends it."""

    icon: str
    title: str
    line: str
    post: str = ""
    button: str = ""


def lines(actor: Actor) -> list[Standing]:
    """What holds now; nearly always nothing."""
    pause = pausing.current()
    found = [_paused(pause, may_end=can(actor, "desk.edit"))] if pause else []
    return [*found, _full()] if disk.room().short else found


def _paused(pause: Pause, *, may_end: bool) -> Standing:
    since = {"at": f"{timezone.localtime(pause.since):%d.%m.%Y %H:%M}", "why": pause.why}
    line = _("%(why)s No mailbox is listened to and no letter leaves until an admin lets the desk work again.") % since
    title = _("Paused since %(at)s. Nothing is sent.") % since
    return Standing("circle-pause", title, line, reverse("resume") if may_end else "", _("Let it work again"))


def _full() -> Standing:
    return Standing(
        "circle-alert",
        _("The disk is almost full."),
        _("No new mail is taken in: it waits on its server, and nothing is lost. Whoever runs the desk makes room."),
    )
