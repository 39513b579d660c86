"""What must be known on every page while it lasts: the desk is paused, the disk is almost full, mail does not go."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.channels import undelivered
from amends.channels.models import Account
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
    url: str = ""
    """Where it is mended; `link` says so."""
    link: str = ""


def lines(actor: Actor) -> list[Standing]:
    """What holds now; nearly always nothing."""
    pause = pausing.current()
    found = [_paused(pause, may_end=can(actor, "desk.edit"))] if pause else []
    trouble = disk.trouble()
    found += [_no_room(trouble)] if trouble else []
    return found + _alarms(actor) if actor.sees_all_brands else found


def _alarms(actor: Actor) -> list[Standing]:
    """What nobody has seen to in time (`flows.undelivered.ring`): for leads and admins."""
    found = [_broken(account, actor) for account in undelivered.ringing_mailboxes()]
    letters = undelivered.ringing_letters()
    return [*found, _unseen(letters)] if letters else found


def _broken(account: Account, actor: Actor) -> Standing:
    assert account.trouble_since is not None
    said = {"address": account.address, "at": f"{timezone.localtime(account.trouble_since):%d.%m.%Y %H:%M}"}
    title = _("The mailbox %(address)s has not worked since %(at)s.") % said
    line = _("%(why)s Nothing is lost: mail waits on its server, letters wait here.") % {"why": account.trouble}
    if not can(actor, "mailboxes.edit"):
        return Standing("circle-alert", title, line)
    return Standing(
        "circle-alert", title, line, url=reverse("mailbox", args=[account.pk]), link=_("Look at the mailbox")
    )


def _unseen(letters: int) -> Standing:
    title = ngettext(
        "A letter did not arrive, and nobody has seen to it.",
        "%(count)s letters did not arrive, and nobody has seen to them.",
        letters,
    )
    line = _("Their owners were told two open hours ago. Somebody must send them again, or leave them.")
    return Standing(
        "circle-alert", title % {"count": letters}, line, url=reverse("undelivered"), link=_("Look at the letters")
    )


def _paused(pause: Pause, *, may_end: bool) -> Standing:
    since = {"at": f"{timezone.localtime(pause.since):%d.%m.%Y %H:%M}", "why": pause.why}
    line = _("%(why)s No mailbox is listened to and no letter leaves until an admin lets the desk work again.") % since
    title = _("Paused since %(at)s. Nothing is sent.") % since
    return Standing("circle-pause", title, line, reverse("resume") if may_end else "", _("Let it work again"))


def _no_room(trouble: str) -> Standing:
    return Standing(
        "circle-alert",
        _("The disk cannot be written on.") if trouble == "shut" else _("The disk is almost full."),
        _(
            "No new mail is taken in: it waits on its server, and nothing is lost. Whoever runs the desk must see to it."
        ),
    )
