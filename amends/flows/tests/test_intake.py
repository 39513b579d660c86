"""A message comes in."""

from __future__ import annotations

import gc
import weakref
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.cases.models import Case, Entry, MessageId, NextStep, Participant
from amends.channels import inbox
from amends.channels.message import IncomingMessage
from amends.channels.models import Kept
from amends.clock.models import Promise
from amends.flows import closing, first_look, intake, quarantine, tasks
from amends.flows.first_look import of as whole
from amends.kit import blobs
from tests.cast import TUESDAY, Cast, complaint, hear, mail


def test_a_mail_becomes_a_case_with_owner_next_step_and_promise(cast: Cast) -> None:
    """A078, A116: any words are enough."""
    case = complaint(cast, text="Not good.")

    assert case.title == "The flowers for Winifred"
    assert case.customer == cast.rosalind
    assert case.owner in (cast.delphine, cast.bo, cast.ines)
    step = case.next_step
    assert (step.who, step.kind) == (case.owner, "answer")
    promise = Promise.objects.get(case=case)
    assert promise.kind == Promise.Kind.FIRST_REPLY
    assert step.by == promise.due == TUESDAY + timedelta(hours=4)
    kinds = list(Entry.objects.filter(case=case).values_list("kind", flat=True))
    assert kinds == ["case.opened", "contact.in", "owner.set", "promise.made", "step.set"]


def test_the_same_mail_twice_is_one_message(cast: Cast) -> None:
    first = inbox.keep(cast.mailbox, mail(), source="a", now=TUESDAY)
    again = inbox.keep(cast.mailbox, b"Received: from elsewhere\n" + mail(), source="b", now=TUESDAY)
    assert first.pk == again.pk
    assert intake.take_in(first.pk, TUESDAY) is not None
    assert intake.take_in(again.pk, TUESDAY) is None
    assert Case.objects.count() == 1


def test_the_same_id_with_other_words_is_a_message_of_its_own(cast: Cast) -> None:
    one = inbox.keep(cast.mailbox, mail("One."), source="a", now=TUESDAY)
    two = inbox.keep(cast.mailbox, mail("Two."), source="b", now=TUESDAY)
    assert one.pk != two.pk


def test_one_mail_to_two_of_our_addresses_is_taken_in_once(cast: Cast) -> None:
    """CV11."""
    assert hear(cast.mailbox, mail()) is not None
    assert hear(cast.other_mailbox, mail()) is None
    assert Kept.objects.get(account=cast.other_mailbox).state == Kept.State.IGNORED


def test_an_answer_stays_in_its_case_and_with_its_owner(cast: Cast) -> None:
    case = complaint(cast)
    owner = case.owner
    entry = hear(
        cast.mailbox,
        mail(
            "And the vase?",
            key="2",
            subject="Re: The flowers for Winifred",
            headers="In-Reply-To: <1@mail.example.com>\n",
        ),
        TUESDAY + timedelta(hours=1),
    )
    assert entry is not None
    assert entry.case_id == case.pk
    case.refresh_from_db()
    assert case.owner == owner
    assert Promise.objects.filter(case=case).count() == 1, "one answer is owed, not two"


def test_a_stranger_who_quotes_our_reference_gets_a_case_of_their_own(cast: Cast) -> None:
    """S4: the number in a subject opens nobody's history."""
    case = complaint(cast)
    entry = hear(
        cast.mailbox,
        mail(
            "Let me in.",
            key="9",
            sender="Mallory <mallory@evil.example>",
            subject=f"Re: x [{case.reference}]",
        ),
    )
    assert entry is not None
    other = Case.objects.get(pk=entry.case_id)
    assert other.pk != case.pk
    assert other.may_belong_to == case


def test_somebody_in_copy_answers_into_the_same_case(cast: Cast) -> None:
    case = complaint(cast, headers="Cc: Winifred Hale <winifred@example.org>\n")
    entry = hear(
        cast.mailbox,
        mail(
            "It is all true.",
            key="3",
            sender="Winifred Hale <winifred@example.org>",
            subject="Re: The flowers for Winifred",
            headers="In-Reply-To: <1@mail.example.com>\n",
        ),
    )
    assert entry is not None
    assert entry.case_id == case.pk
    assert Participant.objects.get(case=case).customer == entry.customer
    case.refresh_from_db()
    assert case.customer == cast.rosalind


def test_a_reference_of_another_brand_leads_nowhere(cast: Cast) -> None:
    case = complaint(cast)
    entry = hear(cast.other_mailbox, mail("Hello.", key="4", headers="In-Reply-To: <1@mail.example.com>\n"))
    assert entry is not None
    assert entry.case_id != case.pk


def test_two_mails_whose_subject_says_nothing_are_two_matters(cast: Cast) -> None:
    first = complaint(cast, text="Where is my vase?", subject="Question")
    assert complaint(cast, text="How do I cut roses?", subject="Question", key="2") != first
    assert complaint(cast, text="And lilies?", subject=f"Re: Question [{first.reference}]", key="3") == first
    assert complaint(cast, text="And these?", subject=f"[{first.reference}]", key="4") == first
    assert complaint(cast, text="And those?", subject="Re: Question [A-99999]", key="5") != first


def test_a_letter_on_a_closed_case_opens_it_again(cast: Cast) -> None:
    case = complaint(cast)
    closing.close(case, "answered", by=cast.delphine, now=TUESDAY + timedelta(hours=1))
    assert not NextStep.objects.filter(case=case).exists()

    entry = hear(
        cast.mailbox,
        mail("It came back.", key="5", headers="In-Reply-To: <1@mail.example.com>\n"),
        TUESDAY + timedelta(days=3),
    )

    assert entry is not None
    assert entry.case_id == case.pk
    assert Entry.objects.filter(case=case, kind="case.reopened").exists()
    assert Case.objects.get(pk=case.pk).reopened_at == TUESDAY + timedelta(days=3)
    assert NextStep.objects.get(case=case).kind == "answer"


