"""Law 1: an open case's step belongs to somebody who can do it, whatever happens to the staff."""

from __future__ import annotations

from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from amends.cases import next_step, ownership
from amends.cases.models import Case, NextStep
from amends.cases.next_step import Said, Step
from amends.clock import promises
from amends.clock.models import Absence, Alarm, Promise
from amends.flows import closing, handover, rehoming, steps
from amends.flows.decide import decide
from amends.people import inviting
from amends.people.models import Member, Role
from tests.cast import TUESDAY, Cast, complaint, hear, mail

MOST = 50


def who_has(case: Case) -> Member:
    return NextStep.objects.select_related("who").get(case=case).who


def moved(case: Case) -> list[str]:
    return list(case.entries.filter(kind="owner.set").order_by("pk").values_list("data__owner_name", flat=True))


def test_cases_of_somebody_switched_off_go_to_a_colleague(cast: Cast) -> None:
    case = complaint(cast)
    gone = who_has(case)
    inviting.switch_off(gone)
    assert rehoming.rehome(TUESDAY, MOST) == 1
    assert who_has(case).is_active
    assert Case.objects.get(pk=case.pk).owner == who_has(case)
    assert moved(case) == [gone.name, who_has(case).name]


def test_somebody_who_only_reads_now_has_no_step(cast: Cast) -> None:
    case = complaint(cast)
    gone = who_has(case)
    Member.objects.filter(pk=gone.pk).update(role=Role.READER)
    assert rehoming.rehome(TUESDAY, MOST) == 1
    assert who_has(case) != gone


def test_somebody_who_left_the_team_keeps_no_case_that_they_cannot_see(cast: Cast) -> None:
    case = complaint(cast)
    gone = who_has(case)
    gone.teams.clear()
    assert rehoming.rehome(TUESDAY, MOST) == 1
    assert who_has(case) != gone
    assert cast.florists in who_has(case).teams.all()


def test_when_all_of_a_team_are_gone_a_lead_has_it(cast: Cast) -> None:
    case = complaint(cast)
    Member.objects.filter(teams=cast.florists).update(is_active=False)
    assert rehoming.rehome(TUESDAY, MOST) == 1
    assert who_has(case) == cast.marguerite


def test_who_can_act_keeps_the_case_and_nothing_is_written(cast: Cast) -> None:
    case = complaint(cast)
    before = case.entries.count()
    assert rehoming.rehome(TUESDAY, MOST) == 0
    assert case.entries.count() == before


def test_a_case_handed_to_an_admin_stays_with_the_admin(cast: Cast) -> None:
    """Nobody is passed around because a team exists."""
    case = complaint(cast)
    handover.hand_over(case, cast.marguerite, "It came late; she wants money.", by=who_has(case), now=TUESDAY)
    hear(cast.mailbox, mail("Still waiting.", key="2", headers="In-Reply-To: <1@mail.example.com>\n"))
    assert who_has(case) == cast.marguerite
    assert rehoming.rehome(TUESDAY, MOST) == 0


def test_a_word_given_by_somebody_who_left_binds_the_owner(cast: Cast) -> None:
    case = complaint(cast)
    owner, colleague = who_has(case), next(one for one in (cast.delphine, cast.bo) if one != who_has(case))
    word = promises.Word(
        act="ring", due=TUESDAY + timedelta(minutes=5), kind=Promise.Kind.CALLBACK, source=Promise.Source.PERSON
    )
    promises.make(case, word, promisor=colleague, at=TUESDAY, by=colleague)
    assert decide(case, TUESDAY).who == colleague
    colleague.teams.clear()
    assert rehoming.rehome(TUESDAY, MOST) == 1
    assert who_has(case) == owner


@pytest.mark.parametrize("most", [1, 2])
def test_many_cases_are_moved_in_batches(cast: Cast, most: int) -> None:
    cases = [complaint(cast, key=str(n), subject=f"Matter {n}") for n in range(3)]
    inviting.switch_off(who_has(cases[0]))
    left = [rehoming.rehome(TUESDAY, most) for _ in range(4)]
    assert sum(left) == 3
    assert max(left) == most
    assert decide(Case.objects.get(pk=cases[0].pk), TUESDAY).who.is_active


def test_a_letter_of_a_closed_case_that_failed_is_still_to_be_brought_there(cast: Cast) -> None:
    """What is moved is the step as it is: nothing is owed on a closed case, and nobody is asked how it was."""
    case = complaint(cast)
    gone = who_has(case)
    closing.close(case, "answered", by=cast.ines, now=TUESDAY)
    before = Step(who=gone, kind="reach", what=case.title, by=TUESDAY + timedelta(hours=2))
    next_step.set_step(case, before, Said("Where is it?", "email"), at=TUESDAY)
    inviting.switch_off(gone)
    assert rehoming.rehome(TUESDAY, MOST) == 1
    after = NextStep.objects.get(case=case)
    assert after.who.is_active
    assert (after.kind, after.by, after.said, after.promise_id) == ("reach", before.by, "Where is it?", None)
    assert not promises.owed(case).exists()
    assert rehoming.rehome(TUESDAY, MOST) == 0


