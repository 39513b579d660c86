"""What becomes of a promise (model C4.2, C4.1)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.clock.promising import State, reminders, share_left, state, told_before

MADE = datetime(2026, 3, 6, 8, 0, tzinfo=UTC)
DUE = MADE + timedelta(hours=4)


def after(minutes: float) -> datetime:
    return MADE + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("now", "expected"),
    [(0, "open"), (179, "open"), (180, "soon"), (239, "soon"), (240, "soon"), (241, "late"), (-5, "open")],
)
def test_time_alone_turns_a_promise_soon_and_then_late(now: int, expected: State) -> None:
    assert state(made_at=MADE, due=DUE, now=after(now)) == expected


@pytest.mark.parametrize(
    ("happened", "expected"),
    [
        ({"kept_at": 100}, "kept"),
        ({"kept_at": 240}, "kept"),
        ({"kept_at": 241}, "kept_late"),
        ({"broken_at": 240, "kept_at": 300}, "kept_late"),
        ({"broken_at": 100, "kept_at": 200}, "kept_late"),
        ({"broken_at": 240}, "broken"),
        ({"released_at": 100}, "released"),
        ({"released_at": 300}, "released"),
        ({"broken_at": 240, "released_at": 300}, "broken"),
        ({"moved_at": 225}, "moved"),
        ({"moved_at": 226}, "broken"),
        ({"broken_at": 100, "moved_at": 120}, "broken"),
    ],
)
def test_what_happened_decides(happened: dict[str, int], expected: State) -> None:
    times = {name: after(minutes) for name, minutes in happened.items()}
    assert state(made_at=MADE, due=DUE, now=after(1000), **times) == expected


def test_a_customer_told_fifteen_minutes_before_was_told_before() -> None:
    assert told_before(DUE - timedelta(minutes=15), DUE)
    assert not told_before(DUE - timedelta(minutes=14), DUE)


def test_a_reminder_comes_at_half_at_four_fifths_and_at_the_last_quarter_hour() -> None:
    assert reminders(MADE, DUE) == (after(120), after(192), after(225))


def test_a_short_promise_is_not_reminded_before_it_is_made() -> None:
    assert reminders(MADE, after(10)) == (after(5), after(8))
    assert reminders(MADE, after(30)) == (after(15), after(24))
    assert reminders(MADE, MADE) == ()


moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))


@settings(deadline=None)
@given(moments, moments, moments, moments)
def test_the_share_left_only_shrinks(a: datetime, b: datetime, c: datetime, d: datetime) -> None:
    made, due = sorted((a, b))
    early, late = sorted((c, d))
    assert 100 >= share_left(made, due, early) >= share_left(made, due, late) >= 0


@settings(deadline=None)
@given(moments, moments, moments)
def test_nothing_is_left_exactly_when_the_time_has_come(a: datetime, b: datetime, now: datetime) -> None:
    made, due = sorted((a, b))
    assert (share_left(made, due, now) == 0) == (now >= due)


@settings(deadline=None)
@given(moments, moments)
def test_reminders_are_in_order_and_inside_the_time(a: datetime, b: datetime) -> None:
    made, due = sorted((a, b))
    times = reminders(made, due)
    assert list(times) == sorted(set(times))
    assert all(made < at < due for at in times)
