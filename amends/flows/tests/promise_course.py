"""What becomes of one promise, as the arrows of C4.2 and C4.3 say: a tiny model beside `clock.promising`.

It follows deeds one by one and knows no moments but the due one, so that it cannot go wrong in the same way.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

QUARTER = timedelta(minutes=15)
LONDON = ZoneInfo("Europe/London")


@dataclass
class Course:
    """One promise: whose word, by when, and what it has come to; `end` is empty until it is settled."""

    due: datetime
    made: datetime
    kind: str
    promisor: int
    theirs: bool = False
    """A partner's word."""
    asks: int | None = None
    """The partner's promise that it asks for."""
    opens: datetime | None = None
    said_yes: bool = False
    refused: bool = False
    broken: bool = False
    told: bool = False
    end: str = ""
    tries: list[tuple[datetime, bool]] = field(default_factory=list)

    @property
    def owed(self) -> bool:
        return not self.end

    @property
    def until(self) -> datetime:
        """A parcel may come until the clocks of its day strike twelve, anything else until its minute."""
        return self._at(time.max) + timedelta.resolution if self.kind == "send" else self.due

    def _at(self, hour: time) -> datetime:
        day = self.due.astimezone(LONDON)
        if day.time() == time.min:
            day -= QUARTER
        return datetime.combine(day.date(), hour, LONDON)

    def state(self, now: datetime) -> str:
        if self.end or self.broken:
            return self.end or "broken"
        if now > self.until:
            return "late"
        if 4 * (self.due - now) <= self.due - self.made:
            return "soon"
        return "acknowledged" if self.said_yes else "open"

    def kept(self, now: datetime) -> None:
        self.end = "kept_late" if now > self.until else "kept"

    def let_off(self, now: datetime) -> None:
        self.end = "broken" if self.broken and now > self.until else "released"

    def moved(self, told: datetime) -> None:
        """Told a quarter of an hour before, it is another time; later it is broken, and made up for.

        Of a parcel they are told in the morning of its day.
        """
        in_time = told < self._at(time(12)) if self.kind == "send" else told <= self.due - QUARTER
        self.end = "moved" if in_time else "repaired"

    def tried(self, now: datetime, left_message: bool) -> bool:
        """Whether two tries in the window, one with a message, offer another window now."""
        self.tries.append((now, left_message))
        assert self.opens is not None
        inside = [message for at, message in self.tries if self.opens <= at <= self.due]
        in_vain = not self.broken and len(inside) >= 2 and any(inside)
        self.end = "attempted" if in_vain else ""
        return in_vain

    def refuse(self) -> None:
        """A partner broke it, and we do it."""
        self.broken, self.refused, self.end = True, True, "broken"

    def owned_up(self) -> None:
        """The customer has an apology with a new time."""
        self.told, self.end = True, "repaired"
