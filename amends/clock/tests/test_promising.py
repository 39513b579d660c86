"""What becomes of a promise (model C4.2, C4.1)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.clock.promising import (
    WINDOW,
    Happened,
    State,
    at_risk,
    counts_to,
    end_of_parcels_day,
    next_reminder,
    reached_nobody,
    reminders,
    share_left,
    state,
    told_before,
)

MADE = datetime(2026, 3, 6, 8, 0, tzinfo=UTC)
DUE = MADE + timedelta(hours=4)
DAY = timedelta(days=1)


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
        ({"moved_at": 225, "told_at": 225}, "moved"),
        ({"moved_at": 226, "told_at": 226}, "broken"),
        ({"moved_at": 230, "told_at": 225}, "moved"),
        ({"moved_at": 100}, "broken"),
        ({"broken_at": 100, "moved_at": 120}, "broken"),
        ({"broken_at": 240, "moved_at": 250, "told_at": 250}, "repaired"),
        ({"broken_at": 240, "moved_at": 250, "told_at": 225}, "moved"),
        ({"broken_at": 240, "moved_at": 250, "told_at": 226}, "repaired"),
        ({"broken_at": 100, "moved_at": 100}, "broken"),
        ({"broken_at": 100, "moved_at": 100, "told_at": 100}, "repaired"),
        ({"broken_at": 100, "moved_at": 100, "told_at": 110}, "repaired"),
        ({"moved_at": 238, "attempted_at": 238, "told_at": 238}, "attempted"),
        ({"broken_at": 240, "moved_at": 250, "attempted_at": 250, "told_at": 250}, "repaired"),
    ],
)
def test_what_happened_decides(happened: dict[str, int], expected: State) -> None:
    """C4.2: a new time counts by when the customer was told of it, not by when it was written down.

    What a partner refused before its time is broken, however soon the customer hears what we do instead (SC-8).
    """
    times = Happened(**{name: after(minutes) for name, minutes in happened.items()})
    assert state(made_at=MADE, due=DUE, now=after(1000), happened=times) == expected


def test_a_partners_yes_is_seen_until_it_is_due_soon() -> None:
    """C4.2, C4.3."""
    yes = Happened(acknowledged_at=after(10))
    seen = [state(made_at=MADE, due=DUE, now=after(minutes), happened=yes) for minutes in (20, 200, 250)]
    assert seen == ["acknowledged", "soon", "late"]


@pytest.mark.parametrize(
    ("tries", "expected"),
    [
        ([(190, False), (220, True)], True),
        ([(180, True), (240, False)], True),
        ([(190, True)], False),
        ([(190, False), (220, False)], False),
        ([(170, True), (220, False)], False),
        ([(190, False), (241, True)], False),
    ],
)
def test_a_call_was_tried_with_two_tries_in_its_window_and_a_message(
    tries: list[tuple[int, bool]], expected: bool
) -> None:
    """C4.2, `callback.window`: the hour before it is due."""
    attempts = [(after(minutes), left_message) for minutes, left_message in tries]
    assert reached_nobody(attempts, DUE - WINDOW, DUE) is expected


def test_a_customer_told_fifteen_minutes_before_was_told_before() -> None:
    assert told_before(DUE - timedelta(minutes=15), DUE)
    assert not told_before(DUE - timedelta(minutes=14), DUE)


def test_a_reminder_comes_at_half_at_four_fifths_and_at_the_last_quarter_hour() -> None:
    assert reminders(MADE, DUE) == (after(120), after(192), after(225))


def test_a_short_promise_is_not_reminded_before_it_is_made() -> None:
    assert reminders(MADE, after(10)) == (after(5), after(8))
    assert reminders(MADE, after(30)) == (after(15), after(24))
    assert reminders(MADE, MADE) == ()


PARCEL = datetime(2026, 3, 6, 17, 30, tzinfo=UTC)
NIGHT = datetime(2026, 3, 7, tzinfo=UTC)
NOON = datetime(2026, 3, 6, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("now", "by"),
    [
        (PARCEL - SECOND, PARCEL),
        (PARCEL, NIGHT - timedelta.resolution),
        (NIGHT - timedelta.resolution, NIGHT - timedelta.resolution),
        (NIGHT, PARCEL),
    ],
)
def test_c4_2_a_parcel_counts_to_its_hour_then_to_the_end_of_its_day_and_is_late_since_its_hour(
    now: datetime, by: datetime
) -> None:
    assert counts_to(PARCEL, now, NIGHT) == by
    assert counts_to(PARCEL, now) == PARCEL, "any other word has its minute"


@pytest.mark.parametrize(
    ("due", "zone", "ends"),
    [
        ("2026-03-06T17:30+00:00", "Europe/London", "2026-03-07T00:00+00:00"),
        ("2026-03-06T17:30+00:00", "Europe/Berlin", "2026-03-06T23:00+00:00"),
        ("2026-03-06T17:30+00:00", "Asia/Tokyo", "2026-03-07T15:00+00:00"),
        ("2026-03-29T10:00+00:00", "Europe/London", "2026-03-29T23:00+00:00"),
        ("2026-03-07T00:00+00:00", "Europe/London", "2026-03-07T00:00+00:00"),
    ],
)
def test_c4_2_a_parcels_day_ends_at_midnight_on_its_carriers_clock(due: str, zone: str, ends: str) -> None:
    """By the end of a day is due on that day, also when it is written as the first minute of the next."""
    assert end_of_parcels_day(datetime.fromisoformat(due), ZoneInfo(zone)) == datetime.fromisoformat(ends)


@pytest.mark.parametrize(
    ("now", "happened", "expected"),
    [
        (NIGHT, {}, "soon"),
        (NIGHT + SECOND, {}, "late"),
        (NIGHT + DAY, {"kept_at": NIGHT}, "kept"),
        (NIGHT + DAY, {"kept_at": NIGHT + SECOND}, "kept_late"),
        (NIGHT, {"moved_at": PARCEL, "told_at": NOON - SECOND}, "moved"),
        (NIGHT, {"moved_at": PARCEL, "told_at": NOON}, "broken"),
        (NIGHT, {"moved_at": PARCEL, "told_at": NOON, "broken_at": PARCEL}, "repaired"),
    ],
)
def test_c4_2_a_parcel_is_on_time_until_its_day_ends_and_another_day_is_told_before_noon(
    now: datetime, happened: dict[str, datetime], expected: State
) -> None:
    made = PARCEL - 2 * DAY
    assert state(made_at=made, due=PARCEL, now=now, happened=Happened(**happened), grace_until=NIGHT) == expected


def test_c4_1_the_last_reminder_of_a_parcel_is_before_noon_while_another_day_can_be_told() -> None:
    before_noon = NOON - timedelta(minutes=15)
    made = PARCEL - timedelta(hours=8)
    assert reminders(made, PARCEL, NIGHT) == (before_noon,)
    assert at_risk(made, PARCEL, before_noon, NIGHT) and not at_risk(made, PARCEL, before_noon - SECOND, NIGHT)
    days = PARCEL - 4 * DAY
    assert reminders(days, PARCEL, NIGHT) == (PARCEL - 2 * DAY, PARCEL - 0.8 * DAY, before_noon)
    afternoon = NOON + timedelta(minutes=30)
    assert reminders(afternoon, PARCEL, NIGHT) == reminders(afternoon, PARCEL), "nobody can be told any more"


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


@settings(deadline=None)
@given(moments, moments)
def test_each_reminder_leads_to_the_next_and_the_last_one_puts_it_at_risk(a: datetime, b: datetime) -> None:
    """C4.1, `promise.remind`."""
    made, due = sorted((a, b))
    walked, at = [], next_reminder(made, due, made)
    while at is not None:
        walked.append(at)
        at = next_reminder(made, due, at)
    assert tuple(walked) == reminders(made, due)
    assert at_risk(made, due, due)
    assert [at_risk(made, due, one) for one in walked] == [False] * (len(walked) - 1) + [True] * bool(walked)


_happened = st.builds(
    Happened, **dict.fromkeys(("acknowledged_at", "kept_at", "broken_at", "told_at"), st.none() | moments)
)


@settings(deadline=None)
@given(moments, moments, moments, _happened)
def test_only_a_deed_in_time_makes_a_promise_kept(a: datetime, b: datetime, now: datetime, it: Happened) -> None:
    """C4.2: nothing else does, whatever else happened; and what was kept stays kept."""
    made, due = sorted((a, b))
    kept = it.kept_at is not None and it.kept_at <= due and not (it.broken_at and it.broken_at < it.kept_at)
    assert (state(made_at=made, due=due, now=now, happened=it) == "kept") is kept
