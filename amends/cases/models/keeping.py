"""How long cases are kept, and which must be kept for longer."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.cases.models.case import Case
from amends.people.models import Customer, Member


class Retention(models.Model):
    """After how many days a closed case that began on this channel loses its words. No row: never."""

    channel = models.CharField(max_length=16, unique=True)
    days = models.PositiveIntegerField(_("days"), validators=[MinValueValidator(1)])

    def __str__(self) -> str:
        return f"{self.channel}: {self.days}"


class Hold(models.Model):
    """A legal hold: this case, or all of this person, may be neither erased nor removed until it is taken off."""

    case = models.OneToOneField(Case, null=True, blank=True, on_delete=models.CASCADE, related_name="legal_hold")
    customer = models.OneToOneField(
        Customer, null=True, blank=True, on_delete=models.CASCADE, related_name="legal_hold"
    )
    why = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(case=None, customer__isnull=False) | models.Q(case__isnull=False, customer=None),
                name="a_hold_is_on_one_thing",
            )
        ]

    def __str__(self) -> str:
        return self.why


class Unneeded(models.Model):
    """Bytes of `kit.blobs` that some row lost in this transaction; the worker deletes them if no other row has them.

    A row and not a call, so that a crash after the transaction leaves nothing behind.
    """

    sha256 = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return self.sha256
