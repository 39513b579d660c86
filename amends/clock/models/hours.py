"""When the house is open, and who is there."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.people.models import Brand, Member, Team

WEEKDAYS = [
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
]


class TeamHours(models.Model):
    """A team's own calendar: where there is one, its cases are counted by it, and not by their brand's (SL2).

    Its periods and holidays are the team's alone; without a row the team works as its brands do.
    """

    team = models.OneToOneField(Team, on_delete=models.CASCADE, primary_key=True, related_name="hours")
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")

    def __str__(self) -> str:
        return self.team.name


class Period(models.Model):
    """An opening of a brand, of a team that has hours of its own, or of one member's week; several a day (SL2).

    `closes` at midnight means the end of the day.
    """

    brand = models.ForeignKey(Brand, null=True, blank=True, on_delete=models.CASCADE, related_name="periods")
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.CASCADE, related_name="periods")
    team = models.ForeignKey(TeamHours, null=True, blank=True, on_delete=models.CASCADE, related_name="periods")
    weekday = models.PositiveSmallIntegerField(choices=WEEKDAYS)
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["weekday", "opens"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(brand__isnull=False, member=None, team=None)
                | models.Q(brand=None, member__isnull=False, team=None)
                | models.Q(brand=None, member=None, team__isnull=False),
                name="a_period_has_one_owner",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"


class Holiday(models.Model):
    """A day on which a brand is closed, or a team that has hours of its own."""

    brand = models.ForeignKey(Brand, null=True, blank=True, on_delete=models.CASCADE, related_name="holidays")
    team = models.ForeignKey(TeamHours, null=True, blank=True, on_delete=models.CASCADE, related_name="holidays")
    date = models.DateField(_("date"))
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        ordering: ClassVar[list[str]] = ["date"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["brand", "date"], name="a_holiday_once"),
            models.UniqueConstraint(fields=["team", "date"], name="a_holiday_of_a_team_once"),
            models.CheckConstraint(
                condition=models.Q(brand__isnull=False, team=None) | models.Q(brand=None, team__isnull=False),
                name="a_holiday_has_one_owner",
            ),
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
