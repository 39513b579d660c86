"""A desk that asks everybody for a second factor lets nobody work without one (ASVS 6.3.3)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from amends.people.models import Member
from tests.cast import Cast, complaint
from tests.security.test_routes import ours

pytestmark = pytest.mark.django_db
SignIn = Callable[[Member], Client]
SET_UP = "/accounts/2fa/"


@pytest.fixture
def strict(settings: Settings) -> None:
    settings.SECOND_FACTOR = True


@pytest.mark.usefixtures("strict")
def test_whoever_has_none_is_led_to_where_one_is_set_up_and_nowhere_else(cast: Cast, signed_in: SignIn) -> None:
    browser, elsewhere = signed_in(cast.marguerite), []
    for route in ours():
        for method in (browser.get, browser.post):
            answer = method(route.path)
            led = answer.status_code == 302 and answer["Location"] == SET_UP
            if not led and answer.status_code not in (404, 405):  # no page of the desk, or no such deed
                elsewhere.append(f"{route.path}: {answer.status_code}")
    public = {"/join/x/: 410", "/welcome/: 404"}
    assert not set(elsewhere) - public
    assert "asks everybody for a second step" in browser.get("/accounts/reauthenticate/").content.decode()


@pytest.mark.usefixtures("strict")
def test_a_part_of_a_page_leads_the_whole_page_there(cast: Cast, signed_in: SignIn) -> None:
    answer = signed_in(cast.delphine).get("/now/rows", headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == SET_UP


@pytest.mark.usefixtures("strict")
def test_whoever_has_one_works_and_is_asked_about_it_once(cast: Cast, signed_in: SignIn) -> None:
    totp.TOTP.activate(cast.delphine, totp.generate_totp_secret())
    browser = signed_in(cast.delphine)
    place = f"/cases/{complaint(cast).pk}/"
    assert [browser.get(place).status_code for _twice in range(2)] == [200, 200]
    with CaptureQueriesContext(connection) as asked:
        browser.get(place)
    assert not [one for one in asked.captured_queries if "mfa_authenticator" in one["sql"]]


@pytest.mark.usefixtures("strict")
def test_recovery_codes_alone_are_no_second_factor(cast: Cast, signed_in: SignIn) -> None:
    Authenticator.objects.create(user=cast.delphine, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert signed_in(cast.delphine).get("/promises/")["Location"] == SET_UP


@pytest.mark.usefixtures("strict")
def test_whoever_takes_theirs_off_is_led_there_again(cast: Cast, signed_in: SignIn) -> None:
    totp.TOTP.activate(cast.delphine, totp.generate_totp_secret())
    cast.delphine.set_password("four plain words here")
    cast.delphine.save()
    browser = signed_in(cast.delphine)
    assert browser.get("/promises/").status_code == 200
    browser.post("/accounts/reauthenticate/", {"password": "four plain words here"})
    browser.post("/accounts/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()
    assert browser.get("/promises/")["Location"] == SET_UP


def test_unless_it_is_asked_for_nobody_needs_one(cast: Cast, signed_in: SignIn) -> None:
    assert signed_in(cast.delphine).get("/promises/").status_code == 200
