"""An answer: held, undone, said once, carried."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from amends.cases import drafts, timeline
from amends.cases.models import Case, Draft, Entry, NextStep
from amends.channels.email.read import read
from amends.channels.local.maildir import letters_for
from amends.channels.message import AccountSettings, ChannelError, OutgoingMessage, Receipt
from amends.channels.models import Delivery
from amends.clock import promises
from amends.clock.models import Promise
from amends.flows import dossier, offering, owing, reply, tasks
from amends.people.models import Identity, Partner
from tests.cast import TUESDAY, Cast, complaint, hear, mail

LATER = TUESDAY + timedelta(hours=1)
GOOD = (
    "Dear Rosalind,\n\nthank you for telling me about Winifred's flowers. We sent the wrong ones. That was our "
    "mistake, and I am sorry that it spoilt her birthday; you have every reason to be angry. I will bring her the "
    "right arrangement tomorrow at 10:00.\n\nDelphine Marsh"
)


def written(cast: Cast, case: Case, text: str = GOOD, **parts: Any) -> Draft:
    owner = case.owner
    assert owner is not None
    fields: dict[str, Any] = {"text": text, "to": ["rosalind@example.com"], **parts}
    return drafts.save(case, Draft.Kind.LETTER, drafts.Written(**fields), by=owner, now=LATER)


def sent(cast: Cast, case: Case, **parts: Any) -> Entry:
    draft = written(cast, case, **parts)
    reply.hold(draft, by=draft.author, now=LATER)
    tasks.release_held(LATER + timedelta(seconds=16))
    tasks.deliver_waiting(LATER + timedelta(seconds=16))
    return Entry.objects.get(case=case, kind="contact.out")


def test_a_letter_waits_fifteen_seconds_and_can_be_taken_back(cast: Cast) -> None:
    """CV14."""
    case = complaint(cast)
    draft = written(cast, case)
    reply.hold(draft, by=draft.author, now=LATER)

    assert tasks.release_held(LATER + timedelta(seconds=14)) == 0
    back = drafts.undo(draft.pk, by=draft.author)
    assert back.text == GOOD
    assert tasks.release_held(LATER + timedelta(seconds=60)) == 0
    assert not Entry.objects.filter(kind="contact.out").exists()


def test_a_letter_is_said_once_and_keeps_the_promise_of_an_answer(cast: Cast) -> None:
    case = complaint(cast)
    entry = sent(cast, case)

    assert reply.release(entry.pk, LATER + timedelta(minutes=1)) is None
    assert Entry.objects.filter(kind="contact.out").count() == 1
    assert not Draft.objects.exists()
    kept = Promise.objects.get(case=case, kind=Promise.Kind.FIRST_REPLY)
    assert kept.kept_at == LATER + timedelta(seconds=16)
    assert NextStep.objects.get(case=case).kind == "hear"


def test_a_promise_in_the_letter_becomes_the_next_step(cast: Cast) -> None:
    """SL6."""
    case = complaint(cast)
    due = TUESDAY + timedelta(days=1)
    sent(
        cast,
        case,
        promises=[{"act": "bring her the right arrangement", "due": due.isoformat(), "kind": "send"}],
    )
    step = NextStep.objects.get(case=case)
    assert (step.kind, step.by) == ("promise", due)
    promise = Promise.objects.get(kind="send")
    assert promise.made_in == Entry.objects.get(kind="contact.out")


def test_the_letter_threads_in_every_mail_program(cast: Cast, tmp_path: Path) -> None:
    case = complaint(cast)
    hear(
        cast.mailbox,
        mail(
            "And the vase?",
            key="2",
            subject="Re: The flowers for Winifred",
            headers="References: <1@mail.example.com>\n",
        ),
    )
    entry = sent(cast, case)
    (raw,) = letters_for(tmp_path / "letters", "rosalind@example.com")
    letter = read(raw)

    assert letter.in_reply_to == "<2@mail.example.com>"
    assert letter.references == ("<1@mail.example.com>", "<2@mail.example.com>")
    assert letter.subject == f"Re: The flowers for Winifred [{case.reference}]"
    assert letter.message_id == entry.letter.message_id == Delivery.objects.get().message_id
    assert letter.sender.name == f"{entry.member}, Thimble & Thorn"
    assert "> And the vase?" in letter.text
    assert "/c/" in letter.text


def test_the_customer_answers_into_the_same_case_and_owner(cast: Cast) -> None:
    case = complaint(cast)
    entry = sent(cast, case)
    answer = hear(
        cast.mailbox,
        mail("Thank you. And the vase?", key="7", headers=f"In-Reply-To: {entry.letter.message_id}\n"),
        LATER + timedelta(hours=2),
    )
    assert answer is not None
    assert answer.case_id == case.pk
    step = NextStep.objects.get(case=case)
    assert (step.kind, step.who) == ("answer", case.owner)


def test_what_the_coach_holds_back_needs_a_reason(cast: Cast) -> None:
    case = complaint(cast)
    Case.objects.filter(pk=case.pk).update(kind="complaint")
    case.refresh_from_db()
    arguing = "You are mistaken: our records prove that the bill is correct."
    draft = written(cast, case, arguing)
    with pytest.raises(reply.TakesAMoment):
        reply.hold(draft, by=draft.author, now=LATER)
    with pytest.raises(reply.CoachHolds):
        reply.hold(draft, by=draft.author, now=LATER + timedelta(minutes=1))
    draft = written(cast, case, arguing, reason="legal asked for these words")
    held = reply.hold(draft, by=draft.author, now=LATER + timedelta(minutes=1))
    assert held.review.gate != "ok"
    said = reply.release(held.draft.pk, LATER + timedelta(minutes=2))
    assert said is not None and "ARGUES" in said.data["flags"]


def test_c5_1_to_ask_something_answers_nothing_yet(cast: Cast) -> None:
    case = complaint(cast)
    Case.objects.filter(pk=case.pk).update(kind="complaint")
    case.refresh_from_db()
    entry = sent(cast, case, text="Hi Rosalind, sorry. Could you send a photo?", reason="we need it")
    assert "ONLY_QUESTION" in entry.data["flags"]
    outcome = offering.outcome_of(case, LATER + timedelta(days=1))
    assert outcome is not None and outcome.state == "hurt"


def hurt(cast: Cast) -> Case:
    case = complaint(cast)
    Case.objects.filter(pk=case.pk).update(kind="complaint")
    case.refresh_from_db()
    return case


def stands(case: Case) -> str:
    outcome = offering.outcome_of(case, LATER + timedelta(days=1))
    assert outcome is not None
    return outcome.state


RECEIVED = "Dear Rosalind, thank you for your letter. We have received it, and a colleague will look into it."
STANDS = "Dear Rosalind, thank you for your patience. I am still working on it. I will write to you on Friday at 10:00."


@pytest.mark.parametrize(("text", "state"), [(GOOD, "answered"), (RECEIVED, "hurt")])
def test_c5_1_that_a_letter_came_is_no_answer_to_it(cast: Cast, text: str, state: str) -> None:
    case = hurt(cast)
    entry = sent(cast, case, text=text, reason="she asked for it")
    assert ("ONLY_RECEIVED" in entry.data["flags"]) is (state == "hurt")
    assert stands(case) == state


@pytest.mark.parametrize(("text", "state"), [(STANDS, "hurt"), (GOOD, "answered")])
def test_c5_1_sl9_a_word_on_how_it_stands_is_no_answer(cast: Cast, text: str, state: str) -> None:
    """It keeps what was owed, the word; the answer itself is what brings the case on."""
    case = hurt(cast)
    word = promises.Word("tell you how it stands", LATER + timedelta(hours=3), Promise.Kind.TELL, Promise.Source.POLICY)
    owed = promises.make(case, word, promisor=cast.delphine, at=TUESDAY, by=None)
    entry = sent(cast, case, text=text, reason="she waits")
    assert stands(case) == state
    assert ("ONLY_RECEIVED" in entry.data["flags"]) is (state == "hurt")
    owed.refresh_from_db()
    assert owed.kept_at is not None


@pytest.mark.parametrize("to", ["shop@harrow.example", "landlord@example.net"])
def test_c5_1_c4_3_a_letter_to_a_partner_or_a_stranger_answers_nobody(cast: Cast, to: str) -> None:
    Partner.objects.create(name="Harrow & Heel", email="Shop@harrow.example")
    case = hurt(cast)
    entry = sent(cast, case, to=[to], reason="they shall exchange it")
    assert entry.data["elsewhere"] is True
    assert stands(case) == "hurt"
    owed = Promise.objects.get(case=case, kind=Promise.Kind.FIRST_REPLY)
    assert owed.kept_at is None
    assert NextStep.objects.get(case=case).kind == "answer"
    assert owing.last_word(timeline.talk_on([case.pk])[case.pk]) is None, "it is no word to the customer"
    assert offering.our_last_letter(case) is None, "it offers them nothing"
    assert not any(one.is_ours for one in dossier.of_case(case, LATER).entries)


@pytest.mark.parametrize(
    ("to", "cc"),
    [
        ("rosalind@example.com", ["shop@harrow.example"]),
        ("shop@harrow.example", ["rosalind@example.com"]),
        ("winifred@example.com", []),
    ],
)
def test_c5_1_whoever_wrote_is_answered_and_a_partner_in_copy_takes_nothing_away(
    cast: Cast, to: str, cc: list[str]
) -> None:
    """Winifred wrote on Rosalind's case, so that a letter to her answers what was said."""
    Partner.objects.create(name="Harrow & Heel", email="shop@harrow.example")
    case = hurt(cast)
    timeline.record(
        case,
        "contact.in",
        at=TUESDAY,
        by=case.customer,
        channel="email",
        words=timeline.Words("It was for me.", sender={"address": "Winifred@example.com"}),
    )
    entry = sent(cast, case, to=[to], cc=cc, reason="both asked")
    assert "elsewhere" not in entry.data
    assert stands(case) == "answered"
    assert Promise.objects.get(case=case, kind=Promise.Kind.FIRST_REPLY).kept_at is not None


