"""A second factor of everybody, where the installation asks for one (ASVS 6.3.3)."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from amends.people.models import Member

HAS_ONE = "has_second_factor"
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""Recovery codes alone are none."""


def owes_one(session: SessionBase, member: Member) -> bool:
    """Whether this member must set one up before anything else. Asks the database once a session."""
    if not settings.SECOND_FACTOR or session.get(HAS_ONE):
        return False
    if not Authenticator.objects.filter(user=member, type__in=FACTORS).exists():
        return True
    session[HAS_ONE] = True
    return False


def ask_for_one(request: HttpRequest) -> HttpResponseBase:
    """Lead to the page where it is set up, instead of the page that was asked for."""
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(reverse("mfa_index"))
    messages.warning(request, _("This desk asks everybody for a second step at sign-in. Set one up, then go on."))
    return redirect("mfa_index")


def changed(session: SessionBase) -> None:
    """A factor came or went: look anew."""
    session.pop(HAS_ONE, None)
