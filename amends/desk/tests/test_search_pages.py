"""Find or do: the palette and the page of results."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from amends.cases.models import Case, Closure
from amends.desk.tests.work_made import Shop, open_shop, owed, signed_in, soon

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Shop:
    return open_shop()


def palette(client: Client, text: str, on: str = "/") -> str:
    answer = client.get("/palette/", {"q": text}, headers={"HX-Request": "true", "Referer": f"http://testserver{on}"})
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def options(html: str) -> list[str]:
    found = re.findall(r'<a role="option" href="[^"]*"[^>]*>(.*?)</a>', html, re.S)
    return [" ".join(re.sub(r"<[^>]+>", " ", option).split()) for option in found]


def test_people_cases_and_deeds_stand_in_groups(shop: Shop) -> None:
    case = owed(shop.alder, shop.priya, soon(600), name="Marta Oyelaran")
    html = palette(signed_in(shop.priya), "mart")
    assert [unescape(label) for label in re.findall(r'role="group" aria-label="([^"]+)"', html)] == [
        "People",
        "Cases",
        "Do",
    ]
    assert "<mark>Mart</mark>a Oyelaran" in html
    found = options(html)
    assert found[0].endswith("a Oyelaran 1 open case")
    assert found[1].startswith(f"A-{case.pk}, Cracked teapot Marta Oyelaran, due")
    assert "Reply to Marta R" in found and "Hand over Marta’s case H" in found


def test_an_empty_palette_offers_deeds(shop: Shop) -> None:
    found = options(palette(signed_in(shop.priya), ""))
    assert found == ["New case C", "Go to Now G N", "Go to People G P", "Settings", "Profile and absence"]


def test_on_a_case_its_deeds_come_first(shop: Shop) -> None:
    case = owed(shop.alder, shop.priya, soon(5), name="Marta Oyelaran")
    found = options(palette(signed_in(shop.priya), "", on=f"/cases/{case.pk}/"))
    assert found[:4] == [
        "Reply to Marta R",
        "Promise Marta something P",
        "Hand over Marta’s case H",
        "Close Marta’s case",
    ]
    assert options(palette(signed_in(shop.priya), "hand", on=f"/cases/{case.pk}/")) == ["Hand over Marta’s case H"]


def test_a_hidden_case_gives_no_deeds(shop: Shop) -> None:
    case = owed(shop.vantry, shop.stranger, soon(5), name="Hidden Person")
    assert "Hidden" not in palette(signed_in(shop.priya), "", on=f"/cases/{case.pk}/")


def test_what_fits_nothing_offers_to_begin(shop: Shop) -> None:
    html = palette(signed_in(shop.priya), "Zoltan Nobody")
    assert "Nobody and nothing fits" in html
    assert 'href="/cases/new/?name=Zoltan+Nobody"' in html
    assert 'href="/cases/new/?address=z%40example.com"' in palette(signed_in(shop.priya), "z@example.com")
    assert 'href="/cases/new/?phone=%2B44+20+7946"' in palette(signed_in(shop.priya), "+44 20 7946")


def test_a_reader_is_offered_no_deed(shop: Shop) -> None:
    owed(shop.alder, shop.priya, soon(5), name="Marta Oyelaran")
    for text in ("", "mart", "zzz"):
        html = palette(signed_in(shop.reader), text)
        assert "Reply" not in html and "New case" not in html and "Make a case" not in html


def test_a_reference_jumps_first_and_open_cases_stand_before_closed_ones(shop: Shop) -> None:
    opened = owed(shop.alder, shop.priya, soon(5), title="Kettle one")
    closed = owed(shop.alder, shop.priya, soon(5), title="Kettle two")
    Closure.objects.create(case=closed, reason="happy", by=shop.priya, at=timezone.now())
    closed.next_step.delete()
    client = signed_in(shop.priya)
    assert [o.split(",")[0] for o in options(palette(client, "kettle"))[:2]] == [opened.reference, closed.reference]
    assert options(palette(client, closed.reference))[0].endswith("closed: The customer says it is right")


@pytest.mark.parametrize("url", ["/palette/", "/find/", "/people/"])
def test_other_brands_are_never_found(shop: Shop, url: str) -> None:
    case = owed(shop.vantry, shop.stranger, soon(5), name="Hidden Person", said="A secret of Vantry")
    for text in ("hidden", "secret", case.reference, str(case.pk), "example.com"):
        answer = signed_in(shop.priya).get(url, {"q": text}, headers={"HX-Request": "true"})
        html = unescape(answer.content.decode())
        assert "Hidden Person" not in html and f"/cases/{case.pk}/" not in html and "of Vantry" not in html


def test_the_page_of_results_shows_the_words_around(shop: Shop) -> None:
    owed(shop.alder, shop.priya, soon(5), said="The théière <b>came</b> in pieces.")
    html = signed_in(shop.priya).get("/find/", {"q": "theiere"}).content.decode()
    assert "The <mark>théière</mark> &lt;b&gt;came&lt;/b&gt; in pieces." in html


def test_the_palette_without_script_is_the_page(shop: Shop) -> None:
    answer = signed_in(shop.priya).get("/palette/", {"q": "mart"})
    assert answer.status_code == 302 and answer.headers["Location"] == "/find/?q=mart"


def test_the_palette_asks_as_often_for_many_hits_as_for_one(shop: Shop) -> None:
    client = signed_in(shop.priya)
    owed(shop.alder, shop.priya, soon(5), name="Marta One")
    owed(shop.alder, shop.priya, soon(5), name="Marta Two")
    palette(client, "marta")
    with CaptureQueriesContext(connection) as few:
        palette(client, "marta")
    for n in range(20):
        owed(shop.alder, shop.priya, soon(5), name=f"Marta{n} Other")
    with CaptureQueriesContext(connection) as many:
        palette(client, "marta")
    assert len(few) == len(many)


def test_es8_guarded_cases_cost_no_query_and_take_nobodys_place(shop: Shop) -> None:
    client = signed_in(shop.priya)
    for n in range(6):
        owed(shop.alder, shop.priya, soon(5), name=f"Marta{n} Seen")
    palette(client, "marta")
    with CaptureQueriesContext(connection) as before:
        assert len(cases_in(palette(client, "marta"))) == 5
    for n in range(6):
        case = owed(shop.alder, shop.lead, soon(5), name=f"Marta{n} Guarded")
        Case.objects.filter(pk=case.pk).update(guard="vulnerable")
    with CaptureQueriesContext(connection) as after:
        html = palette(client, "marta")
    assert len(cases_in(html)) == 5 and "Guarded" not in html
    assert len(after) - len(before) == 1, "what was taken into the guarded ones (cases.family)"


def cases_in(html: str) -> list[str]:
    return re.findall(r'role="option" href="/cases/(\d+)/"', html)
