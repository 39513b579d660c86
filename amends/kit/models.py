"""What the kit keeps in the database."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Tally(models.Model):
    """How often something happened since it first did, until `until`; written by `kit.tallies` alone."""

    key = models.CharField(max_length=80, unique=True)
    count = models.PositiveIntegerField()
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"


class Beat(models.Model):
    """A worker that lives: when it last said so. Written by `kit.beats` alone."""

    worker = models.CharField(max_length=120, unique=True)
    started_at = models.DateTimeField()
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.worker} at {self.at:%Y-%m-%d %H:%M:%S}"


class JobRun(models.Model):
    """How often a job of the schedule ran, failed and settled rows, since the desk began, over all workers."""

    job = models.CharField(max_length=40, unique=True)
    runs = models.BigIntegerField(default=0)
    failures = models.BigIntegerField(default=0)
    settled = models.BigIntegerField(default=0)
    seconds = models.FloatField(default=0)
    ran_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.job}: {self.runs}"


class Pause(models.Model):
    """While this row is there no worker hears, decides or sends anything: the desk came out of a backup."""

    since = models.DateTimeField()
    why = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.why


class Inspection(models.Model):
    """What the scanner says of bytes in `kit.blobs`; written by `kit.inspected` alone. No row: nobody has asked it.

    `said` is the name of what it found, or a code of why it could not look.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        CLEAN = "clean"
        FOUND = "found"
        UNKNOWN = "unknown"
        RELEASED = "released"

    sha256 = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    said = models.CharField(max_length=200, blank=True)
    since = models.DateTimeField()
    """Since when it waits, or is as it is."""
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    """None when there is nothing to ask. What was found is asked about once more when it comes again."""

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["next_try_at"], condition=models.Q(next_try_at__isnull=False), name="files_to_look_at"
            ),
            models.Index(
                fields=["since"], condition=models.Q(state__in=["found", "unknown"]), name="files_in_quarantine"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sha256[:12]}: {self.state}"
