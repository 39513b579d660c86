"""Firms that a remedy depends on: shops, couriers, repairers, suppliers (C0.1)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Partner(models.Model):
    """A firm whose word we need to keep ours (C4.3), and whom to speak to there."""

    class Kind(models.TextChoices):
        SHOP = "shop", _("Shop")
        COURIER = "courier", _("Courier")
        REPAIRER = "repairer", _("Repairer")
        SUPPLIER = "supplier", _("Supplier")
        OTHER = "other", _("Other")

    name = models.CharField(_("name"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.OTHER)
    contact = models.CharField(_("whom to speak to"), max_length=120, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("mail address"), blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    retired_at = models.DateTimeField(null=True, blank=True)
    """Since when they are asked for nothing new; what they owe they owe still."""

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name
