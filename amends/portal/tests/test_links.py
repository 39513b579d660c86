"""Stories of links: good, bent, cut, taken back, grown old, and asked for anew."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from amends.cases.models import Case, Closure, Entry
from amends.channels.models import Delivery
from amends.flows import closing, merging, page_links
from amends.portal.tests.world import answer, at, page_of, send_form, text_of, written
from tests.cast import TUESDAY, Cast, complaint

YEARS_LATER = TUESDAY + timedelta(days=400)


def closed(cast: Cast, now: datetime = TUESDAY) -> Case:
    case = complaint(cast)
    answer(case, "All is well.", now)
    closing.close(case, Closure.Reason.HAPPY, by=cast.delphine, now=now)
    return case


def bend(link: str, how: str) -> str:
    token = link.split("/")[2]
    case_id, version, day, mac = token.split(".")
    return {
        "cut": f"/c/{token[:-4]}/",
        "other case": f"/c/{int(case_id, 16) + 1:x}.{version}.{day}.{mac}/",
        "other version": f"/c/{case_id}.{int(version, 16) + 1:x}.{day}.{mac}/",
        "other day": f"/c/{case_id}.{version}.{int(day, 16) + 1:x}.{mac}/",
        "no signature": f"/c/{case_id}.{version}.{day}./",
        "word": "/c/hello/",
        "long": f"/c/{'1.' * 400}1/",
        "not ascii": "/c/1.1.1.%C3%A9%F0%9F%8C%B7/",
    }[how]


@pytest.mark.parametrize(
    "how", ["cut", "other case", "other version", "other day", "no signature", "word", "long", "not ascii"]
)
def test_a_bent_link_tells_nothing(cast: Cast, client: Client, how: str) -> None:
    case = complaint(cast)
    complaint(cast, key="2", subject="Another matter")
    link = bend(page_of(case), how)
    for part in ("", "all/", "not-right/", "files/1/x.png"):
        response = client.get(link + part)
        page = text_of(response)
        assert response.status_code == 404
        assert "This link opens nothing" in page
        assert not [word for word in ("Rosalind", "Delphine", "Thimble & Thorn", "flowers") if word in page]
    assert client.post(link, written()).status_code == 404
    assert Entry.objects.filter(kind="contact.in").count() == 2


def test_a_link_that_was_taken_back_tells_nothing(cast: Cast, client: Client) -> None:
    case = complaint(cast)
    send_form(client, subject="Another")
    claim = f"/c/{page_links.claim_for(Entry.objects.filter(kind='contact.in').latest('pk'), TUESDAY)}/"
    link = page_of(case)
    for one in Case.objects.all():
        page_links.take_back(one, by=cast.ines, now=TUESDAY)
    with at(TUESDAY):
        assert text_of(client.get(link)) == text_of(client.get("/c/hello/"))
        assert client.get(claim).status_code == 404
        assert client.get(page_of(case)).status_code == 200


def test_taking_back_reaches_the_links_of_cases_merged_into_it(cast: Cast, client: Client) -> None:
    first, second = complaint(cast), complaint(cast, key="2", subject="Another thing")
    link = page_of(first)
    merging.merge(first, second, by=cast.delphine, now=TUESDAY)
    page_links.take_back(second, by=cast.ines, now=TUESDAY)
    assert client.get(link).status_code == 404


def test_a_link_to_an_open_case_lasts(cast: Cast, client: Client) -> None:
    link = page_of(complaint(cast))
    with at(YEARS_LATER):
        assert client.get(link).status_code == 200


def test_an_old_link_offers_a_new_one_and_tells_nothing_of_the_case(cast: Cast, client: Client) -> None:
    case = closed(cast)
    link = page_of(case)
    with at(TUESDAY + timedelta(days=89)):
        assert client.get(link).status_code == 200
    with at(TUESDAY + timedelta(days=92)):
        response = client.get(link)
        refused = client.post(link, written(TUESDAY + timedelta(days=92)))
    page = text_of(response)
    assert (response.status_code, refused.status_code) == (410, 410)
    assert "Send me a new link" in page
    assert not [word for word in ("Rosalind", "flowers", "All is well") if word in page]


def test_a_new_link_goes_to_the_address_we_know_and_opens(cast: Cast, client: Client) -> None:
    case = closed(cast)
    link = page_of(case)
    with at(YEARS_LATER):
        page = text_of(client.post(f"{link}new-link/"))
        delivery = Delivery.objects.get()
        address = delivery.entry.letter.text.split("http://")[1].split()[0].partition("/")[2]
        assert client.get(f"/{address}").status_code == 200
    assert "Look into your mailbox" in page
    assert "rosalind" not in page.lower()
    assert delivery.recipients == ["rosalind@example.com"]
    assert delivery.entry.data["human"] is False
    assert case.reference in delivery.entry.letter.subject
    assert "flowers" not in delivery.entry.letter.subject + delivery.entry.letter.text
    assert Closure.objects.filter(case=case).exists()


def test_a_stranger_gets_the_same_answer_and_at_most_three_letters_leave_in_an_hour(cast: Cast, client: Client) -> None:
    link = page_of(closed(cast))
    with at(YEARS_LATER):
        answers = {text_of(client.post(f"{link}new-link/")) for _ in range(5)}
        assert Delivery.objects.count() == 3
    with at(YEARS_LATER + timedelta(minutes=61)):
        client.post(f"{link}new-link/")
    assert len(answers) == 1
    assert Delivery.objects.count() == 4


def test_without_an_address_the_answer_is_the_same(cast: Cast, client: Client) -> None:
    link = page_of(closed(cast))
    cast.rosalind.identities.update(undeliverable_at=TUESDAY)
    with at(YEARS_LATER):
        assert "Look into your mailbox" in text_of(client.post(f"{link}new-link/"))
    assert not Delivery.objects.exists()


def test_a_claim_can_ask_for_the_whole_link(cast: Cast, client: Client) -> None:
    send_form(client)
    entry = Entry.objects.get(kind="contact.in")
    with at(TUESDAY):
        response = client.post(f"/c/{page_links.claim_for(entry, TUESDAY)}/new-link/", follow=True)
    assert "If we know your address, a link is on its way to it." in text_of(response)
    assert Delivery.objects.get().recipients == ["rosalind@example.com"]
    assert "A new link" not in text_of(response)


def test_a_claim_grows_old(cast: Cast, client: Client) -> None:
    send_form(client)
    claim = page_links.claim_for(Entry.objects.get(kind="contact.in"), TUESDAY)
    with at(TUESDAY + timedelta(days=32)):
        assert client.get(f"/c/{claim}/").status_code == 410


def test_a_link_cannot_be_asked_for_by_opening_an_address(cast: Cast, client: Client) -> None:
    assert client.get(f"{page_of(closed(cast))}new-link/").status_code == 405


@given(st.text(max_size=60))
def test_no_made_up_token_ever_opens_or_fails_otherwise(text: str) -> None:
    with pytest.raises(page_links.LinkError):
        page_links.open_link(text, TUESDAY)