def goes_away(member: Member, stand_in: Member | None = None, *, days: int = 3) -> None:
    Absence.objects.create(member=member, starts=TUESDAY, ends=TUESDAY + timedelta(days=days), stand_in=stand_in)


def test_who_stands_in_gets_what_is_due_while_its_owner_is_away(cast: Cast) -> None:
    """RO5."""
    case = complaint(cast)
    goes_away(who_has(case), cast.ines)
    assert rehoming.rehome(TUESDAY, MOST) == 1
    assert who_has(case) == cast.ines
    assert Case.objects.get(pk=case.pk).owner == cast.ines
    assert rehoming.rehome(TUESDAY, MOST) == 0


def test_an_admin_who_stands_in_gets_it_too(cast: Cast) -> None:
    case = complaint(cast)
    goes_away(who_has(case), cast.marguerite)
    assert rehoming.rehome(TUESDAY, MOST) == 1
    assert who_has(case) == cast.marguerite


def test_without_a_stand_in_it_goes_to_whoever_fits_and_is_here(cast: Cast) -> None:
    case = complaint(cast)
    gone = who_has(case)
    goes_away(gone)
    assert rehoming.rehome(TUESDAY, MOST) == 1
    assert who_has(case) != gone


def test_what_is_due_after_they_are_back_waits_for_them(cast: Cast) -> None:
    case = complaint(cast)
    owner = who_has(case)
    steps.not_now(case, TUESDAY + timedelta(days=5), "she is in Oslo", by=owner, now=TUESDAY)
    goes_away(owner, cast.ines)
    assert rehoming.rehome(TUESDAY, MOST) == 0
    assert who_has(case) == owner


def test_an_absence_that_has_not_begun_moves_nothing(cast: Cast) -> None:
    case = complaint(cast)
    goes_away(who_has(case), cast.ines)
    assert rehoming.rehome(TUESDAY - timedelta(minutes=1), MOST) == 0


def test_when_everybody_is_away_nothing_is_passed_around(cast: Cast) -> None:
    case = complaint(cast)
    before = case.entries.count()
    for member in cast.florists.members.all():
        goes_away(member)
    assert rehoming.rehome(TUESDAY, MOST) == 0
    assert case.entries.count() == before


def breaks_on(monkeypatch: pytest.MonkeyPatch, *bad: Case) -> None:
    def hold(case_id: int) -> Case:
        if case_id in [case.pk for case in bad]:
            raise ValueError("this row is broken")
        return found(case_id)

    found = ownership.hold
    monkeypatch.setattr(ownership, "hold", hold)


def test_a_case_that_cannot_be_moved_stops_no_other(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = complaint(cast), complaint(cast, key="2", subject="Another matter")
    gone = who_has(bad)
    inviting.switch_off(gone)
    breaks_on(monkeypatch, bad)
    with capture_logs() as said:
        assert rehoming.rehome(TUESDAY, MOST) == 1
    assert [(one["row"], one["log_level"]) for one in said] == [(bad.pk, "error")]
    assert who_has(good).is_active and who_has(bad) == gone
    assert moved(good) == [gone.name, who_has(good).name]


def test_cases_that_cannot_be_moved_do_not_keep_all_behind_them_waiting(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More of them than one turn takes; those behind them have their turn, and what is mended goes as well."""
    cases = [complaint(cast, key=str(n), subject=f"Matter {n}") for n in range(6)]
    inviting.switch_off(who_has(cases[0]))
    with monkeypatch.context() as broken:
        breaks_on(broken, *cases[:3])
        assert sum(rehoming.rehome(TUESDAY, 2) for _ in range(6)) == 3
        assert [who_has(case).is_active for case in cases] == [False] * 3 + [True] * 3
    assert sum(rehoming.rehome(TUESDAY, 2) for _ in range(2)) == 3


def test_a_brand_in_which_nobody_is_left_does_not_keep_the_others_waiting(cast: Cast) -> None:
    lost = hear(cast.other_mailbox, mail("It is down.", key="9", to="help@vantry.example"), TUESDAY - timedelta(days=1))
    assert lost is not None
    case = complaint(cast)
    gone = [who_has(case), cast.callum, cast.ines, cast.marguerite]  # leads and admins would have it as well
    Member.objects.filter(pk__in=[member.pk for member in gone]).update(is_active=False)
    assert sum(rehoming.rehome(TUESDAY, 1) for _ in range(2)) == 1
    assert who_has(case).is_active
    assert who_has(Case.objects.get(pk=lost.case_id)) == cast.callum


def test_one_alarm_that_cannot_be_raised_keeps_no_other_back(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = complaint(cast), complaint(cast, key="2", subject="Another matter")
    Member.objects.filter(pk__in=[cast.delphine.pk, cast.bo.pk]).update(is_active=False)
    NextStep.objects.update(by=TUESDAY)
    breaks_on(monkeypatch, bad)
    assert rehoming.ring_for_nobody(TUESDAY, MOST) == 1
    assert list(Alarm.objects.filter(code="nobody").values_list("case", flat=True)) == [good.pk]
