"""Told at once: who has it, and by when they hear (SL10); never into a loop (reliability 3.3, features 28)."""

from __future__ import annotations

import email
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from structlog.testing import capture_logs

from amends.cases import timeline
from amends.cases.models import Case, Entry
from amends.channels import inbox
from amends.channels.email import adapter
from amends.channels.local.maildir import letters_for
from amends.channels.message import Address, OutgoingMessage
from amends.channels.models import Acknowledgement, Delivery
from amends.clock import promises
from amends.flows import acknowledgement, acknowledging, closing, intake, owing, tasks
from amends.flows.decide import decide
from amends.flows.tests.test_reply import LATER, sent
from amends.people.models import Brand
from tests.cast import TUESDAY, Cast, complaint, hear, mail
from tests.peers.accounts import writing_account
from tests.peers.smtp import SmtpPeer

SOON = TUESDAY + timedelta(seconds=2)
ROSALIND = "rosalind@example.com"


def said(now: datetime = SOON) -> list[Entry]:
    tasks.acknowledge_waiting(now)
    tasks.deliver_waiting(now)
    return list(Entry.objects.filter(kind="contact.out", data__human=False).order_by("pk"))


def test_whoever_writes_is_told_who_has_it_and_by_when_they_hear(cast: Cast, tmp_path: Path) -> None:
    case = complaint(cast)
    (entry,) = said()
    owner = case.owner
    assert owner is not None
    assert "it is with me. You hear from me by Tuesday 3 March, 14:00 (London time).\n" in entry.letter.text
    assert entry.letter.text.startswith("Hello Rosalind Achterberg,") and owner.name in entry.letter.text
    (raw,) = letters_for(tmp_path / "letters", ROSALIND)
    letter = email.message_from_bytes(raw)
    assert letter["Auto-Submitted"] == "auto-replied" and letter["X-Auto-Response-Suppress"] == "All"
    assert letter["In-Reply-To"] == "<1@mail.example.com>" and letter["Subject"].endswith(f"[{case.reference}]")
    assert f"{owner.name}, Thimble & Thorn" in letter["From"]


def test_the_time_is_the_customers_own_when_it_is_known(cast: Cast) -> None:
    cast.rosalind.time_zone = "America/New_York"
    cast.rosalind.save()
    complaint(cast)
    assert "by Tuesday 3 March, 09:00 (New York time)" in said()[0].letter.text


def test_it_stops_no_clock_and_keeps_no_promise(cast: Cast) -> None:
    case = complaint(cast)
    before = promises.owed(case).get()
    said()
    assert promises.owed(case).get() == before and before.kind == "first_reply"
    hear(cast.mailbox, mail("Hello?", key="2", headers="In-Reply-To: <1@mail.example.com>\n"), LATER)
    assert promises.owed(case).get() == before, "the first answer of a person is still the first"


def test_what_is_owed_anew_after_it_is_still_the_first_answer_and_it_is_no_word_of_ours_sl1(cast: Cast) -> None:
    case = complaint(cast)
    before = promises.owed(case).get()
    said()
    promises.release(before, at=LATER, by=None, reason="it is counted from the beginning again")
    decide(case, LATER)
    after = promises.owed(case).get()
    assert (after.kind, after.due) == ("first_reply", before.due)
    assert owing.last_word(timeline.talk_on([case.pk])[case.pk]) is None, "whoever waits has heard nobody"


def test_one_that_cannot_be_told_holds_up_nobody_behind_them(cast: Cast) -> None:
    complaint(cast)
    hear(cast.other_mailbox, mail(key="2", sender="Tam <tam@example.org>", to=cast.other_mailbox.address))
    Brand.objects.filter(pk=cast.thimble.pk).update(time_zone="Nowhere/At_All")
    assert [entry.letter.to[0]["address"] for entry in said()] == ["tam@example.org"]
    assert Acknowledgement.objects.get(state="waiting").address == ROSALIND


