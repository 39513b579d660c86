"""Policy packs in plain words: what one will do, what it asks of a case, where its letters wait (ES7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from amends.cases.models import Case
from amends.clock import calendars
from amends.clock.models import PackInUse, Promise
from amends.clock.packs import shelf
from amends.clock.packs.shape import COMPLAINT, REQUEST, Deadline, Document, Pack, Span, Version
from amends.desk.promises_shown import act_words
from amends.ui.moments import by_when

UNITS: dict[str, Lazy] = {
    "minutes": ngettext_lazy("%(count)s minute", "%(count)s minutes", "count"),
    "hours": ngettext_lazy("%(count)s hour", "%(count)s hours", "count"),
    "days": ngettext_lazy("%(count)s day", "%(count)s days", "count"),
    "weeks": ngettext_lazy("%(count)s week", "%(count)s weeks", "count"),
    "months": ngettext_lazy("%(count)s month", "%(count)s months", "count"),
    "working_days": ngettext_lazy("%(count)s working day", "%(count)s working days", "count"),
    "open_minutes": ngettext_lazy("%(count)s minute of open time", "%(count)s minutes of open time", "count"),
    "open_hours": ngettext_lazy("%(count)s hour of open time", "%(count)s hours of open time", "count"),
}
KEPT = {
    "answer": gettext_lazy("done with any answer by a person"),
    "letter": gettext_lazy("done with any letter by a person"),
    "document": gettext_lazy("done with the letter “%(letter)s”"),
    "deed": gettext_lazy("done when somebody says so, and what shows it"),
}
GRADES = {
    "L": gettext_lazy("from the text of the law or standard"),
    "M": gettext_lazy("from memory, to be checked"),
    "J": gettext_lazy("our own judgement"),
    "E3": gettext_lazy("from what the regulator published"),
}


@dataclass(frozen=True)
class StageShown:
    """One stage: what is owed, and the sentence about its time."""

    act: str
    line: str
    note: str


@dataclass(frozen=True)
class PackShown:
    """What `desk/settings/packs.html` draws of a pack."""

    id: str
    title: str
    about: str
    source: str
    grade: str
    own: bool
    in_use: str
    catching_up: bool
    stages: tuple[StageShown, ...]
    later: str
    duties: tuple[str, ...]
    letters: tuple[Document, ...]
    external: str
    today: str
    """The day that the form of a new use begins with."""


@dataclass(frozen=True)
class OwedShown:
    """A stage that a case owes."""

    act: str
    pack: str
    when: str
    late: bool
    extend_url: str
    longer: str


@dataclass(frozen=True)
class ToBegin:
    """A stage that begins when somebody says so."""

    act: str
    line: str
    note: str
    rule: str


@dataclass(frozen=True)
class LetterShown:
    """A letter to begin from."""

    title: str
    pack: str
    mark: str


@dataclass(frozen=True)
class LawShown:
    """What `desk/case/law.html` draws."""

    owed: tuple[OwedShown, ...]
    to_begin: tuple[ToBegin, ...]
    letters: tuple[LetterShown, ...]
    duties: tuple[tuple[str, str], ...]
    bound: bool
    """Whether any pack binds the brand."""


def packs_of(brand_id: int, today: date) -> list[PackShown]:
    """Every pack on the shelf, those in use first."""
    in_use = {row.pack: row for row in calendars.packs_of([brand_id])}
    found = shelf.shelf()
    shown = [_pack(pack, in_use.get(pack.id), pack.id in found.own, today) for pack in found.packs.values()]
    return sorted(shown, key=lambda one: (not one.in_use, one.title))


def law_of(case: Case, now: datetime, *, may_write: bool) -> LawShown:
    """What the packs of the case's brand ask of it, and what may be begun or written."""
    found = shelf.shelf()
    packs = [found.packs[row.pack] for row in calendars.packs_of([case.brand_id]) if row.pack in found.packs]
    owed = Promise.objects.filter(case=case, kept_at=None, released_at=None, moved_at=None).exclude(rule="")
    rows = list(owed.select_related("moved_from", "case__customer").order_by("due", "pk"))
    rules = {promise.rule for promise in rows}
    today = now.date()
    return LawShown(
        owed=tuple(_owed(promise, now, may_write=may_write) for promise in rows),
        to_begin=tuple(
            ToBegin(_deed(one.act, case.customer.first_name), span_words(one.within), one.note, pack.rule(one.key))
            for pack in packs
            for one in (_version(pack, today).deadlines.values())
            if one.begins == REQUEST and pack.rule(one.key) not in rules
        ),
        letters=tuple(
            LetterShown(document.title, pack.title, f"{pack.id}/{document.key}")
            for pack in packs
            for document in pack.documents.values()
        ),
        duties=tuple((pack.title, duty) for pack in packs for duty in pack.duties),
        bound=bool(packs),
    )


