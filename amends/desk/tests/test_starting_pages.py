"""A new case, begun by a member."""

from __future__ import annotations

from html import unescape

import pytest

from amends.cases.models import Case, Entry, NextStep
from amends.desk.tests.work_made import Shop, open_shop, owed, signed_in, soon
from amends.people import identities
from amends.people.models import Customer, Identity

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Shop:
    return open_shop()


def given(shop: Shop, **changed: str) -> dict[str, str]:
    told = {
        "name": "Dário Fontes",
        "address": "dario@example.com",
        "phone": "",
        "channel": "phone",
        "title": "Charged twice",
        "words": "You took it twice.",
        "kind": "complaint",
        "brand": str(shop.alder.pk),
    }
    return told | changed


def test_a_case_begins_with_the_customers_words_and_has_its_next_step(shop: Shop) -> None:
    answer = signed_in(shop.priya).post("/cases/new/", given(shop))
    case = Case.objects.get(title="Charged twice")
    assert answer.status_code == 302 and answer.headers["Location"] == f"/cases/{case.pk}/"
    entry = Entry.objects.get(case=case, kind="contact.in")
    assert entry.letter.new_text == "You took it twice." and entry.channel == "phone"
    assert case.kind == "complaint" and case.customer.name == "Dário Fontes"
    assert NextStep.objects.filter(case=case).exists()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"address": "", "phone": ""}, "Give a mail address or a phone number"),
        ({"address": "no address"}, "is not a mail address"),
        ({"address": "", "phone": "12"}, "phone number"),
        ({"title": ""}, "required"),
        ({"brand": "999"}, "brand"),
    ],
)
def test_what_is_missing_is_said_beside_the_field_and_nothing_is_lost(
    shop: Shop, changed: dict[str, str], words: str
) -> None:
    answer = signed_in(shop.admin).post("/cases/new/", given(shop, **changed))
    html = unescape(answer.content.decode())
    assert answer.status_code == 422 and words.lower() in html.lower()
    assert "You took it twice." in html
    assert not Case.objects.exists() and not Customer.objects.exists()


def test_a_case_for_a_brand_that_one_does_not_serve_is_refused(shop: Shop) -> None:
    answer = signed_in(shop.priya).post("/cases/new/", given(shop, brand=str(shop.vantry.pk)))
    assert answer.status_code == 422 and not Case.objects.exists()


def test_a_number_of_somebody_else_is_refused_and_nobody_is_made(shop: Shop) -> None:
    owner = owed(shop.alder, shop.priya, soon(5), name="Marta Oyelaran").customer
    Identity.objects.create(
        customer=owner, kind="phone", value="+442079460182", shown="020 7946 0182", first_seen_at=soon(0)
    )
    answer = signed_in(shop.priya).post("/cases/new/", given(shop, phone="020 7946 0182"))
    assert answer.status_code == 422 and "already belongs to Marta" in answer.content.decode()
    assert Case.objects.count() == 1 and Customer.objects.count() == 1


def test_what_is_known_of_a_person_is_filled_in_and_the_open_case_is_offered(shop: Shop) -> None:
    case = owed(shop.alder, shop.priya, soon(5), name="Marta Oyelaran", title="Cracked teapot")
    html = unescape(signed_in(shop.priya).get(f"/cases/new/?person={case.customer_id}").content.decode())
    assert 'value="Marta Oyelaran"' in html and f'value="{case.customer.identities.get().shown}"' in html
    assert "Marta has an open case about “Cracked teapot”" in html and f'href="/cases/{case.pk}/"' in html


def test_typing_a_known_address_shows_the_open_cases(shop: Shop) -> None:
    case = owed(shop.alder, shop.priya, soon(5), name="Marta Oyelaran")
    address = case.customer.identities.get().shown
    answer = signed_in(shop.priya).get("/cases/new/known/", {"address": address.upper(), "phone": "rubbish"})
    assert "Marta has an open case" in answer.content.decode()
    assert "open case" not in signed_in(shop.priya).get("/cases/new/known/?address=x").content.decode()


def test_a_person_of_other_brands_is_not_told(shop: Shop) -> None:
    case = owed(shop.vantry, shop.stranger, soon(5), name="Hidden Person")
    address = case.customer.identities.get(kind="email").shown
    Identity.objects.create(
        customer=case.customer, kind="phone", value="+442079460182", shown="020 7946 0182", first_seen_at=soon(0)
    )
    client = signed_in(shop.priya)
    for answer in (
        client.get("/cases/new/known/", {"address": address}),
        client.get(f"/cases/new/?person={case.customer_id}"),
        client.post("/cases/new/", given(shop, address=address, title="")),
        client.post("/cases/new/", given(shop, phone="020 7946 0182")),
    ):
        assert "Hidden" not in answer.content.decode()


def test_a_reader_begins_nothing(shop: Shop) -> None:
    assert signed_in(shop.reader).get("/cases/new/").status_code == 403
    assert signed_in(shop.reader).post("/cases/new/", given(shop)).status_code == 403


def test_what_was_looked_for_is_filled_in(shop: Shop) -> None:
    html = signed_in(shop.priya).get("/cases/new/?name=Zoltan").content.decode()
    assert 'value="Zoltan"' in html


def test_a_nul_in_an_address_finds_nobody_and_is_refused(shop: Shop) -> None:
    browser = signed_in(shop.priya)
    assert browser.get("/cases/new/known/?address=a%00b@example.com&phone=").status_code == 200
    assert browser.post("/cases/new/", given(shop, address="a\x00b@example.com")).status_code == 422
    with pytest.raises(identities.IdentityError):
        identities.normalise(Identity.Kind.EMAIL, "a\x00b@example.com")
