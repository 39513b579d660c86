"""S21, S22, S23, ASVS 6 and 7: guessing, telling apart who is known, and what keeps somebody signed in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from amends.people import inviting
from amends.people.models import Member, Role
from tests.cast import Cast
from tests.security.routes import routes

PASSWORD = "nine patient otters"
LOCKED = "too many tries"


class CountingHasher(MD5PasswordHasher):
    """Counts how often a password was looked at: what takes time at signing in, without a clock."""

    looked = 0

    def encode(self, password: str, salt: str) -> str:
        type(self).looked += 1
        return super().encode(password, salt)


@pytest.fixture
def counted(settings: Settings) -> Iterator[type[CountingHasher]]:
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    CountingHasher.looked = 0
    yield CountingHasher


@pytest.fixture
def desk(cast: Cast, counted: type[CountingHasher]) -> Cast:
    cache.clear()
    for member in (cast.delphine, cast.ines):
        member.set_password(PASSWORD)
        member.save()
    return cast


def try_in(email: str, password: str = PASSWORD, *, place: str = "192.0.2.1", browser: Client | None = None) -> Any:
    return (browser or Client()).post("/accounts/login/", {"login": email, "password": password}, REMOTE_ADDR=place)


def is_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def words(answer: Any) -> str:
    """A page without what is new in each: tokens and what was typed."""
    page = re.sub(r'(?:nonce|value|content)="[^"]*"', "", answer.content.decode())
    return re.sub(r"\s+", " ", page)


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["wrong password", "unknown", "never joined", "switched off"])
def test_an_unknown_address_is_answered_as_a_known_one_and_costs_as_much(desk: Cast, who: str) -> None:
    """S21. The time is that of the password's hash: it is made once, whoever it is."""
    Member.objects.create_user("new@desk.example", None, name="Nell Ash", is_active=False)
    Member.objects.filter(pk=desk.ines.pk).update(is_active=False)
    email = {
        "wrong password": "delphine@desk.example",
        "unknown": "nobody@desk.example",
        "never joined": "new@desk.example",
        "switched off": "ines@desk.example",
    }[who]
    CountingHasher.looked = 0
    answer = try_in(email, "not the password", place="192.0.2.2")
    expected = try_in("somebody.else@desk.example", "not the password", place="192.0.2.3")
    assert (answer.status_code, words(answer)) == (expected.status_code, words(expected))
    assert CountingHasher.looked == 2


@pytest.mark.django_db
def test_one_account_is_tried_five_times_from_wherever_and_then_waits(desk: Cast) -> None:
    CountingHasher.looked = 0
    for number in range(8):
        answer = try_in("delphine@desk.example", "not the password", place=f"192.0.2.{number}")
    assert LOCKED in answer.content.decode()
    assert CountingHasher.looked == 5
    browser = Client()
    try_in("delphine@desk.example", browser=browser, place="192.0.2.99")
    assert not is_in(browser), "not even with the right password"
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        try_in("delphine@desk.example", browser=browser, place="192.0.2.99")
    assert is_in(browser)


@pytest.mark.django_db
def test_an_unknown_address_is_locked_out_alike(desk: Cast) -> None:
    for email in ("delphine@desk.example", "nobody@desk.example"):
        last = [try_in(email, "not the password", place=f"192.0.2.{n}") for n in range(6)][-1]
        assert last.status_code == 200 and LOCKED in last.content.decode()


@pytest.mark.django_db
def test_one_place_tries_ten_accounts_and_then_waits(desk: Cast) -> None:
    CountingHasher.looked = 0
    for number in range(14):
        answer = try_in(f"somebody{number}@desk.example", "not the password")
    assert LOCKED in answer.content.decode()
    assert CountingHasher.looked == 10


@pytest.mark.django_db
def test_many_sign_ins_from_one_place_are_told_to_wait_in_plain_words(desk: Cast) -> None:
    for _try in range(31):
        answer = try_in("nobody@desk.example", "not the password")
    assert answer.status_code == 429
    assert "Try again in five minutes" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("header", ["X-Forwarded-For", "CF-Connecting-IP", "X-Real-IP", "Forwarded", "True-Client-IP"])
def test_a_place_that_was_made_up_is_not_believed(desk: Cast, header: str) -> None:
    """S25: the limit counts where the request came from, not where it says it came from."""
    CountingHasher.looked = 0
    for number in range(14):
        given = {"login": f"somebody{number}@desk.example", "password": "not the password"}
        Client().post("/accounts/login/", given, headers={header: f"198.51.100.{number}"})
    assert CountingHasher.looked == 10


@pytest.mark.django_db
def test_a_forgotten_password_tells_nothing_and_is_asked_for_only_so_often(desk: Cast) -> None:
    def ask(email: str, place: str) -> Any:
        return Client().post("/accounts/password/reset/", {"email": email}, REMOTE_ADDR=place)

    known, unknown = ask("delphine@desk.example", "192.0.2.1"), ask("nobody@desk.example", "192.0.2.2")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [letter.to for letter in mail.outbox] == [["delphine@desk.example"]]
    for number in range(12):
        ask("delphine@desk.example", f"192.0.2.{number + 10}")
    assert len(mail.outbox) == 5


@pytest.mark.django_db
def test_a_one_time_link_tells_nothing_of_whose_it_was(desk: Cast) -> None:
    used = inviting.invite(desk.bo, by=None, now=timezone.now())
    inviting.join(used, PASSWORD, timezone.now())
    old = inviting.invite(desk.ines, by=None, now=timezone.now() - timedelta(days=3))
    pages = [Client().get(f"/join/{secret}/") for secret in (used, old, "invented", "x" * 500)]
    assert {page.status_code for page in pages} == {410}
    assert len({words(page) for page in pages}) == 1


