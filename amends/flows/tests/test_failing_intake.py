"""What cannot be taken in stays whole, and somebody is told of it once."""

from __future__ import annotations

import errno
from datetime import datetime, timedelta

import pytest
from django.db import OperationalError

from amends.cases.models import Case, NextStep
from amends.channels import accounts, inbox
from amends.channels.models import Kept
from amends.clock import promises
from amends.clock.models import Promise
from amends.flows import closing, drafting, intake, quarantine, tasks
from tests.cast import TUESDAY, Cast, mail

POISON = ValueError("cannot read this")


def keep(cast: Cast) -> Kept:
    return inbox.keep(cast.mailbox, mail(), source="test", now=TUESDAY)


def fail(kept: Kept, error: Exception = POISON, now: datetime = TUESDAY, times: int = quarantine.TRIES) -> Kept:
    for _ in range(times):
        quarantine.failed(kept.pk, error, now)
    kept.refresh_from_db()
    return kept


def aside() -> Case:
    return Case.objects.get(title__contains="could not be read")


def read_again(kept: Kept) -> None:
    quarantine.try_again(kept)
    tasks.take_in_waiting(TUESDAY)


def test_a_message_that_a_colleague_process_took_in_is_not_set_aside(cast: Cast) -> None:
    kept = fail(keep(cast), times=quarantine.TRIES - 1)
    entry = intake.take_in(kept.pk, TUESDAY)
    fail(kept, times=1)
    assert (kept.state, kept.entry, kept.tries) == (Kept.State.TAKEN, entry, quarantine.TRIES - 1)
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    "error",
    [OSError(errno.ENOSPC, "No space left"), OSError(errno.EMFILE, "Too many open files"), OperationalError("locked")],
)
def test_trouble_of_the_machine_is_waited_out_and_not_counted(cast: Cast, error: Exception) -> None:
    kept = fail(keep(cast), error, TUESDAY + timedelta(hours=3), times=9)
    assert (kept.state, kept.tries) == (Kept.State.WAITING, 0)
    assert kept.next_try_at == TUESDAY + timedelta(hours=3) + quarantine.AGAIN_AFTER
    assert not Case.objects.exists()


def test_trouble_that_lasts_more_than_a_day_is_told_to_somebody(cast: Cast) -> None:
    kept = fail(keep(cast), OperationalError("too long for an index"), TUESDAY + timedelta(days=1, minutes=1))
    assert kept.state == Kept.State.UNREADABLE
    assert aside().next_step.kind == "read"


def test_bytes_that_are_gone_do_not_come_back_by_waiting(cast: Cast) -> None:
    assert fail(keep(cast), FileNotFoundError(errno.ENOENT, "No such file")).state == Kept.State.UNREADABLE


def test_what_stays_unreadable_is_told_once_however_often_it_is_read_again(cast: Cast) -> None:
    kept = fail(keep(cast))
    first = aside()
    quarantine.try_again(kept)
    assert fail(kept).state == Kept.State.UNREADABLE
    assert aside() == first
    assert Promise.objects.filter(case=first, kind=Promise.Kind.READ).count() == 1


def test_what_can_be_read_after_all_takes_the_case_along_that_told_of_it(cast: Cast) -> None:
    kept = fail(keep(cast))
    told = aside()
    read_again(kept)
    case = Case.objects.get(title="The flowers for Winifred")
    told.refresh_from_db()
    assert told.merged_into == case
    assert not NextStep.objects.filter(case=told).exists()
    assert not promises.owed(told).exists()
    assert [promise.kind for promise in promises.owed(case)] == [Promise.Kind.FIRST_REPLY]
    assert NextStep.objects.get(case=case).kind == "answer"


def test_a_case_in_which_somebody_writes_already_stays_with_them(cast: Cast) -> None:
    kept = fail(keep(cast))
    told = aside()
    drafting.add_words(told, "letter", "Dear whoever you are,", by=cast.delphine, now=TUESDAY)
    read_again(kept)
    told.refresh_from_db()
    assert told.merged_into is None
    assert NextStep.objects.get(case=told).kind != "read", "nothing is left to read by hand"


def test_a_case_that_was_closed_by_hand_stays_as_it_is(cast: Cast) -> None:
    kept = fail(keep(cast))
    told = aside()
    closing.close(told, "spam", by=cast.delphine, now=TUESDAY)
    read_again(kept)
    told.refresh_from_db()
    assert told.merged_into is None
    assert not NextStep.objects.filter(case=told).exists()
    assert Case.objects.filter(title="The flowers for Winifred").exists()


def test_a_form_is_told_of_as_a_form(cast: Cast) -> None:
    kept = inbox.keep(accounts.form_of(cast.thimble), b"{}", source="form:1", now=TUESDAY)
    fail(kept)
    entry = aside().entries.get(kind="contact.in")
    assert entry.channel == "form"
    assert [(file.name, file.content_type) for file in entry.files.all()] == [("form.json", "application/json")]
