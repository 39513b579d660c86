"""A clock that jumps: nothing waits for years, nothing happens before its time or twice (reliability §4.3)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from amends.cases import presence
from amends.cases.models import Draft, Entry, NextStep, Presence
from amends.channels import accounts, inbox, outbox
from amends.channels.message import ChannelError
from amends.channels.models import Account, Attempt, Delivery, Kept
from amends.clock import promises
from amends.clock.models import Escalation, Promise
from amends.flows import offering, promising, reply, starting, tasks, weighing
from amends.flows.tests.test_reply import LATER, sent, written
from amends.flows.tests.test_tasks import queued, serve
from amends.kit import beats, tallies
from amends.kit.models import Beat
from amends.people import inviting
from tests.cast import TUESDAY, Cast, complaint, hear, mail

HOUR, YEARS = timedelta(hours=1), timedelta(days=3653)
SECOND = timedelta(seconds=1)
JUMPS = pytest.mark.parametrize("jump", [HOUR, YEARS], ids=["an hour", "ten years"])
REFUSED = ChannelError("451 later", permanent=False, code="later")


@JUMPS
def test_a_mail_that_a_clock_ahead_has_leased_is_taken_in_a_minute_after_it_is_set_right(
    cast: Cast, jump: timedelta
) -> None:
    inbox.keep(cast.mailbox, mail(), source="test", now=LATER + jump)
    assert inbox.lease(LATER + jump, limit=5), "and its worker dies"
    tasks.set_clocks_right(LATER)
    assert tasks.take_in_waiting(LATER + inbox.LEASE) == 1
    assert Entry.objects.get(kind="contact.in").channel == "email"


@JUMPS
def test_a_letter_that_a_clock_ahead_has_claimed_leaves_when_a_claim_of_now_is_over(
    cast: Cast, jump: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = queued(cast, complaint(cast))
    server = serve(monkeypatch)
    assert outbox.claim(letter.pk, LATER + jump), "and its worker dies"
    tasks.set_clocks_right(LATER)
    tasks.deliver_waiting(LATER + outbox.LEASE - SECOND)
    assert server.taken == [], "whoever has it may still be talking to the server"
    tasks.deliver_waiting(LATER + outbox.LEASE)
    assert server.taken == [letter.message_id]
    letter.refresh_from_db()
    assert letter.state == Delivery.State.SENT


@JUMPS
def test_a_letter_that_waits_for_a_clock_ahead_is_tried_when_it_is_set_right(
    cast: Cast, jump: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh, refused = queued(cast, complaint(cast)), queued(cast, complaint(cast, key="2", subject="Another matter"))
    serve(monkeypatch, REFUSED)
    Delivery.objects.filter(pk=refused.pk).update(next_try_at=LATER - HOUR)
    tasks.deliver_waiting(LATER - HOUR)
    server = serve(monkeypatch)
    Delivery.objects.filter(pk__in=[fresh.pk, refused.pk]).update(next_try_at=LATER + jump)
    tasks.set_clocks_right(LATER)
    tasks.deliver_waiting(LATER)
    assert fresh.message_id in server.taken, "it has never been tried"
    tasks.deliver_waiting(LATER + timedelta(hours=31))
    assert sorted(server.taken) == sorted([fresh.message_id, refused.message_id])


@JUMPS
def test_a_letter_held_by_a_clock_ahead_leaves_soon_and_not_before_its_hold(cast: Cast, jump: timedelta) -> None:
    draft = written(cast, complaint(cast))
    reply.hold(draft, by=draft.author, now=LATER + jump)
    tasks.set_clocks_right(LATER)
    assert tasks.release_held(LATER + timedelta(seconds=14)) == 0
    assert tasks.release_held(LATER + timedelta(seconds=120)) == 1
    assert Entry.objects.get(kind="contact.out").at == LATER + timedelta(seconds=120)
    assert not Draft.objects.exists()


def test_a_clock_that_goes_back_sends_no_letter_before_its_hold_and_none_twice(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(monkeypatch)
    draft = written(cast, complaint(cast))
    reply.hold(draft, by=draft.author, now=LATER)
    back = LATER - HOUR
    for seconds in range(0, 15, 5):
        tasks.set_clocks_right(back + seconds * SECOND)
        assert tasks.release_held(back + seconds * SECOND) == 0
    leaves = back + timedelta(minutes=3)
    for now in (leaves, leaves - HOUR, leaves, LATER + HOUR):
        tasks.set_clocks_right(now)
        tasks.release_held(now)
        tasks.deliver_waiting(now)
    assert len(server.taken) == 1
    assert Entry.objects.filter(kind="contact.out").count() == 1
    assert Attempt.objects.get().ok


def test_whoever_is_sending_while_the_clock_goes_back_is_not_overtaken(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = queued(cast, complaint(cast))
    server = serve(monkeypatch)
    claimed = outbox.claim(letter.pk, LATER + timedelta(minutes=1))
    assert claimed is not None
    back = LATER - HOUR
    for minutes in (0, 5, 10):  # no conversation lasts longer
        tasks.set_clocks_right(back + timedelta(minutes=minutes))
        tasks.deliver_waiting(back + timedelta(minutes=minutes))
    assert server.taken == []


@JUMPS
def test_a_case_that_a_clock_ahead_has_opened_is_owed_an_answer_today(cast: Cast, jump: timedelta) -> None:
    case = complaint(cast, TUESDAY + jump)
    tasks.set_clocks_right(TUESDAY)
    step = NextStep.objects.get(case=case)
    assert step.by <= TUESDAY + timedelta(hours=6)
    (owed,) = promises.owed(case)
    assert (step.promise_id, owed.kind) == (owed.pk, Promise.Kind.FIRST_REPLY)
    released = Entry.objects.filter(case=case, kind="promise.released")
    assert released.count() == (jump == YEARS)


def test_what_a_colleague_has_promised_for_a_far_day_stands(cast: Cast) -> None:
    case = complaint(cast)
    owner = case.owner
    assert owner is not None
    word = promises.Word(act="ring you on your tenth wedding day", due=TUESDAY + YEARS)
    given = promises.make(case, word, promisor=owner, at=TUESDAY, by=owner)
    assert tasks.set_clocks_right(TUESDAY) == 0
    given.refresh_from_db()
    assert (given.due, given.released_at) == (TUESDAY + YEARS, None)


@JUMPS
def test_the_alarm_rings_for_what_failed_while_the_clock_ran_ahead(
    cast: Cast, jump: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(monkeypatch, ChannelError("550 nobody here", permanent=True, code="refused"))
    sent(cast, complaint(cast))
    Account.objects.filter(pk=cast.mailbox.pk).update(trouble="It is shut.", trouble_since=LATER + jump)
    failed = Delivery.objects.get()
    assert failed.alarm_at is not None
    Delivery.objects.update(alarm_at=failed.alarm_at + jump)
    tasks.set_clocks_right(LATER)
    tasks.ring_alarms(LATER + timedelta(days=1))
    failed.refresh_from_db()
    cast.mailbox.refresh_from_db()
    assert (failed.alarmed, cast.mailbox.alarmed) == (True, True)


def test_nobody_is_shut_out_for_years(cast: Cast) -> None:
    cache.clear()  # its table is no model's, so what a thread of another test wrote there stays
    tallies.add("form-to", "rosalind@example.com", LATER + YEARS, lasts=HOUR)
    cache.set("allauth:rl:tried", [1.0], int(YEARS.total_seconds()))
    cache.set("once", "of today", 3600)
    tasks.set_clocks_right(timezone.now())
    assert tallies.count("form-to", "rosalind@example.com", LATER) == 0
    assert cache.get("once") == "of today"
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kit_cache")
        assert cursor.fetchone() == (1,)


def test_a_link_made_ahead_is_good_for_two_days_from_now(cast: Cast) -> None:
    secret = inviting.invite(cast.bo, by=None, now=LATER + YEARS)
    tasks.set_clocks_right(LATER)
    assert inviting.member_of(secret, LATER + timedelta(hours=47)) == cast.bo
    with pytest.raises(inviting.InviteError):
        inviting.member_of(secret, LATER + timedelta(hours=48))


def test_a_dead_worker_whose_clock_ran_ahead_is_missed(db: None) -> None:
    beats.Pulse().beat(LATER + YEARS)
    assert not beats.alive(LATER)
    assert beats.last(LATER) is None
    other = beats.Pulse()
    other.beat(LATER)
    assert beats.alive(LATER)
    assert list(Beat.objects.values_list("at", flat=True)) == [LATER]


def test_nobody_is_on_a_case_for_years(cast: Cast) -> None:
    presence.here(complaint(cast), cast.bo, writing=True, now=LATER + YEARS)
    tasks.set_clocks_right(LATER)
    assert not Presence.objects.exists()


@pytest.mark.parametrize(
    "turn", [datetime(2028, 2, 29, 10), datetime(2028, 3, 26, 0, 59), datetime(2028, 10, 29, 0, 59)]
)
def test_a_leap_day_and_both_changes_of_the_clocks_hold_nothing_up(
    cast: Cast, turn: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In London the clocks change at 01:00 UTC; leases and holds know no local time."""
    now = turn.replace(tzinfo=TUESDAY.tzinfo)
    server = serve(monkeypatch)
    entry = hear(cast.mailbox, mail(), now)
    assert entry is not None
    owner = entry.case.owner
    assert owner is not None
    draft = written(cast, entry.case)
    reply.hold(draft, by=owner, now=now)
    assert tasks.set_clocks_right(now) == 0
    assert tasks.release_held(now + timedelta(seconds=14)) == 0
    assert tasks.release_held(now + timedelta(seconds=15)) == 1
    tasks.deliver_waiting(now + timedelta(minutes=2))
    assert len(server.taken) == 1
    assert Kept.objects.get().state == Kept.State.TAKEN


