"""Partners in the settings: list, add, change, retire; and what the promise form offers of them (C4.3)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from amends.audit.models import Record
from amends.cases.models import Entry
from amends.clock.models import Promise
from amends.desk.tests.desk_time import HTMX, SignIn
from amends.people.models import Partner
from tests.cast import Cast, complaint

pytestmark = pytest.mark.usefixtures("tuesday")
PAGE = "/settings/partners/"
HARROW = {
    "name": "Harrow & Heel",
    "kind": "shop",
    "contact": "Gus Harrow, at the counter",
    "phone": "+1 212 555 0134",
    "email": "gus@harrow.example",
    "time_zone": "America/New_York",
}


@pytest.fixture
def lead(cast: Cast, signed_in: SignIn) -> Client:
    return signed_in(cast.ines)


def harrow(**parts: Any) -> Partner:
    return Partner.objects.create(**{**HARROW, **parts})


def verbs() -> list[str]:
    return list(Record.objects.order_by("number").values_list("verb", flat=True))


@pytest.mark.parametrize(("name", "status"), [("marguerite", 200), ("ines", 200), ("delphine", 403), ("carline", 403)])
def test_leads_and_admins_keep_the_partners_and_nobody_else(
    cast: Cast, signed_in: SignIn, name: str, status: int
) -> None:
    """S7."""
    partner = harrow()
    browser = signed_in(getattr(cast, name))
    for url in (PAGE, f"{PAGE}new/", f"{PAGE}{partner.pk}/"):
        assert browser.get(url).status_code == status
    answer = browser.post(f"{PAGE}{partner.pk}/retire/")
    assert (answer.status_code == 403) == (status == 403)
    assert (Partner.objects.get().retired_at is None) == (status == 403)


def test_a_partner_is_added_changed_and_put_back_and_the_log_names_the_fields(lead: Client) -> None:
    assert "None yet." in lead.get(PAGE).content.decode()
    assert lead.post(f"{PAGE}new/", HARROW).status_code == 303
    partner = Partner.objects.get()
    where = f"{PAGE}{partner.pk}/"
    lead.post(where, {**HARROW, "contact": "Nora Heel"}, follow=True)
    partner.refresh_from_db()
    assert partner.contact == "Nora Heel"
    changed = Record.objects.get(verb="partner.changed")
    assert changed.facts == {"name": "Harrow & Heel", "fields": ["contact"]}
    lead.post("/settings/undo/")
    partner.refresh_from_db()
    assert partner.contact == HARROW["contact"]
    assert verbs() == ["partner.made", "partner.changed", "setting.put_back"]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "HARROW &  heel", "There is a partner “Harrow &amp; Heel” already."),
        ("name", " ", "Write the name of the firm."),
        ("phone", "ask Gus", "This is no telephone number. Write it like"),
        ("email", "gus at harrow", "valid email address"),
        ("time_zone", "Mars/Olympus", "There is no time zone"),
        ("kind", "friend", "not one of the available choices"),
    ],
)
def test_a_partner_that_cannot_be_is_refused_with_a_sentence(lead: Client, field: str, value: str, said: str) -> None:
    harrow()
    answer = lead.post(f"{PAGE}new/", {**HARROW, "name": "Swift Vans", field: value})
    assert answer.status_code == 422 and said in answer.content.decode()
    assert Partner.objects.count() == 1 and not verbs()


def test_who_is_retired_is_offered_and_asked_no_more_and_owes_what_they_owe(
    cast: Cast, lead: Client, signed_in: SignIn
) -> None:
    """C4.3."""
    case, partner = complaint(cast), harrow()
    agent = signed_in(cast.delphine)
    ask, form = f"/cases/{case.pk}/partners/ask/", {"act": "exchange them", "other": "2026-03-03T16:00"}
    assert '<option value="Harrow &amp; Heel">Shop, Gus Harrow' in agent.get(ask).content.decode()
    agent.post(ask, {**form, "partner": "harrow & heel"})
    theirs = Promise.objects.get(partner=partner)
    assert Entry.objects.filter(kind="promise.made", data__promise=theirs.pk).exists()
    for _twice in range(2):
        lead.post(f"{PAGE}{partner.pk}/retire/")
    assert verbs() == ["partner.retired"]
    page = lead.get(PAGE).content.decode()
    assert page.index("<h2>Retired</h2>") < page.index("Harrow &amp; Heel") < page.index("owes 1 promise")
    assert "1 promise is still owed" in lead.get(f"{PAGE}{partner.pk}/").content.decode()
    assert "Harrow" not in agent.get(ask).content.decode()
    refused = agent.post(ask, {**form, "partner": "Harrow & Heel"}, headers=HTMX)
    assert refused.status_code == 422 and "is retired and asked for nothing new" in refused.content.decode()
    assert Promise.objects.filter(partner=partner).count() == 1
    lead.post(f"{PAGE}{partner.pk}/retire/", {"back": "yes"})
    assert verbs() == ["partner.retired", "partner.brought_back"]
    agent.post(ask, {**form, "partner": "Harrow & Heel"})
    assert Promise.objects.filter(partner=partner).count() == 2


def test_whoever_asks_them_sees_whom_to_speak_to_and_what_time_it_is_there(cast: Cast, signed_in: SignIn) -> None:
    """A067."""
    case, _partner = complaint(cast), harrow()
    agent = signed_in(cast.delphine)
    form = {"partner": "Harrow & Heel", "act": "exchange them", "other": "2026-03-03T16:00"}
    agent.post(f"/cases/{case.pk}/partners/ask/", form)
    sheet = agent.get(f"/promises/{Promise.objects.get(source='partner').pk}/answered/").content.decode()
    assert "Gus Harrow, at the counter" in sheet
    assert 'href="tel:+12125550134"' in sheet
    assert "6:00 in New York" in sheet


def test_the_page_asks_as_often_for_many_as_for_few(lead: Client, django_assert_num_queries: Any) -> None:
    harrow()
    lead.get(PAGE)
    with django_assert_num_queries(13):
        lead.get(PAGE)
    for number in range(40):
        harrow(name=f"Partner {number}")
    with django_assert_num_queries(13):
        lead.get(PAGE)
