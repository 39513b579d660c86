"""Wherever a member chooses a password, one that was stolen somewhere else is refused (ASVS 6.2.12)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from amends.desk import members
from amends.desk.tests.test_first_run import ASKED
from amends.people import inviting
from amends.people.models import Member
from tests.cast import Cast
from tests.peers.ranges import Ranges, running_ranges

pytestmark = pytest.mark.django_db

NOW_HAS = "correct horse battery"
STOLEN = "nine patient otters"
REFUSED = "This password was stolen somewhere else"


@pytest.fixture(autouse=True)
def ranges(settings: Settings) -> Iterator[Ranges]:
    cache.clear()  # no earlier tries
    with running_ranges(STOLEN) as ranges:
        settings.BREACHED_PASSWORDS = ranges.url
        yield ranges


@pytest.fixture
def delphine(cast: Cast) -> Member:
    cast.delphine.set_password(NOW_HAS)
    cast.delphine.save()
    return cast.delphine


def test_with_an_invitation(client: Client, cast: Cast) -> None:
    secret = inviting.invite(cast.bo, by=None, now=timezone.now())
    assert REFUSED in client.post(f"/join/{secret}/", {"password": STOLEN}).content.decode()
    assert "_auth_user_id" not in client.session
    client.post(f"/join/{secret}/", {"password": STOLEN + " by the river"})
    assert "_auth_user_id" in client.session


def test_with_a_link_of_the_command_line(client: Client, cast: Cast) -> None:
    link = re.search(r"/join/\S+/", " ".join(members.add("nia@desk.example", "Nia Okoro", "agent")))
    assert link
    assert REFUSED in client.post(link[0], {"password": STOLEN}).content.decode()
    assert not Member.objects.get(email="nia@desk.example").has_usable_password()


def test_in_a_change(client: Client, delphine: Member) -> None:
    client.post("/accounts/login/", {"login": delphine.email, "password": NOW_HAS})
    given = {"oldpassword": NOW_HAS, "password1": STOLEN, "password2": STOLEN}
    assert REFUSED in client.post("/accounts/password/change/", given).content.decode()
    delphine.refresh_from_db()
    assert delphine.check_password(NOW_HAS)


def test_after_one_was_forgotten(client: Client, delphine: Member) -> None:
    client.post("/accounts/password/reset/", {"email": delphine.email})
    link = re.search(r"http://[^/\s]+(\S+)", str(mail.outbox[0].body))
    assert link
    form = client.get(link[1], follow=True)
    answer = client.post(form.request["PATH_INFO"], {"password1": STOLEN, "password2": STOLEN})
    assert REFUSED in answer.content.decode()
    delphine.refresh_from_db()
    assert delphine.check_password(NOW_HAS)


def test_in_the_first_run(client: Client) -> None:
    assert REFUSED in client.post("/welcome/", {**ASKED, "password": STOLEN}).content.decode()
    assert not Member.objects.exists()


def test_a_list_that_is_away_keeps_nobody_from_a_new_password(client: Client, cast: Cast, ranges: Ranges) -> None:
    ranges.status = 503
    secret = inviting.invite(cast.bo, by=None, now=timezone.now())
    client.post(f"/join/{secret}/", {"password": STOLEN})
    assert "_auth_user_id" in client.session
