"""A call that was promised: tried, kept, and offered again (C4.2, `callback.window`)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from amends.cases.models import Case, Entry, NextStep
from amends.clock import promises
from amends.clock.models import Promise
from amends.clock.promises import PromiseError
from amends.flows import calling, promising, starting, tasks
from tests.cast import TUESDAY, Cast, complaint

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
DUE = TUESDAY + 3 * HOUR
INSIDE = DUE - 30 * MINUTE


@pytest.fixture
def case(cast: Cast) -> Case:
    return complaint(cast)


@pytest.fixture
def word(cast: Cast, case: Case) -> Promise:
    ring = promises.Word("ring you", DUE, Promise.Kind.CALLBACK)
    return promising.give(case, ring, promisor=cast.delphine, by=cast.delphine, now=TUESDAY)


def state(word: Promise) -> str:
    return promises.state_of(Promise.objects.get(pk=word.pk), DUE + 9 * HOUR)


def tried(word: Promise, cast: Cast, at: object, *, message: bool = False) -> Promise | None:
    return calling.attempt(word, left_message=message, by=cast.delphine, now=at)  # type: ignore[arg-type]


def test_a_call_has_a_window_of_an_hour_before_it_is_due(word: Promise) -> None:
    assert word.window_opens == DUE - HOUR


def test_two_tries_and_a_message_are_neither_kept_nor_broken_and_offer_a_window(
    cast: Cast, case: Case, word: Promise
) -> None:
    assert tried(word, cast, INSIDE) is None
    offered = tried(word, cast, INSIDE + 20 * MINUTE, message=True)
    assert offered is not None
    assert (offered.due, offered.window_opens) == (DUE + 24 * HOUR, DUE + 23 * HOUR)
    tasks.break_promises(DUE + MINUTE)
    assert state(word) == "attempted"
    assert Promise.objects.get(pk=word.pk).kept_at is None
    told = ["promise.tried", "promise.tried", "promise.attempted"]
    assert list(Entry.objects.filter(case=case, kind__in=told).order_by("pk").values_list("kind", flat=True)) == told
    assert not Entry.objects.filter(kind="promise.broken", data__promise=word.pk).exists()


def test_tries_without_a_message_or_before_the_window_are_written_down_and_do_not_count(
    cast: Cast, word: Promise
) -> None:
    assert tried(word, cast, DUE - 2 * HOUR, message=True) is None
    assert tried(word, cast, INSIDE) is None
    tasks.break_promises(DUE + MINUTE)
    assert state(word) == "broken"
    assert word.attempts.count() == 2


def test_a_broken_call_is_not_mended_by_two_tries(cast: Cast, word: Promise) -> None:
    tasks.break_promises(DUE)
    for minutes in (1, 2):
        assert tried(word, cast, DUE + minutes * MINUTE, message=True) is None
    assert state(word) == "broken"


def test_only_a_call_can_be_tried(cast: Cast, case: Case) -> None:
    send = promises.Word("send you a card", DUE, Promise.Kind.SEND)
    promise = promising.give(case, send, promisor=cast.delphine, by=cast.delphine, now=TUESDAY)
    with pytest.raises(PromiseError, match="Only a call"):
        tried(promise, cast, INSIDE)


@pytest.mark.parametrize(("seconds", "expected"), [(29, None), (30, INSIDE)])
def test_a_call_that_is_written_up_keeps_the_one_that_was_promised(
    cast: Cast, case: Case, word: Promise, seconds: int, expected: object
) -> None:
    """C4.2: spoken to for half a minute."""
    starting.write_up_call(case, "She is glad.", by=cast.delphine, now=INSIDE, seconds=seconds)
    assert Promise.objects.get(pk=word.pk).kept_at == expected
    assert Entry.objects.get(case=case, kind="contact.call").data["seconds"] == seconds


def test_a_call_today_does_not_keep_the_one_promised_for_next_week(cast: Cast, case: Case) -> None:
    ring = promises.Word("ring you", DUE + timedelta(days=7), Promise.Kind.CALLBACK)
    later = promising.give(case, ring, promisor=cast.delphine, by=cast.delphine, now=TUESDAY)
    starting.write_up_call(case, "She rang about the card.", by=cast.delphine, now=INSIDE)
    assert promises.owed(case).get() == later


@pytest.mark.parametrize(("kind", "words"), [("refund", "done"), ("send", "sent today"), ("callback", "rang")])
def test_done_proves_neither_money_nor_a_parcel_nor_a_call(cast: Cast, case: Case, kind: str, words: str) -> None:
    """SL6, C4.2."""
    word = promises.Word("make it good", DUE, kind)
    promise = promising.give(case, word, promisor=cast.delphine, by=cast.delphine, now=TUESDAY)
    with pytest.raises(PromiseError, match=r"proves nothing|half a minute"):
        promising.keep(promise, by=cast.delphine, now=INSIDE, evidence=words)
    proof = {"refund": "RF-20931", "send": "JD0002223334445", "callback": "rang"}[kind]
    promising.keep(promise, by=cast.delphine, now=INSIDE, evidence=proof, seconds=45)
    assert Promise.objects.get(pk=promise.pk).evidence == proof
    assert Entry.objects.get(kind="promise.kept", data__promise=promise.pk).data["evidence"] == proof
    assert NextStep.objects.get(case=case).promise_id != promise.pk


def test_a_call_that_was_promised_late_has_a_whole_window_the_next_time(cast: Cast, case: Case) -> None:
    """`callback.window`: twenty minutes before it was due it could open no sooner."""
    ring = promises.Word("ring you", TUESDAY + 20 * MINUTE, Promise.Kind.CALLBACK)
    short = promising.give(case, ring, promisor=cast.delphine, by=cast.delphine, now=TUESDAY)
    assert short.window_opens == TUESDAY
    tried(short, cast, TUESDAY + 5 * MINUTE)
    offered = tried(short, cast, TUESDAY + 9 * MINUTE, message=True)
    assert offered is not None and offered.window_opens == offered.due - HOUR
