"""Two cases that become one, and one that becomes two, lose nothing (CV10): no guard, no promise, no rung, no draft."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from amends.cases import drafts
from amends.cases.models import Case, Draft, DraftFile, Entry, NextStep
from amends.clock import promises, rungs
from amends.clock.models import Absence, Escalation, PackInUse, Promise
from amends.flows import abuse, escalating, handover, matter, merging, starting, steps, titling, weighing
from amends.people.models import Skill, SkillRule
from tests.cast import TUESDAY, Cast, complaint

pytestmark = pytest.mark.django_db

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SAME = "The roses of order AB-12345 are broken, very disappointed."
AGAIN = "Order AB-12345 is broken, very disappointed!"


def test_a_case_that_was_taken_in_has_no_step_of_its_own_whatever_is_said_of_it_law1(cast: Cast) -> None:
    source, target = complaint(cast, subject="Stairs"), complaint(cast, subject="The vase", key="2")
    merging.merge(source, target, by=cast.delphine, now=TUESDAY)
    about(source, cast, severity=Case.Severity.SAFETY)
    titling.retitle(source, "The stairs", by=cast.delphine, now=TUESDAY)
    starting.write_up_call(source, "She asks again.", by=cast.delphine, now=TUESDAY)
    assert Entry.objects.filter(case=source, kind__in=("case.severity", "case.retitled", "contact.call")).count() == 3
    assert not NextStep.objects.filter(case=source).exists()


@pytest.fixture
def seniors(cast: Cast) -> Cast:
    for member, rung in ((cast.ines, 2), (cast.marguerite, 3)):
        member.rung = rung
        member.save()
    return cast


@pytest.fixture
def two(seniors: Cast) -> tuple[Case, Case]:
    return complaint(seniors, subject="Stairs", key="1"), complaint(seniors, subject="The vase", key="2")


def about(case: Case, cast: Cast, **facts: Any) -> None:
    matter.change(case, matter.of(case), {**matter.of(case), **facts}, by=cast.delphine, now=TUESDAY)
    case.refresh_from_db()


def merge(source: Case, target: Case, cast: Cast, now: Any = TUESDAY + HOUR) -> Case:
    merging.merge(source, target, by=cast.delphine, now=now)
    return Case.objects.get(pk=target.pk)


def weigh(now: Any) -> None:
    while weighing.weigh_changed(now):
        pass
    weighing.weigh_due(now)


def told(case: Case, kind: str) -> list[dict[str, Any]]:
    return list(Entry.objects.filter(case=case, kind=kind).order_by("pk").values_list("data", flat=True))


def new_names(case: Case) -> list[int]:
    return [data["new_name"] for data in told(case, "contact.out") if "new_name" in data]


def test_ro5_whoever_knew_another_name_is_told_who_has_it_now(cast: Cast, two: tuple[Case, Case]) -> None:
    source, target = two
    source.owner, target.owner = cast.bo, cast.delphine
    source.save()
    target.save()
    assert new_names(merge(source, target, cast)) == [cast.delphine.pk]


def test_ro5_where_somebody_stands_in_for_who_has_it_one_name_is_told_once(cast: Cast, two: tuple[Case, Case]) -> None:
    source, target = two
    source.owner, target.owner = cast.marguerite, cast.delphine
    source.save()
    target.save()
    Absence.objects.create(member=cast.delphine, starts=TUESDAY, ends=TUESDAY + 5 * DAY)
    assert len(new_names(merge(source, target, cast))) == 1


def test_ro5_where_the_same_person_keeps_it_nobody_is_told_a_name(cast: Cast, two: tuple[Case, Case]) -> None:
    source, target = two
    source.owner = target.owner = cast.delphine
    source.save()
    target.save()
    assert new_names(merge(source, target, cast)) == []


@pytest.fixture
def knows_grave_ones(cast: Cast) -> None:
    skill = Skill.objects.create(name="Grave matters")
    cast.bo.skills.add(skill)
    SkillRule.objects.create(skill=skill, severity=4)


def test_ro1_a_case_that_becomes_grave_by_another_goes_to_who_may_handle_it(
    two: tuple[Case, Case], cast: Cast, knows_grave_ones: None
) -> None:
    source, target = two
    about(source, cast, severity=4)
    handover.hand_over(source, cast.bo, "It is grave.", by=cast.delphine, now=TUESDAY)
    target = merge(source, target, cast)
    assert target.owner == cast.bo and target.next_step.who == cast.bo
    assert [why["code"] for why in told(target, "owner.set")[-1]["why"]] == ["lacks", "knows"]
    assert {one.promisor for one in promises.owed(target)} == {cast.bo}


def test_ro4_a_case_on_which_somebody_spoke_stays_with_them_however_grave_it_becomes(
    two: tuple[Case, Case], cast: Cast, knows_grave_ones: None
) -> None:
    source, target = two
    about(source, cast, severity=4)
    handover.hand_over(source, cast.bo, "It is grave.", by=cast.delphine, now=TUESDAY)
    starting.write_up_call(target, "I am on it.", by=cast.delphine, now=TUESDAY)
    assert merge(source, target, cast).owner == cast.delphine


@pytest.mark.parametrize("guard", Case.Guard.values)
def test_es8_an_open_case_becomes_guarded_by_what_it_takes_in(
    seniors: Cast, two: tuple[Case, Case], guard: str
) -> None:
    source, target = two
    about(source, seniors, guard=guard)
    target = merge(source, target, seniors)
    assert (target.guard, target.severity) == (guard, Case.Severity.SAFETY)
    assert told(target, "case.matter_set") == [{"guard": guard}]
    assert told(target, "case.severity") == [{"before": 3, "severity": 5}]


def test_the_higher_severity_the_nearer_occasion_and_what_is_known_stay(seniors: Cast, two: tuple[Case, Case]) -> None:
    source, target = two
    about(source, seniors, severity=4, occasion_at=TUESDAY + 9 * DAY, about="AB-1", cause="late")
    about(target, seniors, severity=2, occasion_at=TUESDAY + 20 * DAY, cause="broken")
    target = merge(source, target, seniors)
    assert (target.severity, target.occasion_at) == (4, TUESDAY + 9 * DAY)
    assert (target.about, target.cause) == ("AB-1", "broken")
    assert told(target, "case.occasion")[-1]["occasion"] == (TUESDAY + 9 * DAY).isoformat()
    assert told(target, "case.matter_set")[-1] == {"about": "AB-1"}


def test_c3_2_8_a_post_in_public_goes_along_whole_or_not_at_all(seniors: Cast, two: tuple[Case, Case]) -> None:
    source, target = two
    about(source, seniors, post="forum.example/1", reach=900)
    Case.objects.filter(pk=target.pk).update(post="social.example/2", posted_at=TUESDAY)
    assert merge(source, target, seniors).reach is None, "the readers of one post are not those of another"
    other = complaint(seniors, key="3", subject="Roses")
    target = merge(target, other, seniors)
    assert (target.post, target.posted_at) == ("social.example/2", TUESDAY)


def test_what_nobody_has_judged_is_no_graver(seniors: Cast, two: tuple[Case, Case]) -> None:
    source, target = two
    about(target, seniors, severity=2)
    assert merge(source, target, seniors).severity == 2
    assert len(told(target, "case.severity")) == 1


def test_a_question_that_takes_a_complaint_in_is_one(seniors: Cast, two: tuple[Case, Case]) -> None:
    """C3.2: else it counts as no failure, and no deadline of a policy pack binds it again."""
    _source, target = two
    assert target.kind != Case.Kind.COMPLAINT
    assert merge(complaint(seniors, text=SAME, key="3", subject="Roses"), target, seniors).kind == "complaint"
    assert len(told(target, "case.merged")) == 1


def test_es7_what_a_policy_pack_wanted_and_was_done_is_not_wanted_again(seniors: Cast, two: tuple[Case, Case]) -> None:
    PackInUse.objects.create(brand=seniors.thimble, pack="uk-fca-disp", since=TUESDAY - HOUR, bound_at=TUESDAY)
    source, target = complaint(seniors, text=SAME, key="3", subject="Roses"), two[1]
    for promise in promises.owed(source).exclude(rule=""):
        promises.release(promise, at=TUESDAY, by=seniors.ines, reason="It is no such complaint.")
    merge(source, target, seniors)
    assert not promises.owed(target).exclude(rule="").exists()
    assert not [one for one in told(target, "promise.made") if one["source"] == Promise.Source.LAW]


def test_a_day_that_has_passed_is_no_nearer_one(seniors: Cast, two: tuple[Case, Case]) -> None:
    source, target = two
    about(source, seniors, occasion_at=TUESDAY + MINUTE)
    about(target, seniors, occasion_at=TUESDAY + 20 * DAY)
    assert merge(source, target, seniors).occasion_at == TUESDAY + 20 * DAY
    assert len(told(target, "case.occasion")) == 1


def test_sl3_a_nearer_day_counts_the_clocks_of_both_anew(seniors: Cast, two: tuple[Case, Case]) -> None:
    source, target = two
    before = {one.pk: one.due for one in promises.owed(target)}
    about(source, seniors, occasion_at=TUESDAY + 2 * DAY)
    merge(source, target, seniors)
    after = {one.pk: one.due for one in promises.owed(target)}
    assert all(after[pk] < due for pk, due in before.items())
    assert told(target, "promise.recounted")


def test_c3_2_a_case_that_became_grave_by_another_is_weighed_anew(seniors: Cast, two: tuple[Case, Case]) -> None:
    source, target = two
    about(source, seniors, severity=5)
    merge(source, target, seniors)
    weigh(TUESDAY + HOUR)
    rung = Escalation.objects.get(ended_at=None)
    assert (rung.case, rung.trigger) == (target, "severity")


def test_c3_2_what_has_counted_on_a_case_counts_no_more_where_it_goes_along(
    seniors: Cast, two: tuple[Case, Case]
) -> None:
    source, target = two
    about(source, seniors, severity=5)
    weigh(TUESDAY + MINUTE)
    rung = Escalation.objects.get(trigger="severity")
    escalating.end(rung, "The stairs hold.", by=seniors.marguerite, now=TUESDAY + MINUTE)
    merge(source, target, seniors)
    weigh(TUESDAY + HOUR)
    assert Escalation.objects.get(trigger="severity") == rung
    assert not Entry.objects.filter(kind="escalated", at__gte=TUESDAY + HOUR).exists()


def test_c3_2_the_highest_severity_alone_brings_a_director(seniors: Cast, two: tuple[Case, Case]) -> None:
    case, _other = two
    weigh(TUESDAY)
    about(case, seniors, severity=5)
    weigh(TUESDAY + MINUTE)
    assert Escalation.objects.get(case=case).trigger == "severity"
    assert len(told(case, "escalated")) == 1


def paused(case: Case, cast: Cast, until: Any) -> None:
    abuse.act(case, abuse.WARN, "He swears.", until=None, by=cast.delphine, now=TUESDAY)
    abuse.act(case, abuse.PAUSE, "He swears.", until=until, by=cast.delphine, now=TUESDAY)


@pytest.mark.parametrize("which", [0, 1])
def test_a077_a_pause_of_one_is_a_pause_of_both(seniors: Cast, two: tuple[Case, Case], which: int) -> None:
    until = TUESDAY + 5 * DAY
    paused(two[which], seniors, until)
    target = merge(*two, seniors)
    assert target.quiet_until == until
    assert told(target, "abuse.paused")[-1]["until"] == until.isoformat()
    answers = promises.owed(target).filter(kind__in=promises.REPLIES)
    assert answers and all(one.due == until for one in answers)


def test_a077_no_pause_goes_along_into_a_case_of_danger(seniors: Cast, two: tuple[Case, Case]) -> None:
    source, target = two
    paused(source, seniors, TUESDAY + 5 * DAY)
    about(target, seniors, guard="vulnerable")
    assert merge(source, target, seniors).quiet_until is None


def test_a077_a_pause_ends_when_somebody_may_be_in_danger(seniors: Cast, two: tuple[Case, Case]) -> None:
    source, target = two
    paused(target, seniors, TUESDAY + 5 * DAY)
    about(source, seniors, guard="vulnerable")
    assert merge(source, target, seniors).quiet_until is None
    assert len(told(target, "abuse.resumed")) == 1
    third = complaint(seniors, subject="The card", key="3")
    paused(third, seniors, TUESDAY + 5 * DAY)
    about(third, seniors, guard="safety")
    assert third.quiet_until is None
    assert len(told(third, "abuse.resumed")) == 1


def on_rung_two(case: Case, cast: Cast) -> Escalation:
    starting.write_up_call(case, "Sorry.", by=cast.delphine, now=TUESDAY)
    for _ in range(2):
        rung = escalating.ask_for_backup(case, "Help.", by=cast.delphine, now=TUESDAY)
    return rung


def test_c3_1_the_clock_of_a_rung_that_was_left_runs_no_more(seniors: Cast, two: tuple[Case, Case]) -> None:
    source, target = two
    left = [on_rung_two(source, seniors), on_rung_two(target, seniors)][0]
    merge(source, target, seniors)
    left.refresh_from_db()
    assert left.ended_at is not None and left.promise is not None and left.promise.released_at is not None
    clocks = {one.pk for one in promises.owed(target) if one.kind == Promise.Kind.RUNG}
    assert clocks == {one.promise_id for one in rungs.open_on(target) if one.promise_id}
    assert any(one["promise_kind"] == "rung" for one in told(target, "promise.released"))


def test_c3_1_whoever_still_decides_goes_before_who_has_decided(seniors: Cast, two: tuple[Case, Case]) -> None:
    source, target = two
    waits, done = on_rung_two(source, seniors), on_rung_two(target, seniors)
    assert done.member is not None
    escalating.decide_on(done, "Her money back.", escalating.CALLED, by=done.member, now=TUESDAY)
    merge(source, target, seniors)
    assert [one.pk for one in rungs.open_on(target) if one.rung == 2] == [waits.pk]


def test_law_1_a_case_that_another_was_brought_home_to_owes_what_is_due_first(seniors: Cast) -> None:
    """C3.3 "multiple": the answer to the first was put off; the second waits for one today."""
    first = complaint(seniors, text="", subject="Order AB-12345", now=TUESDAY - DAY)
    steps.not_now(first, TUESDAY + 5 * DAY, "It waits for the florist.", by=seniors.delphine, now=TUESDAY - DAY)
    second = complaint(seniors, text="Order AB-12345 came broken, very disappointed.", key="2", subject="Roses")
    weigh(TUESDAY + MINUTE)
    second.refresh_from_db()
    assert second.merged_into == first
    earliest = promises.owed(first)[0]
    step = NextStep.objects.get(case=first)
    assert (step.promise_id, step.by) == (earliest.pk, earliest.due)
    assert len(told(first, "case.merged")) == 1


def test_a_draft_with_nothing_but_a_file_is_not_thrown_away_by_itself(seniors: Cast) -> None:
    first = complaint(seniors, text=SAME)
    second = complaint(seniors, text=AGAIN, key="2", subject="Again", now=TUESDAY + HOUR)
    written = drafts.Written(text="", to=["rosalind@example.com"])
    draft = drafts.save(second, Draft.Kind.LETTER, written, by=seniors.delphine, now=TUESDAY + HOUR)
    DraftFile.objects.create(draft=draft, name="offer.pdf", content_type="application/pdf", size=3, sha256="0" * 64)
    weigh(TUESDAY + HOUR)
    second.refresh_from_db()
    assert (second.merged_into, second.may_belong_to) == (None, first)
    assert Draft.objects.filter(pk=draft.pk).exists()
    assert told(second, "complaint.returned")[0]["of"] == first.pk


def test_es8_what_the_desk_brings_home_by_itself_stays_guarded(seniors: Cast) -> None:
    first = complaint(seniors, text=SAME)
    second = complaint(seniors, text=AGAIN, key="2", subject="Again", now=TUESDAY + HOUR)
    Case.objects.filter(pk=second.pk).update(guard="vulnerable", severity=5)
    weigh(TUESDAY + HOUR)
    second.refresh_from_db()
    first.refresh_from_db()
    assert second.merged_into == first
    assert (first.guard, first.severity) == ("vulnerable", 5)
    assert told(first, "case.matter_set") == [{"guard": "vulnerable"}]


def test_what_a_colleague_joined_by_hand_is_not_joined_again_by_itself(seniors: Cast) -> None:
    older = complaint(seniors, text=SAME)
    newer = complaint(seniors, text=AGAIN, key="2", subject="Again", now=TUESDAY + HOUR)
    third = complaint(seniors, text="The vase.", key="3", subject="The vase", now=TUESDAY + HOUR)
    merge(third, newer, seniors)
    weigh(TUESDAY + HOUR)
    newer.refresh_from_db()
    assert newer.merged_into is None
    assert not told(older, "case.merged")
