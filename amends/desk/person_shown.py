"""A person's page in the words of the desk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.cases.models import Case, Entry
from amends.clock import promising
from amends.desk import lifeline, saying
from amends.desk.acquaintance import Acquaintance, ended_happily, is_open, local_year
from amends.desk.lifeline import Lifeline, Matter
from amends.desk.rows import state
from amends.people.models import Customer, Identity
from amends.ui.moments import by_when, day_name


@dataclass(frozen=True)
class Said:
    """One letter or call of a case."""

    at: datetime
    who: str
    icon: str
    label: str
    words: str
    url: str


@dataclass(frozen=True)
class Moment:
    """One line of a year."""

    at: datetime
    line: str
    words: str = ""
    url: str = ""
    small: str = ""
    icon: str = ""
    label: str = ""
    clock: str = ""
    left: int = 0
    letters: list[Said] = field(default_factory=list)


@dataclass(frozen=True)
class Year:
    number: int
    line: str
    moments: list[Moment]


@dataclass(frozen=True)
class Way:
    """One way to reach the person."""

    shown: str
    icon: str
    label: str
    url: str
    trouble: str = ""


@dataclass(frozen=True)
class OpenCase:
    """A case that waits for us."""

    url: str
    title: str
    line: str
    state: str
    left: int
    reference: str = ""


@dataclass(frozen=True)
class Fact:
    name: str
    value: str


def since_line(known: Acquaintance) -> str:
    """ "With us since March 2016. Five cases, two put right."."""
    since = date_format(timezone.localtime(known.since), "F Y")
    cases = ngettext("%(count)s case", "%(count)s cases", known.case_count) % {"count": known.case_count}
    words = {"since": since, "cases": cases, "happy": known.happy_ends}
    if known.happy_ends:
        return _("With us since %(since)s. %(cases)s, %(happy)s put right.") % words
    return _("With us since %(since)s. %(cases)s.") % words


def life(known: Acquaintance, now: datetime) -> Lifeline:
    """The lifeline, from the cases."""
    return lifeline.draw([_matter(case, known) for case in known.cases], known.since, now)


def years(known: Acquaintance, now: datetime) -> list[Year]:
    """The years with their cases, the newest first."""
    moments = [moment for case in known.cases for moment in _moments(case, known, now)]
    by_year: dict[int, list[Moment]] = {}
    for moment in sorted(moments, key=lambda moment: moment.at, reverse=True):
        by_year.setdefault(local_year(moment.at), []).append(moment)
    return [Year(number, _year_line(number, known), found) for number, found in by_year.items()]


def ways(known: Acquaintance) -> list[Way]:
    """How to reach the person; what does not work says so."""
    return [_way(identity) for identity in known.identities]


def open_cases(cases: list[Case], now: datetime) -> list[OpenCase]:
    """Cases that wait for us, with who does what by when."""
    return [_open_case(case, now) for case in cases]


def facts(known: Acquaintance) -> list[Fact]:
    """What is plainly recorded."""
    customer = known.customer
    owner = next((case.owner for case in known.cases if case.owner), None)
    found = [
        Fact(_("Owner they know"), owner.name if owner else ""),
        Fact(_("First seen"), date_format(timezone.localtime(customer.created_at), "j F Y")),
        Fact(_("Cases"), str(known.case_count)),
        Fact(_("Number here"), str(customer.pk)),
    ]
    return [fact for fact in found if fact.value]


def telephone(known: Acquaintance) -> str:
    """The number to ring, or nothing."""
    return next((i.value for i in known.identities if i.kind == Identity.Kind.PHONE), "")


def name_of(customer: Customer) -> str:
    return customer.first_name


def _matter(case: Case, known: Acquaintance) -> Matter:
    return Matter(
        opened_at=case.opened_at,
        title=case.title,
        hurt=case.kind == Case.Kind.COMPLAINT,
        joy=case.kind == Case.Kind.PRAISE,
        broken=case.pk in known.broken,
        closed_at=case.closure.at if hasattr(case, "closure") else None,
        happy=ended_happily(case),
    )


def _moments(case: Case, known: Acquaintance, now: datetime) -> Iterator[Moment]:
    letters = known.letters.get(case.pk, [])
    theirs = [entry for entry in letters if entry.kind == "contact.in"]
    step = getattr(case, "next_step", None) if is_open(case) else None
    icon, label = saying.channel(theirs[0].channel if theirs else "")
    shown = theirs[-1:] if step else theirs[:1]
    yield Moment(
        at=case.opened_at,
        line=case.title,
        words=_words(shown[0]) if shown else "",
        url=reverse("case", args=[case.pk]),
        small=case.owner.first_name if case.owner else "",
        icon=icon,
        label=label,
        clock=state(step.made_at, step.by, now) if step else "",
        left=promising.share_left(step.made_at, step.by, now) if step else 0,
        letters=[_said(entry, known) for entry in letters] if len(letters) > 1 else [],
    )
    if case.merged_into_id is None and hasattr(case, "closure"):
        yield _ending(case, theirs)


def _ending(case: Case, theirs: list[Entry]) -> Moment:
    happy = ended_happily(case)
    words = {"title": case.title, "reason": case.closure.get_reason_display(), "words": case.closure.words}
    line = _("Put right: %(title)s") if happy else _("%(reason)s: %(title)s")
    return Moment(
        at=case.closure.at,
        line=line % words,
        words=_words(theirs[-1]) if happy and len(theirs) > 1 else "",
        url=reverse("case", args=[case.pk]),
        small=case.closure.words[:60],
        icon="" if happy else "circle-check",
        clock="kept" if happy else "",
    )


def _said(entry: Entry, known: Acquaintance) -> Said:
    icon, label = saying.channel("phone" if entry.kind == "contact.call" else entry.channel)
    theirs = entry.kind == "contact.in"
    writer = entry.customer if theirs else entry.member
    return Said(
        at=entry.at,
        who=str(writer.first_name) if writer else name_of(known.customer),
        icon=icon,
        label=label,
        words=_words(entry, 400),
        url=f"{reverse('case', args=[entry.case_id])}#letter-{entry.pk}",
    )


def _words(entry: Entry, most: int = 200) -> str:
    text = entry.letter.new_text if hasattr(entry, "letter") else ""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[:most].rsplit(" ", 1)[0] + " …"


def _year_line(number: int, known: Acquaintance) -> str:
    opened = [case for case in known.cases if local_year(case.opened_at) == number]
    closed = [case for case in known.cases if ended_happily(case) and local_year(case.closure.at) == number]
    waiting = [case for case in opened if is_open(case)]
    parts = [
        ngettext("%(count)s case", "%(count)s cases", len(opened)) % {"count": len(opened)} if opened else "",
        _("%(count)s put right") % {"count": len(closed)} if closed else "",
        _("%(count)s open") % {"count": len(waiting)} if waiting else "",
    ]
    return ", ".join(part for part in parts if part)


def _way(identity: Identity) -> Way:
    phone = identity.kind == Identity.Kind.PHONE
    trouble = ""
    if identity.undeliverable_at is not None:
        since = day_name(timezone.localtime(identity.undeliverable_at).date(), timezone.localtime().date(), within=True)
        words = {"since": since, "why": identity.undeliverable_why}
        trouble = _("Does not take our letters since %(since)s: %(why)s") % words
        trouble = trouble if identity.undeliverable_why else _("Does not take our letters since %(since)s") % words
    return Way(
        shown=identity.shown,
        icon="phone" if phone else "mail",
        label=str(Identity.Kind(identity.kind).label),
        url=f"tel:{identity.value}" if phone else "",
        trouble=trouble,
    )


def _open_case(case: Case, now: datetime) -> OpenCase:
    step = getattr(case, "next_step", None)
    line, mood, left = "", "open", 0
    if step is not None:
        due = by_when(timezone.localtime(step.by), timezone.localtime(now), name_today=True, within=True)
        line = _("%(who)s, %(due)s") % {"who": step.who.first_name, "due": due}
        mood, left = state(step.made_at, step.by, now), promising.share_left(step.made_at, step.by, now)
    return OpenCase(reverse("case", args=[case.pk]), case.title, line, mood, left, case.reference)
