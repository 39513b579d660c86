"""A person says that a letter was read wrongly: kept for ever, and what the reader learns from (RQ; `amends learn`)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from amends.cases import ownership, timeline
from amends.cases.models import Entry, LetterReading
from amends.flows import reading
from amends.people.models import Member
from amends.triage.corrections import STANCE
from amends.triage.reader.labels import LABELS

STANCES = ("complaint", "mixed", "question", "praise", "none")


class CorrectionError(Exception):
    """It cannot be corrected so; the message says what to do."""


def deny(entry: Entry, label: str, *, by: Member, now: datetime) -> None:
    """What the reader found does not stand there. Raises CorrectionError."""
    found = LetterReading.objects.filter(pk=entry.pk).values_list("signals", flat=True).first() or []
    spans = [one["span"] for one in found if one["label"] == label]
    if not spans:
        raise CorrectionError(_("This was not read in the letter, or somebody has corrected it meanwhile."))
    _say(entry, by, now, what=label, holds=False, span=spans[0])


def add(entry: Entry, label: str, span: tuple[int, int], *, by: Member, now: datetime) -> None:
    """The letter says this, with these words; the reader missed it. Raises CorrectionError."""
    if label not in LABELS:
        raise CorrectionError(_("Choose what the letter says."))
    start, end = span
    if not 0 <= start < end <= len(reading.text_of(entry)):
        raise CorrectionError(_("Choose the words that show it."))
    _say(entry, by, now, what=label, holds=True, span=[start, end])


def set_stance(entry: Entry, stance: str, *, by: Member, now: datetime) -> None:
    """How the customer stands to us in this letter. Raises CorrectionError."""
    if stance not in STANCES:
        raise CorrectionError(_("Choose how the customer stands to us."))
    _say(entry, by, now, what=STANCE, value=stance)


def _say(entry: Entry, by: Member, now: datetime, **said: Any) -> None:
    with transaction.atomic():
        case = ownership.hold(entry.case_id)
        timeline.record(case, "reading.corrected", at=now, by=by, letter=entry.pk, **said)
        reading.correct(entry, said)
