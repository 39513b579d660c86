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
