"""What the kit keeps in the database."""

from __future__ import annotations

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
