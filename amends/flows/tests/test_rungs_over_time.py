"""A rung goes on to decide, whoever leaves it and whatever is new (C3.1, C3.2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.cases.models import Case, Entry, NextStep
from amends.clock import promises
from amends.clock.ladder import Trigger
from amends.clock.models import Absence, Alarm, Escalation, Promise, Weighing
from amends.clock.rungs import RungError
from amends.flows import closing, escalating, matter, offering, rehoming, starting, tasks, weighing
from amends.flows.decide import decide
from amends.flows.looking import Staff
from amends.people import identities
from amends.people.models import Member, Role
from tests.cast import TUESDAY, Cast, complaint, hear, mail

HOUR, DAY, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)


@pytest.fixture
def seniors(cast: Cast) -> Cast:
    """Ines stands on rung 2, Marguerite on rung 3."""
    for member, rung in ((cast.ines, 2), (cast.marguerite, 3)):
        member.rung = rung
        member.save()
    return cast


def weigh(now: datetime) -> None:
    while weighing.weigh_changed(now):
        pass
    weighing.weigh_due(now)


def brought(cast: Cast, rung: int, key: str = "1") -> Escalation:
    """A complaint that was answered once, on a rung."""
    case = complaint(cast, key=key, subject=f"Flowers {key}")
    starting.write_up_call(case, "Sorry.", by=cast.delphine, now=TUESDAY + HOUR)
    found = escalating.open_rung(case, Trigger("by_hand", rung, "", params={"why": "x"}), Staff(TUESDAY + HOUR))
    decide(case, TUESDAY + HOUR)
    return found


def member_of(rung: Escalation) -> Member:
    assert rung.member is not None
    return rung.member


def standing(case: Case) -> list[tuple[int, str, Member | None]]:
    rows = Escalation.objects.filter(case=case, ended_at=None).order_by("rung").select_related("member")
    return [(one.rung, one.trigger, one.member) for one in rows]


def told(case: Case, kind: str) -> int:
    return Entry.objects.filter(case=case, kind=kind).count()


def away(member: Member) -> None:
    Absence.objects.create(member=member, starts=TUESDAY + HOUR, ends=TUESDAY + 20 * DAY)


def gone(member: Member) -> None:
    Member.objects.filter(pk=member.pk).update(is_active=False)


def only_reads(member: Member) -> None:
    Member.objects.filter(pk=member.pk).update(role=Role.READER)


def test_c3_1_whoever_has_the_case_stays_its_owner_and_somebody_else_joins(seniors: Cast) -> None:
    """Though the owner may decide as much, and would be the first to be chosen."""
    Member.objects.filter(pk__in=[seniors.delphine.pk, seniors.bo.pk]).update(rung=2)
    Member.objects.filter(pk=seniors.ines.pk).update(is_active=False)
    case = complaint(seniors)
    owner = case.owner
    other = next(one for one in (seniors.delphine, seniors.bo) if one != owner)
    escalating.open_rung(case, Trigger("by_hand", 2, "", params={"why": "x"}), Staff(TUESDAY))
    assert standing(case) == [(2, "by_hand", other)]
    assert Case.objects.get(pk=case.pk).owner == owner
    assert Entry.objects.get(case=case, kind="escalated").data["member"] == other.pk


@pytest.mark.parametrize("leaves", [away, gone, only_reads])
def test_es1_whoever_stands_on_a_rung_and_cannot_decide_gives_way_to_somebody_who_can(
    seniors: Cast, leaves: Callable[[Member], None]
) -> None:
    rung = brought(seniors, 2)
    assert rung.member == seniors.ines
    leaves(seniors.ines)
    for minutes in (5, 10):
        tasks.rehome_steps(TUESDAY + HOUR + minutes * MINUTE)
        weigh(TUESDAY + HOUR + minutes * MINUTE)
    assert standing(rung.case) == [(2, "by_hand", seniors.marguerite)]
    clock = promises.owed(rung.case).get(kind=Promise.Kind.RUNG)
    step = NextStep.objects.get(case=rung.case)
    assert (clock.promisor, step.who) == (seniors.marguerite, seniors.marguerite)
    assert (told(rung.case, "deescalated"), told(rung.case, "escalated")) == (1, 2)
    assert Alarm.objects.filter(member=seniors.marguerite, code="rung").count() == 1
    after = Escalation.objects.get(case=rung.case, ended_at=None)
    escalating.decide_on(after, "Money back.", "call", by=seniors.marguerite, now=TUESDAY + 2 * HOUR)


def test_es1_nobody_who_may_not_decide_gets_a_rungs_clock(seniors: Cast) -> None:
    """The rung is empty until somebody comes who may."""
    gone(seniors.marguerite)
    rung = brought(seniors, 2)
    away(seniors.ines)
    for minutes in (5, 10):
        tasks.rehome_steps(TUESDAY + HOUR + minutes * MINUTE)
        weigh(TUESDAY + HOUR + minutes * MINUTE)
    assert standing(rung.case) == [(2, "by_hand", None)]
    assert not promises.owed(rung.case).filter(kind=Promise.Kind.RUNG).exists()
    assert NextStep.objects.get(case=rung.case).kind != "decide"
    assert told(rung.case, "deescalated") == 1
    Member.objects.filter(pk=seniors.marguerite.pk).update(is_active=True)
    weigh(TUESDAY + 3 * HOUR)
    assert standing(rung.case) == [(2, "by_hand", seniors.marguerite)]


def test_es1_whoever_is_back_before_the_clock_runs_out_keeps_the_rung(seniors: Cast) -> None:
    rung = brought(seniors, 2)
    Absence.objects.create(member=seniors.ines, starts=TUESDAY + HOUR, ends=TUESDAY + 2 * HOUR)
    tasks.rehome_steps(TUESDAY + HOUR + MINUTE)
    assert standing(rung.case) == [(2, "by_hand", seniors.ines)]


def test_es1_a_rung_that_cannot_be_refilled_stops_no_other(seniors: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = brought(seniors, 2), brought(seniors, 2, key="2")
    away(seniors.ines)

    def refill(rung: Escalation, staff: Staff) -> Escalation:
        if rung.pk == bad.pk:
            raise ValueError("this row is broken")
        return found(rung, staff)

    found = escalating.refill
    monkeypatch.setattr(escalating, "refill", refill)
    for _turn in range(2):
        rehoming.refill_rungs(TUESDAY + HOUR + MINUTE, 1)
    assert standing(bad.case) == [(2, "by_hand", seniors.ines)]
    assert standing(good.case) == [(2, "by_hand", seniors.marguerite)]
    assert told(good.case, "escalated") == 2


def test_es1_what_is_decided_stays_decided_when_they_go_away(seniors: Cast) -> None:
    rung = brought(seniors, 2)
    escalating.decide_on(rung, "Money back.", "call", by=seniors.ines, now=TUESDAY + HOUR)
    away(seniors.ines)
    tasks.rehome_steps(TUESDAY + 2 * HOUR)
    assert standing(rung.case) == [(2, "by_hand", seniors.ines)]


def test_c3_2_what_is_new_on_a_rung_that_has_decided_has_a_clock_of_its_own(seniors: Cast) -> None:
    rung = brought(seniors, 3)
    escalating.decide_on(rung, "Money back.", "call", by=member_of(rung), now=TUESDAY + 2 * HOUR)
    weigh(TUESDAY + 2 * HOUR)
    case = Case.objects.get(pk=rung.case_id)
    matter.change(case, matter.of(case), {**matter.of(case), "guard": "safety"}, by=seniors.delphine, now=TUESDAY + DAY)
    for hours in (0, 1):
        weigh(TUESDAY + DAY + hours * HOUR)
    assert standing(case) == [(3, "severity", seniors.marguerite)]
    clock = promises.owed(case).get(kind=Promise.Kind.RUNG)
    assert (clock.made_at, clock.promisor) == (TUESDAY + DAY, seniors.marguerite)
    assert Alarm.objects.filter(case=case, code="rung", at=TUESDAY + DAY).get().member == seniors.marguerite
    assert told(case, "escalated") == 2
    assert NextStep.objects.get(case=case).rung == 3


def test_c3_2_what_is_new_on_a_rung_that_still_decides_is_decided_with_the_rest(seniors: Cast) -> None:
    rung = brought(seniors, 3)
    case = Case.objects.get(pk=rung.case_id)
    matter.change(case, matter.of(case), {**matter.of(case), "guard": "safety"}, by=seniors.delphine, now=TUESDAY + DAY)
    weigh(TUESDAY + DAY)
    assert standing(case) == [(3, "by_hand", seniors.marguerite)]
    assert told(case, "escalated") == 1


def test_c3_2_a_danger_that_begins_again_comes_to_a_director_again(seniors: Cast) -> None:
    case = complaint(seniors, text="My gas leaks.")
    Case.objects.filter(pk=case.pk).update(severity=5)
    weigh(TUESDAY + MINUTE)
    assert standing(case) == [(3, "severity", seniors.marguerite)]
    starting.write_up_call(case, "Turn it off, we come.", by=seniors.delphine, now=TUESDAY + 2 * MINUTE)
    closing.close(case, "silent", by=seniors.delphine, now=TUESDAY + DAY)
    closing.reopen(case, by=seniors.delphine, now=TUESDAY + DAY + MINUTE, why="It leaks again.")
    weigh(TUESDAY + 2 * DAY)
    assert [(rung, code) for rung, code, _member in standing(case)] == [(3, "severity")]
    assert told(case, "escalated") == 2


def test_c3_2_what_is_grave_once_more_counts_once_more(seniors: Cast) -> None:
    """And not while it is only as grave as it was: whoever ended the rung has weighed that."""
    case = complaint(seniors)
    Case.objects.filter(pk=case.pk).update(severity=5)
    weigh(TUESDAY + MINUTE)
    rung = Escalation.objects.get(case=case)
    escalating.end(rung, "It was a false alarm.", by=seniors.marguerite, now=TUESDAY + HOUR)
    weigh(TUESDAY + HOUR)
    assert standing(case) == []
    for hours, severity in ((2, 3), (3, 5)):
        found = Case.objects.get(pk=case.pk)
        new = {**matter.of(found), "severity": severity}
        matter.change(found, matter.of(found), new, by=seniors.delphine, now=TUESDAY + hours * HOUR)
        weigh(TUESDAY + hours * HOUR)
    assert [(rung, code) for rung, code, _member in standing(case)] == [(3, "severity")]


def test_c3_2_the_next_occasion_counts_as_the_first_did(seniors: Cast) -> None:
    case = complaint(seniors)
    Case.objects.filter(pk=case.pk).update(occasion_at=TUESDAY + 2 * DAY)
    weigh(TUESDAY + MINUTE)
    rung = Escalation.objects.get(case=case)
    escalating.end(rung, "The flowers are there.", by=member_of(rung), now=TUESDAY + HOUR)
    weigh(TUESDAY + HOUR)
    assert standing(case) == []
    Case.objects.filter(pk=case.pk).update(occasion_at=TUESDAY + 3 * DAY)
    Weighing.objects.update(at=TUESDAY + 2 * HOUR)
    weigh(TUESDAY + 2 * HOUR)
    assert [(rung, code) for rung, code, _member in standing(case)] == [(1, "occasion")]
    assert told(case, "escalated") == 2


def test_only_whoever_joined_decides(seniors: Cast) -> None:
    rung = brought(seniors, 2)
    with pytest.raises(RungError, match="Only whoever joined"):
        escalating.decide_on(rung, "Money back.", "call", by=seniors.delphine, now=TUESDAY + HOUR)
    assert told(rung.case, "rung.decided") == 0


def test_c3_4_a_call_at_once_after_the_alarm_keeps_the_call(seniors: Cast) -> None:
    """Over night, too: whoever rings before the desk closes need not ring again in the morning."""
    case = complaint(seniors)
    identities.add_identity(case.customer, "phone", "+44 20 7946 0142", TUESDAY)
    starting.write_up_call(case, "Sorry.", by=seniors.delphine, now=TUESDAY + HOUR)
    offering.make(case, "New roses.", by=seniors.delphine, now=TUESDAY + 6 * HOUR)
    weigh(TUESDAY + 6 * HOUR)
    at = TUESDAY + 6 * HOUR + 2 * DAY
    weigh(at)
    call = promises.owed(case).get(kind=Promise.Kind.CALLBACK)
    assert call.due > at + 12 * HOUR
    starting.write_up_call(case, "She says yes.", by=seniors.delphine, now=at + 5 * MINUTE, seconds=600)
    call.refresh_from_db()
    assert call.kept_at == at + 5 * MINUTE
    assert Entry.objects.filter(case=case, kind="promise.kept", data__promise=call.pk).count() == 1


def test_a_new_complaint_on_a_rung_that_has_decided_is_asked_about(seniors: Cast) -> None:
    """ES5: what was decided did not do."""
    rung = brought(seniors, 3)
    escalating.decide_on(rung, "New flowers.", "call", by=member_of(rung), now=TUESDAY + 2 * HOUR)
    thread = "In-Reply-To: <1@mail.example.com>\n"
    hear(seniors.mailbox, mail("They are still broken.", key="2", headers=thread), TUESDAY + 3 * HOUR)
    weigh(TUESDAY + 3 * HOUR)
    assert promises.owed(rung.case).filter(kind=Promise.Kind.RUNG).count() == 1
    assert told(rung.case, "escalated") == 2


def test_what_everybody_carries_is_counted_once_for_all_cases_that_find_nobody_on_their_rung(cast: Cast) -> None:
    """It takes its time at a million cases."""
    cases = [complaint(cast, key=str(n), sender=f"one{n}@example.com", subject=f"Vase {n}") for n in range(3)]
    for case in cases:
        word = promises.Word("ring you", TUESDAY + 2 * HOUR, Promise.Kind.CALLBACK)
        promises.make(case, word, promisor=cast.delphine, at=TUESDAY, by=cast.delphine)
    tasks.break_promises(TUESDAY + 2 * HOUR)
    with CaptureQueriesContext(connection) as asked:
        weighing.weigh_changed(TUESDAY + 2 * HOUR)
    counted = [one for one in asked.captured_queries if 'FROM "cases_nextstep" GROUP BY' in one["sql"]]
    assert len(counted) == 1
    assert [standing(case) for case in cases] == [[(2, "double_deviation", None)]] * 3
    assert Alarm.objects.filter(code="rung_empty").count() == 3
