"""Cases are weighed a few seconds after something happened: nothing is lost, nothing counts twice (C3, ES4, ES5)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

import pytest
from django.db import OperationalError

from amends.cases import timeline
from amends.cases.models import Case, Draft, Entry, NextStep
from amends.cases.risk import ABOUT_TO_BE_LOST
from amends.clock import promises
from amends.clock.models import Alarm, Escalation, Promise, Weighing
from amends.flows import closing, escalating, merging, offering, outcomes, portal, starting, tasks, weighing
from amends.flows import dossier as dossiers
from amends.flows.decide import decide_all
from amends.flows.portal import Written
from amends.people import identities
from tests.cast import TUESDAY, Cast, complaint, hear, mail

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def seniors(cast: Cast) -> Cast:
    """Ines stands on rung 2, Marguerite on rung 3."""
    for member, rung in ((cast.ines, 2), (cast.marguerite, 3)):
        member.rung = rung
        member.save()
    return cast


def weigh(now: object) -> None:
    while weighing.weigh_changed(now):  # type: ignore[arg-type]
        pass
    weighing.weigh_due(now)  # type: ignore[arg-type]


def answered(cast: Cast, case: Case, words: str = "We are sorry, and send you new ones.") -> None:
    starting.write_up_call(case, words, by=cast.delphine, now=TUESDAY + HOUR)


def told(case: Case, kind: str) -> list[dict[str, object]]:
    return [entry.data for entry in Entry.objects.filter(case=case, kind=kind).order_by("pk")]


def again(cast: Cast, case: Case, text: str, key: str, at: timedelta) -> None:
    headers = "In-Reply-To: <1@mail.example.com>\n"
    hear(cast.mailbox, mail(text, key=key, headers=headers), TUESDAY + at)


def test_a_first_complaint_stays_where_it_is(seniors: Cast) -> None:
    case = complaint(seniors)
    weigh(TUESDAY + HOUR)
    assert not Escalation.objects.exists()
    assert not told(case, "complaint.returned")


def test_a084_a_second_complaint_is_a_follow_up_and_a_manager_joins_who_is_another_person(seniors: Cast) -> None:
    """C3.3, ES5: counted once, the owner stays the owner, the manager calls within four open hours."""
    case = complaint(seniors)
    answered(seniors, case)
    again(seniors, case, "They are still broken.", "2", 2 * HOUR)
    for _ in range(3):
        weigh(TUESDAY + 2 * HOUR)
    (returned,) = told(case, "complaint.returned")
    assert returned["return"] == "follow_up"
    rung = Escalation.objects.get(case=case)
    assert (rung.rung, rung.trigger, rung.member) == (2, "follow_up", seniors.ines)
    assert rung.promise is not None and rung.promise.due == TUESDAY + 6 * HOUR
    assert rung.promise.promisor == seniors.ines
    assert "still broken" not in str(rung.params)
    (escalated,) = told(case, "escalated")
    assert (escalated["before"], escalated["to"], escalated["member_name"]) == (0, 2, "Ines Calder")
    case.refresh_from_db()
    assert case.owner != seniors.ines
    assert NextStep.objects.get(case=case).rung == 2
    assert Alarm.objects.get(case=case, code="rung").member == seniors.ines


def test_c3_2_the_third_time_a_director_joins_and_it_is_the_last_chance(seniors: Cast) -> None:
    """A106: it is seen on the step; what was open on the way stays open."""
    case = complaint(seniors)
    answered(seniors, case)
    again(seniors, case, "They are still broken.", "2", 2 * HOUR)
    weigh(TUESDAY + 2 * HOUR)
    starting.write_up_call(case, "Sorry again.", by=seniors.ines, now=TUESDAY + 3 * HOUR)
    again(seniors, case, "That is not good enough.", "3", 4 * HOUR)
    weigh(TUESDAY + 4 * HOUR)
    found = Escalation.objects.filter(case=case).order_by("rung")
    assert [(one.rung, one.member) for one in found] == [(2, seniors.ines), (3, seniors.marguerite)]
    step = NextStep.objects.get(case=case)
    assert (step.rung, step.last_chance) == (3, True)


def test_whoever_failed_does_not_review_it(seniors: Cast) -> None:
    case = complaint(seniors)
    starting.write_up_call(case, "Sorry.", by=seniors.ines, now=TUESDAY + HOUR)
    again(seniors, case, "They are still broken.", "2", 2 * HOUR)
    weigh(TUESDAY + 2 * HOUR)
    assert Escalation.objects.get(case=case).member == seniors.marguerite


def test_a_rung_on_which_nobody_stands_is_an_alarm_and_is_filled_later(cast: Cast) -> None:
    case = complaint(cast)
    answered(cast, case)
    again(cast, case, "They are still broken.", "2", 2 * HOUR)
    weigh(TUESDAY + 2 * HOUR)
    rung = Escalation.objects.get(case=case)
    assert rung.member is None
    alarm = Alarm.objects.get(case=case, code="rung_empty")
    assert alarm.params == {"rung": 2}
    cast.ines.rung = 2
    cast.ines.save()
    weigh(TUESDAY + 3 * HOUR)
    assert Escalation.objects.get(case=case).member == cast.ines
    assert told(case, "rung.joined")[0]["member_name"] == "Ines Calder"


def test_c3_2_a_broken_promise_brings_the_case_one_rung_up(seniors: Cast) -> None:
    case = complaint(seniors)
    word = promises.Word("ring you", TUESDAY + 2 * HOUR, Promise.Kind.CALLBACK)
    promises.make(case, word, promisor=seniors.delphine, at=TUESDAY, by=seniors.delphine)
    tasks.break_promises(TUESDAY + 2 * HOUR)
    weigh(TUESDAY + 2 * HOUR)
    rung = Escalation.objects.get(case=case)
    assert (rung.rung, rung.trigger) == (2, "double_deviation")
    assert rung.params["besides"] == ["promise_broken"]


def test_c3_1_a_rung_that_does_nothing_in_its_time_is_without_power_and_the_next_one_joins(seniors: Cast) -> None:
    case = complaint(seniors)
    escalating.ask_for_backup(case, "I may not give her more.", by=seniors.delphine, now=TUESDAY)
    first = Escalation.objects.get(case=case)
    assert first.rung == 1 and first.promise is not None
    tasks.break_promises(first.promise.due)
    weigh(first.promise.due)
    (missed,) = told(case, "rung.missed")
    assert missed["flag"] == "ESCALATION_WITHOUT_POWER"
    second = Escalation.objects.get(case=case, rung=2)
    assert (second.trigger, second.params["missed"]) == ("clock_missed", 1)
    assert second.member == seniors.marguerite  # Ines stands on the first already


@pytest.mark.parametrize(
    ("text", "rung"), [("I will see my lawyer about the broken vase.", 2), ("It is broken!!! YOU THIEVES", 0)]
)
def test_c3_2_words_count_and_loudness_does_not(seniors: Cast, text: str, rung: int) -> None:
    case = complaint(seniors, text=text)
    weigh(TUESDAY)
    assert max((one.rung for one in Escalation.objects.filter(case=case)), default=0) == rung


def test_c3_2_whoever_wrote_to_a_director_gets_one(seniors: Cast) -> None:
    case = complaint(seniors, headers="Cc: marguerite@desk.example\n")
    weigh(TUESDAY)
    rung = Escalation.objects.get(case=case)
    assert (rung.rung, rung.trigger, rung.member) == (3, "direct", seniors.marguerite)


def test_an_ended_rung_does_not_come_back_for_the_same_reason(seniors: Cast) -> None:
    case = complaint(seniors, text="I will see my lawyer about the broken vase.")
    weigh(TUESDAY)
    rung = Escalation.objects.get(case=case)
    escalating.end(rung, "She has no lawyer.", by=seniors.ines, now=TUESDAY + HOUR)
    weigh(TUESDAY + HOUR)
    assert not Escalation.objects.filter(case=case, ended_at=None).exists()
    assert NextStep.objects.get(case=case).rung == 0
    assert told(case, "deescalated")[0]["reason"] == "She has no lawyer."


def test_c3_3_a_complaint_about_the_same_order_is_brought_home(seniors: Cast) -> None:
    """Follow-up by another subject and no thread: the same case, counted as failed."""
    case = complaint(seniors, text="The vase of order TT-10442 came broken.")
    answered(seniors, case)
    entry = hear(
        seniors.mailbox, mail("Order TT-10442: the vase is wrong now.", subject="Complaint", key="9"), TUESDAY + DAY
    )
    assert entry is not None and entry.case_id != case.pk
    weigh(TUESDAY + DAY)
    assert Case.objects.get(pk=entry.case_id).merged_into == case
    assert [one["return"] for one in told(case, "complaint.returned")] == ["follow_up"]
    outcome = offering.outcome_of(case, TUESDAY + DAY)
    assert outcome is not None and outcome.failed == 1


def test_c3_3_what_a_form_tells_of_the_same_order_is_pointed_out_and_not_brought_home_s4(seniors: Cast) -> None:
    """Anybody can type anybody's address into a form: it would be read with all that stands on the case."""
    case = complaint(seniors, text="The vase of order TT-10442 came broken.")
    answered(seniors, case)
    said = Written(
        "Order TT-10442: the vase is wrong now.",
        "k",
        TUESDAY + DAY,
        address="rosalind@example.com",
        subject="Complaint",
    )
    kept = portal.send(seniors.thimble, said, TUESDAY + DAY)
    assert kept.entry is not None and kept.entry.case_id != case.pk
    weigh(TUESDAY + DAY)
    own = Case.objects.get(pk=kept.entry.case_id)
    assert (own.merged_into, own.may_belong_to) == (None, case)
    assert [one["of"] for one in told(own, "complaint.returned")] == [case.pk]
    assert not told(case, "complaint.returned") and not told(case, "case.merged")


