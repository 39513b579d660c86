"""What a member should know before the work itself: where colleagues named them, and mailboxes in trouble."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from amends.cases.models import Entry, Naming
from amends.channels.models import Account
from amends.clock.models import Alarm
from amends.clock.packs import shelf
from amends.desk.ladder_shown import why_words
from amends.kit import inspected
from amends.kit.prepared import prepared
from amends.people.models import Member
from amends.ui.moments import by_when

MOST = 5
SCANNED_WITHIN = timedelta(minutes=5)


@dataclass(frozen=True)
class Known:
    """A colleague's words for the member."""

    id: int
    line: str
    words: str
    author_name: str
    author_id: int
    at: datetime
    url: str
    seen_url: str


@dataclass(frozen=True)
class Trouble:
    """A mailbox that does not hear or speak."""

    line: str
    url: str


def waiting(me: Member, now: datetime) -> tuple[bool, bool]:
    """Whether a colleague's words wait for the member, and an alarm: far cheaper than to ask for all that is shown."""
    ((namings, alarms),) = _waiting(me.pk, now)
    return bool(namings), bool(alarms)


def for_you(me: Member, brand_ids: Collection[int] | None, hidden: Collection[int] = ()) -> list[Known]:
    """The newest notes that name the member and hand-overs to them, not yet seen."""
    return [_known(naming) for naming in _namings(me.pk, brand_ids, hidden)]


def seen(me: Member, naming_id: int, now: datetime) -> None:
    """The member has read it."""
    Naming.objects.filter(pk=naming_id, member=me, seen_at=None).update(seen_at=now)


def bad_packs() -> list[Trouble]:
    """One line for each policy pack that is refused: its deadlines bind nobody, and admins should know."""
    line = _("A policy pack is not used. %(why)s")
    return [Trouble(line % {"why": bad}, reverse("packs")) for bad in shelf.shelf().refused]


def scanner(now: datetime) -> list[Trouble]:
    """One line when files have waited for the scanner for too long; without one it asks nothing."""
    since = inspected.waits_since() if inspected.switched_on() else None
    if since is None or now - since < SCANNED_WITHIN:
        return []
    line = _(
        "Files have waited for the virus scanner since %(since)s. They cannot be opened until it has looked at them; "
        "“amends doctor” says why."
    )
    return [Trouble(line % {"since": _moment(since, now)}, "")]


def troubles(now: datetime, *, may_mend: bool) -> list[Trouble]:
    """One line for each mailbox in trouble; the way to it for whoever may mend it."""
    return [
        Trouble(_trouble(account, now), reverse("mailbox", args=[account.pk]) if may_mend else "")
        for account in _troubled()
    ]


@prepared
def _waiting(member_id: int, now: datetime) -> QuerySet[Member, tuple[bool, bool]]:
    namings = Naming.objects.filter(member=member_id, seen_at=None)
    alarms = Alarm.objects.filter(member=member_id, seen_at=None, tell_at__lte=now)
    return Member.objects.filter(pk=member_id).order_by().values_list(Exists(namings), Exists(alarms))


@prepared
def _namings(member_id: int, brand_ids: Collection[int] | None, hidden: Collection[int]) -> QuerySet[Naming]:
    namings = Naming.objects.filter(member=member_id, seen_at=None).exclude(entry__case__in=hidden).order_by("-pk")
    if brand_ids is not None:
        namings = namings.filter(entry__case__brand__in=brand_ids)
    return namings.select_related("entry__letter", "entry__member", "entry__case__customer")[:MOST]


@prepared
def _troubled() -> QuerySet[Account]:
    return Account.objects.filter(active=True).exclude(trouble="").order_by("trouble_since", "pk")[:MOST]


def _known(naming: Naming) -> Known:
    entry = naming.entry
    names = {
        "colleague": entry.member.name if entry.member else "",
        "customer": str(entry.case.customer),
        "title": entry.case.title,
    }
    if entry.data.get("thanks"):
        line = _("%(customer)s says thank you: %(title)s") % names
    elif entry.kind == "thanks.passed_on":
        line = _("%(colleague)s passes on thanks from %(customer)s: %(title)s") % names
    elif entry.kind == "contact.transferred":
        line = _("%(colleague)s handed over to you: %(customer)s, %(title)s") % names
    elif entry.kind in ("escalated", "rung.joined"):
        line = _("It came up to you: %(customer)s, %(title)s") % names
    elif entry.kind == "abuse.joined":
        line = _("%(colleague)s asks you to stand by: %(customer)s, %(title)s") % names
    elif entry.kind == "coach.second_asked":
        line = _("%(colleague)s asks you to read a letter before it leaves: %(customer)s, %(title)s") % names
    else:
        line = _("%(colleague)s named you: %(customer)s, %(title)s") % names
    return Known(
        id=naming.pk,
        line=line,
        words=_words(entry),
        author_name=names["colleague"] or names["customer"],
        author_id=entry.member_id or 0,
        at=entry.at,
        url=f"{reverse('case', args=[entry.case_id])}#letter-{entry.pk}",
        seen_url=reverse("naming_seen", args=[naming.pk]),
    )


def _words(entry: Entry) -> str:
    if hasattr(entry, "letter"):
        return entry.letter.new_text
    if entry.kind == "escalated":
        return capfirst(why_words(entry.data.get("trigger", ""), entry.data.get("params", {})))
    return str(entry.data.get("why", ""))


def _trouble(account: Account, now: datetime) -> str:
    return _("%(address)s has been in trouble since %(since)s: %(said)s") % {
        "address": account.address,
        "since": _moment(account.trouble_since or now, now),
        "said": account.trouble,
    }


def _moment(at: datetime, now: datetime) -> str:
    return by_when(timezone.localtime(at), timezone.localtime(now), within=True)
