"""The calendars of brands, teams and members, read from their rows; who is on duty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from amends.cases.models import Case
from amends.clock.days import Opening
from amends.clock.hours import Calendar, Week
from amends.clock.models import Absence, Holiday, PackInUse, Period, Target
from amends.clock.targets import Aim, Matter, Reckoned, Targets, reckon
from amends.kit.prepared import prepared
from amends.people.models import Brand, Member

Owner = tuple[int | None, int | None]
"""Whose a calendar is: the id of a brand, or that of a team."""

OFFICE_HOURS = {day: ((time(9), time(17, 30)),) for day in range(5)}
"""When nothing is set: Monday to Friday, nine to half past five."""
NOTHING_KNOWN = Matter()
"""Of a case: neither how grave it is nor for what occasion."""


def of_brand(brand: Brand) -> Calendar:
    """A brand's open hours in its own time zone, holidays left out."""
    return of_brands([brand])[brand.pk]


def of_brands(brands: Iterable[Brand]) -> dict[int, Calendar]:
    """Brand id → its open hours, for many brands in two queries."""
    return _read(brands, ())[0]


def of_case(case: Case) -> Calendar:
    """The hours that count on a case: its team's own, where the team has such, else its brand's (SL2)."""
    return of_cases([case])[case.pk]


def of_cases(cases: Iterable[Case]) -> dict[int, Calendar]:
    """Case id → the hours that count on it, for many cases in two queries."""
    cases = list(cases)
    brands, teams = _read((case.brand for case in cases), {case.team_id for case in cases if case.team_id})
    return {case.pk: teams.get(case.team_id or 0) or brands[case.brand_id] for case in cases}


def as_typed(brand: Brand, week: Mapping[int, tuple[Opening, ...]]) -> Calendar:
    """A brand's calendar as it would be with other hours in its week."""
    days = {day: name for _brand, _team, day, name in _holidays([brand.pk], [])}
    return Calendar(Week(week), ZoneInfo(brand.time_zone), days)


def of_member(member: Member) -> Calendar:
    """A member's working hours in their own time zone."""
    return Calendar(_week(_periods_of([member.pk])), ZoneInfo(member.time_zone))


class HouseRules:
    """What the house owes by when, on many cases; read once, in three queries."""

    def __init__(self, cases: Iterable[Case]) -> None:
        cases = list(cases)
        self._hours = of_cases(cases)
        self.targets = Targets(_targets({case.brand_id for case in cases}))

    def hours_of(self, case: Case) -> Calendar:
        """The hours that count on one of these cases."""
        return self._hours[case.pk]

    def reckon(
        self,
        case: Case,
        channel: str,
        aim: Aim,
        start: datetime,
        matter: Matter = NOTHING_KNOWN,
        now: datetime | None = None,
    ) -> Reckoned | None:
        """When the house wants something done that began at `start`, and why then; see `clock.targets.reckon`."""
        target = self.targets.of(case.brand_id, channel, matter.severity)
        return reckon(target, aim, self.hours_of(case), start, matter, now)

    def answer_due(
        self, case: Case, channel: str, start: datetime, *, first: bool, matter: Matter = NOTHING_KNOWN
    ) -> datetime:
        """When the house rule wants a person's answer (Appendix 1, `target.*`)."""
        found = self.reckon(case, channel, "first_reply" if first else "next_reply", start, matter)
        assert found is not None  # every target has both
        return found.due

    def days_on(self, case: Case, start: datetime, days: int) -> datetime:
        """The end of the `days`-th working day after `start`."""
        end = start
        for _ in range(days):
            end = self.hours_of(case).end_of_next_working_day(end)
        return end


def answer_due(case: Case, channel: str, start: datetime, *, first: bool, matter: Matter = NOTHING_KNOWN) -> datetime:
    """When the house rule wants a person's answer on one case; see HouseRules."""
    return HouseRules([case]).answer_due(case, channel, start, first=first, matter=matter)


CHECK_AFTER = timedelta(days=30)
"""From the day on which something was changed to the one on which we look whether it holds (`repair.check`)."""


def check_day(case: Case, due: datetime) -> datetime:
    """By when we look whether what was changed by `due` holds: the end of the working day after `CHECK_AFTER`."""
    calendar = of_case(case)
    return calendar.end_of_day(calendar.next_open(due + CHECK_AFTER))


def days_on(case: Case, start: datetime, days: int) -> datetime:
    """The end of the `days`-th working day on one case after `start`."""
    return HouseRules([case]).days_on(case, start, days)


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


def _read(brands: Iterable[Brand], team_ids: Iterable[int]) -> tuple[dict[int, Calendar], dict[int, Calendar]]:
    """The calendars of brands, and of those teams that have their own, each by its id."""
    zones: dict[Owner, str] = {(brand.pk, None): brand.time_zone for brand in brands}
    brand_ids, team_ids = [pk for pk, _team in zones if pk is not None], list(team_ids)
    periods: dict[Owner, list[Period]] = defaultdict(list)
    for period in _open_hours(brand_ids, team_ids):
        owner = (period.brand_id, period.team_id)
        periods[owner].append(period)
        if period.team is not None:
            zones[owner] = period.team.time_zone
    holidays: dict[Owner, dict[date, str]] = defaultdict(dict)
    for brand_id, team_id, day, name in _holidays(brand_ids, team_ids):
        holidays[brand_id, team_id][day] = name
    found = {owner: Calendar(_week(periods[owner]), ZoneInfo(zone), holidays[owner]) for owner, zone in zones.items()}
    return (
        {brand_id: one for (brand_id, _team), one in found.items() if brand_id is not None},
        {team_id: one for (_brand, team_id), one in found.items() if team_id is not None},
    )


@prepared
def _open_hours(brand_ids: Collection[int], team_ids: Collection[int]) -> QuerySet[Period]:
    return Period.objects.filter(Q(brand__in=brand_ids) | Q(team__in=team_ids)).select_related("team")


@prepared
def _holidays(
    brand_ids: Collection[int], team_ids: Collection[int]
) -> QuerySet[Holiday, tuple[int | None, int | None, date, str]]:
    found = Holiday.objects.filter(Q(brand__in=brand_ids) | Q(team__in=team_ids))
    return found.values_list("brand", "team", "date", "name")


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
