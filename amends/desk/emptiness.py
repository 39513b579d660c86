"""A queue with nothing in it: an achievement, or the first day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.cases.models import Case
from amends.channels import accounts
from amends.channels.models import Account
from amends.clock.models import Promise
from amends.desk import whose
from amends.desk.heading import in_words
from amends.desk.whose import Scope
from amends.people.models import Member
from amends.people.permissions import Actor, can


@dataclass(frozen=True)
class Link:
    url: str
    label: str
    count: str = ""


@dataclass(frozen=True)
class FirstStep:
    """One thing to do on the first day."""

    url: str
    label: str
    line: str
    done: bool = False


@dataclass(frozen=True)
class Empty:
    """What `ui/components/empty.html` shows."""

    title: str
    line: str = ""
    deed: Link | None = None
    second: Link | None = None
    kind: str = "kept"
    steps: list[FirstStep] = field(default_factory=list)


def of(actor: Actor, scope: Scope, offered: list[Scope], now: datetime) -> Empty:
    """What to say when the view holds nothing."""
    if can(actor, "mailboxes.edit") and not Case.objects.exists():
        return _first_day()
    wider = offered[offered.index(scope) + 1 :] if scope in offered else []
    help_others = next((Link(f"?view={other.key}", _help(other), other.counted()) for other in wider), None)
    if scope.key != whose.MINE:
        return Empty(_("Every promise is kept"), _("Nobody owes anybody anything. Enjoy it."))
    return Empty(_("Every promise is kept"), _kept_line(actor, now), second=help_others)


def _kept_line(actor: Actor, now: datetime) -> str:
    midnight = timezone.make_aware(datetime.combine(timezone.localtime(now).date(), time()))
    kept = Promise.objects.filter(promisor=actor.member_id, kept_at__gte=midnight, kept_at__lte=now)
    count = (kept if actor.sees_all_brands else kept.filter(case__brand__in=actor.brand_ids)).count()
    if not count:
        return _("Nobody waits for you. New work comes here by itself.")
    sentence = ngettext("You kept %(number)s today.", "You kept %(number)s today.", count)
    return sentence % {"number": in_words(count)}


def _help(other: Scope) -> str:
    return _("Help the team") if other.key == whose.TEAM else _("See everyone’s")


def _first_day() -> Empty:
    return Empty(
        title=_("Ready for the first customer"),
        kind="first",
        steps=[
            FirstStep(
                reverse("mailboxes"),
                _("Connect a mailbox"),
                _("What customers write arrives here."),
                done=Account.objects.filter(kind__in=accounts.SPEAKING, active=True).exists(),
            ),
            FirstStep(
                reverse("members"),
                _("Ask colleagues in"),
                _("Each case then finds the right person."),
                done=Member.objects.filter(is_active=True).count() > 1,
            ),
            FirstStep(reverse("new_case"), _("Write up the first case"), _("Somebody rang, or wrote on paper.")),
        ],
    )
