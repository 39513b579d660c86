"""`amends user` as whoever runs the machine uses it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.test import Client

from amends.audit.models import Record
from amends.cli import main
from amends.people.models import Member
from tests.cast import Cast

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-walk-on-a-pier"


def said(capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    found = capsys.readouterr()
    return found.out, found.err


def test_a_new_member_joins_by_the_link_that_is_printed(
    cast: Cast, client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["user", "add", "Nova@desk.example", "--name", "Nova Reyes", "--role", "lead"]) == 0
    link = said(capsys)[0].splitlines()[-1]
    assert not Member.objects.get(email="nova@desk.example").is_active
    path = "/" + link.split("/", 3)[3]
    assert client.post(path, {"password": PASSWORD, "again": PASSWORD}).status_code in (302, 303)
    joined = Member.objects.get(email="nova@desk.example")
    assert (joined.is_active, joined.role) == (True, "lead")
    verbs = set(Record.objects.filter(actor="command line").values_list("verb", flat=True))
    assert verbs == {"member.made", "member.link_made"}


def test_everybody_is_listed_with_role_and_state(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    TOTP.activate(cast.bo, "x")
    main(["user", "off", "callum@desk.example"])
    capsys.readouterr()
    assert main(["user", "list"]) == 0
    lines = said(capsys)[0].splitlines()
    assert len(lines) == len(cast.at_the_desk())
    assert "bo@desk.example  Bo Adeyemi  agent  may sign in, with a second factor" in lines


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["role", "nobody@desk.example", "lead"], "There is no member nobody@desk.example"),
        (["role", "bo@desk.example", "king"], "There is no role king: write admin, lead, agent or reader."),
        (["role", "marguerite@desk.example", "lead"], "is the only admin"),
        (["off", "marguerite@desk.example"], "is the only admin"),
        (["add", "bo@desk.example", "--name", "Bo"], "already"),
        (["add", "no address", "--name", "Bo"], "valid email"),
        (["on", "bo@desk.example"], "never chose a password: amends user link."),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence_and_nothing_changes(
    cast: Cast, capsys: pytest.CaptureFixture[str], words: list[str], why: str
) -> None:
    before = list(Member.objects.order_by("pk").values())
    assert main(["user", *words]) == 1
    out, err = said(capsys)
    assert out == ""
    assert why in err
    assert err.count("\n") == 1
    assert list(Member.objects.order_by("pk").values()) == before
    assert not Record.objects.exists()


def test_a_role_is_changed_and_noted(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["user", "role", "bo@desk.example", "admin"]) == 0
    assert said(capsys)[0].endswith("Bo Adeyemi was agent and is admin now.\n")
    assert Member.objects.get(pk=cast.bo.pk).role == "admin"
    assert Record.objects.get().facts == {"name": "Bo Adeyemi", "before": "agent", "after": "admin"}


@pytest.mark.parametrize("deed", ["off", "drop-factor", "sign-out"])
def test_sessions_end_at_once(cast: Cast, capsys: pytest.CaptureFixture[str], deed: str, client: Client) -> None:
    cast.bo.set_password(PASSWORD)
    cast.bo.save()
    client.post("/accounts/login/", {"login": cast.bo.email, "password": PASSWORD})
    assert client.get("/people/").status_code == 200
    TOTP.activate(cast.bo, "x")
    assert main(["user", deed, "BO@desk.example"]) == 0
    assert client.get("/people/").status_code == 302
    assert not UserSession.objects.filter(user=cast.bo).exists()
    assert Authenticator.objects.filter(user=cast.bo).exists() == (deed != "drop-factor")
    assert Record.objects.filter(actor="command line", subject_id=str(cast.bo.pk)).count() == 1


def test_who_is_switched_off_comes_back_with_the_same_password(
    cast: Cast, capsys: pytest.CaptureFixture[str], signed_in: Callable[[Member], Client]
) -> None:
    cast.bo.set_password(PASSWORD)
    cast.bo.save()
    assert main(["user", "off", "bo@desk.example"]) == 0
    assert main(["user", "link", "bo@desk.example"]) == 1
    assert "amends user on" in said(capsys)[1]
    assert main(["user", "on", "bo@desk.example"]) == 0
    found = Member.objects.get(pk=cast.bo.pk)
    assert found.is_active and found.check_password(PASSWORD)
