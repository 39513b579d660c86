"""Invite a member, let a forgotten password be set anew, switch a member off (ASVS 6.4.1, S12, S23)."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils.translation import gettext as _

from amends.kit import drift
from amends.people.models import Invite, Member, Role

GOOD_FOR = timedelta(hours=48)
SECRET_BYTES = 32


class InviteError(Exception):
    """The link is not good any more; the message says what to do."""


class LastAdmin(Exception):
    """Somebody must be able to change the settings; the message says so."""


def invite(member: Member, *, by: Member | None, now: datetime) -> str:
    """The secret of a new one-time link for `member`; every earlier link stops working.

    The secret (256 bits from the system's generator) is shown once: only its hash is kept.
    """
    secret = secrets.token_urlsafe(SECRET_BYTES)
    with transaction.atomic():
        Invite.objects.filter(member=member, used_at=None).delete()
        Invite.objects.create(member=member, sha256=_hash(secret), made_by=by, made_at=now, until=now + GOOD_FOR)
    return secret


def member_of(secret: str, now: datetime) -> Member:
    """Whose link this is. Raises InviteError when it was used, taken back, is too old, or is none."""
    return _good(secret, now).member


def join(secret: str, password: str, now: datetime) -> Member:
    """Set the password by a one-time link; the member may sign in from now on.

    Two at once: one wins. Raises InviteError, or ValidationError for a password that is too weak.
    """
    found = _good(secret, now)
    validate_password(password, found.member)
    with transaction.atomic():
        if not Invite.objects.filter(pk=found.pk, used_at=None).update(used_at=now):
            raise _no_longer()
        member = found.member
        member.set_password(password)
        member.is_active = True
        member.save(update_fields=["password", "is_active"])
    return member


def set_right(now: datetime) -> int:
    """Links made by a clock ahead of ours are good for as long as those made now."""
    return drift.bring_back(Invite.objects.filter(used_at=None), "until", now, GOOD_FOR)


def switch_off(member: Member) -> None:
    """The member may not sign in any more; sessions and open links end at once. Raises LastAdmin."""
    with transaction.atomic():
        refuse_last_admin(member)
        Invite.objects.filter(member=member, used_at=None).delete()
        member.is_active = False
        member.save(update_fields=["is_active"])


def switch_on(member: Member) -> None:
    """The member may sign in again, with the password there was."""
    member.is_active = True
    member.save(update_fields=["is_active"])


def refuse_last_admin(member: Member) -> None:
    """Raises LastAdmin when no other admin could sign in without `member`."""
    others = Member.objects.filter(role=Role.ADMIN, is_active=True).exclude(pk=member.pk)
    was_admin = Member.objects.filter(pk=member.pk, role=Role.ADMIN, is_active=True).exists()
    if was_admin and not others.exists():
        raise LastAdmin(_("%(name)s is the only admin. Make somebody else an admin first.") % {"name": member.name})


def _good(secret: str, now: datetime) -> Invite:
    # An empty secret never matches: its hash is never stored, and it is refused before it is asked for.
    if not secret or len(secret) > 200:
        raise _no_longer()
    found = Invite.objects.select_related("member").filter(sha256=_hash(secret), used_at=None, until__gt=now).first()
    if found is None:
        raise _no_longer()
    return found


def _no_longer() -> InviteError:
    return InviteError(_("This link was used already, or is older than 48 hours. Ask an admin for a new one."))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
