"""What the desk cannot read lies whole before a person, once, until it is read or closed."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from amends.cases.models import Case, Closure, Draft, NextStep
from amends.channels import inbox
from amends.channels.models import Kept
from amends.clock import promises
from amends.clock.models import Promise
from amends.flows import closing, intake, quarantine, tasks
from amends.kit import blobs
from tests.cast import TUESDAY, Cast, complaint, mail

NOISE = b"Return-Path: <host@machine.example>\r\nDelivered-To: help@thimble.example\r\n\r\n" + random.Random(
    4
).randbytes(600)
LATER = TUESDAY + timedelta(minutes=20)


@pytest.fixture
def noise(cast: Cast) -> Kept:
    """A stretch of some machine's bytes has come, and the worker has looked at it once."""
    kept = inbox.keep(cast.mailbox, NOISE, source="t", now=TUESDAY)
    tasks.take_in_waiting(TUESDAY)
    kept.refresh_from_db()
    return kept


@pytest.fixture
def not_yet_readable(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Kept:
    """A whole mail that this release fails at, and the next one reads."""
    kept = inbox.keep(cast.mailbox, mail(), source="t", now=TUESDAY)

    def broken(*_given: object) -> None:
        raise RuntimeError("a letter that nobody thought of")

    with monkeypatch.context() as release:
        release.setattr(intake, "decide_all", broken)
        for number in range(quarantine.TRIES):
            tasks.take_in_waiting(TUESDAY + timedelta(minutes=number))
    kept.refresh_from_db()
    return kept


def test_what_nobody_could_read_is_set_aside_at_once_with_a_step_to_look_at_it(noise: Kept) -> None:
    assert (noise.state, noise.tries) == (Kept.State.UNREADABLE, 1)
    assert "no sender, no subject, no words" in noise.reason
    case = Case.objects.get()
    assert (noise.aside, case.next_step.kind) == (case, "read")
    assert case.title == "A message to help@thimble.example could not be read"
    message = case.entries.get(kind="contact.in")
    assert blobs.get(message.files.get().sha256) == NOISE
    assert "Download message.eml" in message.letter.new_text


def test_nobody_is_owed_an_answer_to_what_could_not_be_read(noise: Kept) -> None:
    (promise,) = Promise.objects.all()
    assert promise.kind == Promise.Kind.READ
    assert promise.due == TUESDAY + quarantine.READ_WITHIN


def test_read_again_in_vain_it_asks_nobody_a_second_time(noise: Kept) -> None:
    quarantine.try_again(noise)
    tasks.take_in_waiting(LATER)
    noise.refresh_from_db()
    assert noise.state == Kept.State.UNREADABLE
    assert NextStep.objects.get().case == noise.aside


def test_what_a_person_has_looked_at_and_closed_stays_closed(noise: Kept, cast: Cast) -> None:
    assert noise.aside is not None
    closing.close(noise.aside, Closure.Reason.SPAM, by=cast.bo, now=TUESDAY)
    quarantine.try_again(noise)
    tasks.take_in_waiting(LATER)
    assert Closure.objects.filter(case=noise.aside).exists()
    assert not NextStep.objects.exists()


def test_read_after_all_it_becomes_the_customers_case_and_its_step_is_done(not_yet_readable: Kept, cast: Cast) -> None:
    aside = Case.objects.get()
    assert aside.next_step.kind == "read"
    quarantine.try_again(not_yet_readable)
    tasks.take_in_waiting(LATER)
    not_yet_readable.refresh_from_db()
    assert not_yet_readable.state == Kept.State.TAKEN and not_yet_readable.entry is not None
    case = not_yet_readable.entry.case
    assert (case.customer, case.next_step.kind) == (cast.rosalind, "answer")
    assert Promise.objects.get(kind=Promise.Kind.READ).kept_at == LATER
    aside.refresh_from_db()
    assert aside.merged_into == case
    assert NextStep.objects.get().case == case


def test_read_after_all_it_may_belong_to_a_case_that_goes_on(not_yet_readable: Kept, cast: Cast) -> None:
    case = complaint(cast, key="2")
    quarantine.try_again(not_yet_readable)
    tasks.take_in_waiting(LATER)
    not_yet_readable.refresh_from_db()
    assert not_yet_readable.entry is not None and not_yet_readable.aside is not None
    assert not_yet_readable.entry.case == not_yet_readable.aside.merged_into == case


def test_the_words_of_a_colleague_who_writes_about_it_are_not_taken_away(not_yet_readable: Kept, cast: Cast) -> None:
    aside = Case.objects.get()
    Draft.objects.create(case=aside, author=cast.bo, text="I looked at it:", updated_at=TUESDAY)
    quarantine.try_again(not_yet_readable)
    tasks.take_in_waiting(LATER)
    aside.refresh_from_db()
    assert aside.merged_into is None
    assert Draft.objects.get().text == "I looked at it:"
    assert not promises.owed(aside).filter(kind=Promise.Kind.READ).exists()
    assert NextStep.objects.count() == 2


@pytest.mark.parametrize(
    "why", ["It took more than 2 seconds to read.", "Its reader ended with status -11.", "KeyError: 'x'"]
)
def test_the_row_says_what_to_do_and_the_letter_why_it_could_not_be_read(cast: Cast, why: str) -> None:
    kept = inbox.keep(cast.mailbox, mail(), source="test", now=TUESDAY)
    quarantine.failed(kept.pk, quarantine.UnreadableMessage(why), TUESDAY)
    case = Case.objects.get(title__contains="could not be read")
    assert NextStep.objects.get(case=case).said.startswith("Download message.eml below")
    assert case.entries.get(kind="contact.in").letter.new_text.endswith(why)
