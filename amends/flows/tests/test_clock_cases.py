"""The table of clock cases: what becomes of a running clock, one row for each thing that happens (SL3, C0.3).

Every row begins with Rosalind's complaint of Tuesday 10:00, which wants an answer by 14:00.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db.models import QuerySet

from amends.cases import timeline
from amends.cases.models import Case, Closure, Entry, Naming
from amends.clock import weeks
from amends.clock.models import Absence, Holiday, Promise, Target
from amends.flows import (
    clocks,
    closing,
    handover,
    judging,
    matter,
    merging,
    portal,
    recounting,
    rehoming,
    starting,
    steps,
)
from amends.people.models import Member
from tests.cast import TUESDAY, Cast, complaint, hear, mail

HOUR = timedelta(hours=1)
LATER = TUESDAY + HOUR
DUE = TUESDAY + 4 * HOUR
THREAD = "In-Reply-To: <1@mail.example.com>\n"
HURT = "They came broken and I am very disappointed."
Happens = Callable[[Cast, Case], object]


def judge(case: Case, severity: int, occasion_at: datetime | None, *, by: Member, now: datetime) -> None:
    """What the form about a case does to these two."""
    after = {**matter.of(case), "severity": severity, "occasion_at": occasion_at}
    matter.change(case, matter.of(case), after, by=by, now=now)


def paused(cast: Cast, case: Case) -> None:
    steps.not_now(case, TUESDAY + 6 * HOUR, "The grower rings back at four.", by=cast.bo, now=LATER)


def handed_over(cast: Cast, case: Case) -> None:
    to = next(one for one in (cast.bo, cast.ines, cast.delphine) if one != case.owner)
    handover.hand_over(case, to, "She is right.", by=cast.marguerite, now=LATER)


def owner_away(cast: Cast, case: Case) -> None:
    assert case.owner is not None
    Absence.objects.create(member=case.owner, starts=LATER, ends=LATER + timedelta(days=9))
    rehoming.rehome(LATER, 10)


def merged(cast: Cast, case: Case) -> None:
    other = complaint(cast, LATER, subject="Winifred's birthday cake", key="9", text="The cake never came either.")
    assert other.pk != case.pk
    merging.merge(other, case, by=cast.bo, now=LATER)


def merged_into_a_newer_one(cast: Cast, case: Case) -> None:
    other = complaint(cast, LATER, subject="Winifred's birthday cake", key="9", text="The cake never came either.")
    merging.merge(case, other, by=cast.bo, now=LATER)


def written_again(cast: Cast, case: Case) -> None:
    hear(cast.mailbox, mail("And now?", key="2", headers=THREAD), LATER)


def thanked_before_any_answer(cast: Cast, case: Case) -> None:
    hear(cast.mailbox, mail("Thank you!", key="2", headers=THREAD), LATER)


def told_by_itself(cast: Cast, case: Case) -> None:
    assert portal.ask_link(case, LATER) is not None


def target_longer(cast: Cast, case: Case) -> None:
    Target.objects.create(brand=cast.thimble, channel="email", first_reply=480, next_reply=480)
    recounting.recount_brand(cast.thimble, why="the targets changed", by=cast.ines, now=LATER)


def target_shorter_but_nobody_asked(cast: Cast, case: Case) -> None:
    Target.objects.create(brand=cast.thimble, channel="email", first_reply=60, next_reply=60)


def target_shorter_and_counted_anew(cast: Cast, case: Case) -> None:
    Target.objects.create(brand=cast.thimble, channel="email", first_reply=180, next_reply=60)
    assert recounting.would_change(cast.thimble, LATER).cases == 1
    assert recounting.recount_brand(cast.thimble, why="the targets changed", by=cast.ines, now=LATER).cases == 1


def target_so_short_that_it_has_passed(cast: Cast, case: Case) -> None:
    Target.objects.create(brand=cast.thimble, channel="email", first_reply=30, next_reply=30)
    recounting.recount_brand(cast.thimble, why="the targets changed", by=cast.ines, now=LATER)


def hours_shorter(cast: Cast, case: Case) -> None:
    weeks.set_week({1: ((time(9), time(11)),)}, brand=cast.thimble)
    recounting.recount_brand(cast.thimble, why="the hours changed", by=cast.ines, now=LATER)


def holiday_added(cast: Cast, case: Case) -> None:
    Holiday.objects.create(brand=cast.thimble, date=date(2026, 3, 3), name="Founder's day")
    recounting.recount_brand(cast.thimble, why="a holiday", by=cast.ines, now=LATER)


def graver(cast: Cast, case: Case) -> None:
    Target.objects.create(brand=cast.thimble, channel="email", severity=5, first_reply=120, next_reply=60)
    judge(case, 5, None, by=cast.bo, now=LATER)


def less_grave(cast: Cast, case: Case) -> None:
    Target.objects.create(brand=cast.thimble, channel="email", severity=1, first_reply=480, next_reply=480)
    judge(case, 1, None, by=cast.bo, now=LATER)


def cosmetic_by_default(cast: Cast, case: Case) -> None:
    judge(case, 1, None, by=cast.bo, now=LATER)


def for_an_occasion(cast: Cast, case: Case) -> None:
    judge(case, case.severity, TUESDAY + timedelta(days=2), by=cast.bo, now=TUESDAY + HOUR / 2)


def for_a_far_occasion(cast: Cast, case: Case) -> None:
    judge(case, case.severity, TUESDAY + timedelta(days=9), by=cast.bo, now=LATER)


@pytest.mark.parametrize(
    ("happens", "due"),
    [
        (paused, TUESDAY + 6 * HOUR),
        (handed_over, DUE),
        (owner_away, DUE),
        (merged, DUE),
        (written_again, DUE),
        (thanked_before_any_answer, DUE),
        (told_by_itself, DUE),
        (target_longer, DUE),
        (target_shorter_but_nobody_asked, DUE),
        (target_shorter_and_counted_anew, TUESDAY + 3 * HOUR),
        (target_so_short_that_it_has_passed, LATER + HOUR / 2),
        (hours_shorter, DUE),
        (holiday_added, DUE),
        (graver, TUESDAY + 2 * HOUR),
        (less_grave, DUE),
        (cosmetic_by_default, DUE),
        (for_an_occasion, TUESDAY + 2 * HOUR),
        (for_a_far_occasion, DUE),
    ],
)
def test_the_first_answer_is_due_sl3(cast: Cast, happens: Happens, due: datetime) -> None:
    case = complaint(cast)
    assert _answer_owed(case).due == DUE
    happens(cast, case)
    assert _answer_owed(case).due == due
    case.refresh_from_db()
    assert case.next_step.by == due


def test_a_case_taken_into_a_newer_one_brings_its_earlier_time_along_sl3(cast: Cast) -> None:
    case = complaint(cast)
    merged_into_a_newer_one(cast, case)
    case.refresh_from_db()
    assert case.merged_into is not None and case.merged_into.next_step.by == DUE


def test_a_part_split_off_owes_its_answer_from_when_it_was_said_sl3(cast: Cast) -> None:
    case = complaint(cast)
    hear(cast.mailbox, mail("And the cake never came.", key="2", headers=THREAD), LATER)
    second = Entry.objects.filter(case=case, kind="contact.in").order_by("-pk")[0]
    part = merging.split(case, [second], "The cake", by=cast.bo, now=TUESDAY + 3 * HOUR)
    assert _answer_owed(part).due == LATER + 4 * HOUR
    assert _answer_owed(case).due == DUE


def test_thanks_for_our_answer_owe_none_and_keep_the_question_whether_all_is_well_sl3(cast: Cast) -> None:
    case = complaint(cast)
    starting.write_up_call(case, "I rang her: new flowers tomorrow.", by=cast.bo, now=LATER)
    before = Promise.objects.get(case=case, kind=Promise.Kind.HEAR)
    hear(cast.mailbox, mail("Thank you so much, Bo!", key="2", headers=THREAD), TUESDAY + 2 * HOUR)
    case.refresh_from_db()
    assert case.next_step.kind == "hear" and case.next_step.by == before.due
    assert Entry.objects.filter(case=case, kind="contact.in").count() == 2


def test_thanks_with_a_question_are_answered_sl3(cast: Cast) -> None:
    case = complaint(cast)
    starting.write_up_call(case, "I rang her: new flowers tomorrow.", by=cast.bo, now=LATER)
    hear(cast.mailbox, mail("Thank you! When will they come?", key="2", headers=THREAD), TUESDAY + 2 * HOUR)
    assert _answer_owed(case).due == TUESDAY + 6 * HOUR


def test_thanks_leave_a_closed_case_closed_and_reach_whoever_earned_them_sl3(cast: Cast) -> None:
    case = complaint(cast)
    starting.write_up_call(case, "New flowers came; she is happy.", by=cast.bo, now=LATER)
    closing.close(case, "happy", by=cast.bo, now=LATER)
    entry = hear(cast.mailbox, mail("Thank you!", key="2", headers=THREAD), TUESDAY + 2 * HOUR)
    assert entry is not None and entry.case_id == case.pk
    assert Closure.objects.filter(case=case).exists() and not promises_owed(case)
    case.refresh_from_db()
    assert Naming.objects.get(entry=entry).member == case.owner


def test_a_complaint_on_a_closed_case_reopens_it_and_owes_an_answer_from_then_sl3(cast: Cast) -> None:
    case = complaint(cast)
    starting.write_up_call(case, "New flowers came; she is happy.", by=cast.bo, now=LATER)
    closing.close(case, "happy", by=cast.bo, now=LATER)
    hear(cast.mailbox, mail("They are the wrong ones again!", key="2", headers=THREAD), TUESDAY + 2 * HOUR)
    assert not Closure.objects.filter(case=case).exists()
    answer = _answer_owed(case)
    assert (answer.kind, answer.due) == (Promise.Kind.NEXT_REPLY, TUESDAY + 6 * HOUR)


def test_new_cases_get_a_changed_target_sl3(cast: Cast) -> None:
    case = complaint(cast)
    target_shorter_but_nobody_asked(cast, case)
    other = complaint(cast, LATER, sender="Ada <ada@example.com>", key="9")
    assert _answer_owed(other).due == LATER + HOUR


def test_a_clock_that_jumps_back_leaves_no_answer_waiting_for_days_sl3(cast: Cast) -> None:
    ahead = TUESDAY + timedelta(days=400)
    case = complaint(cast, ahead)
    clocks.set_right(TUESDAY)
    assert _answer_owed(case).due == DUE


def test_what_was_put_off_with_a_reason_stands_as_agreed_sl3(cast: Cast) -> None:
    case = complaint(cast)
    paused(cast, case)
    target_shorter_and_counted = Target(brand=cast.thimble, channel="email", first_reply=60, next_reply=60)
    target_shorter_and_counted.save()
    assert recounting.recount_brand(cast.thimble, why="the targets changed", by=cast.ines, now=LATER).cases == 0
    assert _answer_owed(case).due == TUESDAY + 6 * HOUR


def test_a_clock_that_began_within_a_minute_stands_when_nothing_has_changed_sl3(cast: Cast) -> None:
    Target.objects.create(brand=cast.thimble, channel="email", first_reply=240, next_reply=240, made_right=600)
    case = complaint(cast, TUESDAY + timedelta(seconds=37), text=HURT)
    owed = list(Promise.objects.filter(case=case))
    assert {one.kind for one in owed} == {"first_reply", "made_right"}
    assert [one.remind_at for one in owed] == [one.made_at + (one.due - one.made_at) / 2 for one in owed]
    assert recounting.would_change(cast.thimble, LATER).cases == 0
    assert recounting.recount_brand(cast.thimble, why="the targets changed", by=cast.ines, now=LATER).cases == 0
    assert not Entry.objects.filter(case=case, kind="promise.recounted").exists()


def test_counting_anew_stands_on_the_timeline_sl3(cast: Cast) -> None:
    case = complaint(cast)
    graver(cast, case)
    kinds = list(Entry.objects.filter(case=case).order_by("pk").values_list("kind", flat=True))
    assert kinds[-3:] == ["case.severity", "promise.recounted", "step.set"]
    severity = Entry.objects.get(case=case, kind="case.severity")
    assert severity.data == {"before": 3, "severity": 5} and severity.member == cast.bo
    recounted = Entry.objects.get(case=case, kind="promise.recounted")
    assert datetime.fromisoformat(recounted.data["before"]) == DUE
    assert _answer_owed(case).remind_at == LATER + timedelta(minutes=36)  # four fifths of two hours; the half is now


def test_made_right_is_owed_once_beside_the_answer_and_only_we_see_it_sl1(cast: Cast) -> None:
    Target.objects.create(brand=cast.thimble, channel="email", made_right=600)
    case = complaint(cast, text=HURT)
    hear(cast.mailbox, mail("And now?", key="2", headers=THREAD), LATER)
    right = Promise.objects.get(case=case, kind=Promise.Kind.MADE_RIGHT)
    assert right.due == datetime(
        2026, 3, 4, 11, 30, tzinfo=UTC
    )  # 10 open hours: 7 h 30 on Tuesday, 2 h 30 on Wednesday
    assert not right.visible and right.source == Promise.Source.POLICY
    assert case.next_step.by == DUE


def test_no_target_for_made_right_no_promise_of_it_sl1(cast: Cast) -> None:
    assert not Promise.objects.filter(case=complaint(cast, text=HURT), kind=Promise.Kind.MADE_RIGHT).exists()


def test_made_right_does_not_spare_the_question_whether_all_is_well(cast: Cast) -> None:
    Target.objects.create(brand=cast.thimble, channel="email", made_right=6000)
    case = complaint(cast, text=HURT)
    starting.write_up_call(case, "I rang her: new flowers tomorrow.", by=cast.bo, now=LATER)
    kinds = set(promises_owed(case).values_list("kind", flat=True))
    assert kinds == {Promise.Kind.MADE_RIGHT, Promise.Kind.HEAR}


@pytest.mark.parametrize(("reason", "kept"), [("happy", True), ("silent", False)])
def test_made_right_is_kept_by_the_customers_word_only_sl1(cast: Cast, reason: str, kept: bool) -> None:
    Target.objects.create(brand=cast.thimble, channel="email", made_right=6000)
    case = complaint(cast, text=HURT)
    starting.write_up_call(case, "I rang her.", by=cast.bo, now=LATER)
    closing.close(case, reason, by=cast.bo, now=TUESDAY + 2 * HOUR)
    right = Promise.objects.get(case=case, kind=Promise.Kind.MADE_RIGHT)
    assert (right.kept_at is not None) is kept and (right.released_at is None) is kept


def test_a_case_that_begins_again_owes_to_be_made_right_again_sl1(cast: Cast) -> None:
    Target.objects.create(brand=cast.thimble, channel="email", made_right=600)
    case = complaint(cast, text=HURT)
    starting.write_up_call(case, "I rang her.", by=cast.bo, now=LATER)
    closing.close(case, "happy", by=cast.bo, now=LATER)
    hear(cast.mailbox, mail("They are wrong again!", key="2", headers=THREAD), TUESDAY + 2 * HOUR)
    assert promises_owed(case).filter(kind=Promise.Kind.MADE_RIGHT).count() == 1


def test_an_occasion_that_has_passed_is_refused_in_a_sentence(cast: Cast) -> None:
    case = complaint(cast)
    with pytest.raises(judging.JudgingError, match="has passed"):
        judge(case, 3, TUESDAY, by=cast.bo, now=LATER)
    with pytest.raises(judging.JudgingError, match="Choose how grave"):
        judge(case, 6, None, by=cast.bo, now=LATER)
    assert timeline.talk_on([case.pk])


def promises_owed(case: Case) -> QuerySet[Promise]:
    return Promise.objects.filter(case=case, kept_at=None, released_at=None, moved_at=None)


def _answer_owed(case: Case) -> Promise:
    kinds = (Promise.Kind.FIRST_REPLY, Promise.Kind.NEXT_REPLY)
    found: Promise = promises_owed(case).filter(kind__in=kinds).order_by("due")[0]
    return found
