"""What every request of the desk goes through: the first run, signing in, and the member's own time zone."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware, get_user
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from amends.desk import staying
from amends.desk.access import DeskRequest
from amends.flows.guarded import hidden_from
from amends.people.models import Desk, Member
from amends.people.permissions import actor_of

Next = Callable[[HttpRequest], HttpResponseBase]
View = Callable[..., HttpResponseBase]


class FirstRunMiddleware:
    """Before the set-up there is only the set-up; after it there is none."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self.ready = False

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not self.ready:
            self.ready = Desk.current() is not None
        open_paths = (reverse("first_run"), "/static/", "/healthz", "/readyz", "/metrics")
        if not self.ready and not request.path.startswith(open_paths):
            return redirect("first_run")
        return self.get_response(request)


class SignedInMiddleware(LoginRequiredMiddleware):
    """Whoever is not signed in is led to the sign-in page, and from there back to the page they were on.

    A script is told 401: it would take the sign-in page for its answer.
    """

    def process_view(
        self, request: HttpRequest, view_func: View, view_args: tuple[Any, ...], view_kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        answer = super().process_view(request, view_func, view_args, view_kwargs)
        if answer is not None and request.headers.get("HX-Request"):
            return HttpResponse(_("You are signed out."), status=401, content_type="text/plain; charset=utf-8")
        return answer

    def handle_no_permission(self, request: HttpRequest, view_func: View) -> HttpResponseRedirect:
        back = request.get_full_path() if request.method in ("GET", "HEAD") else _page_of(request)
        return redirect_to_login(back, resolve_url(self.get_login_url(view_func)))


class MemberMiddleware:
    """Gives signed-in requests their actor, and times in the member's zone; nothing private is cached."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if isinstance(request.user, Member) and staying.over(request.session, timezone.now()):
            logout(request)
        if not isinstance(request.user, Member):
            return _private(self.get_response(request))
        # Itself, not what stands for it until somebody asks: a page asks a hundred times.
        member = request.user = cast("Member", get_user(request))
        # Before the first row is read: what is committed while the page is drawn must reach its event stream.
        request.began_at = time.time()  # type: ignore[attr-defined]
        cast(DeskRequest, request).actor = replace(actor_of(member), hidden=hidden_from(member))
        with timezone.override(ZoneInfo(member.time_zone)):
            return _private(self.get_response(request))


def _page_of(request: HttpRequest) -> str:
    """Where the form stood: what it was sent to may have no page of its own."""
    given = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(given, {request.get_host()}, require_https=request.is_secure()):
        return request.path
    page = urlsplit(given)
    return f"{page.path}?{page.query}" if page.query else page.path


def _private(response: HttpResponseBase) -> HttpResponseBase:
    if not response.has_header("Cache-Control"):
        response["Cache-Control"] = "no-store"
    return response
