"""People: who wrote last, and one person with all the years."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from amends.cases import opening, search
from amends.cases.models import Closure
from amends.cases.timeline import Words, record
from amends.desk.tests.work_made import Shop, open_shop, owed, signed_in, soon
from amends.people.models import Identity

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Shop:
    return open_shop()


def page(client: Client, url: str, *, fragment: bool = False) -> str:
    answer = client.get(url, headers={"HX-Request": "true"} if fragment else {})
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def listed(html: str) -> list[int]:
    return [int(found) for found in re.findall(r'data-row="(\d+)"', html)]


def test_who_wrote_last_stands_first_and_everybody_stands_once(shop: Shop) -> None:
    cases = [owed(shop.alder, shop.priya, soon(5)) for _ in range(3)]
    again = cases[0].customer
    record(cases[0], "contact.in", at=timezone.now(), by=again, channel="email", words=Words(new_text="Hello?"))
    html = page(signed_in(shop.priya), "/people/")
    assert listed(html) == [again.pk, cases[2].customer_id, cases[1].customer_id]
    assert "Hello?" in html and "<h1>Customer" in html


def test_paging_by_key_never_repeats_or_loses_a_person(shop: Shop) -> None:
    cases = [owed(shop.alder, shop.priya, soon(5)) for _ in range(65)]
    client = signed_in(shop.priya)
    html = page(client, "/people/")
    found = listed(html)
    late = cases[0]
    record(late, "contact.in", at=timezone.now(), by=late.customer, channel="email", words=Words(new_text="Me again"))
    while url := re.search(r'hx-get="(/people/\?before=\d+)"', html):
        html = page(client, url[1], fragment=True)
        found += listed(html)
    expected = [case.customer_id for case in reversed(cases)]
    assert found == expected[:-1], "who wrote meanwhile is at the top now, and all others were seen once"


def test_the_list_asks_as_often_for_many_as_for_few(shop: Shop) -> None:
    client = signed_in(shop.priya)
    for _ in range(3):
        owed(shop.alder, shop.priya, soon(5))
    page(client, "/people/")
    with CaptureQueriesContext(connection) as few:
        page(client, "/people/")
    for _ in range(40):
        owed(shop.alder, shop.priya, soon(5))
    with CaptureQueriesContext(connection) as many:
        page(client, "/people/")
    assert len(few) == len(many)


@pytest.mark.parametrize("who", ["priya", "lead", "admin", "reader"])
def test_a_person_is_there_for_every_role(shop: Shop, who: str) -> None:
    case = owed(shop.alder, shop.priya, soon(5), name="Marta Oyelaran", said="It is in two pieces.")
    html = page(signed_in(getattr(shop, who)), f"/people/{case.customer_id}/")
    assert "<h1><bdi>Marta Oyelaran</bdi></h1>" in html and "It is in two pieces." in html
    assert ("hx-post" in html.split("<main")[1]) is (who != "reader")


def test_people_of_other_brands_do_not_exist(shop: Shop) -> None:
    case = owed(shop.vantry, shop.stranger, soon(5), name="Hidden Person")
    client = signed_in(shop.priya)
    assert client.get(f"/people/{case.customer_id}/").status_code == 404
    assert client.post(f"/people/{case.customer_id}/know/name/", {"value": "X"}).status_code == 404
    assert client.post(f"/people/{case.customer_id}/reach/", {"reach": "a@example.com"}).status_code == 404
    assert "Hidden" not in page(client, "/people/")
    assert "Hidden" not in page(client, "/people/?q=hidden").replace("“hidden”", "")


def test_a_person_of_two_brands_is_shown_with_ours_only(shop: Shop) -> None:
    ours = owed(shop.alder, shop.priya, soon(5), title="Cracked teapot")
    theirs = owed(shop.vantry, shop.stranger, soon(5), title="No line", said="A secret of Vantry.")
    theirs.customer = ours.customer
    theirs.save(update_fields=["customer"])
    entry = record(theirs, "contact.in", at=soon(1), by=ours.customer, words=Words(new_text="A newer secret."))
    url = f"/people/{ours.customer_id}/"
    html = page(signed_in(shop.priya), url)
    assert "Cracked teapot" in html and "No line" not in html and "secret" not in html
    assert "1 case." in html
    listing = page(signed_in(shop.priya), "/people/")
    assert "secret" not in listing and f"{entry.pk}" not in re.findall(r"before=(\d+)", listing)
    assert "No line" in page(signed_in(shop.lead), url)


def test_the_years_tell_what_was_put_right(shop: Shop) -> None:
    case = owed(shop.alder, shop.priya, soon(5), title="Grinder broke")
    record(case, "contact.out", at=timezone.now(), by=shop.priya, words=Words(new_text="On the bench."))
    record(case, "contact.in", at=timezone.now(), by=case.customer, words=Words(new_text="I missed no coffee."))
    Closure.objects.create(case=case, reason="happy", by=shop.priya, at=timezone.now())
    html = page(signed_in(shop.priya), f"/people/{case.customer_id}/")
    assert "Put right: Grinder broke" in html and "1 put right" in html
    assert "I missed no coffee." in html and "3 letters" in html
    assert "Complaints: 1. Put right: 1. Still open: 0." in html


def test_the_person_asks_as_often_for_many_cases_as_for_one(shop: Shop) -> None:
    first = owed(shop.alder, shop.priya, soon(5))
    client, url = signed_in(shop.priya), f"/people/{first.customer_id}/"
    page(client, url)
    with CaptureQueriesContext(connection) as few:
        page(client, url)
    for _ in range(12):
        case = owed(shop.alder, shop.priya, soon(5))
        case.customer = first.customer
        case.save(update_fields=["customer"])
    with CaptureQueriesContext(connection) as many:
        page(client, url)
    assert len(few) == len(many)


def test_a_field_is_saved_by_itself_and_offers_the_way_back(shop: Shop) -> None:
    case = owed(shop.alder, shop.priya, soon(5), name="Marta Oyelaran")
    client, url = signed_in(shop.priya), f"/people/{case.customer_id}/know/name/"
    answer = client.post(url, {"value": "Marta Oyelaran-Brandt"}, headers={"HX-Request": "true"})
    html = answer.content.decode()
    assert "Saved" in html and "Undo" in html and 'value="Marta Oyelaran"' in html
    case.customer.refresh_from_db()
    assert case.customer.name == "Marta Oyelaran-Brandt"
    found = search.find("brandt", brand_ids=None)
    assert [hit.kind for hit in found] == ["person"]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("time_zone", "Mars/Olympus", "is not a time zone"),
        ("time_zone", "../etc/passwd", "is not a time zone"),
        ("language", "Klingon!", "is not a language"),
        ("name", "  ", "A name is missing"),
    ],
)
def test_what_cannot_be_kept_says_what_would_do(shop: Shop, field: str, value: str, words: str) -> None:
    case = owed(shop.alder, shop.priya, soon(5), name="Marta Oyelaran")
    client, url = signed_in(shop.priya), f"/people/{case.customer_id}/know/{field}/"
    answer = client.post(url, {"value": value}, headers={"HX-Request": "true"})
    assert answer.status_code == 422 and words in answer.content.decode()
    plain = client.post(url, {"value": value})
    assert plain.status_code == 422 and words in plain.content.decode()
    case.customer.refresh_from_db()
    assert getattr(case.customer, field) in ("", "Marta Oyelaran")


def test_only_known_fields_can_be_changed(shop: Shop) -> None:
    case = owed(shop.alder, shop.priya, soon(5))
    client = signed_in(shop.priya)
    assert client.post(f"/people/{case.customer_id}/know/created_at/", {"value": "x"}).status_code == 404


def test_a_reader_changes_nothing(shop: Shop) -> None:
    case = owed(shop.alder, shop.priya, soon(5), name="Marta Oyelaran")
    client = signed_in(shop.reader)
    assert client.post(f"/people/{case.customer_id}/know/name/", {"value": "X"}).status_code == 403
    assert client.post(f"/people/{case.customer_id}/reach/", {"reach": "a@example.com"}).status_code == 403


def test_another_number_is_kept_and_found(shop: Shop) -> None:
    case = owed(shop.alder, shop.priya, soon(5), name="Marta Oyelaran")
    client, url = signed_in(shop.priya), f"/people/{case.customer_id}/reach/"
    answer = client.post(url, {"reach": "+44 20 7946 0182"}, headers={"HX-Request": "true"})
    assert "+44 20 7946 0182" in answer.content.decode()
    assert Identity.objects.filter(customer=case.customer, value="+442079460182").exists()
    found = search.find("020 7946 0182", brand_ids=None)
    assert [hit.customer for hit in found if hit.kind == "person"] == [case.customer]


@pytest.mark.parametrize("typed", ["no number", "x@", "", "\x00", "12"])
def test_what_is_no_address_is_refused_with_the_way_out(shop: Shop, typed: str) -> None:
    case = owed(shop.alder, shop.priya, soon(5))
    client, url = signed_in(shop.priya), f"/people/{case.customer_id}/reach/"
    answer = client.post(url, {"reach": typed}, headers={"HX-Request": "true"})
    assert answer.status_code == 422 and 'role="alert"' in answer.content.decode()
    assert case.customer.identities.count() == 1


def test_an_address_that_does_not_take_our_letters_says_so_in_words(shop: Shop) -> None:
    case = owed(shop.alder, shop.priya, soon(5))
    case.customer.identities.update(undeliverable_at=timezone.now(), undeliverable_why="mailbox full")
    html = page(signed_in(shop.priya), f"/people/{case.customer_id}/")
    assert "Does not take our letters since today: mailbox full" in html


def test_an_address_of_a_person_of_other_brands_does_not_tell_who_they_are(shop: Shop) -> None:
    hidden = owed(shop.vantry, shop.stranger, soon(5), name="Hidden Person").customer.identities.get()
    case = owed(shop.alder, shop.priya, soon(5))
    url = f"/people/{case.customer_id}/reach/"
    answer = signed_in(shop.priya).post(url, {"reach": hidden.shown}, headers={"HX-Request": "true"})
    assert answer.status_code == 422 and "Hidden Person" not in answer.content.decode()
    answer = signed_in(shop.lead).post(url, {"reach": hidden.shown}, headers={"HX-Request": "true"})
    assert "already belongs to Hidden Person" in answer.content.decode()


def test_a_persons_page_counts_more_cases_than_it_shows(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("amends.desk.acquaintance.MOST_CASES", 2)
    first = owed(shop.alder, shop.priya, soon(5))
    for _ in range(3):
        ended = opening.open_case(shop.alder, first.customer, "Older", at=timezone.now(), kind="complaint")
        Closure.objects.create(case=ended, reason="happy", by=shop.priya, at=timezone.now())
    html = page(signed_in(shop.priya), f"/people/{first.customer_id}/")
    assert "4 cases, 3 put right." in html and "<dt>Cases</dt><dd>4</dd>" in html


def test_without_a_script_what_was_refused_stands_in_its_field_with_the_reason(shop: Shop) -> None:
    case = owed(shop.alder, shop.priya, soon(5))
    client, url = signed_in(shop.priya), f"/people/{case.customer_id}"
    for path, words, reason in (
        ("know/time_zone", {"value": "Atlantis"}, "Atlantis is not a time zone."),
        ("reach", {"reach": "no address"}, "is not a"),
    ):
        answer = client.post(f"{url}/{path}/", words)
        html = unescape(answer.content.decode())
        assert answer.status_code == 422 and "<h1>" in html
        assert f'value="{next(iter(words.values()))}"' in html and reason in html
