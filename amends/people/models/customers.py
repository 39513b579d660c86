"""Whom we serve: one person, many identities (CV2)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Customer(models.Model):
    """A person who bought, received, used, paid, or simply wrote."""

    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    good_to_know = models.TextField(_("good to know"), blank=True)
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)
    """Everything that was known of them is gone; their cases keep a shape without words."""

    def __str__(self) -> str:
        return called(self.name)

    @property
    def first_name(self) -> str:
        return str(self).split(" ", 1)[0]


class Identity(models.Model):
    """One way to know and to reach a customer.

    `value` is normalised (mail: lower case; phone: E.164) and has one owner for its kind; `shown` is as written.
    """

    class Kind(models.TextChoices):
        EMAIL = "email", _("Mail")
        PHONE = "phone", _("Phone")

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="identities")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    value = models.CharField(max_length=320)
    shown = models.CharField(max_length=320)
    first_seen_at = models.DateTimeField()
    undeliverable_at = models.DateTimeField(null=True, blank=True)
    undeliverable_why = models.CharField(max_length=300, blank=True)
    told_for = models.PositiveBigIntegerField(default=0)
    """0: its owner's. Else the customer's own number: a colleague wrote it down for them, and it belongs to somebody
    whom that colleague may not know. Letters go there; who writes from there is the owner."""

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "value", "told_for"], name="one_owner_of_an_identity")
        ]

    def __str__(self) -> str:
        return self.shown


class Tombstone(models.Model):
    """An address or number that was erased, as a mark (`kit.erasures`), also noted outside the database.

    Who writes anew later is a new person; what was written before `at` stays away.
    """

    mark = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.mark


class ErasureOwed(models.Model):
    """An address that was erased at `at`, and came back with a backup to a person under a legal hold.

    The row goes with the erasure, which follows when the hold is taken off; until then there is no tombstone.
    """

    mark = models.CharField(max_length=40, unique=True)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="erasures_owed")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.mark


def called(name: str) -> str:
    """A customer in words, also one whose name nobody knows."""
    return name or str(_("Customer"))
