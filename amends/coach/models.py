"""Saved answers: words worth using again."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.people.models import Brand


class SavedAnswer(models.Model):
    """A template with fixed places such as {customer}, {agent}, {brand}; nothing else is replaced (S34)."""

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
