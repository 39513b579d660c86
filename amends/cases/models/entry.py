"""The timeline: append-only, the truth (architecture §1, law 3; A141)."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.db import models
from django.db.models.base import ModelState

from amends.cases.models.case import Case
from amends.people.models import Customer, Member

REFUSED = "The timeline is append-only."


class AppendOnlyError(Exception):
    """Somebody tried to change or delete what happened. Record a new entry instead."""


class EntryQuerySet(models.QuerySet["Entry"]):
    """Reads and appends; nothing else."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError(REFUSED)

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError(REFUSED)

    def delete(self) -> NoReturn:
        raise AppendOnlyError(REFUSED)


class AppendOnly:
    """A row that is written once. Guards only: nothing else happens when it is saved."""

    _state: ModelState

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError(REFUSED)
        super().save(*args, **kwargs)  # type: ignore[misc]

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError(REFUSED)


class Entry(AppendOnly, models.Model):
    """One thing that happened. Kinds are those of the service model C0.2, in `cases.timeline.KINDS`.

    `at` is when it happened, `recorded_at` when we wrote it down; both UTC.
    """

    class Actor(models.TextChoices):
        CUSTOMER = "customer"
        MEMBER = "agent"
        SYSTEM = "system"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="entries", db_index=False)
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor = models.CharField(max_length=10, choices=Actor.choices)
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    customer = models.ForeignKey(Customer, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=16, blank=True)
    data = models.JSONField(default=dict, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["case", "at"], name="entries_of_a_case")]

    def __str__(self) -> str:
        return self.kind


class Letter(models.Model):
    """What a person wrote: the words of one entry, apart so that the timeline stays light."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="letter")
    subject = models.TextField(blank=True)
    text = models.TextField(blank=True)
    """Everything, quoted history too."""
    new_text = models.TextField(blank=True)
    """What the writer added."""
    html = models.TextField(blank=True)
    """Sanitised on arrival, pictures that lie elsewhere held back; empty for plain text."""
    sender = models.JSONField(default=dict)
    to = models.JSONField(default=list)
    cc = models.JSONField(default=list)
    message_id = models.CharField(max_length=255, blank=True)
    in_reply_to = models.CharField(max_length=255, blank=True)
    raw_sha256 = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return self.new_text[:60]


class File(models.Model):
    """A file that came or left with an entry; its bytes lie in `kit.blobs`."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    inline = models.BooleanField(default=False)
    content_id = models.CharField(max_length=255, blank=True)

    def __str__(self) -> str:
        return self.name


class OutsidePicture(models.Model):
    """A picture of a letter that lay on somebody else's server and was fetched, or why it could not be."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="outside_pictures")
    mark = models.CharField(max_length=64)
    """SHA-256 of its address, which stands in the letter."""
    sha256 = models.CharField(max_length=64, blank=True)
    why = models.CharField(max_length=12, blank=True)
    fetched_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["entry", "mark"], name="a_picture_is_fetched_once")
        ]

    def __str__(self) -> str:
        return self.sha256 or self.why


class PicturesAsked(models.Model):
    """A member asked for the pictures of a letter that lie elsewhere: that member sees them, nobody else does."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="pictures_asked")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["entry", "member"], name="pictures_asked_once")
        ]

    def __str__(self) -> str:
        return f"{self.member_id} for {self.entry_id}"


class Naming(models.Model):
    """A colleague was named in a note; open until seen."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="namings")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="namings")
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["entry", "member"], name="named_once_in_a_note")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["member"], condition=models.Q(seen_at=None), name="namings_not_seen")
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.entry_id}"
