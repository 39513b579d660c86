"""Whoever did it right is thanked by name: a customer's praise reaches the colleague it is for (A232)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from amends.cases import ownership, timeline
from amends.cases.models import Entry, LetterReading, Naming
from amends.flows import looking
from amends.flows.reading import text_of
from amends.people.models import Member


class ThanksError(Exception):
    """They cannot be thanked so; the message says why."""


def to_thank(entry: Entry, reading: LetterReading) -> list[Member]:
    """Colleagues whom a letter thanks: whoever turned the story round, and whoever it praises by name."""
    text = text_of(entry)
    praised = {" ".join(text[start:end].split()).casefold() for start, end in reading.kudos}
    here = looking.brand_members(entry.case.brand)
    found = [one for one in here if {one.name.casefold(), one.first_name.casefold()} & praised]
    if reading.turn == LetterReading.Turn.BETTER:
        found += [one for one in here if one.pk == reading.turner_id]
    told = set(_told(entry))
    return [one for one in dict.fromkeys(found) if one.pk not in told]


def pass_on(entry: Entry, to: Member, *, by: Member, now: datetime) -> Entry:
    """Tell `to` of the letter's thanks, and write it down. Raises ThanksError."""
    with transaction.atomic():
        case = ownership.hold(entry.case_id)
        if to not in looking.brand_members(case.brand):
            raise ThanksError(_("%(name)s does not serve this brand.") % {"name": to.name})
        if to.pk in _told(entry):
            raise ThanksError(_("%(name)s was told already.") % {"name": to.name})
        passed = timeline.record(case, "thanks.passed_on", at=now, by=by, letter=entry.pk, to=to.pk, to_name=to.name)
        if to != by:
            Naming.objects.create(entry=passed, member=to)
    return passed


def _told(entry: Entry) -> list[int]:
    passed = Entry.objects.filter(case=entry.case_id, kind="thanks.passed_on", data__letter=entry.pk)
    return list(passed.values_list("data__to", flat=True))
