"""One-time links: good once, for 48 hours, and only the newest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from amends.people import inviting
from amends.people.models import Invite, Member, Role

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)
PASSWORD = "seven quiet herons"


@pytest.fixture
def invited() -> Member:
    return Member.objects.create_user("bo@desk.example", None, name="Bo Adeyemi", is_active=False)


def test_a_link_sets_the_password_and_lets_the_member_in(invited: Member) -> None:
    secret = inviting.invite(invited, by=None, now=NOW)
    inviting.join(secret, PASSWORD, NOW + timedelta(hours=47))
    invited.refresh_from_db()
    assert invited.is_active and invited.check_password(PASSWORD)


def test_a_link_is_good_only_once(invited: Member) -> None:
    secret = inviting.invite(invited, by=None, now=NOW)
    inviting.join(secret, PASSWORD, NOW)
    with pytest.raises(inviting.InviteError):
        inviting.join(secret, "another long password", NOW)
    invited.refresh_from_db()
    assert invited.check_password(PASSWORD)


def test_a_link_is_spent_after_48_hours(invited: Member) -> None:
    secret = inviting.invite(invited, by=None, now=NOW)
    with pytest.raises(inviting.InviteError):
        inviting.join(secret, PASSWORD, NOW + timedelta(hours=48))


def test_a_newer_link_takes_the_older_ones_place(invited: Member) -> None:
    older = inviting.invite(invited, by=None, now=NOW)
    newer = inviting.invite(invited, by=None, now=NOW)
    with pytest.raises(inviting.InviteError):
        inviting.member_of(older, NOW)
    assert inviting.member_of(newer, NOW) == invited


@pytest.mark.parametrize("secret", ["", "0", "None", "null", " ", "x" * 43, "x" * 5000])
def test_an_empty_or_guessed_secret_opens_nothing(invited: Member, secret: str) -> None:
    inviting.invite(invited, by=None, now=NOW)
    with pytest.raises(inviting.InviteError):
        inviting.join(secret, PASSWORD, NOW)


def test_the_secret_itself_is_not_kept(invited: Member) -> None:
    secret = inviting.invite(invited, by=None, now=NOW)
    assert secret not in str(Invite.objects.values().get())


def test_a_secret_has_256_bits(invited: Member) -> None:
    assert len(inviting.invite(invited, by=None, now=NOW)) >= 43


def test_a_weak_password_leaves_the_link_good(invited: Member) -> None:
    secret = inviting.invite(invited, by=None, now=NOW)
    with pytest.raises(ValidationError):
        inviting.join(secret, "password", NOW)
    assert inviting.member_of(secret, NOW) == invited


def test_switching_off_takes_open_links_back(invited: Member) -> None:
    secret = inviting.invite(invited, by=None, now=NOW)
    inviting.switch_off(invited)
    with pytest.raises(inviting.InviteError):
        inviting.join(secret, PASSWORD, NOW)


def test_the_only_admin_cannot_be_switched_off() -> None:
    admin = Member.objects.create_user("m@desk.example", PASSWORD, name="Marguerite Sol", role=Role.ADMIN)
    Member.objects.create_user("n@desk.example", PASSWORD, name="Nell", role=Role.ADMIN, is_active=False)
    with pytest.raises(inviting.LastAdmin, match="Marguerite Sol is the only admin"):
        inviting.switch_off(admin)
    admin.refresh_from_db()
    assert admin.is_active