def test_c3_3_to_several_doors_before_our_first_answer_it_counts_once(seniors: Cast) -> None:
    case = complaint(seniors, text="The vase of order TT-10442 came broken.")
    hear(seniors.mailbox, mail("Order TT-10442 is broken.", subject="Complaint", key="9"), TUESDAY + HOUR)
    weigh(TUESDAY + HOUR)
    assert Case.objects.filter(merged_into=case).count() == 1
    assert [one["return"] for one in told(case, "complaint.returned")] == ["multiple"]
    assert not Escalation.objects.exists()


def test_c3_3_the_same_cause_later_is_a_repeat_with_a_case_of_its_own(seniors: Cast) -> None:
    case = complaint(seniors, text="Order TT-10442 was overcharged.")
    answered(seniors, case)
    closing.close(case, "silent", by=seniors.delphine, now=TUESDAY + DAY)
    entry = hear(
        seniors.mailbox, mail("Order TT-10442 was overcharged.", subject="Complaint", key="9"), TUESDAY + 40 * DAY
    )
    assert entry is not None
    weigh(TUESDAY + 40 * DAY)
    new = Case.objects.get(pk=entry.case_id)
    assert (new.merged_into, new.repeats) == (None, case)


def test_c3_4_silence_after_an_offer_asks_for_a_call_and_is_never_a_yes(seniors: Cast) -> None:
    case = complaint(seniors)
    identities.add_identity(case.customer, "phone", "+44 20 7946 0142", TUESDAY)
    answered(seniors, case)
    offering.make(case, "A new arrangement for Winifred by Friday.", by=seniors.delphine, now=TUESDAY + HOUR)
    weigh(TUESDAY + HOUR)
    weigh(TUESDAY + HOUR + 2 * DAY - timedelta(minutes=1))
    assert not told(case, "offer.silent")
    weigh(TUESDAY + HOUR + 2 * DAY)
    (silent,) = told(case, "offer.silent")
    assert silent["flag"] == "SILENT_AFTER_OFFER"
    assert promises.owed(case).filter(kind=Promise.Kind.CALLBACK).count() == 1
    assert Alarm.objects.filter(case=case, code="silent_after_offer").count() == 1
    with pytest.raises(closing.ClosingError, match="silence is no yes"):
        closing.close(case, "happy", by=seniors.delphine, now=TUESDAY + 3 * DAY)
    weigh(TUESDAY + HOUR + 7 * DAY)
    assert Escalation.objects.get(case=case).trigger == "silence"
    outcome = offering.outcome_of(case, TUESDAY + 15 * DAY)
    assert outcome is not None and outcome.state == "silent"


