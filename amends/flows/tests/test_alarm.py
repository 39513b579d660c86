"""Nobody overlooks a letter that did not arrive: the owner decides, else the leads hear of it (CH6, features 5)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from amends.cases.models import Entry, NextStep
from amends.channels import accounts
from amends.channels import undelivered as rows
from amends.channels.message import ChannelError
from amends.channels.models import Account, Delivery
from amends.clock import promises
from amends.flows import closing, reply, tasks, undelivered
from amends.flows.tests.test_in_doubt import HUNG_UP, SOON
from amends.flows.tests.test_reply import LATER, sent
from amends.flows.tests.test_undelivered import serve
from tests.cast import Cast, complaint

REFUSED = ChannelError("550 5.7.1 not from you", permanent=True, code="refused")
TOMORROW = LATER + timedelta(days=1)


def doubted(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Delivery:
    serve(monkeypatch, HUNG_UP, None)
    Account.objects.update(ask_in_doubt=True)
    sent(cast, complaint(cast))
    tasks.deliver_waiting(SOON)
    return Delivery.objects.select_related("case").get()


def test_the_owner_is_asked_about_a_letter_that_may_have_arrived(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = doubted(cast, monkeypatch)
    step = NextStep.objects.get(case=delivery.case)
    assert (step.who, step.what) == (delivery.case.owner, "decide about the letter that may have arrived")
    assert Entry.objects.get(kind="contact.doubtful").data["letter"] == delivery.entry_id
    assert not Entry.objects.filter(kind="contact.failed").exists()


def test_sent_again_by_a_person_it_leaves_and_nothing_is_asked_any_more(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = doubted(cast, monkeypatch)
    assert undelivered.send_again(delivery, by=cast.delphine, now=SOON)
    tasks.deliver_waiting(SOON)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.in_doubt) == (Delivery.State.SENT, True)
    assert NextStep.objects.get(case=delivery.case).kind == "hear"
    assert Entry.objects.get(kind="contact.settled").data["how"] == "again"


def test_left_as_it_is_it_never_leaves_and_nothing_is_asked_any_more(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = doubted(cast, monkeypatch)
    assert undelivered.leave(delivery, by=cast.delphine, now=SOON)
    assert not undelivered.leave(delivery, by=cast.bo, now=SOON), "once"
    tasks.deliver_waiting(TOMORROW)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.settled_by) == (Delivery.State.DOUBT, cast.delphine)
    assert NextStep.objects.get(case=delivery.case).kind == "hear"
    assert rows.listed(None) == [] and rows.counted(None) == 0


def test_on_a_closed_case_the_question_is_asked_too_and_goes_with_the_answer(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(monkeypatch, HUNG_UP, None)
    Account.objects.update(ask_in_doubt=True)
    entry = sent(cast, complaint(cast))
    closing.close(entry.case, "answered", by=cast.delphine, now=LATER + timedelta(minutes=1))
    tasks.deliver_waiting(SOON)
    assert NextStep.objects.get(case=entry.case).what.startswith("decide about")
    undelivered.leave(Delivery.objects.get(), by=cast.delphine, now=SOON)
    assert not NextStep.objects.filter(case=entry.case).exists()


def test_leaving_a_refused_letter_releases_the_step_to_find_another_way(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(monkeypatch, REFUSED)
    entry = sent(cast, complaint(cast))
    assert NextStep.objects.get(case=entry.case).kind == "reach"
    undelivered.leave(entry.delivery, by=cast.delphine, now=SOON)
    assert not promises.owed(entry.case).filter(kind="reach").exists()
    assert NextStep.objects.get(case=entry.case).kind == "hear"


def test_the_alarm_rings_once_when_nobody_has_seen_to_it_in_time(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    serve(monkeypatch, REFUSED)
    entry = sent(cast, complaint(cast))
    with capture_logs() as said:
        assert tasks.ring_alarms(LATER + timedelta(hours=1)) == 0
        assert tasks.ring_alarms(TOMORROW) == 1
        assert tasks.ring_alarms(TOMORROW) == 0
    assert [(line["log_level"], line["case"]) for line in said] == [("error", entry.case_id)]
    assert rows.ringing_letters() == 1
    undelivered.leave(entry.delivery, by=cast.ines, now=TOMORROW)
    assert rows.ringing_letters() == 0


def test_no_alarm_rings_when_the_customer_was_reached_another_way(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    serve(monkeypatch, REFUSED, None)
    case = complaint(cast)
    entry = sent(cast, case)
    draft = reply.write_again(entry, "rosalind@other.example", by=cast.delphine, now=SOON)
    reply.hold(draft, by=cast.delphine, now=SOON)
    tasks.release_held(SOON + timedelta(minutes=1))
    tasks.deliver_waiting(SOON + timedelta(minutes=1))
    assert tasks.ring_alarms(TOMORROW) == 0
    assert rows.listed(None) == []


def test_a_mailbox_that_stays_broken_rings_after_a_quarter_of_an_hour_until_it_is_well(cast: Cast) -> None:
    accounts.in_trouble(cast.mailbox, "the password is refused", LATER)
    with capture_logs() as said:
        assert tasks.ring_alarms(LATER + timedelta(minutes=14)) == 0
        assert tasks.ring_alarms(LATER + timedelta(minutes=15)) == 1
        assert tasks.ring_alarms(LATER + timedelta(minutes=16)) == 0
    assert [(line["log_level"], line["account"]) for line in said] == [("error", "help@thimble.example")]
    assert [account.pk for account in rows.ringing_mailboxes()] == [cast.mailbox.pk]
    accounts.heard(cast.mailbox, LATER + timedelta(minutes=20))
    assert rows.ringing_mailboxes() == []
    accounts.in_trouble(cast.mailbox, "again", LATER + timedelta(minutes=30))
    assert tasks.ring_alarms(LATER + timedelta(minutes=46)) == 1


def test_a_mailbox_out_of_use_rings_for_nobody(cast: Cast) -> None:
    accounts.in_trouble(cast.mailbox, "gone", LATER)
    Account.objects.update(active=False)
    assert tasks.ring_alarms(TOMORROW) == 0
