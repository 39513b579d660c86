"""Alarms at the desk, and how a member wants to be told (SL4)."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.utils import timezone

from amends.clock.alarms import raise_alarm
from amends.clock.models import Alarm
from amends.desk.live import elsewhere
from amends.desk.live.elsewhere import Memory
from amends.desk.tests.test_now import page
from amends.desk.tests.work_made import Shop, open_shop, owed, signed_in, soon
from amends.kit import secrets
from amends.people.models import Browser, Telling

pytestmark = pytest.mark.django_db

WAYS = "/settings/you/alarms/"
POINT = ec.generate_private_key(ec.SECP256R1()).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


BROWSER = {
    "endpoint": "https://push.example/a/1",
    "p256dh": text(POINT),
    "auth": text(b"0123456789abcdef"),
    "name": "x",
}


@pytest.fixture
def shop() -> Shop:
    return open_shop()


def test_sl4_an_alarm_is_shown_until_it_is_seen(shop: Shop) -> None:
    case = owed(shop.alder, shop.priya, soon(5))
    now = timezone.now()
    alarm = raise_alarm(shop.priya, "promise.half", now, case)
    Alarm.objects.update(tell_at=now)
    client = signed_in(shop.priya)
    assert "Half of the time for a promise has passed." in page(client)
    assert "Half of the time" not in page(signed_in(shop.hanne))
    signed_in(shop.hanne).post(f"/now/alarms/{alarm.pk}/seen/")
    assert Alarm.objects.get().seen_at is None, "nobody puts another's away"
    client.post(f"/now/alarms/{alarm.pk}/seen/")
    assert Alarm.objects.get().seen_at is not None
    assert "Half of the time" not in page(client)


def test_sl4_what_waits_for_the_morning_is_not_shown_before(shop: Shop) -> None:
    alarm = raise_alarm(shop.priya, "promise.half", timezone.now(), owed(shop.alder, shop.priya, soon(5)))
    Alarm.objects.filter(pk=alarm.pk).update(tell_at=timezone.now() + timedelta(hours=9))
    assert "Half of the time" not in page(signed_in(shop.priya))


def test_open_pages_hear_of_a_new_alarm(shop: Shop) -> None:
    memory = Memory()
    memory.changed(elsewhere.alarms())
    raise_alarm(shop.priya, "promise.half", timezone.now(), owed(shop.alder, shop.priya, soon(5)))
    assert list(memory.changed(elsewhere.alarms()).values()) == [shop.alder.pk]
    assert not memory.changed(elsewhere.alarms())


def test_each_chooses_their_ways(shop: Shop) -> None:
    client = signed_in(shop.priya)
    answer = client.post(WAYS, {"push": "on", "hook": "https://hooks.example/amends"})
    assert answer.status_code == 303
    kept = Telling.objects.get(member=shop.priya)
    assert (kept.mail, kept.push, kept.hook) == (False, True, "https://hooks.example/amends")
    secret = secrets.unseal(kept.sealed)["secret"]
    assert secret not in kept.sealed and secret in page(client, WAYS)
    client.post(WAYS, {"mail": "on", "hook": "https://hooks.example/other"})
    assert secrets.unseal(Telling.objects.get().sealed)["secret"] == secret, "the program keeps knowing us"


@pytest.mark.parametrize("url", ["http://hooks.example/", "ftp://hooks.example/", "https://a:b@hooks.example/", "x y"])
def test_an_address_that_will_not_do_is_refused_in_a_sentence(shop: Shop, url: str) -> None:
    answer = signed_in(shop.priya).post(WAYS, {"mail": "on", "hook": url})
    assert answer.status_code == 422 and not Telling.objects.exists()


def test_a_browser_is_kept_sealed_and_taken_out_by_its_member_alone(shop: Shop) -> None:
    client = signed_in(shop.priya)
    assert client.post(f"{WAYS}browsers/", BROWSER).status_code == 303
    browser = Browser.objects.get(member=shop.priya)
    assert BROWSER["auth"] not in browser.sealed
    assert signed_in(shop.hanne).post(f"{WAYS}browsers/{browser.pk}/out/").status_code == 404
    client.post(f"{WAYS}browsers/{browser.pk}/out/")
    assert not Browser.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"endpoint": "http://push.example/"}, {"p256dh": "abc"}, {"auth": ""}, {"p256dh": text(b"\4" + b"1" * 64)}],
)
def test_what_no_browser_says_is_not_kept(shop: Shop, wrong: dict[str, str]) -> None:
    signed_in(shop.priya).post(f"{WAYS}browsers/", {**BROWSER, **wrong})
    assert not Browser.objects.exists()
