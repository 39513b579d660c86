"""Two things happen to one case in the same second. On PostgreSQL both go on at once, unless one holds the case."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from amends.cases.models import Case, Closure, Entry, NextStep
from amends.channels import inbox
from amends.channels.models import Kept
from amends.clock.alarms import raise_alarm
from amends.clock.models import Alarm
from amends.flows import closing, intake, matter, scoring, tasks, telling
from amends.flows.looking import Staff
from amends.people.models import Notice
from tests.cast import TUESDAY, Cast, complaint, hear, mail

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]
LATER = TUESDAY + timedelta(hours=1)
PATIENCE = 0.7
"""Seconds that the first waits for the second, which may wait for the first."""


def overtake(first: Callable[[], object], second: Callable[[], object], *, before: str) -> None:
    """Run `first`; when it is about to say `before` to the database, `second` begins and may overtake it."""
    other = threading.Thread(target=_to_the_end, args=[second])

    def stop(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(before) and not other.ident:
            other.start()
            other.join(PATIENCE)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(stop):
        first()
    assert other.ident, f"{before} was never said"
    other.join()


def _to_the_end(second: Callable[[], object]) -> None:
    try:
        second()
    finally:
        connection.close()


def test_a_mail_that_comes_in_while_its_case_is_closed_opens_it_again(cast: Cast) -> None:
    case = complaint(cast)
    overtake(
        lambda: closing.close(case, "answered", by=cast.delphine, now=LATER),
        lambda: hear(cast.mailbox, mail("One more.", key="2", headers="In-Reply-To: <1@mail.example.com>\n"), LATER),
        before='INSERT INTO "cases_closure"',
    )
    assert Entry.objects.filter(case=case, kind="contact.in").count() == 2
    assert not Closure.objects.filter(case=case).exists()
    assert NextStep.objects.get(case=case).kind == "answer"
    assert Case.objects.get().pk == case.pk


def test_one_mail_to_two_of_our_addresses_is_told_once_by_two_workers(cast: Cast) -> None:
    """CV11."""
    copies = [inbox.keep(box, mail(), source="test", now=LATER).pk for box in (cast.mailbox, cast.other_mailbox)]
    overtake(
        lambda: intake.take_in(copies[0], LATER),
        lambda: intake.take_in(copies[1], LATER),
        before='INSERT INTO "cases_entry"',
    )
    assert Entry.objects.filter(kind="contact.in").count() == 1
    assert sorted(Kept.objects.values_list("state", flat=True)) == [Kept.State.IGNORED, Kept.State.TAKEN]


def test_the_same_matter_sent_twice_at_once_is_one_case(cast: Cast) -> None:
    """C3.3 "multiple"."""
    twice = [inbox.keep(cast.mailbox, mail(key=key), source="test", now=LATER).pk for key in ("1", "2")]
    overtake(
        lambda: intake.take_in(twice[0], LATER),
        lambda: intake.take_in(twice[1], LATER),
        before='INSERT INTO "cases_entry"',
    )
    assert Case.objects.count() == 1
    assert Entry.objects.filter(kind="contact.in").count() == 2


def test_mail_that_gets_into_a_deadlock_is_taken_in_all_the_same(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ours has the message and wants the case; the rival has the case and wants the message.

    On SQLite, which lets one write at a time, ours waits for the rival instead.
    """
    case = complaint(cast)
    answer = mail("One more.", key="2", headers="In-Reply-To: <1@mail.example.com>\n")
    kept = inbox.keep(cast.mailbox, answer, source="test", now=LATER)
    ours, tries = threading.Event(), []
    rival = _Rival(case.pk, kept.pk, ours)
    take_in_all = intake.take_in_all

    def watched(messages: Any, *rest: Any) -> Any:
        tries.append(len(messages))
        if len(tries) == 1:
            rival.start()
            assert rival.has.wait(5)
            if connection.vendor == "sqlite":
                ours.set()
        try:
            return take_in_all(messages, *rest)
        finally:
            ours.set()

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = execute(sql, params, many, context)
        if rival.ident and "channels_kept" in sql and "FOR UPDATE" in sql:
            ours.set()
        return found

    monkeypatch.setattr(intake, "take_in_all", watched)
    _lose_first()
    with connection.execute_wrapper(watch):
        tasks.take_in_waiting(LATER)
    rival.join()
    if connection.vendor == "postgresql":
        assert rival.trouble or len(tries) > 1, "one of them had to give way"
    else:
        assert (rival.trouble, tries) == ([], [1])
    assert Entry.objects.filter(case=case, kind="contact.in").count() == 2
    kept.refresh_from_db()
    assert (kept.state, kept.tries) == (Kept.State.TAKEN, 0)


