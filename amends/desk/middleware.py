"""What every request of the desk goes through: the first run, and the member's own time zone."""

from __future__ import annotations

import time
from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from amends.people.models import Desk, Member
from amends.people.permissions import actor_of

Next = Callable[[HttpRequest], HttpResponseBase]


class FirstRunMiddleware:
    """Before the set-up there is only the set-up; after it there is none."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self.ready = False

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not self.ready:
            self.ready = Desk.current() is not None
        open_paths = (reverse("first_run"), "/static/", "/healthz")
        if not self.ready and not request.path.startswith(open_paths):
            return redirect("first_run")
        return self.get_response(request)


class MemberMiddleware:
    """Gives signed-in requests their actor, and times in the member's zone; nothing private is cached."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not isinstance(request.user, Member):
            return _private(self.get_response(request))
        # Before the first row is read: what is committed while the page is drawn must reach its event stream.
        request.began_at = time.time()  # type: ignore[attr-defined]
        request.actor = actor_of(request.user)  # type: ignore[attr-defined]
        with timezone.override(ZoneInfo(request.user.time_zone)):
            return _private(self.get_response(request))


def _private(response: HttpResponseBase) -> HttpResponseBase:
    if isinstance(response, HttpResponse) and not response.has_header("Cache-Control"):
        response["Cache-Control"] = "no-store"
    return response
