"""What is being written, and what waits its seconds before it leaves (CV13, CV14)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from amends.cases.models.case import Case
from amends.people.models import Member


class Draft(models.Model):
    """A letter or a note that has not happened yet; at most one of each kind on a case.

    With `hold_until` it waits in the outbox: undo clears it, the worker turns it into an entry and
    deletes the draft in the same transaction, so it can leave only once.
    """

    class Kind(models.TextChoices):
        LETTER = "letter"
        NOTE = "note"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="drafts")
    kind = models.CharField(max_length=6, choices=Kind.choices, default=Kind.LETTER)
    author = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="drafts")
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    """What the rich editor holds; empty when the draft is plain."""
    to = models.JSONField(default=list, blank=True)
    cc = models.JSONField(default=list, blank=True)
    subject = models.CharField(max_length=250, blank=True)
    promises = models.JSONField(default=list, blank=True)
    """Promises to be made when it leaves: [{act, due (ISO 8601), kind, words}]."""
    documents = models.JSONField(default=list, blank=True)
    """Letters of policy packs that it was begun from, as in "uk-fca-disp/final_response"."""
    reason = models.CharField(max_length=300, blank=True)
    """Why it was sent against a red note of the coach."""
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()
    hold_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case", "kind"], condition=models.Q(hold_until=None), name="one_draft_of_a_kind"
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["hold_until"], condition=models.Q(hold_until__isnull=False), name="drafts_on_hold")
        ]

    def __str__(self) -> str:
        return self.text[:60]


class DraftFile(models.Model):
    """A file that will leave with a draft; its bytes lie in `kit.blobs` already."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.name
