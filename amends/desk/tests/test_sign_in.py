"""Signing in, and what ends it (S21, S23; ASVS 6 and 7)."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from amends.desk import sessions
from amends.people import inviting
from amends.people.models import Member
from tests.cast import Cast

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def delphine_with_a_password(cast: Cast) -> None:
    cache.clear()  # no earlier tries
    cast.delphine.set_password(PASSWORD)
    cast.delphine.save()


def sign_in(client: Client, email: str, password: str = PASSWORD) -> bool:
    client.post("/accounts/login/", {"login": email, "password": password})
    return "_auth_user_id" in client.session


def give_password_again(client: Client) -> None:
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


def test_a_member_signs_in_by_mail_address(client: Client, cast: Cast) -> None:
    assert sign_in(client, "DELPHINE@desk.example")


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(client: Client, cast: Cast) -> None:
    def said(email: str) -> str:
        answer = client.post("/accounts/login/", {"login": email, "password": "not the password"})
        assert answer.status_code == 200
        found = re.search(r'role="alert".*?</div></div>', answer.content.decode(), re.S)
        assert found is not None
        return found.group()

    assert said("delphine@desk.example") == said("nobody@desk.example")


def test_who_was_switched_off_does_not_come_in(client: Client, cast: Cast) -> None:
    inviting.switch_off(cast.delphine)
    assert not sign_in(client, "delphine@desk.example")


def test_too_many_wrong_passwords_close_the_door_even_to_the_right_one(client: Client, cast: Cast) -> None:
    for _try in range(6):
        sign_in(client, "delphine@desk.example", "not the password")
    assert not sign_in(client, "delphine@desk.example")


def test_nobody_signs_up(client: Client, cast: Cast) -> None:
    before = Member.objects.count()
    client.post("/accounts/signup/", {"email": "new@desk.example", "password1": PASSWORD})
    assert Member.objects.count() == before


def test_a_new_session_begins_at_sign_in(client: Client, cast: Cast) -> None:
    client.get("/accounts/login/")
    session = client.session
    session["planted"] = "yes"
    session.save()
    before = session.session_key
    assert sign_in(client, "delphine@desk.example")
    assert client.session.session_key != before


def test_switching_off_ends_a_members_sessions_at_once(cast: Cast, signed_in: Callable[[Member], Client]) -> None:
    delphine, admin = signed_in(cast.delphine), signed_in(cast.marguerite)
    assert delphine.get("/settings/you/").status_code == 200
    admin.post(f"/settings/members/{cast.delphine.pk}/switch/", {"on": "no"})
    answer = delphine.get("/settings/you/")
    assert answer.status_code == 302 and answer["Location"].startswith("/accounts/login/")


def test_a_new_password_ends_the_other_sessions(cast: Cast) -> None:
    here, elsewhere = Client(), Client()
    assert sign_in(here, "delphine@desk.example") and sign_in(elsewhere, "delphine@desk.example")
    new = "nine patient otters"
    here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    cast.delphine.refresh_from_db()
    assert cast.delphine.check_password(new)
    assert elsewhere.get("/settings/you/").status_code == 302


def test_a_member_ends_the_other_sessions(cast: Cast) -> None:
    here, elsewhere = Client(), Client()
    assert sign_in(here, "delphine@desk.example") and sign_in(elsewhere, "delphine@desk.example")
    here.post("/settings/you/sign-in/end-others/")
    assert here.get("/settings/you/").status_code == 200
    assert elsewhere.get("/settings/you/").status_code == 302


def test_a_forgotten_password_is_set_anew_by_mail(client: Client, cast: Cast) -> None:
    client.post("/accounts/password/reset/", {"email": "delphine@desk.example"})
    link = re.search(r"http://\S+", str(mail.outbox[0].body))
    assert mail.outbox[0].to == ["delphine@desk.example"] and link
    form = client.get(link.group().partition("testserver")[2] or link.group(), follow=True)
    new = "nine patient otters"
    client.post(form.request["PATH_INFO"], {"password1": new, "password2": new})
    cast.delphine.refresh_from_db()
    assert cast.delphine.check_password(new)


def test_an_unknown_address_gets_no_mail_and_the_same_answer(client: Client, cast: Cast) -> None:
    known = client.post("/accounts/password/reset/", {"email": "delphine@desk.example"})
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@desk.example"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [letter.to for letter in mail.outbox] == [["delphine@desk.example"]]


def test_a_second_step_is_asked_and_a_code_is_good_once(client: Client, cast: Cast) -> None:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(cast.delphine, secret)
    assert not sign_in(client, "delphine@desk.example")
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    code = totp.format_hotp_value(totp.hotp_value(secret, counter))
    client.post("/accounts/2fa/authenticate/", {"code": code})
    assert "_auth_user_id" in client.session
    again = Client()
    assert not sign_in(again, "delphine@desk.example")
    again.post("/accounts/2fa/authenticate/", {"code": code})
    assert "_auth_user_id" not in again.session


def test_a_one_time_link_does_not_stand_in_for_the_second_step(client: Client, cast: Cast) -> None:
    """ASVS 6.4.3: whoever reads the mailbox has the link, but not the code."""
    totp.TOTP.activate(cast.delphine, totp.generate_totp_secret())
    secret = inviting.invite(cast.delphine, by=cast.marguerite, now=timezone.now())
    answer = client.post(f"/join/{secret}/", {"password": "seven quiet herons"})
    assert answer["Location"] == "/accounts/login/"
    assert "_auth_user_id" not in client.session
    cast.delphine.refresh_from_db()
    assert cast.delphine.check_password("seven quiet herons")


def test_the_password_is_asked_again_before_the_address_changes(cast: Cast) -> None:
    client = Client()
    assert sign_in(client, "delphine@desk.example")
    answer = client.get("/settings/you/sign-in/address/")
    assert answer.status_code == 302 and "reauthenticate" in answer["Location"]
    client.post("/settings/you/sign-in/address/", {"email": "d@desk.example"}, follow=True)
    cast.delphine.refresh_from_db()
    assert cast.delphine.email == "delphine@desk.example"


def test_a_changed_address_opens_the_desk_and_the_old_one_does_not(cast: Cast) -> None:
    client = Client()
    assert sign_in(client, "delphine@desk.example")
    give_password_again(client)
    assert client.get("/settings/you/sign-in/address/").status_code == 200
    client.post("/settings/you/sign-in/address/", {"email": "D@desk.example"})
    assert sign_in(Client(), "d@desk.example")
    assert not sign_in(Client(), "delphine@desk.example")
    assert mail.outbox[-1].to == ["delphine@desk.example"]


def test_a_one_time_link_lets_a_new_member_in_once(client: Client, cast: Cast) -> None:
    bo = Member.objects.create_user("new@desk.example", None, name="Nell Ash", is_active=False)
    secret = inviting.invite(bo, by=None, now=timezone.now())
    page = client.get(f"/join/{secret}/")
    assert page.status_code == 200 and page["Referrer-Policy"] == "same-origin"
    client.post(f"/join/{secret}/", {"password": "nine patient otters"})
    assert client.session["_auth_user_id"] == str(bo.pk)
    assert Client().get(f"/join/{secret}/").status_code == 410


def test_a_weak_password_is_refused_and_the_link_stays_good(client: Client, cast: Cast) -> None:
    bo = Member.objects.create_user("new@desk.example", None, name="Nell Ash", is_active=False)
    secret = inviting.invite(bo, by=None, now=timezone.now())
    assert client.post(f"/join/{secret}/", {"password": "password"}).status_code == 422
    assert client.get(f"/join/{secret}/").status_code == 200


def test_the_pages_of_the_second_step_open_after_the_password(cast: Cast) -> None:
    client = Client()
    assert sign_in(client, "delphine@desk.example")
    give_password_again(client)
    for path in ("", "totp/activate/", "webauthn/", "webauthn/add/"):
        assert client.get(f"/accounts/2fa/{path}").status_code == 200, path


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/140 Safari/537 Edg/140", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19 Safari/604", "Safari on iPhone"),
        ("", "A browser that does not tell its name"),
    ],
)
def test_a_session_is_named_by_browser_and_system(line: str, name: str) -> None:
    assert sessions.browser(line) == name


def test_a_script_that_is_not_signed_in_hears_so_instead_of_getting_the_sign_in_page(
    client: Client, cast: Cast
) -> None:
    """It would take the page for the answer it waits for: a draft counted as saved by it (RE2)."""
    answer = client.post("/cases/1/draft/letter/", {"text": "precious"}, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content.decode()) == (401, "You are signed out.")


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/cases/7/?write=letter", "/cases/7/%3Fwrite%3Dletter"),
        ("http://testserver/cases/7/", "/cases/7/"),
        ("https://elsewhere.example/cases/7/", "/cases/7/letters/"),
        ("", "/cases/7/letters/"),
    ],
)
def test_who_sent_a_form_without_being_signed_in_comes_back_to_the_page_it_stood_on(
    client: Client, cast: Cast, referer: str, back: str
) -> None:
    answer = client.post("/cases/7/letters/", {"text": "precious"}, headers={"Referer": referer} if referer else {})
    assert (answer.status_code, answer["Location"]) == (302, f"/accounts/login/?next={back}")
