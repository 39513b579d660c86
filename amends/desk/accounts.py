"""Sign-in, as allauth wants it: nobody signs up by themselves. Links, sessions and addresses of members."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.channels import desk_mail
from amends.desk import at_the_door
from amends.people.models import Desk, Member

BACKEND = "amends.desk.backend.Backend"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Members are made by an admin; the sign-up page is closed. What happens at the door is written down."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": gettext_lazy(
            "There were too many tries that did not fit, so the desk waits five minutes, in case somebody guesses. "
            "Then try again, or choose a new password with the link beside the field."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            at_the_door.locked_out(request, str(credentials.get("email", "")))
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        at_the_door.failed(request, str(credentials.get("email", "")))

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        super().login(request, user)
        at_the_door.came(request, user)

    def logout(self, request: HttpRequest) -> None:
        at_the_door.left(request)
        super().logout(request)

    def send_notification_mail(self, template_prefix: str, user: AbstractBaseUser, *given: Any, **named: Any) -> None:
        at_the_door.key_changed(self.request, template_prefix, user)
        super().send_notification_mail(template_prefix, user, *given, **named)


def sign_in(request: HttpRequest, member: Member) -> None:
    """Let a member in who has just set a password: a new session, remembered in the list of sessions."""
    login(request, member, backend=BACKEND)
    UserSession.objects.create_from_request(request)
    at_the_door.came(request, member)


def join_link(secret: str) -> str:
    """The whole address of a one-time link, on the desk's own host whatever the request said (S20)."""
    return f"{settings.BASE_URL}{reverse('join', args=[secret])}"


def mail_link(member: Member, link: str) -> bool:
    """Mail a one-time link to its member. False when no mailbox can send: then it is handed over by hand."""
    desk = Desk.current()
    if desk is None or desk_mail.account() is None:
        return False
    words = _(
        "Hello %(first)s,\n\nfollow this link to choose a password for %(desk)s. It works once, for 48 hours:\n\n"
        "%(link)s\n\nYou then sign in with %(email)s."
    )
    what = {"first": member.first_name, "desk": desk.name, "link": link, "email": member.email}
    send_mail(_("Your place at %(desk)s") % {"desk": desk.name}, words % what, None, [member.email])
    return True


def sessions_of(member: Member) -> QuerySet[Any]:
    """Where a member is signed in."""
    found: QuerySet[Any] = UserSession.objects.filter(user=member)
    return found


def end_sessions(member: Member) -> None:
    """Sign a member out everywhere."""
    for session in sessions_of(member):
        session.end()


def change_address(member: Member, address: str) -> None:
    """Change the mail address that a member signs in with, and tell the one before."""
    before = member.email
    if before == address:
        return
    with transaction.atomic():
        Member.objects.filter(pk=member.pk).update(email=address)
        forget_addresses(member)
    words = _("The mail address of your sign-in was changed to %(address)s. If it was not you, tell an admin.")
    send_mail(_("Your mail address was changed"), words % {"address": address}, None, [before])


def forget_addresses(member: Member) -> None:
    """An earlier address must not open the desk: only the member's own row counts."""
    EmailAddress.objects.filter(user=member).delete()
