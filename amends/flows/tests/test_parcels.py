"""A promised parcel (C4.2): on time until the carrier's day ends; another day is told before noon."""

from __future__ import annotations

from datetime import timedelta

import pytest

from amends.cases.models import Case, Draft, Entry, NextStep
from amends.clock import promises
from amends.clock.models import Alarm, Promise
from amends.clock.promises import Word
from amends.flows import promising, retiming, starting, tasks
from amends.flows.retiming import NewTime
from amends.people.models import Customer, Partner
from tests.cast import TUESDAY, Cast, complaint

HOUR, DAY, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)
DUE = TUESDAY + DAY + 5 * HOUR
"""Wednesday at three."""
NOON = TUESDAY + DAY + 2 * HOUR
NIGHT = TUESDAY + DAY + 14 * HOUR


@pytest.fixture
def case(cast: Cast) -> Case:
    made = complaint(cast)
    starting.write_up_call(made, "I said that I send a new vase.", by=cast.delphine, now=TUESDAY)
    return made


def parcel(cast: Cast, case: Case) -> Promise:
    word = Word("send you a new vase", DUE, Promise.Kind.SEND)
    return promising.give(case, word, promisor=cast.delphine, by=cast.delphine, now=TUESDAY)


def told(case: Case, kind: str) -> list[Entry]:
    return list(Entry.objects.filter(case=case, kind=kind).order_by("pk"))


def test_c4_2_a_parcel_is_broken_when_its_day_ends_and_not_a_minute_before(cast: Cast, case: Case) -> None:
    promise = parcel(cast, case)
    tasks.break_promises(NIGHT - MINUTE)
    assert told(case, "promise.broken") == []
    tasks.break_promises(NIGHT)
    (broken,) = told(case, "promise.broken")
    promise.refresh_from_db()
    assert (broken.at, promise.broken_at) == (NIGHT, NIGHT)
    assert Alarm.objects.filter(case=case, code="promise.broken").count() == 1
    assert "We did not keep it" in Draft.objects.get(case=case).text


def test_c4_2_any_other_word_is_broken_at_its_minute(cast: Cast, case: Case) -> None:
    word = Word("return your money", DUE, Promise.Kind.REFUND)
    promising.give(case, word, promisor=cast.delphine, by=cast.delphine, now=TUESDAY)
    tasks.break_promises(DUE)
    assert [one.at for one in told(case, "promise.broken")] == [DUE]


def test_c4_2_what_the_carrier_scans_in_the_evening_was_kept_on_time(cast: Cast, case: Case) -> None:
    promise = parcel(cast, case)
    promising.keep(promise, by=cast.delphine, now=NIGHT - HOUR, evidence="Scan JD00022123")
    kept = told(case, "promise.kept")[-1]
    assert kept.data["late"] is False
    assert promises.state_of(Promise.objects.get(pk=promise.pk), NIGHT + DAY) == "kept"


def test_c4_2_the_day_is_the_one_where_the_parcel_arrives(cast: Cast, case: Case) -> None:
    Customer.objects.filter(pk=case.customer_id).update(time_zone="America/New_York")
    case.customer.refresh_from_db()
    parcel(cast, case)
    tasks.break_promises(NIGHT + 4 * HOUR)
    assert told(case, "promise.broken") == []
    tasks.break_promises(NIGHT + 5 * HOUR)
    assert len(told(case, "promise.broken")) == 1


def test_c4_2_c4_3_a_couriers_own_word_goes_by_their_clock(cast: Cast, case: Case) -> None:
    courier = Partner.objects.create(name="Swift & Sons", kind=Partner.Kind.COURIER, time_zone="Europe/Berlin")
    word = Word("bring it", DUE, Promise.Kind.PARTNER, source=Promise.Source.PARTNER, partner=courier)
    made = promises.make(case, word, promisor=cast.delphine, at=TUESDAY, by=cast.delphine)
    assert made.grace_until == NIGHT - HOUR


@pytest.mark.parametrize(("minutes", "state", "before"), [(-1, "moved", True), (0, "repaired", False)])
def test_c4_2_another_day_counts_only_if_they_hear_of_it_before_noon(
    cast: Cast, case: Case, minutes: int, state: str, before: bool
) -> None:
    promise = parcel(cast, case)
    at = NOON + minutes * MINUTE
    new = NewTime(DUE + DAY, "the van broke down")
    after = retiming.by_call(promise, new, "Fine.", at, by=cast.delphine, now=at)
    promise.refresh_from_db()
    assert promises.state_of(promise, at) == state
    assert told(case, "promise.rescheduled")[-1].data["told_before"] is before
    assert len(told(case, "promise.broken")) == (not before)
    assert after.grace_until == NIGHT + DAY


def test_sl8_the_step_asks_for_a_new_day_a_quarter_of_an_hour_before_noon(cast: Cast, case: Case) -> None:
    parcel(cast, case)
    tasks.remind_of_promises(NOON - 16 * MINUTE)
    assert NextStep.objects.get(case=case).kind == "promise"
    tasks.remind_of_promises(NOON - 15 * MINUTE)
    assert NextStep.objects.get(case=case).kind == "retime"
    assert Alarm.objects.filter(case=case, code="promise.parcel").count() == 1


def test_c4_2_a_parcel_whose_hour_is_over_stands_in_the_list_until_its_day_ends(cast: Cast, case: Case) -> None:
    parcel(cast, case)
    tasks.remind_of_promises(NOON)
    assert NextStep.objects.get(case=case).by == DUE
    tasks.remind_of_promises(DUE)
    assert NextStep.objects.get(case=case).by == NIGHT - timedelta.resolution
    assert told(case, "step.set")[-1].at == DUE
    assert Alarm.objects.filter(case=case).count() == 1, "the one before noon"
    tasks.break_promises(NIGHT)
    assert NextStep.objects.get(case=case).by == DUE, "it is late since then"


def test_c4_2_what_is_due_before_a_parcels_day_ends_goes_first(cast: Cast, case: Case) -> None:
    parcel(cast, case)
    word = Word("ring you", DUE + 2 * HOUR, Promise.Kind.CALLBACK)
    call = promising.give(case, word, promisor=cast.delphine, by=cast.delphine, now=TUESDAY)
    assert NextStep.objects.get(case=case).by == DUE
    tasks.remind_of_promises(DUE)
    step = NextStep.objects.get(case=case)
    assert (step.by, step.promise_id) == (call.due, call.pk)


def test_c4_2_a_parcel_that_is_promised_minutes_before_has_its_days_end_as_well(cast: Cast, case: Case) -> None:
    at = DUE - 2 * MINUTE
    word = Word("send you a new vase", DUE, Promise.Kind.SEND)
    promising.give(case, word, promisor=cast.delphine, by=cast.delphine, now=at)
    tasks.remind_of_promises(DUE)
    tasks.remind_of_promises(DUE + MINUTE)
    assert NextStep.objects.get(case=case).by == NIGHT - timedelta.resolution
