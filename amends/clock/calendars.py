"""The calendars of brands and members, read from their rows; who is on duty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from amends.clock.days import Opening
from amends.clock.hours import Calendar, Week
from amends.clock.models import Absence, Holiday, PackInUse, Period, Target
from amends.clock.targets import Aim, Matter, Reckoned, Targets, reckon
from amends.kit.prepared import prepared
from amends.people.models import Brand, Member

OFFICE_HOURS = {day: ((time(9), time(17, 30)),) for day in range(5)}
"""When nothing is set: Monday to Friday, nine to half past five."""
NOTHING_KNOWN = Matter()
"""Of a case: neither how grave it is nor for what occasion."""


def of_brand(brand: Brand) -> Calendar:
    """A brand's open hours in its own time zone, holidays left out."""
    return of_brands([brand])[brand.pk]


def of_brands(brands: Iterable[Brand]) -> dict[int, Calendar]:
    """Brand id → its open hours, for many brands in two queries."""
    brands = {brand.pk: brand for brand in brands}.values()
    ids = [brand.pk for brand in brands]
    periods: dict[int, list[Period]] = defaultdict(list)
    for period in _open_hours(ids):
        periods[period.brand_id or 0].append(period)
    holidays: dict[int, dict[date, str]] = defaultdict(dict)
    for brand_id, day, name in _holidays(ids):
        holidays[brand_id][day] = name
    return {
        brand.pk: Calendar(_week(periods[brand.pk]), ZoneInfo(brand.time_zone), holidays[brand.pk]) for brand in brands
    }


def as_typed(brand: Brand, week: Mapping[int, tuple[Opening, ...]]) -> Calendar:
    """A brand's calendar as it would be with other hours in its week."""
    return Calendar(Week(week), ZoneInfo(brand.time_zone), {day: name for _id, day, name in _holidays([brand.pk])})


def of_member(member: Member) -> Calendar:
    """A member's working hours in their own time zone."""
    return Calendar(_week(_periods_of([member.pk])), ZoneInfo(member.time_zone))


class HouseRules:
    """What the house owes by when, on many brands' cases; read once, in three queries."""

    def __init__(self, brands: Iterable[Brand]) -> None:
        self.hours = of_brands(brands)
        self.targets = Targets(_targets(list(self.hours)))

    def reckon(
        self,
        brand_id: int,
        channel: str,
        aim: Aim,
        start: datetime,
        matter: Matter = NOTHING_KNOWN,
        now: datetime | None = None,
    ) -> Reckoned | None:
        """When a brand wants something done that began at `start`, and why then; see `clock.targets.reckon`."""
        target = self.targets.of(brand_id, channel, matter.severity)
        return reckon(target, aim, self.hours[brand_id], start, matter, now)

    def answer_due(
        self, brand_id: int, channel: str, start: datetime, *, first: bool, matter: Matter = NOTHING_KNOWN
    ) -> datetime:
        """When the house rule wants a person's answer (Appendix 1, `target.*`)."""
        found = self.reckon(brand_id, channel, "first_reply" if first else "next_reply", start, matter)
        assert found is not None  # every target has both
        return found.due

    def days_on(self, brand_id: int, start: datetime, days: int) -> datetime:
        """The end of the `days`-th working day after `start`."""
        end = start
        for _ in range(days):
            end = self.hours[brand_id].end_of_next_working_day(end)
        return end


def answer_due(brand: Brand, channel: str, start: datetime, *, first: bool, matter: Matter = NOTHING_KNOWN) -> datetime:
    """When one brand's house rule wants a person's answer; see HouseRules."""
    return HouseRules([brand]).answer_due(brand.pk, channel, start, first=first, matter=matter)


def days_on(brand: Brand, start: datetime, days: int) -> datetime:
    """The end of the `days`-th working day of one brand after `start`."""
    return HouseRules([brand]).days_on(brand.pk, start, days)


@dataclass(frozen=True)
class Duty:
    """Whether a member works now, and until or from when."""

    on: bool
    absent: bool
    until: datetime | None
    next: datetime | None
    stand_in_id: int | None = None


def duties(members: Iterable[Member], now: datetime) -> dict[int, Duty]:
    """Member id → duty, for many members in two queries."""
    members = list(members)
    gone = away([member.pk for member in members], now)
    periods: dict[int, list[Period]] = defaultdict(list)
    for period in _periods_of([member.pk for member in members]):
        periods[period.member_id or 0].append(period)
    return {member.pk: _duty(member, periods[member.pk], gone.get(member.pk), now) for member in members}


def away(member_ids: Iterable[int], now: datetime) -> dict[int, Absence]:
    """Member id → the absence that they are in, of several the one that lasts longest."""
    return {absence.member_id: absence for absence in _absences_of(list(member_ids), now)}


@prepared
def _open_hours(brand_ids: Collection[int]) -> QuerySet[Period]:
    return Period.objects.filter(brand__in=brand_ids)


@prepared
def _holidays(brand_ids: Collection[int]) -> QuerySet[Holiday, tuple[int, date, str]]:
    return Holiday.objects.filter(brand__in=brand_ids).values_list("brand", "date", "name")


@prepared
def _targets(brand_ids: Collection[int]) -> QuerySet[Target]:
    return Target.objects.filter(brand__in=brand_ids)


@prepared
def packs_of(brand_ids: Collection[int]) -> QuerySet[PackInUse]:
    """The policy packs that bind these brands."""
    return PackInUse.objects.filter(brand__in=brand_ids).order_by("pk")


@prepared
def _absences_of(member_ids: Collection[int], now: datetime) -> QuerySet[Absence]:
    return Absence.objects.filter(member__in=member_ids, starts__lte=now, ends__gt=now).order_by("ends")


@prepared
def _periods_of(member_ids: Collection[int]) -> QuerySet[Period]:
    return Period.objects.filter(member__in=member_ids)


def _duty(member: Member, periods: list[Period], absence: Absence | None, now: datetime) -> Duty:
    calendar = Calendar(_week(periods), ZoneInfo(member.time_zone), frozenset())
    if absence is not None:
        return Duty(False, True, None, calendar.next_open(absence.ends), absence.stand_in_id)
    if calendar.is_open(now):
        return Duty(True, False, calendar.closes_at(now), None)
    return Duty(False, False, None, calendar.next_open(now))


def _week(periods: list[Period]) -> Week:
    if not periods:
        return Week(OFFICE_HOURS)
    days: dict[int, list[tuple[time, time]]] = defaultdict(list)
    for period in periods:
        days[period.weekday].append((period.opens, period.closes))
    return Week({day: tuple(sorted(intervals)) for day, intervals in days.items()})