def test_after_thirty_days_a_letter_is_a_new_case(cast: Cast) -> None:
    case = complaint(cast)
    closing.close(case, "answered", by=cast.delphine, now=TUESDAY + timedelta(hours=1))
    entry = hear(
        cast.mailbox,
        mail("Again.", key="6", headers="In-Reply-To: <1@mail.example.com>\n"),
        TUESDAY + timedelta(days=40),
    )
    assert entry is not None
    assert entry.case_id != case.pk


@pytest.mark.parametrize(
    "headers",
    [
        "Auto-Submitted: auto-replied\n",
        "Precedence: bulk\n",
        "List-Id: <news.example.com>\n",
    ],
)
def test_a_machine_is_not_a_customer(cast: Cast, headers: str) -> None:
    assert hear(cast.mailbox, mail(headers=headers)) is None
    kept = Kept.objects.get()
    assert kept.state == Kept.State.IGNORED
    assert kept.reason
    assert not Case.objects.exists()


def test_our_own_letters_do_not_come_in(cast: Cast) -> None:
    assert hear(cast.mailbox, mail(sender="Help <help@thimble.example>")) is None


def test_a_message_that_breaks_us_is_set_aside_whole_and_the_rest_goes_on(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = inbox.keep(cast.mailbox, mail("poison", key="bad", subject="Another matter"), source="t", now=TUESDAY)
    inbox.keep(cast.mailbox, mail("fine", key="good"), source="t", now=TUESDAY)

    def broken(message: IncomingMessage) -> first_look.FirstLook:
        if "poison" in message.text:
            raise RuntimeError("cannot read this")
        return whole(message)

    monkeypatch.setattr(first_look, "of", broken)
    now = TUESDAY
    for _ in range(quarantine.TRIES):
        tasks.take_in_waiting(now)
        now += timedelta(minutes=1)

    bad.refresh_from_db()
    assert bad.state == Kept.State.UNREADABLE
    assert Case.objects.filter(title="The flowers for Winifred").exists()
    aside = Case.objects.get(title__contains="could not be read")
    assert aside.next_step.kind == "read"
    assert aside.entries.get(kind="contact.in").files.get().sha256 == bad.sha256

    monkeypatch.setattr(first_look, "of", whole)
    quarantine.try_again(bad)
    tasks.take_in_waiting(now)
    bad.refresh_from_db()
    assert bad.state == Kept.State.TAKEN


def test_a_crash_in_the_middle_leaves_the_message_waiting(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = inbox.keep(cast.mailbox, mail(), source="t", now=TUESDAY)

    def crash(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(intake, "decide_all", crash)
    with pytest.raises(KeyboardInterrupt):
        intake.take_in(kept.pk, TUESDAY)
    kept.refresh_from_db()
    assert kept.state == Kept.State.WAITING
    assert not Entry.objects.exists()
    assert not MessageId.objects.exists()


@pytest.mark.parametrize("name", ["Message-ID", "In-Reply-To", "References", "From", "To", "Subject", "X"])
def test_a_header_with_a_byte_that_no_database_takes_is_taken_in(cast: Cast, name: str) -> None:
    """PostgreSQL has no NUL in text."""
    headers = {"From": "Ro <ro@example.com>", "To": "help@thimble.example", "Subject": "Vase"}
    headers[name] = {"From": "R\0o <ro@example.com>", "To": "H\0 <help@thimble.example>"}.get(
        name, "<a\0b@example.com>"
    )
    raw = "".join(f"{key}: {value}\n" for key, value in headers.items()) + "\nIt is br\0oken.\n"
    kept = inbox.keep(cast.mailbox, raw.encode(), source="test", now=TUESDAY)
    entry = intake.take_in(kept.pk, TUESDAY)
    assert entry is not None
    assert "\0" not in entry.letter.new_text


@pytest.mark.parametrize(("size", "why"), [(40_000_000, "is 40 MB, more than"), (12_000, "did not give the desk")])
def test_of_a_message_whose_words_stay_on_the_server_it_is_said_why(cast: Cast, size: int, why: str) -> None:
    inbox.keep(cast.mailbox, mail().partition(b"\n\n")[0], source="7/1", now=TUESDAY, cut=True, size=size)
    tasks.take_in_waiting(TUESDAY)
    said = Entry.objects.get(kind="contact.in").letter.new_text
    assert why in said and "still lies unread in the mailbox help@thimble.example" in said


def test_nobody_waits_while_a_message_is_read_that_is_taken_in_anyway(cast: Cast) -> None:
    kept = inbox.keep(cast.mailbox, mail(headers="Auto-Submitted: auto-generated\n"), source="t", now=TUESDAY)
    tasks.take_in_waiting(TUESDAY)
    blobs.path_of(kept.sha256).unlink()
    with pytest.raises(FileNotFoundError), CaptureQueriesContext(connection) as asked:
        intake.take_in_anyway(kept.pk, TUESDAY)
    assert [one["sql"].split()[0] for one in asked] == ["SELECT"], "no transaction was begun"


def test_what_was_taken_in_is_let_go_of_at_once(cast: Cast) -> None:
    """Files of many messages would else lie in memory until somebody collects the waste."""
    kept = inbox.keep(cast.mailbox, mail(), source="t", now=TUESDAY)
    gc.collect()
    gc.disable()
    try:
        read = intake.read(kept)
        left = weakref.ref(read)
        assert intake.take_in_all([read], TUESDAY)
        del read
        assert left() is None
    finally:
        gc.enable()
