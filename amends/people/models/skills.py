"""When a case asks for somebody who has a skill."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.people.models.brands import Brand
from amends.people.models.staff import Skill


class SkillRule(models.Model):
    """Words, a channel, a language, a topic, a severity: all that is set must hold, of the words any one (RO1)."""

    skill = models.ForeignKey(Skill, verbose_name=_("skill"), on_delete=models.CASCADE, related_name="rules")
    brand = models.ForeignKey(
        Brand, null=True, blank=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("brand")
    )
    words = models.TextField(_("words"), blank=True, max_length=2000)
    """One on each line."""
    channel = models.CharField(_("channel"), max_length=16, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    topic = models.CharField(_("topic"), max_length=40, blank=True)
    """What the reader says that a letter is about (C6)."""
    severity = models.PositiveSmallIntegerField(_("severity"), default=0)
    """1 to 5: it or a graver one; 0 is any."""

    class Meta:
        ordering: ClassVar[list[str]] = ["skill__name", "pk"]

    def __str__(self) -> str:
        return str(self.skill)

    @property
    def any_of(self) -> tuple[str, ...]:
        """The words, each by itself."""
        return tuple(line.strip() for line in self.words.splitlines() if line.strip())
