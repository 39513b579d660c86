"""Accounts, what was heard (kept), and what is to be said (deliveries)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.cases.models import Case, Entry
from amends.channels.message import AccountSettings
from amends.kit import secrets
from amends.people.models import Brand, Member


class Account(models.Model):
    """One door: a mailbox, a contact form, a local mailbox. `kind` names the adapter in `registry.py`."""

    class Kind(models.TextChoices):
        EMAIL = "email", _("Mailbox (IMAP and SMTP)")
        FORWARDED = "forwarded", _("Forwarding address or pipe")
        LOCAL = "local", _("Local mailbox, without an account")
        WEBFORM = "webform", _("Contact form and case page")

    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="accounts")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    name = models.CharField(_("name that customers read"), max_length=80)
    address = models.CharField(_("address"), max_length=320)
    settings = models.JSONField(default=dict, blank=True)
    sealed = models.TextField(blank=True)
    active = models.BooleanField(_("in use"), default=True)
    trouble = models.CharField(max_length=400, blank=True)
    """The last error as a sentence, empty when all is well."""
    cannot_hear = models.BooleanField(default=False)
    cannot_speak = models.BooleanField(default=False)
    """Which side the trouble is on: it is over when none of them is left."""
    trouble_since = models.DateTimeField(null=True, blank=True)
    alarmed = models.BooleanField(default=False)
    """The log has said aloud that the trouble lasts."""
    speak_failures = models.PositiveSmallIntegerField(default=0)
    speak_after = models.DateTimeField(null=True, blank=True)
    """Both are the mailbox's `channels.breaker`: until then, no letter tries to leave from here."""
    ask_in_doubt = models.BooleanField(
        _("ask before a letter that may have arrived is sent again"),
        default=False,
        help_text=_("Else it is sent again, under the same Message-ID, and the case says that it may arrive twice."),
    )
    heard_at = models.DateTimeField(null=True, blank=True)
    """When the server was last asked with success."""

    class Meta:
        ordering: ClassVar[list[str]] = ["address"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "address"], name="an_address_once")
        ]

    def __str__(self) -> str:
        return self.address

    def for_adapter(self) -> AccountSettings:
        """What the adapter may know. Raises kit.secrets.SecretError when the key is another one."""
        return AccountSettings(self.address, self.name, self.settings, secrets.unseal(self.sealed))


class Kept(models.Model):
    """A raw message, safe before anything was acknowledged (reliability §4.1).

    The bytes lie in `kit.blobs` under `sha256`. `canonical` is the hash of what two copies of one mail
    share; the unique key drops a second copy and keeps a changed one.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        TAKEN = "taken", _("Taken in")
        IGNORED = "ignored", _("Not for a person")
        UNREADABLE = "unreadable", _("Could not be read")

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="kept", db_index=False)
    message_id = models.CharField(max_length=255, blank=True)
    canonical = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    cut = models.BooleanField(default=False)
    """Only the header is here: the message is too large and still lies on the server."""
    source = models.CharField(max_length=120, blank=True)
    """Where it came from: ``UIDVALIDITY/UID`` in a mailbox, ``smtp``, ``pipe``, ``import``, ``form`` …"""
    kept_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=500, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    entry = models.ForeignKey(Entry, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    aside = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    """The case that asks a person to read what the desk could not."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["account", "message_id", "canonical"], name="kept_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["id"], condition=models.Q(state="waiting"), name="kept_waiting"),
            models.Index(fields=["account", "source"], name="kept_by_source"),
            models.Index(fields=["account"], condition=models.Q(cut=True), name="kept_only_header"),
        ]

    def __str__(self) -> str:
        return self.message_id or self.sha256[:12]


class Delivery(models.Model):
    """One letter on its way out: the outbox row, written with the entry it carries."""

    class State(models.TextChoices):
        WAITING = "waiting", _("On its way")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Did not leave")
        BOUNCED = "bounced", _("Did not arrive")
        DOUBT = "doubt", _("May have arrived")

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="delivery")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="deliveries", db_index=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="deliveries")
    message_id = models.CharField(max_length=255, unique=True)
    recipients = models.JSONField()
    got = models.JSONField(default=list, blank=True)
    """Recipients who have it already: a further try leaves them out."""
    unknown = models.JSONField(default=list, blank=True)
    """Recipients whose server says that nobody is there."""
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    in_doubt = models.BooleanField(default=False)
    """The server took the letter but we did not hear so: sent again, it may have arrived twice (§4.2)."""
    resend = models.BooleanField(default=False)
    """A person said: send it again, though it may have arrived."""
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    held_up = models.BooleanField(default=False)
    """It waits for our own mailbox, not for the other side."""
    claimed_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    said = models.CharField(max_length=500, blank=True)
    """The last thing the other side said."""
    told = models.BooleanField(default=False)
    """The owner knows that it failed, or that nobody knows."""
    alarm_at = models.DateTimeField(null=True, blank=True)
    """When the leads hear of it, if nobody has seen to it by then."""
    alarmed = models.BooleanField(default=False)
    settled_at = models.DateTimeField(null=True, blank=True)
    """Somebody left it at that: it is on no list any more."""
    settled_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            # Not an index of these few alone: SQLite cannot tell that a question with "one of" falls into it.
            models.Index(fields=["state", "settled_at"], name="deliveries_by_state"),
            models.Index(fields=["next_try_at"], condition=models.Q(state="waiting"), name="deliveries_waiting"),
            models.Index(fields=["case"], name="deliveries_of_a_case"),
        ]

    def __str__(self) -> str:
        return self.message_id


class Acknowledgement(models.Model):
    """A new case whose customer is told at once who has it (SL10); written with the case, said by the worker."""

    class State(models.TextChoices):
        WAITING = "waiting", _("To be said")
        SAID = "said", _("Said")
        HELD = "held", _("Not said")

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="acknowledgement")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    """The message that it answers."""
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=320)
    made_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    why = models.CharField(max_length=40, blank=True)
    """Why it was not said: a word of `flows.acknowledging`."""

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["case"], condition=models.Q(state="waiting"), name="acknowledgements_waiting")
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.state}"


class Attempt(models.Model):
    """One try to deliver: written before, finished after, so that a crash leaves a trace."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="attempts")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ok = models.BooleanField(null=True)
    said = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"{self.delivery_id}: {self.said}"