@pytest.mark.parametrize(("to", "text"), [([], GOOD), (["not an address"], GOOD), (["a@example.com"], "  ")])
def test_a_letter_without_reader_or_words_stays_a_draft(cast: Cast, to: list[str], text: str) -> None:
    case = complaint(cast)
    draft = written(cast, case, text, to=to)
    with pytest.raises(reply.CannotSend):
        reply.hold(draft, by=draft.author, now=LATER)
    assert Draft.objects.get().hold_until is None


class Refusing:
    """An adapter whose server refuses, for good or for now."""

    def __init__(self, error: ChannelError) -> None:
        self.error = error
        self.tries = 0

    def send(self, account: AccountSettings, message: OutgoingMessage) -> Receipt:
        self.tries += 1
        raise self.error


def refuse(monkeypatch: pytest.MonkeyPatch, error: ChannelError) -> Refusing:
    adapter = Refusing(error)
    monkeypatch.setattr("amends.channels.outbox.adapter_of", lambda kind: adapter)
    return adapter


def test_a_refusal_for_good_wakes_the_owner(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """CH6: never silent."""
    gone = ["rosalind@example.com"]
    refuse(monkeypatch, ChannelError("550 5.1.1 no such mailbox", permanent=True, code="refused", unknown=gone))
    case = complaint(cast)
    sent(cast, case)

    assert Delivery.objects.get().state == Delivery.State.FAILED
    failed = Entry.objects.get(case=case, kind="contact.failed")
    assert "no such mailbox" in failed.data["why"]
    step = NextStep.objects.get(case=case)
    assert (step.kind, step.who) == ("reach", case.owner)
    assert Identity.objects.get(value="rosalind@example.com").undeliverable_at is not None
    tasks.deliver_waiting(LATER + timedelta(hours=5))
    assert Entry.objects.filter(case=case, kind="contact.failed").count() == 1


def test_a_refusal_for_now_is_tried_again_with_the_same_id(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    adapter = refuse(monkeypatch, ChannelError("451 try later", permanent=False))
    case = complaint(cast)
    sent(cast, case)
    before = Delivery.objects.get()
    assert before.state == Delivery.State.WAITING
    assert before.said == "451 try later"
    tasks.deliver_waiting(LATER + timedelta(seconds=40))
    assert adapter.tries == 1
    tasks.deliver_waiting(LATER + timedelta(minutes=3))
    assert adapter.tries == 2
    assert Delivery.objects.get().message_id == before.message_id
    assert not Entry.objects.filter(kind="contact.failed").exists()


def test_a_wrong_mailbox_password_loses_no_letter(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(monkeypatch, ChannelError("the password is refused", permanent=True, code="auth"))
    case = complaint(cast)
    sent(cast, case)
    assert Delivery.objects.get().state == Delivery.State.WAITING
