"""Told before it is missed (C4.1, SL8), and still working on it (SL9)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from amends.cases import timeline
from amends.cases.models import Case, Entry, NextStep
from amends.clock import promises
from amends.clock.models import Absence, Alarm, Promise
from amends.flows import looking, note, on_duty, promising, reminding, starting, tasks
from amends.people.models import Member
from tests.cast import TUESDAY, Cast, complaint

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
DUE = TUESDAY + 5 * HOUR


@pytest.fixture
def case(cast: Cast) -> Case:
    made = complaint(cast)
    starting.write_up_call(made, "I said that I ring.", by=cast.delphine, now=TUESDAY)
    return made


def ring(cast: Cast, case: Case, due: datetime = DUE) -> Promise:
    word = promises.Word("ring you", due, Promise.Kind.CALLBACK)
    return promising.give(case, word, promisor=cast.delphine, by=cast.delphine, now=TUESDAY)


def told(now: datetime) -> list[tuple[str, Member]]:
    tasks.remind_of_promises(now)
    return [(alarm.code, alarm.member) for alarm in Alarm.objects.filter(at=now).order_by("pk")]


def test_the_promisor_is_told_at_half_at_four_fifths_and_a_quarter_of_an_hour_before(cast: Cast, case: Case) -> None:
    """C4.1, `promise.remind`: at these minutes, once each, and not a minute earlier."""
    promise = ring(cast, case)
    for minutes, code in ((150, "promise.half"), (240, "promise.most"), (285, "promise.last")):
        at = TUESDAY + minutes * MINUTE
        assert told(at - MINUTE) == []
        assert told(at) == [(code, cast.delphine)]
        assert told(at + MINUTE) == []
    alarm = Alarm.objects.get(code="promise.last")
    assert (alarm.case, alarm.params["promise"], alarm.params["act"]) == (case, promise.pk, "ring you")
    assert Promise.objects.get(pk=promise.pk).remind_at is None


def test_at_the_last_reminder_the_step_asks_for_a_new_time(cast: Cast, case: Case) -> None:
    """SL8: what will be missed cannot expire silently."""
    ring(cast, case)
    told(DUE - 16 * MINUTE)
    assert NextStep.objects.get(case=case).kind == "promise"
    told(DUE - 15 * MINUTE)
    assert NextStep.objects.get(case=case).kind == "retime"
    assert Entry.objects.filter(case=case, kind="step.set").last().data["step"] == "retime"  # type: ignore[union-attr]


def test_reminders_that_a_stopped_worker_missed_come_as_one(cast: Cast, case: Case) -> None:
    ring(cast, case)
    assert told(TUESDAY + 290 * MINUTE) == [("promise.last", cast.delphine)]


def test_what_was_kept_is_not_reminded_of(cast: Cast, case: Case) -> None:
    promising.keep(ring(cast, case), by=cast.delphine, now=TUESDAY + HOUR, evidence="spoke", seconds=60)
    Promise.objects.filter(case=case, kind="hear").update(remind_at=None)
    assert told(DUE - 15 * MINUTE) == []


def test_the_duty_manager_hears_of_what_an_absent_colleague_promised(cast: Cast, case: Case) -> None:
    """C4.1, point 4."""
    ring(cast, case)
    Absence.objects.create(member=cast.delphine, starts=TUESDAY + HOUR, ends=TUESDAY + 9 * HOUR)
    assert told(TUESDAY + 150 * MINUTE) == [("promise.half", cast.ines)]


def test_whoever_is_away_is_not_told_even_if_they_are_back_before_it_is_due(cast: Cast, case: Case) -> None:
    """C4.1, point 4: what is promised goes on without them."""
    ring(cast, case, TUESDAY + DAY)
    Absence.objects.create(member=cast.delphine, starts=TUESDAY + HOUR, ends=TUESDAY + 23 * HOUR)
    assert told(TUESDAY + 12 * HOUR) == [("promise.half", cast.ines)]


def test_whoever_is_at_work_only_after_it_is_due_cannot_be_told(cast: Cast, case: Case) -> None:
    evening = TUESDAY.replace(hour=20)
    ring(cast, case, evening)
    assert told(evening - 15 * MINUTE) == [("promise.last", cast.ines)]


def test_a_rung_goes_before_a_role_and_whoever_is_here_before_all(cast: Cast) -> None:
    assert on_duty.duty_manager(cast.thimble, TUESDAY) == cast.ines
    Member.objects.filter(pk=cast.bo.pk).update(rung=2)
    assert on_duty.duty_manager(cast.thimble, TUESDAY) == cast.bo
    assert on_duty.duty_manager(cast.vantry, TUESDAY) == cast.ines
    for away in (cast.bo, cast.ines):
        Absence.objects.create(member=away, starts=TUESDAY, ends=TUESDAY + DAY)
    assert on_duty.duty_manager(cast.thimble, TUESDAY) == cast.marguerite


def far(cast: Cast, case: Case) -> Promise:
    word = promises.Word("mend the vase", TUESDAY + 20 * DAY, Promise.Kind.FIX)
    return promising.give(case, word, promisor=cast.delphine, by=cast.delphine, now=TUESDAY)


def beat(now: datetime) -> list[Promise]:
    tasks.tell_how_it_stands(now)
    return list(Promise.objects.filter(kind="tell", source="policy", kept_at=None))


def test_whoever_hears_nothing_for_three_working_days_is_owed_a_word(cast: Cast, case: Case) -> None:
    """SL9, C4.5, `status.heartbeat`: Tuesday's word lasts until Friday begins."""
    far(cast, case)
    for day in range(3):
        assert beat(TUESDAY + day * DAY) == []
    friday = datetime(2026, 3, 6, 9, 0, tzinfo=TUESDAY.tzinfo)
    assert beat(friday - MINUTE) == []
    (tell,) = beat(friday)
    assert (tell.promisor, f"{tell.due:%a %H:%M}") == (cast.delphine, "Fri 17:30")
    assert NextStep.objects.get(case=case).promise_id == tell.pk
    assert Entry.objects.filter(case=case, kind="promise.made", data__promise=tell.pk).exists()
    silent = Entry.objects.get(case=case, kind="status.silent")
    assert (silent.at, silent.data["flag"], silent.data["promise"]) == (friday, "STATUS_SILENCE", tell.pk)
    assert beat(friday + DAY) == [tell]
    assert Entry.objects.filter(case=case, kind="status.silent").count() == 1


