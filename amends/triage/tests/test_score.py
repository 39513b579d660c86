"""C3.5: what goes first of two that are due in the same minute."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.triage.score import Matter, score

NOW = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)
PLAIN = Matter(severity=1, first_contact=NOW)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("facts", "points"),
    [
        ({}, 0),
        ({"severity": 3}, 40),
        ({"severity": 5}, 80),
        ({"occasion": NOW + 72 * HOUR}, 15),
        ({"occasion": NOW + 72 * HOUR + timedelta(seconds=1)}, 0),
        ({"occasion": NOW - HOUR}, 0),
        ({"failed": 1}, 15),
        ({"failed": 4}, 15),
        ({"public": True}, 10),
        ({"first_contact": NOW - DAY + timedelta(seconds=1)}, 0),
        ({"first_contact": NOW - DAY}, 5),
        ({"first_contact": NOW - 4 * DAY}, 20),
        ({"first_contact": NOW - 40 * DAY}, 20),
        ({"first_contact": NOW + DAY}, 0),
        ({"vulnerable": True}, 5),
        ({"troubles": 2}, 0),
        ({"troubles": 3}, 5),
        ({"severity": 4, "failed": 2, "public": True, "troubles": 5, "first_contact": NOW - 2 * DAY}, 100),
    ],
)
def test_c3_5_each_fact_has_its_points(facts: dict[str, Any], points: int) -> None:
    assert score(replace(PLAIN, **facts), NOW).points == points


@pytest.mark.parametrize(("due", "points"), [(HOUR, 10), (HOUR + timedelta(seconds=1), 0), (-HOUR, 10)])
def test_c3_5_what_is_due_within_the_hour_has_ten_more(due: timedelta, points: int) -> None:
    assert score(PLAIN, NOW, due=NOW + due).points == points


def test_the_sum_is_the_sum_of_what_is_told() -> None:
    found = score(replace(PLAIN, severity=3, failed=1), NOW, due=NOW)
    assert [(one.code, one.points) for one in found.why] == [("severity", 40), ("failed", 15), ("due", 10)]
    assert found.points == 65


moments = st.timedeltas(min_value=-10 * DAY, max_value=10 * DAY).map(lambda away: NOW + away)


@given(first=moments, occasion=st.none() | moments, failed=st.integers(0, 9))
def test_between_two_turns_the_score_stays_what_it_is(first: datetime, occasion: datetime | None, failed: int) -> None:
    matter = Matter(3, first, occasion, failed)
    now = score(matter, NOW)
    assert now.changes_at is None or now.changes_at > NOW
    until = (now.changes_at or NOW + 100 * DAY) - timedelta.resolution
    assert score(matter, until).points == now.points


@given(first=moments, failed=st.integers(0, 9), troubles=st.integers(1, 9))
def test_past_complaining_never_lowers_the_score(first: datetime, failed: int, troubles: int) -> None:
    less = score(Matter(3, first, failed=failed, troubles=troubles), NOW).points
    assert score(Matter(3, first, failed=failed + 1, troubles=troubles + 1), NOW).points >= less
