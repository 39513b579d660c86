"""A letter that did not reach everybody: who is told, whose address is doubted, and how that ends."""

from __future__ import annotations

from datetime import timedelta

import pytest

from amends.cases.models import Closure, Entry, NextStep
from amends.channels import inbox, outbox
from amends.channels.message import AccountSettings, ChannelError, OutgoingMessage, Receipt
from amends.channels.models import Delivery
from amends.clock import promises
from amends.flows import closing, intake, portal, reply, tasks
from amends.flows.tests.test_bounce import report
from amends.flows.tests.test_reply import LATER, sent, written
from amends.people.models import Identity
from tests.cast import Cast, complaint, hear, mail

CUSTOMER, COPY = "rosalind@example.com", "winifred@example.com"
SOME = ChannelError("not for winifred", permanent=True, code="some_refused", took=[CUSTOMER], unknown=[COPY])
LATER_FOR_COPY = ChannelError("not for winifred yet", permanent=False, code="some_refused", took=[CUSTOMER])
PASSWORD = ChannelError("the password is refused", permanent=True, code="auth")
AN_HOUR_ON = LATER + timedelta(hours=1)


class Server:
    """An adapter that gives its answers in turn, the last one for ever; it notes whom each letter went to."""

    def __init__(self, *answers: ChannelError | None) -> None:
        self.answers = list(answers)
        self.knows: bool | None = None
        self.asked: list[list[str]] = []

    def has_sent(self, account: AccountSettings, message_id: str) -> bool | None:
        return self.knows

    def send(self, account: AccountSettings, message: OutgoingMessage) -> Receipt:
        self.asked.append(message.readers)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if answer is not None:
            raise answer
        return Receipt("250 taken")


def serve(monkeypatch: pytest.MonkeyPatch, *answers: ChannelError | None) -> Server:
    server = Server(*answers)
    monkeypatch.setattr("amends.channels.outbox.adapter_of", lambda kind: server)
    return server


def doubted() -> set[str]:
    return set(Identity.objects.exclude(undeliverable_at=None).values_list("value", flat=True))


