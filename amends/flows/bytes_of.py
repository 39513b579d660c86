"""Which bytes on disk belong to a person or a case, and which belong to nobody any more."""

from __future__ import annotations

from functools import partial

from django.db import models, transaction
from django.db.models import Q

from amends.cases.models import DraftFile, File, Letter, OutsidePicture, Unneeded
from amends.channels.models import Kept
from amends.kit import blobs, inspected, using
from amends.kit.personal import Subject

BATCH = 50
NAMED_BY: list[tuple[type[models.Model], str]] = [
    (Kept, "sha256"),
    (Letter, "raw_sha256"),
    (File, "sha256"),
    (DraftFile, "sha256"),
    (OutsidePicture, "sha256"),
]
"""Every field that names bytes in `kit.blobs`; a test finds those that are missing here."""


def digests_of(subject: Subject) -> set[str]:
    """The SHA-256 of every raw mail and file in the rows of `subject`."""
    found = {
        *Letter.objects.filter(entry__in=subject.entries).values_list("raw_sha256", flat=True),
        *File.objects.filter(entry__in=subject.entries).values_list("sha256", flat=True),
        *OutsidePicture.objects.filter(entry__in=subject.entries).values_list("sha256", flat=True),
        *DraftFile.objects.filter(draft__case__in=subject.cases).values_list("sha256", flat=True),
        *Kept.objects.filter(Q(entry__in=subject.entries) | Q(aside__in=subject.cases)).values_list(
            "sha256", flat=True
        ),
    }
    return found - {""}


def sweep(limit: int = BATCH) -> int:
    """Delete noted bytes that no row has any more; how many notes were settled.

    What somebody is about to write a row for is left for the next time, with its note.
    """
    notes = list(Unneeded.objects.order_by("pk").values_list("pk", flat=True)[:limit])
    return sum(_settle(note) for note in notes)


def needed(digest: str) -> bool:
    """Does a row name these bytes? One statement, for it sees one moment: a file moves from a draft to its letter."""
    first, *others = (model._default_manager.filter(**{field: digest}).order_by() for model, field in NAMED_BY)
    return first.values("pk").union(*(one.values("pk") for one in others), all=True).exists()


def _settle(note_id: int) -> bool:
    with transaction.atomic():
        # Whoever takes a row away right now holds its note, and is still to have the word.
        note = Unneeded.objects.select_for_update(skip_locked=True).filter(pk=note_id).first()
        if note is None or not using.alone(note.sha256):
            return False
        blobs.remove(note.sha256, unless=partial(needed, note.sha256))
        if not blobs.path_of(note.sha256).exists():
            inspected.forget(note.sha256)
        note.delete()
        return True
