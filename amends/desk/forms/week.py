"""The table of opening hours: any number of times a day, read as typed, errors beside their day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time

from django.utils.translation import gettext as _

from amends.clock import weeks
from amends.clock.calendars import OFFICE_HOURS
from amends.clock.days import MIDNIGHT, Opening
from amends.clock.models import WEEKDAYS, TeamHours
from amends.clock.weeks import read_time, what_is_wrong
from amends.desk.whole import whole
from amends.people.models import Brand, Member

MOST_A_DAY = 4
NEW = {0: ("09:00", "17:30"), 1: ("13:15", "17:30")}
"""What an added time begins with: the first of a day, the second."""


@dataclass
class Slot:
    """One opening as typed."""

    opens: str
    closes: str
    opens_name: str
    closes_name: str
    opens_label: str
    closes_label: str


@dataclass
class Day:
    """One row of the table."""

    number: int
    name: str
    slots: list[Slot] = field(default_factory=list)
    error: str = ""

    @property
    def may_add(self) -> bool:
        return len(self.slots) < MOST_A_DAY


class WeekForm:
    """Like a Django form: `is_valid`, then `week`. `error` is about the whole week."""

    def __init__(self, typed: Mapping[int, Sequence[tuple[str, str]]]) -> None:
        self.days = [_day(number, str(name), typed.get(number, ())) for number, name in WEEKDAYS]
        self.week: dict[int, tuple[Opening, ...]] = {}
        self.error = ""

    @classmethod
    def of(cls, week: Mapping[int, Sequence[Opening]]) -> WeekForm:
        """The form filled with what is kept."""
        return cls({day: [(f"{a:%H:%M}", _shown(b)) for a, b in openings] for day, openings in week.items()})

    @classmethod
    def kept(
        cls, *, brand: Brand | None = None, member: Member | None = None, team: TeamHours | None = None
    ) -> WeekForm:
        """The form filled with the week of a brand, a member or a team: office hours while none was set."""
        return cls.of(weeks.week_of(brand=brand, member=member, team=team) or OFFICE_HOURS)

    @classmethod
    def posted(cls, data: Mapping[str, str]) -> WeekForm:
        """The form as sent; `add=2` puts a time on Wednesday, `remove=2.1` takes its second one away."""
        typed = {number: _typed(data, number) for number, _name in WEEKDAYS}
        _change(typed, data.get("add", ""), data.get("remove", ""))
        return cls(typed)

    @staticmethod
    def only_changes(data: Mapping[str, str]) -> bool:
        """Whether a time is to be added or removed, rather than the week be saved."""
        return "add" in data or "remove" in data

    def is_valid(self) -> bool:
        for day in self.days:
            self._read(day)
        if not any(self.week.values()) and not any(day.error for day in self.days):
            self.error = _("Give at least one day with hours: promises count only in them.")
        return not self.error and not any(day.error for day in self.days)

    def _read(self, day: Day) -> None:
        openings: list[tuple[time, time]] = []
        for slot in day.slots:
            if not slot.opens.strip() and not slot.closes.strip():
                continue
            opens, closes = read_time(slot.opens), read_time(slot.closes)
            if opens is None or closes is None:
                day.error = _("Write both times like 09:00 and 17:30.")
                return
            openings.append((opens, closes))
        day.error = what_is_wrong(openings)
        self.week[day.number] = tuple(sorted(openings))


def _day(number: int, name: str, typed: Sequence[tuple[str, str]]) -> Day:
    slots = [
        Slot(
            opens,
            closes,
            f"d{number}_{place}_opens",
            f"d{number}_{place}_closes",
            _("%(day)s, from (%(place)s)") % {"day": name, "place": place + 1},
            _("%(day)s, until (%(place)s)") % {"day": name, "place": place + 1},
        )
        for place, (opens, closes) in enumerate(typed)
    ]
    return Day(number, name, slots)


def _typed(data: Mapping[str, str], number: int) -> list[tuple[str, str]]:
    return [
        (data[f"d{number}_{place}_opens"], data.get(f"d{number}_{place}_closes", ""))
        for place in range(MOST_A_DAY)
        if f"d{number}_{place}_opens" in data
    ]


def _change(typed: dict[int, list[tuple[str, str]]], add: str, remove: str) -> None:
    added = whole(add)
    if added in typed:
        slots = typed[added]
        if len(slots) < MOST_A_DAY:
            slots.append(NEW.get(len(slots), ("", "")))
    day, place = map(whole, remove.partition(".")[::2])
    if day in typed and place is not None and place < len(typed[day]):
        del typed[day][place]


def _shown(closes: time) -> str:
    return "24:00" if closes == MIDNIGHT else f"{closes:%H:%M}"
