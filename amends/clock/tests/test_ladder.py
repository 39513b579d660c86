"""The ladder (C3.1, C3.2): each row of the table, the clocks of the rungs, and that anger moves nothing."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.clock import ladder
from amends.clock.hours import Calendar, Week
from amends.clock.ladder import Facts

HOURS = timedelta(hours=1)
LONDON = Calendar(Week({day: ((time(9), time(17, 30)),) for day in range(6)}), ZoneInfo("Europe/London"))

ROWS: list[tuple[str, Facts, list[tuple[str, int]]]] = [
    ("nothing happened", Facts(), []),
    ("C3.2-1 second complaint on the same matter", Facts(complaints=2, turns=2), [("follow_up", 2)]),
    ("C3.2-2 third inbound, not made right", Facts(turns=3), [("third", 3)]),
    ("C3.2-2 third inbound, made right: a thank you", Facts(turns=3, made_right=True), []),
    ("C3.2-3 double deviation", Facts(failed=1), [("double_deviation", 2)]),
    ("C3.2-4 promise broken: one up from the ground", Facts(broken=[7]), [("promise_broken", 1)]),
    ("C3.2-4 promise broken: one up from rung 2", Facts(broken=[7], rung=2), [("promise_broken", 3)]),
    ("C3.2-4 promise broken: nobody is above the president", Facts(broken=[7], rung=4), [("promise_broken", 4)]),
    ("C3.2-5 a rung's own clock is missed", Facts(missed={9: 2}, rung=2), [("clock_missed", 3)]),
    ("C3.2-6 runaround: three transfers", Facts(transfers=3), [("runaround", 2)]),
    ("C3.2-6 runaround: three doors", Facts(doors=3), [("runaround", 2)]),
    ("C3.2-6 runaround: told three times", Facts(repeats=3), [("runaround", 2)]),
    ("C3.2-6 two transfers are none", Facts(transfers=2, doors=2, repeats=2), []),
    ("C3.2-7 turned to a director", Facts(to_rungs={4: 3}), [("direct", 3)]),
    ("C3.2-7 turned to the president", Facts(to_rungs={4: 4}), [("direct", 4)]),
    ("C3.2-7 turned to a colleague of the first rung", Facts(to_rungs={4: 0}), []),
    ("ES3 asked for somebody senior", Facts(asked_for_senior=[4]), [("self_escalation", 2)]),
    ("ES3 asked for somebody senior than the manager", Facts(asked_for_senior=[4], rung=2), [("self_escalation", 3)]),
    ("C3.2-8 public post with own fault", Facts(public_reach=900), [("public", 2)]),
    ("C3.2-8 public post that many read", Facts(public_reach=10_000), [("public", 3)]),
    ("C3.2-8 the third post on the cause", Facts(public_reach=20, posts_on_the_cause=3), [("public", 3)]),
    ("C3.2-9 severity 5", Facts(severity=5), [("severity", 3)]),
    ("C3.2-9 safety", Facts(guard="safety"), [("severity", 3)]),
    ("C3.2-9 a vulnerable person", Facts(guard="vulnerable"), [("severity", 3)]),
    ("C3.2-10 occasion within 72 hours", Facts(occasion_in=72 * HOURS), [("occasion", 1)]),
    ("C3.2-10 occasion later", Facts(occasion_in=73 * HOURS), []),
    ("C3.2-10 occasion over", Facts(occasion_in=-HOURS), []),
    ("C3.2-11 third failure in 90 days", Facts(customer_failures=3), [("third_failure", 2)]),
    ("C3.2-12 words", Facts(words=["ombudsman"]), [("words", 2)]),
    ("C3.2-13 half of a pack's time", Facts(pack={5: 50}), [("pack_half", 2)]),
    ("C3.2-13 four fifths of a pack's time", Facts(pack={5: 80}), [("pack_late", 3)]),
    ("C3.2-13 less than half", Facts(pack={5: 49}), []),
    ("C3.2-14 value at risk", Facts(value_at_risk=501, value_limit=500), [("value", 2)]),
    ("C3.2-14 value without a limit", Facts(value_at_risk=501), []),
    ("C3.2-15 silence after an offer, a week later", Facts(silent_offer=8), [("silence", 2)]),
    ("C3.4 no word for 30 days after we argued", Facts(silenced=8), [("silenced", 2)]),
    (
        "the highest wins",
        Facts(complaints=2, turns=3, broken=[7]),
        [("third", 3), ("follow_up", 2), ("promise_broken", 1)],
    ),
]


@pytest.mark.parametrize(("facts", "expected"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_c3_2_each_row_of_the_table(facts: Facts, expected: list[tuple[str, int]]) -> None:
    assert [(trigger.code, trigger.rung) for trigger in ladder.triggers(facts)] == expected


@given(st.lists(st.integers(-3 * 1440, 3 * 1440)))
def test_c3_2_8_posts_are_counted_in_the_fullest_day_that_holds_this_one(minutes: list[int]) -> None:
    """Against counting in a window at every minute that could begin it."""
    posted_at = datetime(2026, 3, 3, 10, tzinfo=UTC)
    others = [posted_at + timedelta(minutes=minute) for minute in minutes]
    windows = (1 + sum(begin <= minute <= begin + 1440 for minute in minutes) for begin in range(-1440, 1))
    assert ladder.posts_within_a_day(posted_at, others) == max(windows)


def test_c3_2_no_fact_is_about_anger() -> None:
    """No anger premium: there is nothing to hand the loudness over with."""
    assert not {field.name for field in fields(Facts)} & {"anger", "mood", "rage", "tone", "capitals"}


CLOCKS = [
    ("rung 1: two open hours", 1, "2026-03-03T10:00", False, "2026-03-03T12:00"),
    ("rung 2: four open hours over night", 2, "2026-03-07T17:45", False, "2026-03-09T13:00"),
    ("rung 3: two open hours over night (SC-5)", 3, "2026-03-11T20:05", False, "2026-03-12T11:00"),
    ("rung 4: the same day", 4, "2026-03-03T10:02", False, "2026-03-03T17:30"),
    ("rung 4: after closing, the next working day", 4, "2026-03-07T18:00", False, "2026-03-09T17:30"),
    ("rung 4: with an open hour left, today", 4, "2026-03-03T16:30", False, "2026-03-03T17:30"),
    ("rung 4: a minute before closing, the next working day", 4, "2026-03-03T17:29", False, "2026-03-04T17:30"),
    ("halved by an occasion", 2, "2026-03-03T10:00", True, "2026-03-03T12:00"),
]


@pytest.mark.parametrize(("rung", "at", "halved", "due"), [row[1:] for row in CLOCKS], ids=[row[0] for row in CLOCKS])
def test_c3_1_each_rung_has_its_clock(rung: int, at: str, halved: bool, due: str) -> None:
    start = datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert ladder.answer_by(rung, LONDON, start, halved=halved) == datetime.fromisoformat(due).replace(tzinfo=UTC)


COUNTS = st.integers(0, 6)
ANY_FACTS = st.builds(
    Facts,
    rung=st.integers(0, 4),
    complaints=COUNTS,
    turns=COUNTS,
    failed=COUNTS,
    broken=st.frozensets(st.integers(1, 9)),
    missed=st.dictionaries(st.integers(1, 9), st.integers(1, 4)),
    transfers=COUNTS,
    severity=st.integers(1, 5),
    pack=st.dictionaries(st.integers(1, 9), st.integers(0, 100)),
)


@given(ANY_FACTS)
def test_triggers_stay_in_the_house_and_each_fact_counts_once(facts: Facts) -> None:
    found = ladder.triggers(facts)
    assert all(1 <= trigger.rung <= ladder.TOP for trigger in found)
    assert len({trigger.mark for trigger in found}) == len(found)
    assert [trigger.rung for trigger in found] == sorted((trigger.rung for trigger in found), reverse=True)


@given(ANY_FACTS)
def test_more_failure_never_leads_lower(facts: Facts) -> None:
    worse = Facts(**{**vars(facts), "failed": facts.failed + 1, "turns": facts.turns + 1})
    assert _highest(worse) >= _highest(facts)


def _highest(facts: Facts) -> int:
    return max((trigger.rung for trigger in ladder.triggers(facts)), default=0)
