"""Promises, targets and hours."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.cases.models import Case, Entry
from amends.people.models import Brand, Customer, Member

WEEKDAYS = [
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
]


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
        CALLBACK = "callback", _("Call")
        SEND = "send", _("Send")
        REFUND = "refund", _("Return money")
        TELL = "tell", _("Tell")
        REACH = "reach", _("Find another way")
        HEAR = "hear", _("Hear whether it is right")
        READ = "read", _("Read by hand")
        STEP = "step", _("Do")
        OTHER = "other", _("Other")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="promises", db_index=False)
    source = models.CharField(max_length=8, choices=Source.choices)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    promisor = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="promises")
    promisee = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="promises")
    act = models.CharField(_("what"), max_length=200)
    due = models.DateTimeField(_("by when"))
    made_at = models.DateTimeField()
    made_in = models.ForeignKey(Entry, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True)
    visible = models.BooleanField(default=True)
    kept_at = models.DateTimeField(null=True, blank=True)
    evidence = models.CharField(max_length=300, blank=True)
    broken_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    moved_at = models.DateTimeField(null=True, blank=True)
    moved_to = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="moved_from")

    class Meta:
        ordering: ClassVar[list[str]] = ["due", "pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["case", "due"], name="promises_of_a_case"),
            models.Index(
                fields=["due"],
                condition=models.Q(kept_at=None, broken_at=None, released_at=None, moved_at=None),
                name="promises_not_yet_broken",
            ),
            models.Index(
                fields=["case", "due"],
                condition=models.Q(kept_at=None, released_at=None, moved_at=None),
                name="promises_still_owed",
            ),
            models.Index(
                fields=["promisor", "kept_at"],
                condition=models.Q(kept_at__isnull=False),
                name="promises_kept_by",
            ),
        ]

    def __str__(self) -> str:
        return self.act


class Target(models.Model):
    """How fast a brand answers on a channel, in minutes of its open hours (Appendix 1)."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="targets")
    channel = models.CharField(max_length=16)
    first_reply = models.PositiveIntegerField(
        _("a person answers within"), default=240, validators=[MinValueValidator(1)]
    )
    next_reply = models.PositiveIntegerField(_("and later within"), default=240, validators=[MinValueValidator(1)])

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["brand", "channel"], name="one_target_a_channel")
        ]

    def __str__(self) -> str:
        return f"{self.brand_id}: {self.channel}"


class Period(models.Model):
    """An opening of a brand, or of one member's week; several a day (SL2).

    `closes` at midnight means the end of the day.
    """

    brand = models.ForeignKey(Brand, null=True, blank=True, on_delete=models.CASCADE, related_name="periods")
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.CASCADE, related_name="periods")
    weekday = models.PositiveSmallIntegerField(choices=WEEKDAYS)
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["weekday", "opens"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(brand=None, member__isnull=False) | models.Q(brand__isnull=False, member=None),
                name="a_period_has_one_owner",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"


class Holiday(models.Model):
    """A day on which a brand is closed."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="holidays")
    date = models.DateField(_("date"))
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        ordering: ClassVar[list[str]] = ["date"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["brand", "date"], name="a_holiday_once")
        ]

    def __str__(self) -> str:
        return f"{self.date}: {self.name}"


class Absence(models.Model):
    """A member is away; `stand_in` takes what is owed meanwhile (RO5)."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="absences")
    starts = models.DateTimeField(_("from"))
    ends = models.DateTimeField(_("until"))
    stand_in = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("stand-in")
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["starts"]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.starts:%Y-%m-%d}–{self.ends:%Y-%m-%d}"

    @property
    def first_day(self) -> date:
        """Where the member is: days away are days of theirs."""
        return self.starts.astimezone(ZoneInfo(self.member.time_zone)).date()

    @property
    def last_day(self) -> date:
        """`ends` is the midnight after it."""
        return (self.ends - timedelta(minutes=1)).astimezone(ZoneInfo(self.member.time_zone)).date()
