"""Whom the house may ask for a draft or a summary: an endpoint that speaks OpenAI's chat completions."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

KEY = "key"
"""The name of the key among what `sealed` holds."""


class Connector(models.Model):
    """At most one row, made when somebody first writes it down. On for the brands that point at it; else off."""

    name = models.CharField(_("name"), max_length=60)
    """Shown wherever it is asked, and beside all that it says."""
    url = models.CharField(_("address"), max_length=300)
    """Where it is, up to ``/chat/completions``."""
    model = models.CharField(_("model"), max_length=120)
    sealed = models.TextField(blank=True)
    """Its key, as `kit.secrets` seals it; empty for one that wants none."""
    drafts = models.BooleanField(_("drafts of answers"), default=True)
    summaries = models.BooleanField(_("summaries of cases"), default=True)
    masks = models.BooleanField(_("leave out names, addresses and numbers"), default=True)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> Connector:
        """The one there is, else one that nobody has written down yet."""
        return cls.objects.order_by("pk").first() or cls()
