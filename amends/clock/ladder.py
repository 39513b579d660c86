"""The ladder: who may decide what, by when, and what brings a case to which rung (model C3.1, C3.2; ES1-ES3). Pure.

Triggers are facts, never volume: anger raises no case (the report of calm against angry shows that it does not).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.clock.hours import Calendar

TOP = 4
"""The highest rung of the house; the fifth is outside."""
DIRECTOR, MANAGER, SPECIALIST = 3, 2, 1
REACH = 10_000
"""Readers of a public post from which a director answers (`escalate.reach`)."""
SAME_CAUSE_POSTS = 3
SAME_CAUSE_WITHIN = timedelta(hours=24)
"""So many posts on one cause in this time bring a director, too, however few read each."""
RUNAROUND = 3
"""Transfers, doors, or times that a story had to be told again (`runaround`)."""
FAILURES_OF_A_CUSTOMER = 3
OCCASION_NEAR = timedelta(hours=72)
"""An occasion within this time asks for rung 1 at once and halves the clocks (C3.2)."""
AN_HOUR = timedelta(hours=1)
STATES = ("severity", "occasion", "pack")
"""What the marks of states begin with."""

Code = Literal[
    "follow_up",
    "third",
    "double_deviation",
    "promise_broken",
    "clock_missed",
    "runaround",
    "direct",
    "self_escalation",
    "public",
    "severity",
    "occasion",
    "third_failure",
    "words",
    "pack_half",
    "pack_late",
    "value",
    "silence",
    "silenced",
    "by_hand",
]


@dataclass(frozen=True)
class Rung:
    """One rung: what it may decide alone, by when it answers (open hours; None: today), and whether by a call."""

    number: int
    may: Promise
    within: timedelta | None
    calls: bool = False


RUNGS: Mapping[int, Rung] = {
    rung.number: rung
    for rung in (
        Rung(
            1,
            _("May restore up to 500, give goodwill up to 100, make warranty exceptions, order from partners."),
            timedelta(hours=2),
        ),
        Rung(
            2,
            _("May restore without limit, go to the high end of the range and to 150 % of the cap, release blocks."),
            timedelta(hours=4),
            calls=True,
        ),
        Rung(
            3,
            _("May decide everything, policy exceptions too, and answer in public under their own name."),
            timedelta(hours=2),
            calls=True,
        ),
        Rung(4, _("May decide everything."), None),
    )
}
"""The rungs of the house above whoever was asked first (C3.1)."""
FIRST_MAY = _("May restore up to 100, give goodwill up to 25, send parts up to 50, pay the way back, book anew.")


def may(rung: int) -> str:
    """What somebody on this rung decides alone; 0: whoever was asked first."""
    return str(RUNGS[min(rung, TOP)].may if rung > 0 else FIRST_MAY)


@dataclass(frozen=True)
class Facts:
    """What is known of a case when it is weighed (C3.2). A mark names one fact, so that it counts once.

    `complaints` are the customer's on this matter (first one, then each that followed an answer of ours), `turns`
    what they wrote after our answers. `broken` and `missed` are ids of promises; `rung` is the highest open one.
    `to_rungs`: entry id → the rung of the person they turned to. `pack`: promise id → percent of its time used.
    """

    rung: int = 0
    complaints: int = 1
    turns: int = 1
    made_right: bool = False
    failed: int = 0
    broken: Collection[int] = ()
    missed: Mapping[int, int] = field(default_factory=dict)
    """Promise of a rung that was missed → which rung it was."""
    transfers: int = 0
    doors: int = 1
    repeats: int = 0
    to_rungs: Mapping[int, int] = field(default_factory=dict)
    asked_for_senior: Collection[int] = ()
    """Entries in which the customer asked for somebody senior (ES3)."""
    public_reach: int | None = None
    """Readers of a public post about a fault of ours, 0 where nobody knows; None: there is none."""
    posts_on_the_cause: int = 0
    """Posts on the same cause within a day (`posts_within_a_day`), with this one."""
    severity: int = 3
    guard: str = ""
    occasion_in: timedelta | None = None
    occasion_at: datetime | None = None
    customer_failures: int = 0
    words: Collection[str] = ()
    pack: Mapping[int, int] = field(default_factory=dict)
    value_at_risk: Decimal | int | None = None
    """The size of the loss, in US dollars or what equals them, as is `value_limit`; None: nobody has said."""
    value_limit: int | None = None
    """None: nobody joins for the size of a loss alone."""
    silent_offer: int = 0
    """The offer after which the second touch is due (C3.4); 0: none."""

    silenced: int = 0
    """The flagged reply after which nothing was heard for thirty days (C3.4); 0: none."""


@dataclass(frozen=True)
class Trigger:
    """Why a case goes to a rung. `mark` names the fact; `other_person`: not whose answer failed."""

    code: Code
    rung: int
    mark: str
    other_person: bool = False
    params: Mapping[str, Any] = field(default_factory=dict)


def triggers(facts: Facts) -> tuple[Trigger, ...]:
    """Every trigger that the facts pull, the highest first; of one rung in the order of the table (C3.2)."""
    found = [trigger for row in ROWS for trigger in row(facts)]
    return tuple(sorted(found, key=lambda trigger: -trigger.rung))


def of_states(mark: str) -> bool:
    """Whether a mark names how things are, not what happened: it counts once for as long as they are so."""
    return mark.partition(":")[0] in STATES


def posts_within_a_day(posted_at: datetime, others: Iterable[datetime]) -> int:
    """The most posts that one span of 24 hours holds with the one of `posted_at`; `others` are on the same cause."""
    near = [at for at in others if abs(at - posted_at) <= SAME_CAUSE_WITHIN]
    begins = [posted_at, *(at for at in near if at < posted_at)]
    return max(1 + sum(begin <= at <= begin + SAME_CAUSE_WITHIN for at in near) for begin in begins)


def answer_by(rung: int, calendar: Calendar, now: datetime, *, halved: bool = False) -> datetime:
    """When the rung must have answered, in open hours (C3.1); an occasion within 72 hours halves the clock.

    "Today" with less than an open hour left is the next working day.
    """
    within = RUNGS[rung].within
    if within is None:
        today = calendar.end_of_day(now)
        return today if calendar.open_between(now, today) >= AN_HOUR else calendar.end_of_next_working_day(now)
    return calendar.add_open(now, within / 2 if halved else within)


def _follow_up(facts: Facts) -> Iterator[Trigger]:
    if facts.complaints >= 2:
        yield Trigger("follow_up", MANAGER, f"follow_up:{facts.complaints}", True, {"count": facts.complaints})


def _third(facts: Facts) -> Iterator[Trigger]:
    if facts.turns >= 3 and not facts.made_right:
        yield Trigger("third", DIRECTOR, f"third:{facts.turns}", True, {"count": facts.turns})


def _double_deviation(facts: Facts) -> Iterator[Trigger]:
    if facts.failed >= 1:
        yield Trigger("double_deviation", MANAGER, f"failed:{facts.failed}", True, {"failed": facts.failed})


def _promise_broken(facts: Facts) -> Iterator[Trigger]:
    for promise in facts.broken:
        yield Trigger("promise_broken", _above(facts.rung), f"broken:{promise}", params={"promise": promise})


def _clock_missed(facts: Facts) -> Iterator[Trigger]:
    for promise, rung in facts.missed.items():
        yield Trigger("clock_missed", _above(rung), f"missed:{promise}", True, {"missed": rung})


def _runaround(facts: Facts) -> Iterator[Trigger]:
    if max(facts.transfers, facts.doors, facts.repeats) >= RUNAROUND:
        counts = {"transfers": facts.transfers, "doors": facts.doors, "repeats": facts.repeats}
        yield Trigger("runaround", MANAGER, "runaround", params=counts)


def _direct(facts: Facts) -> Iterator[Trigger]:
    for entry, rung in facts.to_rungs.items():
        if rung >= SPECIALIST:
            yield Trigger("direct", min(rung, TOP), f"direct:{entry}", params={"entry": entry})


def _self_escalation(facts: Facts) -> Iterator[Trigger]:
    for entry in facts.asked_for_senior:
        rung = max(MANAGER, _above(facts.rung))
        yield Trigger("self_escalation", rung, f"senior:{entry}", True, {"entry": entry})


def _public(facts: Facts) -> Iterator[Trigger]:
    if facts.public_reach is not None:
        far = facts.public_reach >= REACH or facts.posts_on_the_cause >= SAME_CAUSE_POSTS
        rung = DIRECTOR if far else MANAGER
        yield Trigger("public", rung, f"public:{rung}", params={"reach": facts.public_reach})


def _severity(facts: Facts) -> Iterator[Trigger]:
    if facts.severity >= 5 or facts.guard:
        why = facts.guard or "severity"
        yield Trigger("severity", DIRECTOR, f"severity:{why}", params={"guard": facts.guard})


def _occasion(facts: Facts) -> Iterator[Trigger]:
    if is_soon(facts.occasion_in):
        at = f":{facts.occasion_at.astimezone(UTC):%Y-%m-%dT%H:%MZ}" if facts.occasion_at else ""
        yield Trigger("occasion", SPECIALIST, f"occasion{at}")


def is_soon(occasion_in: timedelta | None) -> bool:
    """Whether the occasion is near (`OCCASION_NEAR`) and not over."""
    return occasion_in is not None and timedelta(0) <= occasion_in <= OCCASION_NEAR


def _third_failure(facts: Facts) -> Iterator[Trigger]:
    if facts.customer_failures >= FAILURES_OF_A_CUSTOMER:
        yield Trigger("third_failure", MANAGER, f"failures:{facts.customer_failures}", True)


def _words(facts: Facts) -> Iterator[Trigger]:
    for word in sorted(facts.words):
        yield Trigger("words", MANAGER, f"words:{word}", params={"word": word})


def _pack(facts: Facts) -> Iterator[Trigger]:
    for promise, used in facts.pack.items():
        if used >= 80:
            yield Trigger("pack_late", DIRECTOR, f"pack:{promise}:80", params={"promise": promise})
        elif used >= 50:
            yield Trigger("pack_half", MANAGER, f"pack:{promise}:50", params={"promise": promise})


def _value(facts: Facts) -> Iterator[Trigger]:
    value, limit = facts.value_at_risk, facts.value_limit
    if value is not None and limit is not None and value > limit:
        yield Trigger("value", MANAGER, "value", params={"value": str(value), "limit": limit})


def _silence(facts: Facts) -> Iterator[Trigger]:
    if facts.silent_offer:
        yield Trigger("silence", MANAGER, f"silence:{facts.silent_offer}", params={"entry": facts.silent_offer})


def _silenced(facts: Facts) -> Iterator[Trigger]:
    if facts.silenced:
        yield Trigger("silenced", MANAGER, f"silenced:{facts.silenced}", True, {"entry": facts.silenced})


def _above(rung: int) -> int:
    return min(rung + 1, TOP)


ROWS: tuple[Callable[[Facts], Iterator[Trigger]], ...] = (
    _follow_up,
    _third,
    _double_deviation,
    _promise_broken,
    _clock_missed,
    _runaround,
    _direct,
    _self_escalation,
    _public,
    _severity,
    _occasion,
    _third_failure,
    _words,
    _pack,
    _value,
    _silence,
    _silenced,
)
