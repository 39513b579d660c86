"""What whoever runs the machine may do to members, each deed in the audit log. For `amends user`."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from amends.audit import log
from amends.desk import accounts
from amends.people import inviting
from amends.people.models import Member, Role


class CannotDo(Exception):
    """It cannot be done; the message says why and what to do."""


def listed() -> list[str]:
    """One line for each member."""
    factors = set(Authenticator.objects.values_list("user_id", flat=True))
    return [_line(member, factor=member.pk in factors) for member in Member.objects.order_by("email")]


def add(email: str, name: str, role: str) -> list[str]:
    """A new member, who signs in once the link was followed."""
    wanted = _role(role)
    member = Member(email=email.strip().lower(), name=name.strip(), role=wanted, is_active=False)
    member.set_unusable_password()
    try:
        member.full_clean(exclude=["password"])
    except ValidationError as error:
        raise CannotDo(" ".join(error.messages)) from error
    with transaction.atomic():
        member.save()
        log.write("member.made", by=log.at_the_command_line(), subject=member, name=member.name, role=member.role)
        return [_("%(name)s is here as %(role)s.") % {"name": member.name, "role": member.role}, *_link(member)]


def change_role(email: str, role: str) -> list[str]:
    """Another role; the last admin stays one."""
    member, wanted = _member(email), _role(role)
    before = member.role
    with transaction.atomic():
        if wanted != Role.ADMIN:
            _refuse_last_admin(member)
        member.role = wanted
        member.save(update_fields=["role"])
        log.write(
            "member.role_changed",
            by=log.at_the_command_line(),
            subject=member,
            name=member.name,
            before=before,
            after=wanted,
        )
    facts = {"name": member.name, "before": before, "after": wanted}
    return [_("%(name)s was %(before)s and is %(after)s now.") % facts]


def link(email: str) -> list[str]:
    """A one-time link to choose a password."""
    member = _member(email)
    if not member.is_active and member.has_usable_password():
        raise CannotDo(_("%(name)s is switched off. Switch on first: amends user on.") % {"name": member.name})
    with transaction.atomic():
        return _link(member)


def switch(email: str, *, on: bool) -> list[str]:
    """Let a member in again, or out for good."""
    member = _member(email)
    if on and not member.has_usable_password():
        raise CannotDo(_("%(name)s never chose a password: amends user link.") % {"name": member.name})
    with transaction.atomic():
        if on:
            inviting.switch_on(member)
        else:
            _refuse_last_admin(member)
            inviting.switch_off(member)
            accounts.end_sessions(member)
        verb = "member.switched_on" if on else "member.switched_off"
        log.write(verb, by=log.at_the_command_line(), subject=member, name=member.name)
    said = _("%(name)s may sign in again.") if on else _("%(name)s may not sign in any more; every session has ended.")
    return [said % {"name": member.name}]


def drop_factors(email: str) -> list[str]:
    """When the phone is lost: the password alone is enough again, so every session ends."""
    member = _member(email)
    with transaction.atomic():
        found = list(Authenticator.objects.filter(user=member))
        for factor in found:
            factor.delete()
            log.write("second_factor.removed", by=log.at_the_command_line(), subject=member, method=factor.type)
        accounts.end_sessions(member)
    if not found:
        return [_("%(name)s has no second factor.") % {"name": member.name}]
    return [_("%(name)s signs in with the password alone until a new second factor is set up.") % {"name": member.name}]


def sign_out(email: str) -> list[str]:
    """End every session."""
    member = _member(email)
    with transaction.atomic():
        count = accounts.sessions_of(member).count()
        accounts.end_sessions(member)
        log.write("sign_in.others_ended", by=log.at_the_command_line(), subject=member, count=count)
    return [_("%(name)s is signed out in %(count)d places.") % {"name": member.name, "count": count}]


def _link(member: Member) -> list[str]:
    secret = inviting.invite(member, by=None, now=timezone.now())
    log.write("member.link_made", by=log.at_the_command_line(), subject=member, name=member.name)
    return [_("Within 48 hours, once:"), accounts.join_link(secret)]


def _member(email: str) -> Member:
    found = Member.objects.filter(email__iexact=email.strip()).first()
    if found is None:
        raise CannotDo(_("There is no member %(email)s. amends user list names all.") % {"email": email})
    return found


def _role(role: str) -> Role:
    try:
        return Role(role.strip().lower())
    except ValueError as error:
        raise CannotDo(_("There is no role %(role)s: write admin, lead, agent or reader.") % {"role": role}) from error


def _refuse_last_admin(member: Member) -> None:
    try:
        inviting.refuse_last_admin(member)
    except inviting.LastAdmin as error:
        raise CannotDo(str(error)) from error


def _line(member: Member, *, factor: bool) -> str:
    if member.is_active:
        state = _("may sign in, with a second factor") if factor else _("may sign in")
    else:
        state = _("switched off") if member.has_usable_password() else _("has not joined yet")
    return f"{member.email}  {member.name}  {member.role}  {state}"
