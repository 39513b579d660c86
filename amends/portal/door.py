"""The doors of every page of ours: by signed link, or open to all. Nobody signs in, nothing is indexed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from amends.cases.models import Case
from amends.flows import page_links
from amends.flows.page_links import Opened
from amends.portal import shop, times

P = ParamSpec("P")
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Visit:
    """Somebody came with a link that opens something."""

    opened: Opened
    token: str
    now: datetime
    """In the zone of the page."""
    zone: ZoneInfo

    @property
    def case(self) -> Case:
        return self.opened.case


def open_to_all(view: View) -> View:
    """A page that anybody may open."""

    @wraps(view)
    def inside(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = protected(request, *args, **kwargs)
        if response.status_code == HTTPStatus.FORBIDDEN:  # only the check of the form's origin says so
            response = show(request, "portal/no_cookie.html", {"shop": shop.nobodys()}, status=403)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    # The check of the form's origin happens here and not before, so that its answer can be ours.
    protected = csrf_protect(view)
    return login_not_required(csrf_exempt(inside))


def by_link(view: Callable[Concatenate[HttpRequest, Visit, P], HttpResponseBase]) -> View:
    """A page behind a signed link: bad and old links are answered here and tell nothing of a case."""

    @open_to_all
    @wraps(view)
    def inside(request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        now = timezone.now()
        try:
            opened = page_links.open_link(token, now)
        except page_links.LinkExpired as error:
            return old_link(request, error.case, token)
        except page_links.LinkError:
            return no_link(request)
        zone = times.zone_of(opened.case)
        with timezone.override(zone):
            return view(request, Visit(opened, token, now.astimezone(zone), zone), *args, **kwargs)

    return inside


def show(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page in the customer's frame; what a signed-in member has around theirs is left out."""
    return render(request, template, {"frame": None, **context}, status=status)


def no_link(request: HttpRequest) -> HttpResponse:
    """The same for every link that opens nothing: changed, cut, taken back, invented."""
    return show(request, "portal/no_link.html", {"shop": shop.nobodys()}, status=404)


def old_link(request: HttpRequest, case: Case, token: str, *, asked: bool = False) -> HttpResponse:
    """Its time is over; a new one goes to the address we know."""
    context = {"shop": shop.of(case.brand), "token": token, "asked": asked}
    return show(request, "portal/old_link.html", context, status=200 if asked else 410)
