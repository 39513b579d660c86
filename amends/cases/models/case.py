"""One matter of one customer."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.people.models import Brand, Customer, Member, Team


class Case(models.Model):
    """One matter, one owner, one timeline.

    Open means: no `Closure` and not merged away. There is no status field to tick.
    """

    class Kind(models.TextChoices):
        COMPLAINT = "complaint", _("Complaint")
        QUESTION = "question", _("Question")
        PRAISE = "praise", _("Praise")
        OTHER = "other", _("Other")

    class Severity(models.IntegerChoices):
        COSMETIC = 1, _("Cosmetic")
        MINOR = 2, _("Minor")
        SUBSTANTIAL = 3, _("Substantial")
        FAILED = 4, _("Its purpose failed")
        SAFETY = 5, _("Safety, health, a vulnerable person")

    class Guard(models.TextChoices):
        VULNERABLE = "vulnerable", _("A vulnerable person")
        SAFETY = "safety", _("Safety or health")

    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="cases")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="cases", db_index=False)
    owner = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="owned_cases")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="cases")
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.OTHER)
    language = models.CharField(max_length=12, blank=True)
    severity = models.PositiveSmallIntegerField(_("severity"), choices=Severity.choices, default=Severity.SUBSTANTIAL)
    guard = models.CharField(_("seen only by those who need it, for"), max_length=10, choices=Guard.choices, blank=True)
    occasion_at = models.DateTimeField(_("occasion"), null=True, blank=True)
    """The birthday, the wedding, the journey that it must be right for."""
    about = models.CharField(_("order, bill or unit"), max_length=80, blank=True)
    cause = models.CharField(_("cause"), max_length=80, blank=True)
    """With `about` it says what the same matter is (C3.3)."""
    loss = models.DecimalField(
        _("size of the loss"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    """In US dollars or what equals them: the risk of loss goes by its size (C5.3). None: nobody has said."""
    post = models.CharField(_("post in public"), max_length=200, blank=True)
    """Where the customer tells others of a fault of ours: a link, or the channel and the name it goes by (C3.2)."""
    reach = models.PositiveIntegerField(_("readers of the post"), null=True, blank=True)
    """None: nobody knows. It decides who answers and how soon, never what they get."""
    posted_at = models.DateTimeField(_("posted"), null=True, blank=True)
    quiet_until = models.DateTimeField(null=True, blank=True)
    """Nobody must answer before, because people here were abused (A077); what comes in is kept."""
    opened_at = models.DateTimeField(db_index=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_cases", db_index=False
    )
    split_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="split_cases", db_index=False
    )
    may_belong_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="maybe_cases", db_index=False
    )
    """A case that this one's first message pointed at, from a sender who does not fit it (S4)."""
    repeats = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="repeated_by", db_index=False
    )
    """An earlier case of the same person with the same cause (C3.3, *repeat*)."""
    reopened_at = models.DateTimeField(null=True, blank=True)
    """When it last began again after it was closed. None: it never did."""
    erased_at = models.DateTimeField(null=True, blank=True)
    """What was said is gone, at the person's wish or because it was kept long enough."""
    page_version = models.PositiveIntegerField(default=1)
    """Raised to take back every link to the customer's case page."""

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["customer", "-opened_at"], name="case_by_customer"),
            models.Index(fields=["guard"], condition=~models.Q(guard=""), name="cases_guarded"),
            models.Index(
                fields=["brand", "posted_at"], condition=models.Q(posted_at__isnull=False), name="cases_in_public"
            ),
            # Only of the few that have one: SQLite would take "none" for rare, and read every case there is.
            *(
                models.Index(fields=[name], condition=models.Q((f"{name}__isnull", False)), name=f"cases_{name}")
                for name in ("merged_into", "split_from", "may_belong_to", "repeats")
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        """What people say on the phone and what stands at the end of a subject: ``A-4821``."""
        return f"A-{self.pk}"


class Closure(models.Model):
    """The case has ended: by whom, when, why. Deleted by a reopening, which the timeline tells."""

    class Reason(models.TextChoices):
        HAPPY = "happy", _("The customer says it is right")
        ANSWERED = "answered", _("A question was answered")
        THANKED = "thanked", _("Praise, and thanked for it")
        SILENT = "silent", _("We asked twice and heard nothing")
        NOT_OURS = "not_ours", _("Not for us")
        SPAM = "spam", _("Not a customer: unwanted mail")
        ERASED = "erased", _("The person was erased")

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="closure")
    reason = models.CharField(max_length=12, choices=Reason.choices)
    words = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    channel = models.CharField(max_length=16, blank=True)
    """What the case began by: its rule says how long it is kept. Empty once its words are gone."""

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["channel", "at", "case"], name="closed_since")]

    def __str__(self) -> str:
        return self.get_reason_display()


class Participant(models.Model):
    """Somebody besides the customer who takes part by mail (was in Cc). Sees no history."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="participants")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "customer"], name="a_participant_once")
        ]

    def __str__(self) -> str:
        return f"{self.customer} ({self.case_id})"


class MessageId(models.Model):
    """Which case a Message-ID belongs to, ours or theirs: one indexed probe threads a mail."""

    value = models.CharField(max_length=255)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="message_ids")
    ours = models.BooleanField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["value", "case"], name="a_message_id_once_a_case")
        ]

    def __str__(self) -> str:
        return self.value
