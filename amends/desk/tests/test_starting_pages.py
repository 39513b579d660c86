"""A new case, begun by a member."""

from __future__ import annotations

from html import unescape

import pytest

from amends.cases.models import Case, Entry, NextStep
from amends.desk.tests.work_made import Shop, open_shop, owed, signed_in, soon
from amends.flows import letters, reply
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
        ({"brand": "999999999"}, "brand"),
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


@pytest.mark.parametrize("way", ["address", "phone"])
def test_to_name_the_address_of_a_person_of_other_brands_shows_nothing_of_them(shop: Shop, way: str) -> None:
    """S7: the case begins, for somebody of whom nothing is known but what was typed."""
    hidden = owed(shop.vantry, shop.stranger, soon(5), name="Hidden Person", said="A secret.").customer
    hidden.good_to_know = "Secretly rich."
    hidden.save()
    number = Identity(kind="phone", value="+442079460182", shown="020 7946 0182", first_seen_at=soon(0))
    number.customer = hidden
    number.save()
    address = hidden.identities.get(kind="email").shown
    typed = {"address": address, "phone": ""} if way == "address" else {"address": "", "phone": "+442079460182"}
    client = signed_in(shop.priya)
    answer = client.post("/cases/new/", given(shop, **typed), follow=True)
    case = Case.objects.get(title="Charged twice")
    assert case.customer != hidden and case.customer.name == "Dário Fontes"
    assert list(case.customer.identities.values_list("value", flat=True)) == [typed["address"] or typed["phone"]]
    pages = [answer, *(client.get(place) for place in (f"/people/{case.customer_id}/", "/people/", "/"))]
    other_way = "+442079460182" if way == "address" else address
    for one in pages:
        text = unescape(one.content.decode())
        assert one.status_code == 200 and not any(word in text for word in ("Hidden", "ecret", other_way))
    assert typed[way] in unescape(answer.content.decode()), "letters can go there"
    assert client.get(f"/people/{hidden.pk}/").status_code == 404
    assert "Hidden" not in client.get("/search/?q=hidden").content.decode().replace("hidden", "")

    asked = client.get("/cases/new/known/", typed).content.decode()
    assert "Dário has an open case" in unescape(asked), "and who calls again is found"
    client.post("/cases/new/", given(shop, **typed, title="Again"))
    assert Case.objects.get(title="Again").customer == case.customer
    assert identities.recognise("email", address, "", soon(0)) == hidden, "who writes from there is its owner"


def test_a_person_whom_the_brands_know_is_the_same_in_a_new_case(shop: Shop) -> None:
    ours = owed(shop.alder, shop.priya, soon(5), name="Marta Oyelaran").customer
    theirs = owed(shop.vantry, shop.stranger, soon(5), name="Hidden Person").customer
    for who, customer in ((shop.priya, ours), (shop.lead, theirs)):
        address = customer.identities.get().shown
        signed_in(who).post("/cases/new/", given(shop, address=address, title=f"Of {customer}"))
        assert Case.objects.get(title=f"Of {customer}").customer == customer


def test_a_letter_does_not_name_the_owner_of_the_address_it_goes_to(shop: Shop) -> None:
    hidden = owed(shop.vantry, shop.stranger, soon(5), name="Hidden Person").customer.identities.get()
    case = owed(shop.alder, shop.priya, soon(5), name="Marta Oyelaran")
    own = case.customer.identities.get()
    assert letters.address(case, hidden.value) == {"name": "", "address": hidden.value}
    assert letters.address(case, own.value) == {"name": "Marta Oyelaran", "address": own.value}
    entry = Entry.objects.get(case=case, kind="contact.in")
    for who, told in ((shop.priya, "Ask an admin to look"), (shop.lead, "already belongs to Hidden Person")):
        with pytest.raises(reply.CannotSend, match=told):
            reply.write_again(entry, hidden.value, by=who, now=soon(0))


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
