"""The rows of the log, and its head."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.db import models
from django.db.models.base import ModelState

REFUSED = "The audit log is append-only."
NOTHING_BEFORE = "0" * 64


class AppendOnlyError(Exception):
    """Somebody tried to change or delete a record. Write another one instead."""


class RecordQuerySet(models.QuerySet["Record"]):
    """Reads; `amends.audit.log.write` alone appends."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError(REFUSED)

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError(REFUSED)

    def delete(self) -> NoReturn:
        raise AppendOnlyError(REFUSED)


class WrittenOnce:
    """Guards only: nothing else happens when a row is saved."""

    _state: ModelState

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError(REFUSED)
        super().save(*args, **kwargs)  # type: ignore[misc]

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError(REFUSED)


class Record(WrittenOnce, models.Model):
    """One deed. `number` counts without gaps; `hash` covers every other column and the hash before.

    There are no foreign keys: a record outlives what it tells of.
    """

    class Actor(models.TextChoices):
        MEMBER = "member"
        COMMAND_LINE = "command line"
        DESK = "desk"
        STRANGER = "stranger"

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    verb = models.CharField(max_length=40)
    actor = models.CharField(max_length=12, choices=Actor.choices)
    member_id = models.BigIntegerField(null=True)
    who = models.CharField(max_length=120, blank=True)
    """The member's name as it was then, or the user of the operating system."""
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_id = models.CharField(max_length=64, blank=True)
    ip = models.CharField(max_length=45, blank=True)
    agent = models.CharField(max_length=120, blank=True)
    facts = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["verb", "-number"], name="audit_by_verb"),
            models.Index(fields=["member_id", "-number"], name="audit_by_member"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.verb}"


class Head(models.Model):
    """How far the log goes: one row, locked by whoever appends. Tells when the newest records are cut off."""

    ONLY = 1

    number = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=NOTHING_BEFORE)

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"
