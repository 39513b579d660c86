"""How members are told what they must know (SL4): the ways each has chosen, and what is on its way to them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.people.models.staff import Member


class Telling(models.Model):
    """The ways besides the desk itself that a member has chosen; without a row, it is mail alone."""

    member = models.OneToOneField(Member, on_delete=models.CASCADE, primary_key=True, related_name="telling")
    mail = models.BooleanField(_("by mail"), default=True)
    push = models.BooleanField(_("in browsers that you allowed it to, also with the desk closed"), default=True)
    hook = models.URLField(_("to a webhook"), max_length=500, blank=True)
    sealed = models.TextField(blank=True)
    """The webhook's secret, as `kit.secrets` seals it."""

    def __str__(self) -> str:
        return f"to {self.member_id}"


class Browser(models.Model):
    """A browser that a member allowed to show what we push (RFC 8030)."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="browsers")
    endpoint = models.CharField(max_length=700, unique=True)
    sealed = models.TextField()
    """Its keys `p256dh` and `auth`, as `kit.secrets` seals them."""
    name = models.CharField(max_length=120, blank=True)
    since = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["since", "pk"]

    def __str__(self) -> str:
        return self.name


class PushKeys(models.Model):
    """The desk's own pair of keys for push (RFC 8292); there is one row."""

    public = models.CharField(max_length=100)
    """The uncompressed point, in base64 for addresses: browsers ask for it."""
    sealed = models.TextField()

    def __str__(self) -> str:
        return self.public


class Notice(models.Model):
    """One message to one member by one way, until it arrived or was given up."""

    class Way(models.TextChoices):
        MAIL = "mail", _("mail")
        PUSH = "push", _("browser")
        HOOK = "hook", _("webhook")

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="notices")
    way = models.CharField(max_length=4, choices=Way.choices)
    browser = models.ForeignKey(Browser, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    body = models.JSONField()
    """{title, lines: [{code, words, url, case, at}], url}"""
    made_at = models.DateTimeField()
    next_try_at = models.DateTimeField(null=True)
    """None: it arrived, or was given up."""
    tries = models.PositiveSmallIntegerField(default=0)
    arrived_at = models.DateTimeField(null=True, blank=True)
    said = models.CharField(max_length=300, blank=True)
    """What the other side said when it did not arrive."""

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["next_try_at"], condition=models.Q(next_try_at__isnull=False), name="notices_to_send"),
        ]

    def __str__(self) -> str:
        return f"{self.way} to {self.member_id}"