def test_only_who_was_refused_is_named_and_nobody_else_is_doubted(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    serve(monkeypatch, SOME)
    case = complaint(cast)
    sent(cast, case, cc=[COPY])
    assert Entry.objects.get(case=case, kind="contact.failed").data["recipients"] == [COPY]
    assert doubted() == set()


def test_a_further_try_goes_only_to_those_who_have_it_not(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    server = serve(monkeypatch, LATER_FOR_COPY, LATER_FOR_COPY, None)
    case = complaint(cast)
    entry = sent(cast, case, cc=[COPY])
    assert Delivery.objects.get().state == Delivery.State.WAITING
    tasks.deliver_waiting(LATER + timedelta(minutes=5))
    tasks.deliver_waiting(LATER + timedelta(minutes=30))
    assert server.asked == [[CUSTOMER, COPY], [COPY], [COPY]]
    assert Delivery.objects.get(entry=entry).state == Delivery.State.SENT
    assert not Entry.objects.filter(kind="contact.failed").exists()


def test_trying_again_by_hand_leaves_out_who_has_it(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    server = serve(monkeypatch, SOME, None)
    entry = sent(cast, complaint(cast), cc=[COPY])
    assert outbox.try_again(entry.delivery.pk, AN_HOUR_ON)
    tasks.deliver_waiting(AN_HOUR_ON)
    assert server.asked == [[CUSTOMER, COPY], [COPY]]


def test_our_own_mailbox_in_trouble_for_days_loses_no_letter_and_doubts_nobody(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(monkeypatch, PASSWORD)
    case = complaint(cast)
    delivery = sent(cast, case).delivery
    at = LATER
    for _again in range(20):
        at = max(at + timedelta(hours=8), delivery.next_try_at)
        tasks.deliver_waiting(at)
        delivery.refresh_from_db()
    assert delivery.state == Delivery.State.WAITING
    assert delivery.next_try_at - at < timedelta(minutes=16)
    assert doubted() == set() and not Entry.objects.filter(kind="contact.failed").exists()


def test_when_one_letter_leaves_the_trouble_is_over_and_the_others_follow_at_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(monkeypatch, PASSWORD)
    first = sent(cast, complaint(cast)).delivery
    tasks.deliver_waiting(first.next_try_at)
    sent(cast, complaint(cast, key="2", subject="Another matter"))
    server.answers = [None]
    cast.mailbox.refresh_from_db()
    assert cast.mailbox.trouble == "the password is refused"
    until = cast.mailbox.speak_after
    assert until is not None

    asked = len(server.asked)
    tasks.deliver_waiting(until - timedelta(seconds=1))
    assert len(server.asked) == asked, "they wait together"
    tasks.deliver_waiting(until)
    tasks.deliver_waiting(until + timedelta(seconds=2))
    cast.mailbox.refresh_from_db()
    assert cast.mailbox.trouble == ""
    assert set(Delivery.objects.values_list("state", flat=True)) == {Delivery.State.SENT}


def test_a_mailbox_that_cannot_speak_is_asked_once_a_round_not_once_a_letter(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        case = complaint(cast, key=str(number), subject=f"Matter {number}")
        reply.hold(written(cast, case), by=case.owner or cast.bo, now=LATER)
    tasks.release_held(LATER + timedelta(seconds=16))
    server = serve(monkeypatch, PASSWORD)
    tasks.deliver_waiting(AN_HOUR_ON)
    assert len(server.asked) == 1
    assert not outbox.waiting(AN_HOUR_ON)
    assert len(outbox.waiting(AN_HOUR_ON + timedelta(minutes=2))) == 3
    tasks.deliver_waiting(AN_HOUR_ON + timedelta(minutes=2))
    assert len(server.asked) == 2, "one probe finds out for all"


def test_a_letter_that_our_server_hangs_up_on_is_given_up_when_others_leave(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never silent (CH6)."""
    serve(monkeypatch, ChannelError("hung up", permanent=False, code="connect"))
    delivery = sent(cast, complaint(cast)).delivery
    serve(monkeypatch, None)
    other = sent(cast, complaint(cast, key="2", subject="Another matter")).delivery
    Delivery.objects.filter(pk=other.pk).update(sent_at=LATER + timedelta(days=2))
    serve(monkeypatch, ChannelError("hung up", permanent=False, code="connect"))
    Delivery.objects.filter(pk=delivery.pk).update(
        state=Delivery.State.WAITING, tries=1, sent_at=None, next_try_at=LATER
    )
    tasks.deliver_waiting(LATER + timedelta(days=3))
    delivery.refresh_from_db()
    assert delivery.state == Delivery.State.FAILED
    assert doubted() == set()


def test_a_letter_that_leaves_after_all_clears_the_address_and_the_step(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = ChannelError("550 5.1.1", permanent=True, code="refused", unknown=[CUSTOMER])
    serve(monkeypatch, gone, None)
    case = complaint(cast)
    entry = sent(cast, case)
    assert doubted() == {CUSTOMER} and NextStep.objects.get(case=case).kind == "reach"
    outbox.try_again(entry.delivery.pk, AN_HOUR_ON)
    tasks.deliver_waiting(AN_HOUR_ON)
    assert doubted() == set()
    assert NextStep.objects.get(case=case).kind == "hear"
    assert not promises.owed(case).filter(kind="reach").exists()


def test_on_a_closed_case_the_step_goes_when_the_letter_leaves_after_all(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(monkeypatch, None)
    case = complaint(cast)
    entry = sent(cast, case)
    closing.close(case, "answered", by=cast.delphine, now=AN_HOUR_ON)
    hear(cast.mailbox, report(entry.letter.message_id), AN_HOUR_ON)
    assert NextStep.objects.get(case=case).kind == "reach"
    outbox.try_again(entry.delivery.pk, AN_HOUR_ON)
    tasks.deliver_waiting(AN_HOUR_ON)
    assert Closure.objects.filter(case=case).exists()
    assert not NextStep.objects.filter(case=case).exists()


def test_mail_from_an_address_shows_that_it_lives(cast: Cast) -> None:
    case = complaint(cast)
    entry = sent(cast, case)
    hear(cast.mailbox, report(entry.letter.message_id), AN_HOUR_ON)
    assert doubted() == {CUSTOMER} and portal.known_address(cast.rosalind) is None
    inbox.keep(cast.mailbox, mail("Hello again", key="9"), source="test", now=AN_HOUR_ON)
    tasks.take_in_waiting(AN_HOUR_ON)
    assert doubted() == set() and portal.known_address(cast.rosalind) is not None


def test_a_report_doubts_only_addresses_that_the_letter_went_to(cast: Cast) -> None:
    """Whoever has a letter has its signed Message-ID, and may write a report that names the customer."""
    case = complaint(cast)
    entry = sent(cast, case, to=[COPY])
    failed = hear(cast.mailbox, report(entry.letter.message_id), AN_HOUR_ON)
    assert doubted() == set()
    assert failed is not None and failed.data["recipients"] == [COPY]


@pytest.mark.parametrize(
    ("status", "dead"),
    [("5.1.1", True), ("5.1.10", True), ("5.2.1", True), ("5.0.0", True), ("5.2.2", False), ("5.7.1", False),
     ("5.1.8", False), ("5.4.7", False)],
)  # fmt: skip
def test_only_a_report_about_the_address_itself_doubts_it(cast: Cast, status: str, dead: bool) -> None:
    entry = sent(cast, complaint(cast))
    hear(cast.mailbox, report(entry.letter.message_id, status=status), AN_HOUR_ON)
    assert doubted() == ({CUSTOMER} if dead else set())


def test_after_a_report_only_those_named_get_the_letter_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    server = serve(monkeypatch, None)
    entry = sent(cast, complaint(cast), cc=[COPY])
    hear(cast.mailbox, report(entry.letter.message_id), AN_HOUR_ON)
    outbox.try_again(entry.delivery.pk, AN_HOUR_ON)
    tasks.deliver_waiting(AN_HOUR_ON)
    assert server.asked == [[CUSTOMER, COPY], [CUSTOMER]]


def test_a_report_on_one_reader_tells_of_the_other_who_was_still_to_be_tried(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(monkeypatch, LATER_FOR_COPY, None)
    case = complaint(cast)
    letter = sent(cast, case, cc=[COPY]).letter

    hear(cast.mailbox, report(letter.message_id), LATER + timedelta(minutes=1))

    assert Entry.objects.get(case=case, kind="contact.failed").data["recipients"] == [CUSTOMER, COPY]
    assert doubted() == {CUSTOMER}
    tasks.deliver_waiting(AN_HOUR_ON)
    assert len(server.asked) == 1


def test_an_address_lives_when_mail_comes_from_it_whoever_takes_it_in(cast: Cast) -> None:
    complaint(cast)
    Identity.objects.filter(value=CUSTOMER).update(undeliverable_at=LATER, undeliverable_why="no such user")
    newsletter = mail("Do write to me here.", key="2", headers="Precedence: bulk\n")
    kept = inbox.keep(cast.mailbox, newsletter, source="test", now=LATER)
    tasks.take_in_waiting(LATER)
    assert doubted() == {CUSTOMER}, "a machine's word proves nothing"
    assert intake.take_in_anyway(kept.pk, LATER) is not None
    assert doubted() == set()
