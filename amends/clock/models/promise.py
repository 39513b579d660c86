"""Something owed, with a name and a minute."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.cases.models import Case, Entry
from amends.people.models import Customer, Member, Partner

OWED: dict[str, None] = {"kept_at": None, "released_at": None, "moved_at": None}
"""What holds of a promise while it still wants doing, late or not."""


class Promise(models.Model):
    """Something owed, with a name and a minute (C4.1, SL6). Its state is computed from the moments here."""

    class Source(models.TextChoices):
        POLICY = "policy", _("House rule")
        PERSON = "person", _("Given word")
        PARTNER = "partner", _("Partner's word")
        LAW = "law", _("Law")

    class Kind(models.TextChoices):
        FIRST_REPLY = "first_reply", _("First answer")
        NEXT_REPLY = "next_reply", _("Next answer")
        MADE_RIGHT = "made_right", _("Made right")
        CALLBACK = "callback", _("Call")
        SEND = "send", _("Send")
        REFUND = "refund", _("Return money")
        FIX = "fix", _("Put right")
        TELL = "tell", _("Tell")
        PARTNER = "partner", _("Partner's act")
        PREVENT = "prevent", _("Prevent")
        RUNG = "rung", _("Decide, on a higher rung")
        REACH = "reach", _("Find another way")
        HEAR = "hear", _("Hear whether it is right")
        READ = "read", _("Read by hand")
        STEP = "step", _("Do")
        OTHER = "other", _("Other")

    class Evidence(models.TextChoices):
        NOTE = "note", _("A line that says so")
        SCAN = "scan", _("The carrier's scan")
        REFERENCE = "reference", _("The refund's reference")
        CALL = "call", _("A call of half a minute or more")
        MESSAGE = "message", _("A message that left")
        WORD = "word", _("The customer's own word")
        PARTNER = "partner", _("The partner's own word")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="promises", db_index=False)
    source = models.CharField(max_length=8, choices=Source.choices)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    promisor = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="promises")
    promisee = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="promises")
    beneficiary = models.CharField(_("for whom, if for somebody else"), max_length=120, blank=True)
    act = models.CharField(_("what"), max_length=200)
    due = models.DateTimeField(_("by when"))
    made_at = models.DateTimeField()
    made_in = models.ForeignKey(Entry, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True)
    visible = models.BooleanField(default=True)
    public = models.BooleanField(default=False)
    """Made in public: that it was kept is told in public, too."""
    window_opens = models.DateTimeField(null=True, blank=True)
    """Of a call: it may come from here on; `due` is the window's end (`callback.window`)."""
    partner = models.ForeignKey(
        Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="promises", db_index=False
    )
    """Whose word it is, when it is a partner's; `promisor` sees to it."""
    depends_on = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="needed_by", db_index=False
    )
    """The partner's promise that ours has asked for (C4.3)."""
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    grace_until = models.DateTimeField(null=True, blank=True)
    """Of a parcel: the end of the carrier's day, when it is broken; None: it is broken at `due` (C4.2)."""
    remind_at = models.DateTimeField(null=True, blank=True)
    """The next of its reminders (C4.1): half of the time, four fifths, a quarter of an hour before."""
    told_at = models.DateTimeField(null=True, blank=True)
    """When the customer was told that it is given another time, or why it was broken."""
    rule = models.CharField(max_length=60, blank=True)
    """Of a policy pack's deadline: the pack and its key, as in "uk-fca-disp/final"."""
    kept_at = models.DateTimeField(null=True, blank=True)
    evidence_kind = models.CharField(max_length=10, choices=Evidence.choices, blank=True)
    evidence = models.CharField(max_length=300, blank=True)
    broken_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    attempted_at = models.DateTimeField(null=True, blank=True)
    """Of a call: tried twice in its window, a message left. Neither kept nor broken; `moved_to` is the new window."""
    moved_at = models.DateTimeField(null=True, blank=True)
    moved_to = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="moved_from")

    class Meta:
        ordering: ClassVar[list[str]] = ["due", "pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["case", "due"], name="promises_of_a_case"),
            models.Index(fields=["due"], condition=models.Q(broken_at=None, **OWED), name="promises_not_yet_broken"),
            models.Index(
                fields=["due"], condition=models.Q(broken_at__isnull=False, **OWED), name="promises_broken_and_owed"
            ),
            models.Index(fields=["case", "due"], condition=models.Q(**OWED), name="promises_still_owed"),
            models.Index(
                fields=["promisor", "kept_at"], condition=models.Q(kept_at__isnull=False), name="promises_kept_by"
            ),
            models.Index(
                fields=["remind_at"], condition=models.Q(remind_at__isnull=False, **OWED), name="promises_to_remind_of"
            ),
            models.Index(fields=["promisor", "due"], condition=models.Q(**OWED), name="promises_owed_by"),
            models.Index(
                fields=["depends_on"], condition=models.Q(depends_on__isnull=False), name="promises_that_depend"
            ),
            models.Index(
                fields=["partner", "due"], condition=models.Q(partner__isnull=False), name="promises_of_a_partner"
            ),
            models.Index(
                fields=["due"], condition=models.Q(partner__isnull=False, **OWED), name="promises_owed_by_partners"
            ),
        ]

    def __str__(self) -> str:
        return self.act


class Attempt(models.Model):
    """A call that was tried inside its window and reached nobody; two with a message are `attempted` (C4.2)."""

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="attempts")
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    left_message = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.promise_id} at {self.at:%Y-%m-%d %H:%M}"
