"""Closed by default: every address of the desk is in a list here, or refuses strangers and carries a verb (S7)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from amends.people.models import Member, Role
from amends.people.permissions import TABLE
from tests.cast import Cast
from tests.security.routes import Route, routes

pytestmark = [pytest.mark.django_db, pytest.mark.long]

PUBLIC = {
    "healthz": "says only that the database answers",
    "readyz": "says only whether the desk is ready; why not, to whoever has the token",
    "metrics": "needs the token, and is 404 while there is none",
    "first_run": "is 404 once there is a desk",
    "join": "needs a one-time secret",
    "contact": "the contact form of a brand",
    "contact_thanks": "says that the form came",
    "shop_style": "the colour of a brand",
    "case_page": "needs a signed link",
    "case_page_all": "needs a signed link",
    "case_page_not_right": "needs a signed link",
    "case_page_link": "sends a link only to the address that is known",
    "case_page_file": "needs a signed link",
    "account_login": "signing in",
    "account_logout": "signing out",
    "account_signup": "says that nobody signs up",
    "account_inactive": "says that one was switched off",
    "account_reset_password": "a forgotten password",
    "account_reset_password_done": "a forgotten password",
    "account_reset_password_from_key": "needs a signed link",
    "account_reset_password_from_key_done": "a forgotten password",
    "account_confirm_email": "says that a key is not good",
    "account_email_verification_sent": "a sentence",
    "account_confirm_login_code": "leads to signing in",
    "mfa_authenticate": "the second step of signing in",
    "mfa_login_webauthn": "signing in with a passkey",
}
"""URL name → why a stranger may open it. Whoever adds one says why."""
REFUSED = {302, 303, 401, 403, 404, 405}


def closed() -> list[Route]:
    return [route for route in routes() if route.name not in PUBLIC]


def ours() -> list[Route]:
    return [route for route in closed() if route.ours]


def test_the_walk_finds_the_desk() -> None:
    names = {route.name for route in routes()}
    assert {"now", "case", "members", "mailbox", "account_login", "mfa_index"} <= names


def test_every_public_address_still_exists() -> None:
    unknown = PUBLIC.keys() - {route.name for route in routes()}
    assert not unknown, f"these are public but no address any more: {sorted(unknown)}"


def test_a_stranger_is_refused_everywhere_else(cast: Cast, client: Client) -> None:
    let_in = []
    for route in closed():
        for method in (client.get, client.post):
            answer = method(route.path)
            elsewhere = answer.status_code in (302, 303) and not answer["Location"].startswith("/accounts/login/")
            if answer.status_code not in REFUSED or elsewhere:
                let_in.append(f"{route.path} answered a stranger with {answer.status_code}")
    assert not let_in


def test_every_view_of_the_desk_names_a_verb_of_the_table() -> None:
    without = [route.name for route in ours() if getattr(route.view, "verb", None) not in TABLE]
    assert not without, "put @wants on these views"


@pytest.mark.parametrize("role", [Role.LEAD, Role.AGENT, Role.READER])
def test_a_role_without_the_verb_is_refused(cast: Cast, signed_in: Callable[[Member], Client], role: Role) -> None:
    client = signed_in(Member.objects.create_user("role@desk.example", None, name="Any Role", role=role))
    let_in = []
    for route in ours():
        if role in TABLE[route.view.verb]:
            continue
        for method in (client.get, client.post):
            answer = method(route.path)
            if answer.status_code not in (403, 405):
                let_in.append(f"{route.path} answered a {role} with {answer.status_code}")
    assert not let_in


def test_who_was_switched_off_is_a_stranger(cast: Cast, signed_in: Callable[[Member], Client]) -> None:
    client = signed_in(cast.marguerite)
    Member.objects.filter(pk=cast.marguerite.pk).update(is_active=False)
    assert all(client.get(route.path).status_code in REFUSED for route in ours())


def test_a_form_without_its_token_changes_nothing(cast: Cast) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.marguerite)
    taken = [route.path for route in ours() if browser.post(route.path).status_code != 403]
    assert not taken