def test_an_answer_to_the_note_comes_to_its_case(cast: Cast) -> None:
    case = complaint(cast)
    (entry,) = said()
    headers = f"In-Reply-To: {entry.letter.message_id}\n"
    answer = hear(cast.mailbox, mail("Thank you", key="2", subject="So?", headers=headers), LATER)
    assert answer is not None and answer.case_id == case.pk
    assert len(said(LATER)) == 1, "once per case"


def test_a_second_matter_on_one_day_gets_no_second_note_and_the_case_says_so(cast: Cast) -> None:
    complaint(cast)
    second = complaint(cast, key="2", subject="The kettle leaks")
    assert len(said()) == 1
    held = Entry.objects.get(kind="contact.held")
    assert (held.case_id, held.data) == (second.pk, {"who": ROSALIND, "loop": False})
    a_day_on = TUESDAY + timedelta(hours=25)
    hear(cast.mailbox, mail(key="3", subject="The teapot leaks").replace(b"03 Mar", b"04 Mar"), a_day_on)
    assert len(said(a_day_on)) == 2


def test_a_machine_that_writes_on_and_on_opens_the_circuit_and_the_case_warns(cast: Cast) -> None:
    for number in range(acknowledging.LOOP_AFTER):
        complaint(cast, key=str(number), subject=f"Robot {number} has started")
    with capture_logs() as told:
        assert len(said()) == 1
    assert any("two machines" in line["event"] for line in told)
    assert ROSALIND not in str(told), "no erasure reaches the log of the process"
    assert [entry.data["loop"] for entry in Entry.objects.filter(kind="contact.held").order_by("pk")] == [
        *[False] * (acknowledging.LOOP_AFTER - 2),
        True,
    ]


def test_a_domain_gets_ten_notes_an_hour(cast: Cast) -> None:
    for number in range(14):
        complaint(cast, key=str(number), sender=f"robot{number}@machines.example", subject=f"Robot {number} starts")
    assert len(said()) == acknowledging.A_DOMAIN
    assert Acknowledgement.objects.filter(state="held", why="loop").count() == 4
    after = TUESDAY + timedelta(minutes=61)
    complaint(cast, after, key="99", sender="robot99@machines.example", subject="Robot 99 starts")
    assert len(said(after)) == acknowledging.A_DOMAIN + 1


@pytest.mark.parametrize(
    "headers",
    [
        "Auto-Submitted: auto-replied\n",
        "Auto-Submitted: auto-generated\n",
        "Return-Path: <>\n",
        "Precedence: bulk\n",
        "Precedence: junk\n",
        "Precedence: list\n",
        "List-Id: <flowers.example.com>\n",
        "List-Unsubscribe: <mailto:leave@example.com>\n",
        "X-Auto-Response-Suppress: All\n",
        "X-Auto-Response-Suppress: OOF, AutoReply\n",
        "X-Autoreply: yes\n",
    ],
)
def test_a_machine_is_never_answered_even_when_a_person_takes_its_mail_in(cast: Cast, headers: str) -> None:
    kept = inbox.keep(cast.mailbox, mail(headers=headers), source="test", now=TUESDAY)
    tasks.take_in_waiting(TUESDAY)
    intake.take_in_anyway(kept.pk, TUESDAY)
    assert Case.objects.count() == 1
    assert said() == []


@pytest.mark.parametrize(
    ("sender", "told"),
    [
        *[(f"{local}@shop.example", False) for local in (
            "noreply", "no-reply", "No_Reply", "donotreply", "do-not-reply", "orders.noreply", "noreply+17",
            "mailer-daemon", "postmaster", "bounces+x=y", "notifications", "newsletter", "flowers-request", "list-owner",
        )],
        *[(f"{local}@shop.example", True) for local in ("norma", "reply", "owen", "alerta.garcia", "autumn", "bo.unces")],
        ("help@thimble.example", False),
        ("help@vantry.example", False),
    ],
)  # fmt: skip
def test_nobody_is_told_where_nobody_reads(cast: Cast, sender: str, told: bool) -> None:
    hear(cast.mailbox, mail(sender=sender))
    assert bool(said()) is told


def test_auto_submitted_no_is_a_persons_mail_and_is_answered(cast: Cast) -> None:
    complaint(cast, headers="Auto-Submitted: no\n")
    assert len(said()) == 1


