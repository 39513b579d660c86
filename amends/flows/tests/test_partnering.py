"""A partner's word (C4.3, SC-8): two promises that hang together; nobody is told to sort it out with the partner."""

from __future__ import annotations

from datetime import timedelta

import pytest

from amends.cases import drafts
from amends.cases.models import Case, Draft, Entry, NextStep
from amends.clock import promises
from amends.clock.models import Alarm, Promise
from amends.clock.promises import PromiseError
from amends.flows import closing, offering, partnering, promising, reply, retiming, starting, tasks
from amends.flows.partnering import Asked
from amends.people.models import Partner
from tests.cast import TUESDAY, Cast, complaint

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
Pair = tuple[Promise, Promise]


@pytest.fixture
def case(cast: Cast) -> Case:
    made = complaint(cast)
    starting.write_up_call(made, "I said that Gus exchanges them.", by=cast.delphine, now=TUESDAY)
    return made


@pytest.fixture
def pair(cast: Cast, case: Case) -> Pair:
    asked = Asked("Harrow & Heel", "exchange on sight, no receipt", TUESDAY + 4 * HOUR, TUESDAY + 30 * MINUTE, "Bianca")
    return partnering.ask(case, asked, by=cast.delphine, now=TUESDAY)


def state(promise: Promise) -> str:
    return promises.state_of(Promise.objects.get(pk=promise.pk), TUESDAY + 9 * HOUR)


def test_ours_to_ask_and_theirs_to_do_are_two_promises_that_hang_together(case: Case, pair: Pair) -> None:
    ours, theirs = pair
    assert (ours.depends_on, ours.source, theirs.source) == (theirs, "person", "partner")
    assert (theirs.partner, theirs.beneficiary, theirs.kind) == (Partner.objects.get(), "Bianca", "partner")
    assert NextStep.objects.get(case=case).promise_id == ours.pk


def test_a_partner_is_the_same_however_the_name_is_written(cast: Cast, case: Case, pair: Pair) -> None:
    asked = Asked("harrow  &  heel", "ring her", TUESDAY + 5 * HOUR, TUESDAY + HOUR)
    partnering.ask(case, asked, by=cast.delphine, now=TUESDAY)
    assert Partner.objects.count() == 1


def test_their_yes_keeps_ours_and_the_customer_is_to_be_told_within_the_hour(
    cast: Cast, case: Case, pair: Pair
) -> None:
    ours, theirs = pair
    with pytest.raises(PromiseError, match="when the partner says yes"):
        promising.keep(ours, by=cast.delphine, now=TUESDAY + 14 * MINUTE, evidence="rang Gus")
    partnering.said_yes(theirs, "Gus, on the telephone", by=cast.delphine, now=TUESDAY + 14 * MINUTE)
    assert (state(ours), Promise.objects.get(pk=ours.pk).evidence) == ("kept", "Gus, on the telephone")
    assert Entry.objects.get(case=case, kind="promise.acknowledged").data["partner"] == "Harrow & Heel"
    tell = Promise.objects.get(case=case, kind="tell")
    assert (tell.due, tell.source, tell.visible) == (TUESDAY + 74 * MINUTE, "policy", False)
    assert NextStep.objects.get(case=case).promise_id == tell.pk
    starting.write_up_call(case, "She is glad that Gus knows.", by=cast.delphine, now=TUESDAY + 19 * MINUTE)
    assert state(tell) == "kept"
    assert list(promises.owed(case)) == [theirs]


def test_c4_3_their_yes_to_a_later_time_of_theirs_keeps_ours(cast: Cast, pair: Pair) -> None:
    ours, theirs = pair
    new, then = retiming.NewTime(TUESDAY + 6 * HOUR, "Gus is at the market"), TUESDAY + MINUTE
    later = retiming.by_call(theirs, new, "She can wait.", then, by=cast.delphine, now=then)
    partnering.said_yes(later, "Gus", by=cast.delphine, now=then + MINUTE)
    assert state(ours) == "kept"
    assert Entry.objects.get(kind="promise.acknowledged").data["promise"] == later.pk


def test_a_partner_says_yes_once(cast: Cast, pair: Pair) -> None:
    partnering.said_yes(pair[1], "Gus", by=cast.delphine, now=TUESDAY + MINUTE)
    with pytest.raises(PromiseError, match="yes already"):
        partnering.said_yes(pair[1], "Gus", by=cast.bo, now=TUESDAY + MINUTE)
    assert Promise.objects.filter(kind="tell").count() == 1


