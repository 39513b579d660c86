"""Who we are towards customers."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.people.models.connector import Connector

LONGEST_REOPEN = 365
REOPEN_DAYS = 30
"""The house's default (`reopen.window`)."""

VALUE_LIMIT = 500
"""US dollars or what equals them: what a recovery specialist may restore alone (C3.1), so the most without a manager."""


class Brand(models.Model):
    """A name that customers know: its mailboxes, its page, its hours."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("short name in links"), max_length=40, unique=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    language = models.CharField(_("language"), max_length=12, default="en")
    colour = models.CharField(
        _("colour"),
        max_length=7,
        blank=True,
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Write a colour like #2f4a9c."))],
    )
    signature = models.TextField(
        _("signature"), blank=True, help_text=_("Stands under every letter, after the writer's name.")
    )
    acknowledge = models.BooleanField(
        _("tell whoever writes, at once, who has it and by when they hear"),
        default=True,
        help_text=_("By mail, in the name of the case’s owner, and marked as automatic. The answer is still owed."),
    )
    acknowledgement = models.TextField(_("words of that note"), blank=True, max_length=4000)
    tell_new_name = models.BooleanField(
        _("tell the customer when somebody else has their case"),
        default=True,
        help_text=_("By mail, in the new owner’s name, marked as automatic, once for each hand-over."),
    )
    reopen_days = models.PositiveSmallIntegerField(
        _("days in which an answer opens a closed case again"),
        default=REOPEN_DAYS,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_REOPEN)],
    )
    value_limit = models.PositiveIntegerField(
        _("loss above which a service manager joins"),
        null=True,
        blank=True,
        default=VALUE_LIMIT,
        help_text=_("In US dollars, or what equals them. Empty: nobody joins for the size of a loss alone."),
    )
    form_open = models.BooleanField(_("contact form is open"), default=True)
    page_days = models.PositiveSmallIntegerField(_("days that a case page stays open"), default=90)
    connector = models.ForeignKey(
        Connector, null=True, blank=True, on_delete=models.SET_NULL, related_name="brands", verbose_name=_("connector")
    )
    """Whom its people may ask for suggestions; none: nobody, and no word of its cases leaves for one."""

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
