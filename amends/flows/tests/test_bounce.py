"""A letter of ours comes back."""

from __future__ import annotations

from datetime import timedelta

from amends.cases.models import Closure, Entry, NextStep
from amends.channels import inbox
from amends.channels.models import Delivery, Kept
from amends.flows import closing, steps, tasks
from amends.flows.tests.test_reply import sent
from tests.cast import TUESDAY, Cast, complaint, hear

LATER = TUESDAY + timedelta(hours=2)


def report(message_id: str, *, status: str = "5.1.1", action: str = "failed") -> bytes:
    return f"""From: MAILER-DAEMON@mx.example.net
To: help@thimble.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <dsn-1@mx.example.net>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=us-ascii

Your letter could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; rosalind@example.com
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} no such mailbox

--b
Content-Type: text/rfc822-headers

Message-ID: {message_id}
Subject: Re: The flowers for Winifred

--b--
""".encode()


def test_a_bounce_wakes_the_owner(cast: Cast) -> None:
    """CH6, features §2.19."""
    case = complaint(cast)
    letter = sent(cast, case).letter

    entry = hear(cast.mailbox, report(letter.message_id), LATER)

    assert entry is not None
    assert entry.kind == "contact.failed"
    assert entry.data["recipients"] == ["rosalind@example.com"]
    assert Delivery.objects.get().state == Delivery.State.BOUNCED
    step = NextStep.objects.get(case=case)
    assert (step.kind, step.who) == ("reach", case.owner)


def test_a_report_that_was_taken_in_waits_for_nothing_more(cast: Cast) -> None:
    """Else it is read again every minute, before all mail that comes after it."""
    letter = sent(cast, complaint(cast)).letter
    kept = inbox.keep(cast.mailbox, report(letter.message_id), source="test", now=LATER)

    tasks.take_in_waiting(LATER)

    kept.refresh_from_db()
    assert (kept.state, kept.entry) == (Kept.State.TAKEN, Entry.objects.get(kind="contact.failed"))
    assert not inbox.lease(LATER + timedelta(days=1), limit=10)


def test_a_bounce_never_reopens_a_closed_case_but_its_owner_gets_a_step(cast: Cast) -> None:
    case = complaint(cast)
    letter = sent(cast, case).letter
    owner = case.owner
    assert owner is not None
    closing.close(case, "answered", by=owner, now=LATER)

    hear(cast.mailbox, report(letter.message_id), LATER + timedelta(minutes=5))

    assert Closure.objects.filter(case=case).exists()
    assert not Entry.objects.filter(kind="case.reopened").exists()
    assert NextStep.objects.get(case=case).kind == "reach"
    steps.done(case, None, by=owner, now=LATER + timedelta(minutes=9), how="rang her")
    assert not NextStep.objects.filter(case=case).exists()


def test_a_report_about_no_letter_of_ours_changes_nothing(cast: Cast) -> None:
    """A forged report: the Message-ID carries a signature that only we can make."""
    case = complaint(cast)
    sent(cast, case)
    assert hear(cast.mailbox, report("<amends.1.forged@thimble.example>"), LATER) is None
    assert Delivery.objects.get().state == Delivery.State.SENT
    assert not Entry.objects.filter(kind="contact.failed").exists()
    assert Kept.objects.filter(state=Kept.State.IGNORED).count() == 1


def test_a_delay_is_not_an_alarm(cast: Cast) -> None:
    case = complaint(cast)
    letter = sent(cast, case).letter
    assert hear(cast.mailbox, report(letter.message_id, status="4.4.1", action="delayed"), LATER) is None
    assert Delivery.objects.get().state == Delivery.State.SENT
    assert NextStep.objects.get(case=case).kind == "hear"
