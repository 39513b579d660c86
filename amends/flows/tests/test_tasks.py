"""One row that cannot be worked on stops no other, and a letter is one worker's at a time."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from functools import partial

import pytest

from amends.cases import drafts
from amends.cases.models import Case, Draft, Entry
from amends.channels import inbox, outbox
from amends.channels.email.smtp import LONGEST
from amends.channels.message import AccountSettings, ChannelError, OutgoingMessage, Receipt
from amends.channels.models import Attempt, Delivery, Kept
from amends.flows import drafting, quarantine, reply, tasks
from amends.flows.tests.test_reply import GOOD, LATER
from amends.kit import blobs
from amends.people.models import Member
from tests.cast import Cast, complaint, mail

LEAVES = LATER + timedelta(seconds=16)


def held(cast: Cast, case: Case) -> Draft:
    by = case.owner or cast.bo
    draft = drafts.save(case, "letter", drafts.Written(text=GOOD, to=["rosalind@example.com"]), by=by, now=LATER)
    return reply.hold(draft, by=by, now=LATER).draft


def queued(cast: Cast, case: Case) -> Delivery:
    entry = reply.release(held(cast, case).pk, LEAVES)
    assert entry is not None
    return entry.delivery


def another(cast: Cast, number: int) -> Case:
    return complaint(cast, key=str(number), subject=f"Matter {number}")


class Server:
    """An adapter that takes letters, or says what it is told to say."""

    def __init__(self, *answers: Exception | None) -> None:
        self.answers = list(answers)
        self.knows: bool | None = None
        self.taken: list[str] = []

    def has_sent(self, account: AccountSettings, message_id: str) -> bool | None:
        return self.knows

    def send(self, account: AccountSettings, message: OutgoingMessage) -> Receipt:
        answer = self.answers.pop(0) if self.answers else None
        if answer is not None:
            raise answer
        self.taken.append(message.message_id)
        return Receipt("250 taken")


def serve(monkeypatch: pytest.MonkeyPatch, *answers: Exception | None) -> Server:
    server = Server(*answers)
    monkeypatch.setattr("amends.channels.outbox.adapter_of", lambda kind: server)
    return server


def test_a_letter_whose_file_is_gone_waits_and_the_next_one_leaves(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    case = another(cast, 1)
    by = case.owner or cast.bo
    drafting.attach(case, "letter", [drafting.Upload("card.txt", "text/plain", b"gone")], by=by, now=LATER)
    broken, good = queued(cast, case), queued(cast, another(cast, 2))
    blobs.path_of(broken.entry.files.get().sha256).unlink()
    serve(monkeypatch)
    tasks.deliver_waiting(LEAVES)
    broken.refresh_from_db()
    good.refresh_from_db()
    assert (broken.state, good.state) == (Delivery.State.WAITING, Delivery.State.SENT)
    assert "could not put this letter together" in broken.said
    assert broken.claimed_until is None and broken.next_try_at > LEAVES
    assert Attempt.objects.get(delivery=broken).ok is False


def test_a_letter_that_cannot_be_said_is_a_draft_again_and_the_next_one_leaves(cast: Cast) -> None:
    first, second = held(cast, another(cast, 1)), held(cast, another(cast, 2))
    sent_before = queued(cast, another(cast, 3))
    # Its Message-ID is taken already: the database refuses the second one.
    own = outbox.message_id(first, cast.mailbox.address)
    Delivery.objects.filter(pk=sent_before.pk).update(message_id=own)
    assert tasks.release_held(LEAVES) == 2
    first.refresh_from_db()
    assert (first.hold_until, first.text) == (None, GOOD)
    failed = Entry.objects.get(case=first.case, kind="contact.failed")
    assert "Its words are safe" in failed.data["why"]
    assert Entry.objects.filter(case=second.case, kind="contact.out").exists()


def test_a_message_that_cannot_even_be_set_aside_stops_no_other(cast: Cast) -> None:
    Member.objects.filter(pk__in=[cast.callum.pk, cast.ines.pk, cast.marguerite.pk]).update(is_active=False)
    lost = inbox.keep(cast.other_mailbox, mail("Nobody works there", key="8"), source="test", now=LATER)
    good = inbox.keep(cast.mailbox, mail("Good", key="9"), source="test", now=LATER)
    Kept.objects.filter(pk=lost.pk).update(tries=quarantine.TRIES - 1)
    tasks.take_in_waiting(LATER)
    good.refresh_from_db()
    assert good.state == Kept.State.TAKEN


@pytest.mark.parametrize("tries", [quarantine.TRIES, 32_767], ids=["counted so far", "counted for eleven days before"])
def test_a_message_that_cannot_be_set_aside_for_weeks_is_set_aside_as_soon_as_it_can(cast: Cast, tries: int) -> None:
    leads = Member.objects.filter(pk__in=[cast.callum.pk, cast.ines.pk, cast.marguerite.pk])
    leads.update(is_active=False)
    lost = inbox.keep(cast.other_mailbox, mail("Nobody works there", key="8"), source="test", now=LATER)
    Kept.objects.filter(pk=lost.pk).update(tries=tries)
    quarantine_it = partial(quarantine.failed, lost.pk, ValueError("cannot read this"))
    with pytest.raises(Exception, match="Nobody can have this case"):
        quarantine_it(LATER)
    lost.refresh_from_db()
    assert (lost.state, lost.tries, lost.next_try_at) == (
        Kept.State.WAITING,
        quarantine.TRIES,
        LATER + quarantine.AGAIN_AFTER,
    )
    leads.update(is_active=True)
    quarantine_it(LATER + timedelta(days=12))
    lost.refresh_from_db()
    assert lost.state == Kept.State.UNREADABLE and lost.aside is not None
    assert Entry.objects.filter(case=lost.aside, kind="contact.in").count() == 1


def test_a_letter_whose_mailbox_fails_for_a_year_is_still_tried(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = queued(cast, another(cast, 1))
    Delivery.objects.filter(pk=delivery.pk).update(tries=32_767)
    server = serve(monkeypatch)
    claimed = outbox.claim(delivery.pk, LEAVES)
    assert claimed is not None
    outbox.attempt(claimed, LEAVES)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.tries) == (Delivery.State.SENT, outbox.MOST_TRIES)
    assert server.taken == [delivery.message_id]


def test_a_lost_claim_writes_nothing_over_what_another_worker_did(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = queued(cast, another(cast, 1))
    later = LEAVES + outbox.LEASE + timedelta(seconds=1)
    slow = outbox.claim(delivery.pk, LEAVES)
    other = outbox.claim(delivery.pk, later)
    assert slow is not None and other is not None
    server = serve(monkeypatch)
    outbox.attempt(other, later)
    outbox.attempt(slow, later)
    delivery.refresh_from_db()
    assert (delivery.state, server.taken) == (Delivery.State.SENT, [delivery.message_id])


def test_a_failure_that_comes_after_the_claim_was_lost_changes_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = queued(cast, another(cast, 1))
    later = LEAVES + outbox.LEASE + timedelta(seconds=1)
    slow = outbox.claim(delivery.pk, LEAVES)
    assert slow is not None

    class Slow(Server):
        def send(self, account: AccountSettings, message: OutgoingMessage) -> Receipt:
            if not self.taken:
                self.taken.append("by the other worker")
                other = outbox.claim(delivery.pk, later)
                assert other is not None
                outbox.attempt(other, later)
                raise ChannelError("no answer in time", permanent=True, code="refused")
            return super().send(account, message)

    server = Slow()
    monkeypatch.setattr("amends.channels.outbox.adapter_of", lambda kind: server)
    outbox.attempt(slow, LEAVES)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.said, delivery.in_doubt) == (Delivery.State.SENT, "250 taken", True)


def test_a_claim_lasts_longer_than_any_conversation() -> None:
    assert outbox.LEASE.total_seconds() >= 2 * LONGEST


def test_each_letter_of_a_batch_is_claimed_from_when_its_turn_comes(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = queued(cast, another(cast, 1)), queued(cast, another(cast, 2))
    until: list[datetime] = []

    class Slow(Server):
        def send(self, account: AccountSettings, message: OutgoingMessage) -> Receipt:
            claimed_until = Delivery.objects.get(message_id=message.message_id).claimed_until
            assert claimed_until is not None
            until.append(claimed_until)
            time.sleep(0.05)
            return super().send(account, message)

    server = Slow()
    monkeypatch.setattr("amends.channels.outbox.adapter_of", lambda kind: server)
    tasks.deliver_waiting(LEAVES)
    assert server.taken == [first.message_id, second.message_id]
    assert until[1] - until[0] >= timedelta(seconds=0.05)
