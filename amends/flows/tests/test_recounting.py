"""A brand's running clocks are counted anew some at a time, on any size of desk (SL3)."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.cases import ownership
from amends.cases.models import Case, Entry
from amends.clock.models import Target
from amends.flows import recounting
from tests.cast import TUESDAY, Cast, complaint

LATER = TUESDAY + timedelta(hours=1)


@pytest.fixture
def many(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> list[Case]:
    """Five open cases whose answer would be due sooner by today's targets, of which few are looked at once."""
    monkeypatch.setattr(recounting, "BATCH", 2)
    monkeypatch.setattr(recounting, "MOST", 2)
    cases = [complaint(cast, key=f"m{number}", subject=f"Vase {number}") for number in range(5)]
    Target.objects.create(brand=cast.thimble, channel="email", first_reply=180, next_reply=60)
    return cases


def test_every_press_counts_some_cases_anew_and_the_next_goes_on_from_there_sl3(cast: Cast, many: list[Case]) -> None:
    press = partial(recounting.recount_brand, cast.thimble, why="the targets changed", by=cast.ines, now=LATER)
    first = press()
    second = press(after=first.upto or 0)
    third = press(after=second.upto or 0)
    assert (first, second, third) == ((2, many[1].pk), (2, many[3].pk), (1, None))
    assert Entry.objects.filter(kind="promise.recounted").count() == 5


def test_what_would_change_is_seen_behind_any_number_of_cases_that_would_not_sl3(
    cast: Cast, many: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page offered nothing when the first thousand clocks stood as they should."""
    monkeypatch.setattr(recounting, "FIRST_LOOK", 1)
    recount = partial(recounting.recount_brand, cast.thimble, why="the targets changed", by=cast.ines, now=LATER)
    assert recounting.would_change(cast.thimble, LATER) == (2, many[1].pk), "some are counted, and no more"
    assert recount().cases == recount().cases == 2
    assert recounting.would_change(cast.thimble, LATER) == (1, None)
    monkeypatch.setattr(recounting, "LONGEST_LOOK", 1)
    assert recounting.would_change(cast.thimble, LATER) == (0, many[1].pk), "nobody has looked at the others"


def test_a_case_that_cannot_be_counted_anew_stops_no_other_sl3(
    cast: Cast, many: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    def hold(case_id: int) -> Case:
        if case_id == many[0].pk:
            raise ValueError("this row is broken")
        return found(case_id)

    found = ownership.hold
    monkeypatch.setattr(ownership, "hold", hold)
    done = recounting.recount_brand(cast.thimble, why="the targets changed", by=cast.ines, now=LATER)
    assert done == (2, many[2].pk)
    told = Entry.objects.filter(kind="promise.recounted").values_list("case", flat=True)
    assert sorted(told) == [many[1].pk, many[2].pk]


def test_a_batch_takes_as_many_queries_whatever_was_read_before_it_sl3(cast: Cast, many: list[Case]) -> None:
    Target.objects.all().delete()
    counts = []
    for after in (many[3].pk, 0):
        with CaptureQueriesContext(connection) as asked:
            assert recounting.would_change(cast.thimble, LATER, after) == (0, None)
        counts.append(len(asked))
    assert counts[1] == 3 * counts[0]