def test_the_case_stays_open_until_theirs_is_kept_and_the_customer_confirms(cast: Cast, case: Case, pair: Pair) -> None:
    """C4.3: "so far" is not the end."""
    _ours, theirs = pair
    later = TUESDAY + 3 * HOUR
    with pytest.raises(closing.ClosingError, match="still promised"):
        closing.close(case, "happy", by=cast.delphine, now=later)
    promising.keep(theirs, by=cast.delphine, now=later, evidence="Gus exchanged them")
    with pytest.raises(closing.ClosingError, match="Hear from the customer"):
        closing.close(case, "answered", by=cast.delphine, now=later)
    assert NextStep.objects.get(case=case).kind == "hear"
    closing.close(case, "happy", by=cast.delphine, now=later)


@pytest.mark.parametrize("silently", [True, False])
def test_what_a_partner_does_not_do_we_do_within_a_working_day(
    cast: Cast, case: Case, pair: Pair, silently: bool
) -> None:
    """C4.3: refused, or its time passed in silence."""
    ours, theirs = pair
    if silently:
        partnering.said_yes(theirs, "Gus", by=cast.delphine, now=TUESDAY + MINUTE)
        starting.write_up_call(case, "Told her.", by=cast.delphine, now=TUESDAY + 2 * MINUTE)
        tasks.break_promises(theirs.due)
    else:
        partnering.said_no(theirs, "He wants a receipt.", by=cast.delphine, now=theirs.due - HOUR)
    after = Promise.objects.get(case=case, kind="fix")
    assert Promise.objects.get(pk=theirs.pk).moved_to == after
    assert (after.source, after.promisor, f"{after.due:%a %H:%M}") == ("person", cast.delphine, "Wed 17:30")
    assert (after.act, after.beneficiary) == ("put it right ourselves: exchange on sight, no receipt", "Bianca")
    assert (state(theirs), state(ours)) == ("broken", "kept" if silently else "released")
    assert Entry.objects.filter(case=case, kind="promise.broken", data__promise=theirs.pk).count() == 1
    assert Alarm.objects.filter(code="promise.partner", member=cast.delphine).count() == 1
    draft = Draft.objects.get(case=case)
    assert "I am sorry" in draft.text
    assert "Harrow" not in draft.text
    assert draft.promises[0]["due"] == after.due.isoformat()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"partner": " "}, "which partner"),
        ({"act": " "}, "what they shall do"),
        ({"ask_by": TUESDAY + 5 * HOUR}, "before it is due"),
        ({"due": TUESDAY, "ask_by": TUESDAY}, "time has passed"),
    ],
)
def test_a_partner_is_asked_for_something_by_a_time(
    cast: Cast, case: Case, change: dict[str, object], says: str
) -> None:
    told = {"partner": "Harrow", "act": "exchange", "due": TUESDAY + 4 * HOUR, "ask_by": TUESDAY + HOUR, **change}
    with pytest.raises(PromiseError, match=says):
        partnering.ask(case, Asked(**told), by=cast.delphine, now=TUESDAY)  # type: ignore[arg-type]
    assert not Partner.objects.exists()


def test_who_lets_a_partner_off_wants_nobody_asked(cast: Cast, case: Case, pair: Pair) -> None:
    """C4.3: ours to ask can never be kept without theirs, so it is not owed for ever."""
    ours, theirs = pair
    promising.let_off(theirs, "She keeps the shoes.", by=cast.delphine, now=TUESDAY + MINUTE)
    assert (state(theirs), state(ours)) == ("released", "released")
    assert Entry.objects.filter(case=case, kind="promise.released", data__promise=ours.pk).count() == 1
    assert NextStep.objects.get(case=case).kind == "hear"


def test_sc_8_a_refusal_stays_broken_and_what_we_do_instead_makes_it_right(cast: Cast, case: Case, pair: Pair) -> None:
    _ours, theirs = pair
    after = partnering.said_no(theirs, "He wants a receipt.", by=cast.delphine, now=TUESDAY + MINUTE)
    draft = Draft.objects.get(case=case)
    Draft.objects.filter(pk=draft.pk).update(to=["rosalind@example.com"])
    drafts.hold(Draft.objects.get(pk=draft.pk), until=TUESDAY + 2 * MINUTE, by=cast.delphine)
    assert reply.release(draft.pk, TUESDAY + 2 * MINUTE) is not None
    assert state(theirs) == "repaired"
    promising.keep(after, by=cast.delphine, now=TUESDAY + HOUR, evidence="New shoes, scan 1Z20931TX")
    found = offering.outcome_of(case, TUESDAY + HOUR)
    assert found is not None and (found.state, found.failed) == ("made_right", 1)
