"""Which bytes on disk belong to a person or a case, and which belong to nobody any more."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from amends.cases.models import DraftFile, File, Letter, OutsidePicture, Unneeded
from amends.channels.models import Kept
from amends.kit import blobs
from amends.kit.personal import Subject

BATCH = 50


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


def let_go(digests: Iterable[str]) -> None:
    """Note bytes that lost a row, in the transaction that took it."""
    Unneeded.objects.bulk_create([Unneeded(sha256=one) for one in digests], ignore_conflicts=True)


def sweep(limit: int = BATCH) -> int:
    """Delete noted bytes that no row has any more; how many notes were settled."""
    notes = list(Unneeded.objects.order_by("pk")[:limit])
    for note in notes:
        if not _needed(note.sha256):
            blobs.remove(note.sha256, unless=lambda digest=note.sha256: _needed(digest))  # type: ignore[misc]
        note.delete()
    return len(notes)


def _needed(digest: str) -> bool:
    return (
        Kept.objects.filter(sha256=digest).exists()
        or Letter.objects.filter(raw_sha256=digest).exists()
        or File.objects.filter(sha256=digest).exists()
        or OutsidePicture.objects.filter(sha256=digest).exists()
        or DraftFile.objects.filter(sha256=digest).exists()
    )