def test_c3_4_without_a_number_it_is_a_short_personal_note(seniors: Cast) -> None:
    case = complaint(seniors)
    answered(seniors, case)
    offering.make(case, "Fifteen pounds.", by=seniors.delphine, now=TUESDAY + HOUR)
    weigh(TUESDAY + HOUR + 2 * DAY)
    assert len(told(case, "offer.silent")) == 1
    assert not promises.owed(case).filter(kind=Promise.Kind.CALLBACK).exists()
    assert promises.owed(case).filter(kind=Promise.Kind.HEAR, act__contains="two personal lines").exists()


def test_c3_4_after_a_failure_the_silence_is_half_as_long(seniors: Cast) -> None:
    case = complaint(seniors)
    answered(seniors, case)
    again(seniors, case, "They are still broken.", "2", 2 * HOUR)
    offering.make(case, "Fifteen pounds.", by=seniors.delphine, now=TUESDAY + 3 * HOUR)
    weigh(TUESDAY + 3 * HOUR)
    weigh(TUESDAY + 27 * HOUR)
    assert len(told(case, "offer.silent")) == 1


def test_what_comes_late_into_the_timeline_is_weighed_all_the_same(seniors: Cast) -> None:
    """PostgreSQL may commit a lower id later; and a mail that waited is weighed when it is taken in."""
    case = complaint(seniors, text="I will see my lawyer about the broken vase.")
    entry = Entry.objects.filter(case=case, kind="contact.in").get()
    weighing._follows._read.add((entry.pk + 1, entry.recorded_at))  # a higher one was seen first
    weigh(TUESDAY)
    assert Escalation.objects.filter(case=case).exists()