def test_a_mailbox_put_off_by_a_clock_ahead_sends_at_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    letter = queued(cast, complaint(cast))
    server = serve(monkeypatch)
    accounts.could_not_speak(letter.account, "It is shut.", LATER + YEARS, sure=True)
    tasks.deliver_waiting(LATER + timedelta(minutes=1))
    assert server.taken == [letter.message_id]


@JUMPS
def test_what_a_clock_ahead_has_called_broken_runs_on_until_its_time(cast: Cast, jump: timedelta) -> None:
    """C4.1, C4.2: nothing is broken before its time, and its reminders come."""
    case = complaint(cast)
    due = TUESDAY + HOUR - timedelta(minutes=5) if jump == HOUR else TUESDAY + timedelta(days=20)
    word = promises.Word("ring you", due)
    given = promising.give(case, word, promisor=cast.delphine, by=cast.delphine, now=TUESDAY)
    tasks.remind_of_promises(TUESDAY + jump)
    tasks.break_promises(TUESDAY + jump)
    given.refresh_from_db()
    assert (given.broken_at, given.remind_at) == (due, None)
    now = TUESDAY + timedelta(minutes=2)
    tasks.set_clocks_right(now)
    given.refresh_from_db()
    assert promises.state_of(given, now) == "open"
    assert given.remind_at == TUESDAY + (due - TUESDAY) / 2
    entry = Entry.objects.get(case=case, kind="promise.recounted", data__promise=given.pk)
    assert "ran ahead" in entry.data["why"]
    assert tasks.set_clocks_right(now) == 0, "once"
    weighing.weigh([case.pk], now)
    assert not Escalation.objects.exists()
    found = offering.outcome_of(case, due)
    assert found is not None and found.failed == 0, "nor does it hurt when its time comes"
    tasks.break_promises(due)
    given.refresh_from_db()
    assert given.broken_at == due


