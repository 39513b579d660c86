"""The words that can be searched, beside the things they stand for."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from amends.cases.models.case import Case
from amends.people.models import Brand, Customer


class SearchText(models.Model):
    """Folded words (lower case, no accents) of one letter, case or person.

    Migrations add the full-text indexes, one of all and one of people: FTS5 with triggers on SQLite, GIN on PostgreSQL.
    """

    class Kind(models.TextChoices):
        LETTER = "letter"
        CASE = "case"
        PERSON = "person"

    kind = models.CharField(max_length=6, choices=Kind.choices)
    source_id = models.BigIntegerField()
    case = models.ForeignKey(Case, null=True, on_delete=models.CASCADE, related_name="+")
    customer = models.ForeignKey(Customer, null=True, on_delete=models.CASCADE, related_name="+")
    brand = models.ForeignKey(Brand, null=True, on_delete=models.CASCADE, related_name="+")
    folded = models.TextField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "source_id"], name="searched_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.source_id}"
