"""Is the desk up, is it ready, how does it do? For load balancers and watchdogs. And the page when it is not."""

from __future__ import annotations

import hmac
import sys

import structlog
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.defaults import page_not_found
from django.views.defaults import server_error as broken

from amends.kit import away
from amends.kit.serving import Shut
from amends.upkeep import exposition, figures, readiness

log = structlog.get_logger("amends.health")

SOON = "10"
"""Seconds after which it is worth trying again."""


@require_safe
@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """200 "ok" when the database answers, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except Error as error:
        log.error("the database does not answer", why=str(error))
        return _plain("the database does not answer\n", status=503)
    return _plain("ok\n")


@require_safe
@login_not_required
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the desk can do all of its work, else 503. The reasons are for the log and whoever has the token."""
    reasons = readiness.reasons(timezone.now())
    if not reasons:
        return _plain("ready\n")
    log.warning("the desk is not ready", why=reasons)
    return _plain("".join(f"{reason}\n" for reason in reasons) if _trusted(request) else "not ready\n", status=503)


@require_safe
@login_not_required
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus, for whoever has the token; 404 while there is none."""
    if not settings.METRICS_TOKEN:
        raise Http404
    if not _trusted(request):
        refusal = _plain("the token is missing or another one\n", status=401)
        refusal["WWW-Authenticate"] = "Bearer"
        return refusal
    return HttpResponse(exposition.text(figures.gather(timezone.now())), content_type=exposition.CONTENT_TYPE)


def not_here(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such page; or a file that is here, but shut."""
    if not isinstance(exception, Shut):
        return page_not_found(request, exception)
    if exception.waits:
        told = {**_waits(), "url": request.get_full_path(), "link": _("Open it again")}
        return HttpResponse(
            render_to_string("ui/error.html", {"error": told}), status=409, headers={"Retry-After": SOON}
        )
    told = {**_held(), "url": _came_from(request), "link": _("Back")}
    return HttpResponse(render_to_string("ui/error.html", {"error": told}), status=403)


def _waits() -> dict[str, str]:
    return {
        "title": _("This file is still being looked at"),
        "line": _(
            "The virus scanner sees every file from outside before anybody opens it. It is this one’s turn soon."
        ),
        "safe": _("It is kept whole. Open it again in a minute."),
    }


def _held() -> dict[str, str]:
    return {
        "title": _("This file is in quarantine"),
        "line": _("The virus scanner objects to it, so nobody can open it. It is kept, and nothing else is touched."),
        "safe": _(
            "It can be sent again in another form, such as a photo or a PDF. If it is a false alarm, an admin of the "
            "desk can let it out."
        ),
    }


def server_error(request: HttpRequest) -> HttpResponse:
    """What went wrong: a database that is away or a full disk is 503 and soon over; all else is ours to mend."""
    error = sys.exc_info()[1]
    if trouble := away.disk_trouble(error):
        log.error("the disk takes nothing in", why=str(error), path=request.path)
        return _later(request, _("There is no room for it just now"), _no_room(trouble))
    if error is not None and away.passes(error):
        log.error("the database is away", why=str(error), path=request.path)
        return _later(
            request,
            _("The desk is away for a moment"),
            _("Our database does not answer just now. This is usually over within a minute."),
        )
    return broken(request)


def _no_room(trouble: str) -> str:
    if trouble == "shut":
        return _("Our disk cannot be written on, so this was not taken in. Whoever runs the desk has been told.")
    return _("Our disk is almost full, so this was not taken in. Whoever runs the desk has been told.")


def _later(request: HttpRequest, title: str, line: str) -> HttpResponse:
    said = {
        "title": title,
        "line": line,
        "safe": _("What was sent before is safe. What you were about to send was not taken in: go back, try it again."),
        "url": _page_of(request),
        "link": _("Try again"),
    }
    return HttpResponse(render_to_string("500.html", {"error": said}), status=503, headers={"Retry-After": SOON})


def _page_of(request: HttpRequest) -> str:
    """The page itself, or where the form stood: what it was sent to may have no page of its own."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    return _came_from(request)


def _came_from(request: HttpRequest) -> str:
    given = request.headers.get("Referer", "")
    return given if url_has_allowed_host_and_scheme(given, {request.get_host()}) else "/"


def _plain(words: str, *, status: int = 200) -> HttpResponse:
    answer = HttpResponse(words, content_type="text/plain; charset=utf-8", status=status)
    if status == 503:
        answer["Retry-After"] = SOON
    return answer


def _trusted(request: HttpRequest) -> bool:
    """Whether the request brings the token; nobody does while there is none."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    return bool(settings.METRICS_TOKEN) and hmac.compare_digest(given.encode(), settings.METRICS_TOKEN.encode())
