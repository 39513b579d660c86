"""Signing in, failing to, signing out, and what changes about the keys: written to the audit log."""

from __future__ import annotations

from datetime import timedelta

from allauth.account.internal.stagekit import unstash_login
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils import timezone

from amends.audit import log
from amends.desk import demanded
from amends.kit import tallies, tokens
from amends.people.models import Member

LOCK_OUTS_TELL_ONCE = timedelta(minutes=5)
"""Whoever goes on trying must not be able to fill the log."""
KEYS = {
    "account/email/password_changed": ("password.changed", ""),
    "account/email/password_set": ("password.changed", ""),
    "account/email/password_reset": ("password.reset", ""),
    "mfa/email/totp_activated": ("second_factor.added", "authenticator app"),
    "mfa/email/totp_deactivated": ("second_factor.removed", "authenticator app"),
    "mfa/email/webauthn_added": ("second_factor.added", "passkey"),
    "mfa/email/webauthn_removed": ("second_factor.removed", "passkey"),
    "mfa/email/recovery_codes_generated": ("second_factor.codes_made", ""),
}
"""The mail that allauth would send about it → the verb, and which factor."""


def came(request: HttpRequest, member: AbstractBaseUser) -> None:
    """A member signed in."""
    if isinstance(member, Member):
        log.write("sign_in.done", by=member, subject=member, request=request)


def left(request: HttpRequest) -> None:
    """A member is about to sign out."""
    if isinstance(request.user, Member):
        log.write("sign_in.ended", by=request.user, subject=request.user, request=request)


def failed(request: HttpRequest, address: str) -> None:
    """A wrong password, or an address that is nobody's; also when a member is asked for it once more."""
    by = request.user if isinstance(request.user, Member) else log.A_STRANGER
    log.write("sign_in.failed", by=by, subject=_whose(address), request=request, method="password")


def wrong_code(request: HttpRequest) -> None:
    """The password was right and the second factor was not."""
    if isinstance(request.user, Member):
        return
    login = unstash_login(request, peek=True)
    subject = login.user if login else None
    log.write("sign_in.failed", by=log.A_STRANGER, subject=subject, request=request, method="second factor")


def locked_out(request: HttpRequest, address: str) -> None:
    """Too many tries; told once for each address and while."""
    subject = _whose(address)
    if tallies.add("locked-out", ":".join(map(str, subject)), timezone.now(), lasts=LOCK_OUTS_TELL_ONCE) == 1:
        log.write("sign_in.locked_out", by=log.A_STRANGER, subject=subject, request=request)


def key_changed(request: HttpRequest, about: str, member: AbstractBaseUser) -> None:
    """The password or a second factor is another one now."""
    verb, method = KEYS.get(about, ("", ""))
    demanded.changed(request.session)
    if verb and isinstance(member, Member):
        facts = {"method": method} if method else {}
        log.write(verb, by=member, subject=member, request=request, **facts)


def _whose(address: str) -> tuple[str, object]:
    """The member of this address, else a mark by which the same address is known again, but not read."""
    known = Member.objects.filter(email__iexact=address).values_list("pk", flat=True).first()
    return ("member", known) if known else ("address", tokens.short_mac("sign-in", address.strip().lower()))
