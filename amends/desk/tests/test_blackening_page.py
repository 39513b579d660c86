"""Blackening words of a letter: who may, what the page asks, what it says."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from amends.audit.models import Record
from amends.cases.models import Entry, File, Letter
from amends.desk.live.hub import Hub
from amends.kit.blackening import BAR
from amends.people.models import Member
from amends.ui import pieces
from tests.cast import Cast, complaint, hear, mail

pytestmark = pytest.mark.django_db
SignIn = Callable[[Member], Client]
CARD = "4111 1111 1111 1111"


@pytest.fixture
def entry(cast: Cast) -> Entry:
    return Entry.objects.get(case=complaint(cast, text=f"My card is {CARD}."), kind="contact.in")


def url(entry: Entry) -> str:
    return f"/entries/{entry.pk}/blackening/"


def test_a_lead_blackens_words_without_a_script_and_comes_back_to_the_case(
    cast: Cast, signed_in: SignIn, entry: Entry
) -> None:
    browser = signed_in(cast.marguerite)
    page = browser.get(f"/cases/{entry.case_id}/").content.decode()
    assert url(entry) in page
    form = browser.get(url(entry)).content.decode()
    assert "Blacken words for good" in form and "backups from before" in form and CARD not in form
    answer = browser.post(url(entry), {"words": CARD, "why": "a card number"})
    assert (answer.status_code, answer["Location"]) == (303, f"/cases/{entry.case_id}/")
    page = browser.get(f"/cases/{entry.case_id}/").content.decode()
    assert "Blackened for good, in 1 letter." in page and "a card number" in page
    assert BAR in page and CARD not in page
    assert Entry.objects.latest("pk").kind == "letter.blackened"
    record = Record.objects.get(verb="case.redacted")
    assert record.member_id == cast.marguerite.pk and CARD not in str(record.facts)


def test_in_the_sheet_the_case_looks_again(cast: Cast, signed_in: SignIn, entry: Entry) -> None:
    answer = signed_in(cast.marguerite).post(
        url(entry), {"words": CARD, "why": "a card number"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 200 and f"live:case-{entry.case_id}" in answer["HX-Trigger"]


def test_agents_and_readers_neither_see_the_way_nor_get_through(cast: Cast, signed_in: SignIn, entry: Entry) -> None:
    browser = signed_in(cast.delphine)
    assert "/blackening/" not in browser.get(f"/cases/{entry.case_id}/").content.decode()
    assert browser.get(url(entry)).status_code == 403
    assert browser.post(url(entry), {"words": CARD, "why": "x"}).status_code == 403
    assert CARD in Letter.objects.get(entry=entry).new_text


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"words": "not there", "why": "x"}, "do not stand in this letter"),
        ({"words": CARD, "why": ""}, "Say in one line why"),
        ({"why": "x"}, "Say what is to go"),
        ({"words": CARD, "why": CARD}, "repeats the words"),
        ({"enclosed": "99999", "why": "x"}, "not there any more"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    cast: Cast, signed_in: SignIn, entry: Entry, sent: dict[str, str], said: str
) -> None:
    answer = signed_in(cast.marguerite).post(url(entry), sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page and sent.get("words", "") in page
    assert CARD in Letter.objects.get(entry=entry).new_text


def test_a_file_is_chosen_by_its_name_and_stays_chosen_when_something_is_wrong(cast: Cast, signed_in: SignIn) -> None:
    headers = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=xx\n"
    text = (
        "--xx\nContent-Type: text/plain\n\nMy passport.\n--xx\nContent-Type: application/pdf\n"
        "Content-Disposition: attachment; filename=passport.pdf\n\nscanned\n--xx--\n"
    )
    entry = hear(cast.mailbox, mail(text, headers=headers))
    assert entry is not None
    file = File.objects.get()
    browser = signed_in(cast.marguerite)
    assert "passport.pdf" in browser.get(url(entry)).content.decode()
    again = browser.post(url(entry), {"enclosed": file.pk, "why": ""}).content.decode()
    assert f'value="{file.pk}" checked' in again
    assert browser.post(url(entry), {"enclosed": file.pk, "why": "a passport"}).status_code == 303
    assert not File.objects.exists()
    assert "My passport." in Letter.objects.get(entry=entry).new_text


def test_no_process_keeps_pieces_of_pages_that_were_drawn_with_the_words(
    cast: Cast, signed_in: SignIn, entry: Entry
) -> None:
    hub = Hub()
    browser = signed_in(cast.marguerite)
    browser.get(f"/cases/{entry.case_id}/")
    assert CARD in str(vars(pieces._drawings))
    browser.post(url(entry), {"words": CARD, "why": "a card number"})
    assert CARD in str(vars(pieces._drawings)), "another process may have done it"
    hub._new_entries()
    assert CARD not in str(vars(pieces._drawings))
