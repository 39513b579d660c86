"""Saved answers, and how a shop wants its coach: tips in its own words, the length of a pause."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.coach.moment import LONGEST_PAUSE
from amends.people.models import Brand

PAUSE = 60
"""Seconds that a letter waits which quarrels, where nobody chose (C7.3)."""


class SavedAnswer(models.Model):
    """A template with fixed places such as {customer}, {agent}, {brand}; nothing else is replaced (S34)."""

    class Use(models.TextChoices):
        LETTER = "letter", _("A whole letter")
        OPENING = "opening", _("An opening")
        APOLOGY = "apology", _("An apology")
        EXPLANATION = "explanation", _("An explanation")
        PUBLIC = "public", _("A public reply")
        OTHER = "other", _("Other words")

    use = models.CharField(_("what it is"), max_length=12, choices=Use.choices, default=Use.LETTER)
    name = models.CharField(_("name"), max_length=80)
    brand = models.ForeignKey(
        Brand, null=True, blank=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("brand")
    )
    language = models.CharField(_("language"), max_length=12, blank=True)
    body = models.TextField(_("words"))

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name


class Coaching(models.Model):
    """How the coach works for the whole desk: at most one row, made when somebody changes it."""

    pause_seconds = models.PositiveSmallIntegerField(
        _("hold a letter that quarrels"), default=PAUSE, validators=[MaxValueValidator(LONGEST_PAUSE)]
    )

    def __str__(self) -> str:
        return str(self.pause_seconds)

    @classmethod
    def current(cls) -> Coaching:
        """As somebody set it, else as it comes."""
        return cls.objects.order_by("pk").first() or cls(pause_seconds=PAUSE)


class OwnTip(models.Model):
    """What the coach advises here instead of its own tip, by the code of `coach.registry` (A091, A157)."""

    code = models.CharField(max_length=30, unique=True)
    advice = models.CharField(_("advice"), max_length=200)

    class Meta:
        ordering: ClassVar[list[str]] = ["code"]

    def __str__(self) -> str:
        return self.code