@pytest.mark.django_db
def test_codes_of_the_second_step_cannot_be_guessed(desk: Cast) -> None:
    """ASVS 6.6.3: after five, even the right one waits."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(desk.delphine, secret)
    browser = Client()
    try_in("delphine@desk.example", browser=browser)
    for number in range(6):
        answer = browser.post("/accounts/2fa/authenticate/", {"code": f"{number:06}"}, REMOTE_ADDR=f"192.0.2.{number}")
    assert LOCKED in answer.content.decode()
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    right = totp.format_hotp_value(totp.hotp_value(secret, counter))
    browser.post("/accounts/2fa/authenticate/", {"code": right})
    assert not is_in(browser)


@pytest.mark.django_db
def test_a_wrong_password_before_a_change_is_counted_too(desk: Cast) -> None:
    browser = Client()
    try_in("delphine@desk.example", browser=browser)
    for _try in range(11):
        answer = browser.post("/accounts/reauthenticate/", {"password": "not the password"})
    told = answer.content.decode()
    assert LOCKED in told or "Try again in five minutes" in told


@pytest.mark.django_db
def test_the_password_is_asked_again_before_anything_of_the_second_step_changes(desk: Cast) -> None:
    """ASVS 7.5.1."""
    browser = Client()
    try_in("delphine@desk.example", browser=browser)
    asked = [route for route in routes() if route.shape.startswith("/accounts/2fa/") and not route.places]
    changing = [route for route in asked if not re.search("authenticate|login|/2fa/$|/webauthn/$", route.shape)]
    assert len(changing) >= 6
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        for route in changing:
            for send in (browser.get, browser.post):
                answer = send(route.path)
                assert answer.status_code in (302, 404, 405), route.shape
                assert answer.status_code != 302 or "reauthenticate" in answer["Location"], route.shape


@pytest.mark.django_db
def test_an_admin_does_not_change_their_own_address_without_giving_the_password(desk: Cast) -> None:
    """ASVS 7.5.1: the page of the members is no way around it."""
    browser = Client()
    Member.objects.filter(pk=desk.ines.pk).update(role=Role.ADMIN)
    try_in("ines@desk.example", browser=browser)
    given = {"name": "Ines Calder", "email": "evil@desk.example", "role": "admin", "languages": "en"}
    browser.post(f"/settings/members/{desk.ines.pk}/", {**given, "time_zone": "Europe/London", "capacity": 30})
    desk.ines.refresh_from_db()
    assert desk.ines.email == "ines@desk.example"


@pytest.mark.django_db
def test_a_browser_that_nobody_uses_is_signed_out(desk: Cast) -> None:
    """ASVS 7.3.1."""
    browser, begin = Client(), timezone.now()
    try_in("delphine@desk.example", browser=browser)
    assert browser.get("/settings/you/").status_code == 200
    with time_machine.travel(begin + timedelta(days=2)):
        assert browser.get("/settings/you/").status_code == 200
    with time_machine.travel(begin + timedelta(days=4, hours=12)):
        assert browser.get("/settings/you/").status_code == 200
    with time_machine.travel(begin + timedelta(days=8)):
        assert browser.get("/settings/you/").status_code == 302


@pytest.mark.django_db
def test_nobody_stays_signed_in_for_ever(desk: Cast) -> None:
    """ASVS 7.3.2: however busy."""
    browser, begin = Client(), timezone.now()
    try_in("delphine@desk.example", browser=browser)
    seen = []
    for day in range(17):
        with time_machine.travel(begin + timedelta(days=day, hours=12 * bool(day))):
            seen.append(browser.get("/settings/you/").status_code)
    assert seen == [200] * 14 + [302] * 3
    with time_machine.travel(begin + timedelta(days=16, hours=1)):
        try_in("delphine@desk.example", browser=browser)
        assert browser.get("/settings/you/").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "password", ["short words", "qwerty123456", "delphine marsh", "delphine@desk.example", "1234567890"]
)
def test_a_password_that_is_easily_guessed_is_refused(desk: Cast, password: str) -> None:
    """ASVS 6.2.1, 6.2.4."""
    with pytest.raises(ValidationError):
        validate_password(password, desk.delphine)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "password", ["nine patient otters", "aaaa bbbb cccc", "x" * 128, "çédille œuf 花束 ok", " leading and trailing "]
)
def test_any_long_enough_words_are_a_password(desk: Cast, password: str) -> None:
    """ASVS 6.2.2, 6.2.5, 6.2.9: no rule about signs, 64 and more are taken as they are."""
    secret = inviting.invite(desk.bo, by=None, now=timezone.now())
    Client().post(f"/join/{secret}/", {"password": password})
    desk.bo.refresh_from_db()
    assert desk.bo.check_password(password)


@pytest.mark.django_db
def test_a_password_can_be_pasted_and_filled_in(desk: Cast) -> None:
    """ASVS 6.2.7."""
    secret = inviting.invite(desk.bo, by=None, now=timezone.now())
    for path in ("/accounts/login/", f"/join/{secret}/"):
        page = Client().get(path).content.decode()
        assert re.search(r'autocomplete="(?:current|new)-password"', page)
        assert "onpaste" not in page and "maxlength" not in re.findall(r'<input[^>]*type="password"[^>]*>', page)[0]


@pytest.mark.django_db
@pytest.mark.parametrize("secret", ["", "None", "0", "null", "undefined", "x", "%00", "a" * 64])
def test_an_empty_secret_opens_nothing(desk: Cast, secret: str) -> None:
    """S12: also when the database has rows whose secret is empty."""
    assert Client().get(f"/join/{secret}/").status_code in (404, 410)