def test_one_case_that_cannot_be_weighed_does_not_stop_the_others(
    seniors: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = complaint(seniors, text="My lawyer says it is broken.")
    good = complaint(seniors, text="The ombudsman says it is broken.", key="2", subject="The vase")
    carry_out = weighing._carry_out

    def fails_once(case: Case, now: object) -> None:
        if case.pk == bad.pk:
            raise RuntimeError
        carry_out(case, now)  # type: ignore[arg-type]

    monkeypatch.setattr(weighing, "_carry_out", fails_once)
    weigh(TUESDAY)
    assert [one.case for one in Escalation.objects.all()] == [good]
    monkeypatch.undo()
    weigh(TUESDAY + HOUR)
    assert Escalation.objects.filter(case=bad).exists()


def test_weighing_many_cases_takes_as_many_queries_as_one(seniors: Cast, django_assert_max_num_queries: object) -> None:
    for number in range(12):
        complaint(seniors, key=str(number), sender=f"one{number}@example.com", subject=f"Vase {number}")
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        weighing.weigh_changed(TUESDAY)


def test_a_rung_goes_along_when_a_case_is_taken_into_another(seniors: Cast) -> None:
    """What counted there does not count again, and one rung is never open twice."""
    one, other = complaint(seniors), complaint(seniors, key="2", subject="The vase")
    for case in (one, other):
        escalating.ask_for_backup(case, "Help.", by=seniors.delphine, now=TUESDAY)
    third = complaint(seniors, text="My lawyer says it is broken.", key="3", subject="The card")
    weigh(TUESDAY)
    merging.merge(one, other, by=seniors.ines, now=TUESDAY)
    merging.merge(third, other, by=seniors.ines, now=TUESDAY)
    weigh(TUESDAY + HOUR)
    standing = Escalation.objects.filter(ended_at=None).order_by("rung")
    assert [(rung.case, rung.rung) for rung in standing] == [(other, 1), (other, 2)]
    assert NextStep.objects.get(case=other).rung == 2


def test_an_offer_in_a_letter_was_made_when_the_letter_left(seniors: Cast) -> None:
    case = complaint(seniors)
    answered(seniors, case)
    letter = Entry.objects.get(case=case, kind="contact.call")
    offering.make(case, "New flowers.", by=seniors.delphine, now=TUESDAY + 5 * HOUR, letter=letter)
    outcome = offering.outcome_of(case, TUESDAY + 6 * HOUR)
    assert outcome is not None and outcome.quiet_since == letter.at


def test_c3_4_whoever_says_nothing_more_after_we_argued_was_silenced(seniors: Cast) -> None:
    """SC-9's negative twin: thirty days after the reply somebody of the second rung looks."""
    case = complaint(seniors)
    timeline.record(case, "contact.out", at=TUESDAY + HOUR, by=seniors.delphine, human=True, flags=["ARGUES"])
    weigh(TUESDAY + 2 * HOUR)
    weigh(TUESDAY + HOUR + 30 * DAY - timedelta(minutes=1))
    assert not Escalation.objects.filter(trigger="silenced").exists()
    weigh(TUESDAY + HOUR + 30 * DAY)
    assert Escalation.objects.get(case=case).trigger == "silenced"


def test_c5_3_whom_silence_turns_away_is_seen_to_at_that_hour(seniors: Cast) -> None:
    """A promise was broken, so somebody about to be lost is to be worked the same day (A054)."""
    case = complaint(seniors, text="They came broken, very disappointed.")
    answered(seniors, case)
    broken_word(seniors, case, TUESDAY + HOUR)
    offering.make(case, "New roses.", by=seniors.delphine, now=TUESDAY + 3 * HOUR)
    silent = TUESDAY + 3 * HOUR + timedelta(days=14)
    for day in range(14):
        weigh(TUESDAY + 3 * HOUR + day * DAY)
    before = NextStep.objects.get(case=case).risk
    weigh(silent)
    after = NextStep.objects.get(case=case).risk
    assert before < ABOUT_TO_BE_LOST <= after
    assert Alarm.objects.filter(case=case, code="lost").exists()


def test_c5_3_who_went_elsewhere_is_lost_from_that_moment(seniors: Cast) -> None:
    case = complaint(seniors, text="They came broken, very disappointed.")
    answered(seniors, case)
    offering.witness(case, "left", "Her mail of today.", by=seniors.delphine, now=TUESDAY + 2 * HOUR)
    assert told(case, "contract.ended")
    assert NextStep.objects.get(case=case).risk == 100


def test_a054_two_that_come_to_be_about_to_be_lost_at_once_are_both_worked_the_same_day(seniors: Cast) -> None:
    cases = [complaint(seniors, text="They came broken.", key=f"{one}", subject=f"Vase {one}") for one in range(2)]
    for case in cases:
        answered(seniors, case)
        timeline.record(case, "contract.ended", at=TUESDAY + 2 * HOUR)
    steps = decide_all(cases, TUESDAY + 3 * HOUR)
    today = (TUESDAY + 3 * HOUR).date()
    assert [(step.kind, step.by.date()) for step in steps] == [("promise", today)] * 2
    made = Entry.objects.filter(case__in=cases, kind="promise.made", data__act__startswith="Speak to them today")
    assert {one.data["promise"] for one in made} == {step.promise_id for step in steps}


def test_what_went_wrong_on_a_case_that_was_taken_in_counts_where_it_goes_on(seniors: Cast) -> None:
    one = complaint(seniors, text="They came broken, very disappointed.")
    answered(seniors, one)
    broken_word(seniors, one, TUESDAY + HOUR)
    other = complaint(seniors, TUESDAY + 2 * HOUR, text="Where are they?", key="2", subject="The vase")
    Draft.objects.all().delete()
    merging.merge(one, other, by=seniors.ines, now=TUESDAY + 3 * HOUR)
    found = outcomes.of([other], TUESDAY + 4 * HOUR)[other.pk]
    assert found is not None and found.failed == 1
    assert found == dossiers.of_case(other, TUESDAY + 4 * HOUR).outcome(TUESDAY + 4 * HOUR)


@pytest.mark.parametrize("where", ["plan_for", "_gather_one"])
def test_a_case_that_cannot_be_read_stops_no_other(seniors: Cast, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    bad = complaint(seniors, text="My lawyer says it is broken.", sender="one@example.com")
    good = complaint(seniors, text="My lawyer says it is broken.", key="2", sender="two@example.com")
    gather, plan_for = dossiers.gather, weighing.plan_for

    def cannot_gather(ids: Collection[int], now: datetime) -> list[dossiers.Dossier]:
        if bad.pk in ids:
            raise ValueError("a bad row")
        return gather(ids, now)

    def cannot_plan(dossier: dossiers.Dossier, now: datetime) -> weighing.Plan:
        if dossier.case.pk == bad.pk:
            raise ValueError("a bad row")
        return plan_for(dossier, now)

    if where == "plan_for":
        monkeypatch.setattr(weighing, "plan_for", cannot_plan)
    else:
        monkeypatch.setattr(dossiers, "gather", cannot_gather)
    weigh(TUESDAY)
    assert [one.case for one in Escalation.objects.all()] == [good]
    assert Weighing.objects.get(case=bad).at == TUESDAY + weighing.EMPTY_AGAIN
    assert weighing.weigh_changed(TUESDAY + HOUR) == 0, "the timeline is read on"
    monkeypatch.undo()
    weigh(TUESDAY + HOUR)
    assert Escalation.objects.filter(case=bad).exists()


def test_while_the_database_is_away_no_case_is_put_off(seniors: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    complaint(seniors, text="My lawyer says it is broken.")

    def is_away(*_args: object) -> None:
        raise OperationalError("the connection is closed")

    monkeypatch.setattr(weighing, "_carry_out", is_away)
    with pytest.raises(OperationalError):
        weighing.weigh_changed(TUESDAY)
    assert not Weighing.objects.exists()
    monkeypatch.undo()
    weigh(TUESDAY)
    assert Escalation.objects.exists()


def test_c3_3_a_question_that_was_answered_is_no_complaint_that_comes_back(seniors: Cast) -> None:
    asked = complaint(seniors, text="When does order AB-12345 arrive?", subject="When")
    answered(seniors, asked, "Tomorrow.")
    closing.close(asked, "answered", by=seniors.delphine, now=TUESDAY + 2 * HOUR)
    weigh(TUESDAY + 2 * HOUR)
    late = TUESDAY + 3 * DAY
    hurt = complaint(seniors, late, text="Order AB-12345 came broken, very disappointed.", key="2", subject="Roses")
    weigh(late)
    hurt.refresh_from_db()
    assert hurt.merged_into is None
    assert not Entry.objects.filter(kind="complaint.returned").exists()
    assert not Escalation.objects.exists()


def broken_word(cast: Cast, case: Case, at: datetime) -> None:
    """A colleague's word was broken, and kept late."""
    word = promises.Word("return your money", at + timedelta(minutes=10), kind="refund")
    promise = promises.make(case, word, promisor=cast.delphine, at=at, by=cast.delphine)
    tasks.break_promises(at + timedelta(minutes=11))
    promise.refresh_from_db()
    promises.keep(promise, at=at + timedelta(minutes=20), by=cast.delphine, evidence="Refund RF-88213")