def test_a_brand_that_has_switched_it_off_says_nothing(cast: Cast) -> None:
    Brand.objects.update(acknowledge=False)
    complaint(cast)
    assert said() == [] and not Acknowledgement.objects.exists()


def test_a_backlog_is_taken_in_without_a_note_for_each(cast: Cast) -> None:
    hear(cast.mailbox, mail(), TUESDAY + timedelta(days=2))
    imported = inbox.keep(cast.mailbox, mail(key="2", subject="Another thing"), source="import", now=TUESDAY)
    intake.take_in(imported.pk, TUESDAY)
    assert Case.objects.count() == 2 and not Acknowledgement.objects.exists()


def test_who_has_been_answered_by_a_person_is_told_nothing_by_a_machine(cast: Cast) -> None:
    case = complaint(cast)
    sent(cast, case)
    tasks.acknowledge_waiting(LATER)
    assert Acknowledgement.objects.get().why == "late"
    assert Entry.objects.filter(kind="contact.out").count() == 1


def test_a_case_that_has_ended_already_gets_no_note(cast: Cast) -> None:
    case = complaint(cast)
    closing.close(case, "spam", by=cast.delphine, now=TUESDAY)
    assert said() == []


def test_two_workers_say_it_once(cast: Cast) -> None:
    complaint(cast)
    assert tasks.acknowledge_waiting(SOON) == 1
    assert tasks.acknowledge_waiting(SOON) == 0
    assert Delivery.objects.count() == 1


def test_a_note_that_did_not_arrive_asks_nobody_to_look_for_another_way(cast: Cast) -> None:
    case = complaint(cast)
    (entry,) = said()
    Delivery.objects.update(state=Delivery.State.FAILED, said="550 nobody here")
    tasks.deliver_waiting(SOON)
    assert Entry.objects.get(kind="contact.failed").data["letter"] == entry.pk
    assert promises.owed(case).get().kind == "first_reply"


def test_nothing_in_braces_is_worked_out(cast: Cast) -> None:
    """S34."""
    Brand.objects.update(acknowledgement="{{7*7}} {% now %} {owner.password} {name} {by} {0} {case}")
    case = complaint(cast, sender="{page} {{owner}} <rosalind2@example.com>")
    words = said()[0].letter.text
    assert words.startswith(
        "{{7*7}} {% now %} {owner.password} {page} {{owner}} Tuesday 3 March, 14:00 (London time) {0}"
    )
    assert words.rpartition("\n\n[A-")[0].strip().endswith(case.reference)


def test_a_forged_sender_is_sent_no_advertisement_of_ours(cast: Cast) -> None:
    complaint(cast, sender="Win at www.casino.example <victim@example.com>", subject="Visit https://casino.example now")
    letter = said()[0].letter
    assert "casino" not in letter.text + letter.subject


def test_no_machine_can_answer_the_envelope(smtp_peer: SmtpPeer) -> None:
    note = OutgoingMessage(
        sender=Address("Delphine", smtp_peer.user),
        to=(Address("", ROSALIND),),
        subject="Re: The flowers",
        text="Your message is here.",
        message_id="<amends.told-1.x@desk.example>",
        in_reply_to="<1@mail.example.com>",
        automatic=True,
    )
    adapter.send(writing_account(smtp_peer), note)
    adapter.send(writing_account(smtp_peer), replace(note, automatic=False))
    assert [letter.sender for letter in smtp_peer.letters] == ["", smtp_peer.user]


def test_places_are_filled_in_one_pass() -> None:
    assert acknowledgement.filled("{name} {by}", {**dict.fromkeys(acknowledgement.PLACES, "x"), "name": "{by}"}) == (
        "{by} x"
    )


def test_intake_asks_the_database_at_most_once_more(cast: Cast) -> None:
    def queries(key: str) -> int:
        kept = inbox.keep(cast.mailbox, mail(key=key, subject=f"Matter {key}"), source="test", now=TUESDAY)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            intake.take_in(kept.pk, TUESDAY)
        return len(asked)

    queries("0")
    told = queries("1")
    Brand.objects.update(acknowledge=False)
    assert told - queries("2") <= 1