def letters_named(marks: Sequence[str]) -> str:
    """ "Final response (UK financial firms: FCA DISP)": what a draft was begun from; empty for any other draft."""
    found = [shelf.shelf().document(mark) for mark in marks]
    return ", ".join(f"{one[1].title} ({one[0].title})" for one in found if one is not None)


def span_words(span: Span) -> str:
    """ "8 weeks"."""
    return str(UNITS[span.unit] % {"count": span.count})


def _pack(pack: Pack, row: PackInUse | None, own: bool, today: date) -> PackShown:
    version = _version(pack, today)
    return PackShown(
        id=pack.id,
        title=pack.title,
        about=pack.about,
        source=_("%(source)s. Looked up on %(day)s.") % {"source": pack.source, "day": _day(pack.consulted)},
        grade=", ".join(str(GRADES.get(one, one)) for one in pack.grade.split("/")),
        own=own,
        in_use=_day(timezone.localtime(row.since).date()) if row else "",
        catching_up=row is not None and row.bound_at is None,
        stages=tuple(_stage(one, version, pack) for one in version.deadlines.values()),
        later=_later(pack, version),
        duties=pack.duties,
        letters=tuple(pack.documents.values()),
        external=_external(pack),
        today=today.isoformat(),
    )


def _version(pack: Pack, today: date) -> Version:
    return pack.on(today) or pack.versions[-1]


def _stage(one: Deadline, version: Version, pack: Pack) -> StageShown:
    parts = [_begins(one, version), str(KEPT[one.kept_by])]
    if one.document and one.kept_by == "document":
        parts[1] = parts[1] % {"letter": pack.documents[one.document].title}
    if one.extend is not None:
        parts.append(_("once %(span)s longer, told before") % {"span": span_words(one.extend)})
    if one.other_person:
        parts.append(_("by another person"))
    return StageShown(_deed(one.act, _("the customer")), "; ".join(parts), one.note)


def _begins(one: Deadline, version: Version) -> str:
    span = {"span": span_words(one.within)}
    if one.begins == COMPLAINT:
        return _("within %(span)s of the complaint") % span
    if one.begins == REQUEST:
        return _("within %(span)s of when you begin it on the case") % span
    before = _deed(version.deadlines[one.begins].act, _("the customer"))
    return _("within %(span)s of when that is done: %(before)s") % {**span, "before": before[:1].lower() + before[1:]}


def _later(pack: Pack, version: Version) -> str:
    after = [one for one in pack.versions if one.valid_from > version.valid_from]
    if version.valid_to is None or not after:
        return ""
    return _("Until %(day)s; complaints that come later go by the next version.") % {"day": _day(version.valid_to)}


def _external(pack: Pack) -> str:
    if not pack.external_body:
        return ""
    if not pack.external_months:
        return pack.external_body
    told = {"body": pack.external_body, "months": pack.external_months}
    return _("%(body)s, within %(months)s months of the last letter") % told


def _owed(promise: Promise, now: datetime, *, may_write: bool) -> OwedShown:
    found = shelf.shelf().stage(promise.rule)
    longer = found[1].extend if found else None
    may = may_write and longer is not None and promise.due > now and not hasattr(promise, "moved_from")
    return OwedShown(
        act=_deed(promise.act, promise.case.customer.first_name),
        pack=found[0].title if found else promise.rule,
        when=by_when(timezone.localtime(promise.due), timezone.localtime(now)),
        late=promise.due <= now,
        extend_url=reverse("promise_longer", args=[promise.pk]) if may else "",
        longer=span_words(longer) if longer and may else "",
    )


def _deed(act: str, name: str) -> str:
    """ "Send Marta our final response"."""
    words = act_words(act, name)
    return words[:1].upper() + words[1:]


def _day(day: date) -> str:
    return date_format(day, "j F Y")