def test_reminders_that_a_clock_ahead_has_passed_over_come_in_their_time(cast: Cast) -> None:
    """C4.1, `promise.remind`."""
    case = complaint(cast)
    late, early = TUESDAY + timedelta(days=40), TUESDAY + timedelta(days=20)
    given = [
        promising.give(case, promises.Word("ring you", due), promisor=cast.bo, by=cast.bo, now=TUESDAY)
        for due in (early, late)
    ]
    ahead = late - timedelta(minutes=10)
    tasks.remind_of_promises(ahead)
    tasks.break_promises(ahead)
    tasks.set_clocks_right(TUESDAY)
    assert [Promise.objects.get(pk=one.pk).remind_at for one in given] == [
        TUESDAY + timedelta(days=10),
        TUESDAY + timedelta(days=20),
    ]


@pytest.mark.parametrize("ahead", [YEARS, timedelta(days=29), timedelta(days=4), timedelta(hours=30)])
def test_nobody_waits_to_hear_how_it_stands_because_a_clock_ran_ahead(cast: Cast, ahead: timedelta) -> None:
    """SL9: once the clock is right they are told of at the opening of the third working day, as ever."""
    case = complaint(cast)
    third = TUESDAY.replace(day=6, hour=9)
    starting.write_up_call(case, "We mend it.", by=cast.delphine, now=TUESDAY)
    word = promises.Word("mend the vase", TUESDAY + YEARS, Promise.Kind.FIX)
    promising.give(case, word, promisor=cast.delphine, by=cast.delphine, now=TUESDAY)
    NextStep.objects.filter(case=case).update(tell_by=TUESDAY + ahead)
    tasks.set_clocks_right(TUESDAY)
    tell_by = NextStep.objects.get(case=case).tell_by
    assert tell_by is not None and tell_by <= TUESDAY + timedelta(days=1)
    assert tasks.set_clocks_right(TUESDAY) == 0
    while tell_by < third:
        tasks.tell_how_it_stands(tell_by)
        assert not Promise.objects.filter(case=case, kind="tell").exists(), "not before its time"
        before, tell_by = tell_by, NextStep.objects.get(case=case).tell_by or third
        assert before < tell_by <= before + timedelta(days=1)
    assert tell_by == third
    tasks.tell_how_it_stands(third)
    assert Promise.objects.filter(case=case, kind="tell", kept_at=None).count() == 1
    assert Entry.objects.filter(case=case, kind="status.silent").count() == 1
