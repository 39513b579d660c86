"""One mail that ends its reader stops nothing: it is set aside with its reason, and read again after a mend."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from amends.cases.models import Case, Entry
from amends.channels import inbox, reading
from amends.channels.email.apart import Limits
from amends.channels.email.reader import Reader
from amends.channels.email.tests.test_horrors import HORRORS
from amends.channels.message import IncomingMessage
from amends.channels.models import Kept
from amends.flows import intake, quarantine, tasks
from tests.cast import TUESDAY, Cast, mail

POISON = HORRORS["1,400,000 open elements"] * 20


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A desk whose reader gives up after a tenth of a second, in place of two seconds."""
    with Reader(Limits(cpu_seconds=0.1)) as reader, monkeypatch.context() as patched:
        patched.setattr(reading, "_resting", [reader])
        yield


def keep(cast: Cast, raw: bytes) -> Kept:
    return inbox.keep(cast.mailbox, raw, source="test", now=TUESDAY)


@pytest.mark.process
def test_a_mail_that_takes_too_long_is_set_aside_with_its_reason_and_the_rest_go_on(
    cast: Cast, impatient: None
) -> None:
    before, poison = keep(cast, mail(subject="Before")), keep(cast, POISON)
    after = keep(cast, mail(subject="After"))
    assert tasks.take_in_waiting(TUESDAY) == 3
    for kept in (before, poison, after):
        kept.refresh_from_db()
    assert [kept.state for kept in (before, poison, after)] == ["taken", "unreadable", "taken"]
    assert poison.reason == "It took more than 0.1 seconds to read."
    letter = Entry.objects.get(case=poison.aside, kind="contact.in").letter
    assert poison.reason in letter.new_text
    assert letter.raw_sha256 == poison.sha256


def test_it_is_read_again_after_a_mend(cast: Cast) -> None:
    poison = keep(cast, POISON[:2_000])
    quarantine.failed(poison.pk, quarantine.UnreadableMessage("It took more than 2 seconds to read."), TUESDAY)
    poison.refresh_from_db()
    quarantine.try_again(poison)
    tasks.take_in_waiting(TUESDAY)
    poison.refresh_from_db()
    assert poison.state == Kept.State.TAKEN
    assert poison.aside is not None and poison.entry is not None
    assert Case.objects.get(pk=poison.aside.pk).merged_into == poison.entry.case


def test_many_are_read_in_order_whatever_they_came_by(cast: Cast) -> None:
    form = b'{"name": "Ann", "address": "ann@mail.example", "subject": "form"}'
    kinds = ["email", "webform", "local", "forwarded"]
    found = dict(reading.read_all((n, kinds[n % 4], form if n % 4 == 1 else mail()) for n in range(40)))
    assert list(found) == list(range(40))
    messages = [outcome for outcome in found.values() if isinstance(outcome, IncomingMessage)]
    assert [bool(message.problems) for message in messages] == [n % 4 == 1 for n in range(40)]


def test_the_html_of_a_mail_is_made_safe_by_its_reader(cast: Cast) -> None:
    raw = mail("<p onclick=x()>It looks like nothing.</p>", headers="Content-Type: text/html\n")
    outcome = reading.read("local", raw)
    assert isinstance(outcome, IncomingMessage) and outcome.html_is_safe
    entry = intake.take_in(keep(cast, raw).pk, TUESDAY)
    assert entry is not None and entry.letter.html == outcome.html
    assert entry.letter.html.strip() == "<p>It looks like nothing.</p>"


@pytest.mark.process
def test_a_reader_that_was_left_in_the_middle_is_not_lent_again(cast: Cast) -> None:
    results = reading.read_all((n, "email", mail(subject=f"first {n}")) for n in range(30))
    next(results)
    del results
    outcome = reading.read("email", mail(subject="second"))
    assert isinstance(outcome, IncomingMessage) and outcome.subject == "second"