def test_the_word_starts_three_days_anew_and_a_note_does_not(cast: Cast, case: Case) -> None:
    """SL9: only what they heard counts."""
    far(cast, case)
    beat(TUESDAY)
    note.write(case, "Glue ordered.", by=cast.delphine, now=TUESDAY + 2 * DAY)
    friday = TUESDAY + 3 * DAY
    (tell,) = beat(friday)
    starting.write_up_call(case, "Told her that the glue is on its way.", by=cast.delphine, now=friday)
    assert Promise.objects.get(pk=tell.pk).kept_at == friday
    assert beat(friday + 4 * DAY) == []
    assert len(beat(friday + 5 * DAY)) == 1


def test_nobody_is_told_how_it_stands_while_it_is_theirs_to_answer(cast: Cast, case: Case) -> None:
    assert NextStep.objects.get(case=case).kind == "hear"
    assert beat(TUESDAY + 9 * DAY) == []


def test_a_letter_that_was_never_answered_is_answered_not_told_about(cast: Cast) -> None:
    case = complaint(cast)
    far(cast, case)
    assert beat(TUESDAY + 9 * DAY) == []
    assert timeline.talk_on([case.pk])


def test_c4_2_what_was_counted_anew_in_this_moment_is_not_broken(cast: Cast, case: Case) -> None:
    """The sweep has read its old time; nothing is broken before it is due."""
    promise = ring(cast, case)
    (read,) = [one for one in promises.past_due(DUE, limit=50) if one.pk == promise.pk]
    assert promises.count_anew(promise, DUE + DAY, why="other hours", at=DUE, by=None)
    assert not promises.broke(read), "not by whoever read it before, either"
    assert not reminding.broke(read, DUE, looking.Staff(DUE))
    promise.refresh_from_db()
    assert promise.broken_at is None
    assert not Entry.objects.filter(case=case, kind="promise.broken").exists()
    tasks.break_promises(DUE + DAY)
    promise.refresh_from_db()
    assert promise.broken_at == DUE + DAY
