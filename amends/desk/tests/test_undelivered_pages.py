"""The list of letters that did not arrive, the question on the case, and the line that leads cannot overlook."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from amends.channels import accounts
from amends.channels.message import ChannelError
from amends.channels.models import Delivery
from amends.flows import tasks
from amends.flows.tests.test_alarm import doubted
from amends.flows.tests.test_reply import LATER, sent
from amends.flows.tests.test_undelivered import serve
from amends.people.models import Member
from tests.cast import Cast, complaint

SignIn = Callable[[Member], Client]
REFUSED = ChannelError(
    "550 5.1.1 nobody of this name", permanent=True, code="refused", unknown=["rosalind@example.com"]
)


def test_the_list_says_in_plain_words_what_happened_and_what_the_other_side_said(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, signed_in: SignIn
) -> None:
    serve(monkeypatch, REFUSED)
    sent(cast, complaint(cast))
    page = signed_in(cast.delphine).get("/undelivered/").content.decode()
    assert "One letter wants you to decide" in page and "Nobody is at this address" in page
    assert "550 5.1.1 nobody of this name" in page
    assert 'href="/undelivered/"' in page, "the rail leads there while there is one"


def test_who_serves_another_brand_sees_nothing_of_it_and_can_do_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, signed_in: SignIn
) -> None:
    serve(monkeypatch, REFUSED)
    delivery = sent(cast, complaint(cast)).delivery
    callum = signed_in(cast.callum)
    assert "rosalind" not in callum.get("/undelivered/").content.decode()
    assert callum.post(f"/undelivered/{delivery.pk}/again/").status_code == 404
    assert callum.post(f"/undelivered/{delivery.pk}/leave/").status_code == 404
    carline = signed_in(cast.carline)
    assert "<button" not in carline.get("/undelivered/").content.decode().partition("<table")[2].partition("</table")[0]
    assert carline.post(f"/undelivered/{delivery.pk}/leave/").status_code == 403
    delivery.refresh_from_db()
    assert (delivery.state, delivery.settled_at) == (Delivery.State.FAILED, None)


def test_the_case_asks_about_a_letter_that_may_have_arrived_with_two_buttons(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, signed_in: SignIn
) -> None:
    delivery = doubted(cast, monkeypatch)
    browser = signed_in(cast.delphine)
    page = browser.get(f"/cases/{delivery.case_id}/").content.decode()
    assert "It may have arrived. Send it again or leave it?" in page
    answer = browser.post(f"/undelivered/{delivery.pk}/again/", {"from": "case"})
    assert answer["Location"] == f"/cases/{delivery.case_id}/"
    tasks.deliver_waiting(timezone.now())
    page = browser.get(f"/cases/{delivery.case_id}/").content.decode()
    assert "it may have arrived twice" in page and "Send it again or leave it?" not in page


def test_left_as_it_is_the_case_says_who_left_it_and_the_list_is_empty(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, signed_in: SignIn
) -> None:
    delivery = doubted(cast, monkeypatch)
    browser = signed_in(cast.delphine)
    browser.post(f"/undelivered/{delivery.pk}/leave/")
    page = browser.get(f"/cases/{delivery.case_id}/").content.decode()
    assert "It may have arrived: the mail server did not say. Left so by Delphine Marsh" in page
    assert "Every letter arrived, as far as anyone said" in browser.get("/undelivered/").content.decode()


def test_leads_read_on_every_page_what_nobody_has_seen_to_and_agents_do_not(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, signed_in: SignIn
) -> None:
    serve(monkeypatch, REFUSED)
    sent(cast, complaint(cast))
    accounts.in_trouble(cast.other_mailbox, "The password is refused.", LATER)
    tasks.ring_alarms(LATER + timedelta(days=1))
    for member, told in ((cast.ines, True), (cast.marguerite, True), (cast.delphine, False)):
        for address in ("/", "/people/", "/undelivered/"):
            page = signed_in(member).get(address).content.decode()
            assert ("A letter did not arrive, and nobody has seen to it." in page) is told, (member, address)
            assert ("help@vantry.example has not worked since" in page) is told
    assert "Look at the mailbox" in signed_in(cast.marguerite).get("/").content.decode()
    assert "Look at the mailbox" not in signed_in(cast.ines).get("/").content.decode(), "only who may mend it"


def test_a_note_that_left_by_itself_is_no_first_answer_on_the_case(cast: Cast, signed_in: SignIn) -> None:
    case = complaint(cast)
    tasks.acknowledge_waiting(LATER)
    page = signed_in(cast.delphine).get(f"/cases/{case.pk}/").content.decode()
    assert "automatic: it answers nothing" in page and "not answered yet" in page


def test_letters_that_wait_for_our_own_mailbox_say_so_and_the_settings_too(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, signed_in: SignIn
) -> None:
    serve(monkeypatch, ChannelError("the password is refused", permanent=True, code="auth"))
    delivery = sent(cast, complaint(cast)).delivery
    accounts.could_not_speak(cast.mailbox, "the password is refused", timezone.now(), sure=True)
    browser = signed_in(cast.marguerite)
    assert "Our mailbox cannot send; all its letters wait." in browser.get("/undelivered/").content.decode()
    assert "Its letters wait together" in browser.get("/settings/mail/").content.decode()
    serve(monkeypatch, None)
    browser.post(f"/undelivered/{delivery.pk}/again/")
    tasks.deliver_waiting(timezone.now())
    delivery.refresh_from_db()
    assert delivery.state == Delivery.State.SENT, "by hand it tries at once"
