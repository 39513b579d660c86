"""The first run happens once; then the page is gone for ever (S12)."""

from __future__ import annotations

from datetime import time

import pytest
from django.test import Client

from amends.clock import weeks
from amends.flows import setting_up
from amends.flows.setting_up import Beginning
from amends.people.models import Brand, Desk, Member, Role
from tests.cast import TUESDAY, Cast

pytestmark = pytest.mark.django_db

ASKED = {
    "desk": "Thimble & Co",
    "brand": "Thimble & Thorn",
    "time_zone": "Europe/Lisbon",
    "language": "pt",
    "name": "Marguerite Sol",
    "email": "Marguerite@Desk.example",
    "password": "seven quiet herons",
    "opens": "9",
    "closes": "17:30",
}


def test_before_the_set_up_every_page_leads_to_it(client: Client) -> None:
    answer = client.get("/settings/members/")
    assert answer.status_code == 302 and answer["Location"] == "/welcome/"


def test_the_set_up_makes_a_desk_with_hours_and_lets_its_admin_in(client: Client) -> None:
    answer = client.post("/welcome/", ASKED)
    assert answer["Location"] == "/settings/begin/"
    admin = Member.objects.get()
    assert (admin.email, admin.role, admin.time_zone) == ("marguerite@desk.example", Role.ADMIN, "Europe/Lisbon")
    brand = Brand.objects.get()
    assert (brand.slug, brand.language) == ("thimble-thorn", "pt")
    assert weeks.week_of(brand=brand) == dict.fromkeys(range(5), ((time(9), time(17, 30)),))
    begin = client.get("/settings/begin/")
    assert begin.status_code == 200 and b"Open your mailbox" in begin.content


def test_after_the_set_up_the_page_is_gone_for_everybody(client: Client, cast: Cast) -> None:
    assert client.get("/welcome/").status_code == 404
    client.force_login(cast.marguerite)
    assert client.get("/welcome/").status_code == 404
    assert client.post("/welcome/", ASKED).status_code == 404
    assert Desk.objects.count() == 1


def test_of_two_set_ups_at_once_one_wins() -> None:
    asked = {**ASKED, "opening": (time(9), time(17))}
    del asked["opens"], asked["closes"]
    beginning = Beginning(**asked)  # type: ignore[arg-type]
    setting_up.set_up(beginning, TUESDAY)
    with pytest.raises(setting_up.AlreadySetUp):
        setting_up.set_up(beginning, TUESDAY)
    assert (Desk.objects.count(), Brand.objects.count(), Member.objects.count()) == (1, 1, 1)


def test_a_set_up_that_fails_leaves_nothing_behind() -> None:
    Brand.objects.create(name="Thimble & Thorn", slug="other")
    asked = {**ASKED, "opening": (time(9), time(17))}
    del asked["opens"], asked["closes"]
    with pytest.raises(setting_up.AlreadySetUp):
        setting_up.set_up(Beginning(**asked), TUESDAY)  # type: ignore[arg-type]
    assert not Desk.objects.exists() and not Member.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("password", "short", b"at least 12 characters"),
        ("password", "marguerite sol", b"too similar"),
        ("time_zone", "Lisbonn", b"Write it like Europe/Lisbon"),
        ("opens", "nine", b"Write a time like 09:00"),
        ("closes", "8:00", b"end lies before"),
        ("email", "marguerite", b"valid email"),
        ("desk", "", b"required"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(client: Client, field: str, value: str, said: bytes) -> None:
    answer = client.post("/welcome/", {**ASKED, field: value})
    assert answer.status_code == 422 and said in answer.content
    assert not Desk.objects.exists()


def test_a_city_alone_names_its_time_zone(client: Client) -> None:
    client.post("/welcome/", {**ASKED, "time_zone": "lisbon"})
    assert Brand.objects.get().time_zone == "Europe/Lisbon"


def test_the_password_is_not_sent_back_to_the_browser(client: Client) -> None:
    answer = client.post("/welcome/", {**ASKED, "desk": ""})
    assert b"seven quiet herons" not in answer.content


def test_the_desk_tells_that_it_is_up_to_anyone(client: Client, cast: Cast) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