class _Rival(threading.Thread):
    def __init__(self, case_id: int, kept_id: int, taken: threading.Event) -> None:
        super().__init__(daemon=True)
        self.has = threading.Event()
        self.trouble: list[str] = []
        self._case_id, self._kept_id, self._taken = case_id, kept_id, taken

    def run(self) -> None:
        try:
            with transaction.atomic():
                Case.objects.select_for_update().filter(pk=self._case_id).update(title="A title by somebody else")
                self.has.set()
                self._taken.wait(5)
                if connection.vendor == "sqlite":
                    time.sleep(0.2)
                Kept.objects.select_for_update().filter(pk=self._kept_id).update(reason="A look")
        except Exception as error:
            self.trouble.append(repr(error))
        finally:
            connection.close()


def _lose_first() -> None:
    """Of two in a deadlock, PostgreSQL ends the one that looks first whether it is in one."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET deadlock_timeout = '200ms'")


@pytest.mark.parametrize("place", ["lease", "staff"])
def test_a_database_that_goes_away_between_two_batches_keeps_no_mail_waiting(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """What is leased would wait for the end of its lease: a minute in which nobody answers."""
    kept = [inbox.keep(cast.mailbox, mail("Help!", key=str(n)), source="test", now=LATER) for n in range(3)]
    monkeypatch.setattr(tasks, "MAILS", 2)
    away = iter([False, True] if place == "lease" else [True])

    def at_times(do: Callable[..., Any]) -> Callable[..., Any]:
        def tried(*args: Any, **options: Any) -> Any:
            if next(away, False):
                raise OperationalError("the server closed the connection unexpectedly")
            return do(*args, **options)

        return tried

    if place == "lease":
        monkeypatch.setattr(inbox, "lease", at_times(inbox.lease))
    else:
        monkeypatch.setattr("amends.flows.tasks.Staff", at_times(Staff))
    tasks.take_in_waiting(LATER)
    tasks.take_in_waiting(LATER)
    taken = Kept.objects.filter(pk__in=[one.pk for one in kept], state=Kept.State.TAKEN)
    assert taken.count() == 3 and Entry.objects.filter(kind="contact.in").count() == 3


def test_two_workers_tell_each_alarm_once_and_lose_none(cast: Cast) -> None:
    """SL4."""
    case = complaint(cast)
    for number in range(3):
        raise_alarm(cast.delphine, "promise.half", LATER, case, promise=number)
    overtake(
        lambda: telling.tell(LATER, 3),
        lambda: telling.tell(LATER, 2),
        before='UPDATE "clock_alarm"',
    )
    told = [line["code"] for one in Notice.objects.all() for line in one.body["lines"]]
    assert told == ["promise.half"] * 3
    assert not Alarm.objects.filter(told_at=None).exists()


def test_a_case_that_becomes_graver_while_it_is_scored_keeps_its_new_score(cast: Cast) -> None:
    """C3.5."""
    case = complaint(cast)
    late = TUESDAY + timedelta(days=1)
    graver = {**matter.of(case), "severity": 5}
    overtake(
        lambda: scoring.weigh_anew(late, 50),
        lambda: matter.change(case, matter.of(case), graver, by=cast.delphine, now=late),
        before="WITH told",
    )
    step = NextStep.objects.get(case=case)
    assert step.score == 85
    assert step.score_turns_at is not None and step.score_turns_at > late
