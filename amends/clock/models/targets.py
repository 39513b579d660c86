"""How fast a house wants to be: targets, and the policy packs that bind it."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.people.models import Brand, Member


class Target(models.Model):
    """How fast a brand answers on a channel, in minutes (Appendix 1, SL1)."""

    class Clock(models.TextChoices):
        OPEN = "open", _("Open hours")
        CUSTOMER = "customer", _("The customer's: all hours count")

    ANY = 0

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="targets")
    channel = models.CharField(max_length=16)
    severity = models.PositiveSmallIntegerField(default=ANY)
    """Of a case; `ANY` is what holds where the severity has no target of its own."""
    clock = models.CharField(_("counted in"), max_length=8, choices=Clock.choices, default=Clock.OPEN)
    first_reply = models.PositiveIntegerField(
        _("a person answers within"), default=240, validators=[MinValueValidator(1)]
    )
    next_reply = models.PositiveIntegerField(_("and later within"), default=240, validators=[MinValueValidator(1)])
    made_right = models.PositiveIntegerField(
        _("made right within"), null=True, blank=True, validators=[MinValueValidator(1)]
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["brand", "channel", "severity"], name="one_target_a_channel")
        ]

    def __str__(self) -> str:
        return f"{self.brand_id}: {self.channel}"


class PackInUse(models.Model):
    """A policy pack whose deadlines bind a brand, since a day (Appendix 2)."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="packs")
    pack = models.CharField(_("policy pack"), max_length=40)
    since = models.DateTimeField()
    by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    bound_upto = models.BigIntegerField(default=0)
    """The last of the complaints that were open already and have its deadlines by now."""
    bound_at = models.DateTimeField(null=True, blank=True)
    """When all of them had."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["brand", "pack"], name="a_pack_once_a_brand")
        ]

    def __str__(self) -> str:
        return f"{self.brand_id}: {self.pack}"
