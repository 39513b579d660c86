"""The timeline is read forward: every entry once, in pieces of a size that fits into memory."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from amends.cases.models import Case, Entry
from amends.clock.models import Follower
from amends.flows import following
from amends.flows.following import SETTLED, Following
from tests.cast import TUESDAY, Cast, complaint

KIND = "contact.call"
LATER = TUESDAY + SETTLED * 2


@pytest.fixture
def follows() -> Following:
    return Following("test", [KIND])


def calls(case: Case, cast: Cast, *, count: int, at: datetime = TUESDAY) -> list[int]:
    rows = [
        Entry(case=case, kind=KIND, at=at, recorded_at=at, actor=Entry.Actor.MEMBER, member=cast.delphine)
        for _number in range(count)
    ]
    return [one.pk for one in Entry.objects.bulk_create(rows)]


def read_all(follows: Following, now: datetime, cases: int = 50) -> list[int]:
    found: list[int] = []
    while rows := follows.unread(cases):
        found += [row.pk for row in rows]
        follows.has_read(rows, now)
    return found


def test_a_flood_of_new_entries_is_read_to_its_end_before_any_of_it_is_settled(
    cast: Cast, follows: Following, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "LOOK", 4)
    made = calls(complaint(cast), cast, count=11)
    assert read_all(follows, TUESDAY) == made
    assert Follower.objects.get(name="test").upto == 0
    assert read_all(follows, LATER) == []


def test_everybody_goes_on_behind_what_is_settled_and_nothing_is_kept_of_it(
    cast: Cast, follows: Following, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "LOOK", 4)
    made = calls(complaint(cast), cast, count=10)
    assert read_all(follows, LATER) == made
    assert Follower.objects.get(name="test").upto == made[-1]
    assert not follows._read
    assert read_all(Following("test", [KIND]), LATER) == []


def test_an_entry_that_is_committed_late_is_read_by_whoever_has_passed_it(cast: Cast, follows: Following) -> None:
    case = complaint(cast)
    late, *others = calls(case, cast, count=3)
    row = Entry.objects.filter(pk=late)
    values = row.values().get()
    Entry.objects.filter(pk=late)._raw_delete("default")
    assert read_all(follows, TUESDAY) == others
    Entry.objects.bulk_create([Entry(**values)])
    assert read_all(follows, TUESDAY) == [late]


def test_so_many_cases_at_once(cast: Cast, follows: Following) -> None:
    for number in range(3):
        calls(complaint(cast, key=str(number), subject=f"Matter {number}"), cast, count=2)
    assert len(follows.unread(2)) == 4


def test_a_clock_that_ran_ahead_keeps_nobody_at_its_entries(
    cast: Cast, follows: Following, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "LOOK", 2)
    case = complaint(cast)
    ahead = calls(case, cast, count=3, at=TUESDAY + timedelta(days=365))
    since = calls(case, cast, count=1)
    assert read_all(follows, LATER) == [*ahead, *since]
    assert Follower.objects.get(name="test").upto == since[0]
