"""The case page: read it, write on it. A GET changes nothing, because link scanners open every link."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from amends.portal import case_page as pages
from amends.portal import sending, writing
from amends.portal.door import Visit, by_link, show
from amends.portal.forms import WriteForm
from amends.portal.sending import Guard


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def case_page(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The page, and what is written on it."""
    if request.method != "POST":
        return _page(request, visit, WriteForm(), sending.fresh(visit.now))
    form = WriteForm(request)
    try:
        written = writing.checked(request, visit, form)
    except writing.Sent:
        return writing.back(visit)
    except writing.Refused as error:
        return _page(request, visit, form, sending.again(request, visit.now), status=error.status)
    kept = writing.send(visit, written)
    stands_below = kept.entry_id and visit.opened.whole
    said = _("Sent. It stands below, after the other letters.") if stands_below else _("Sent. We have it safely.")
    messages.success(request, said)
    return writing.back(visit)


@by_link
@require_safe
def everything(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Every letter, whole: for reading, printing and keeping as PDF."""
    page = pages.build(visit, everything=True)
    return show(request, "portal/everything.html", {"page": page, "shop": page.shop})


def _page(request: HttpRequest, visit: Visit, form: WriteForm, guard: Guard, *, status: int = 200) -> HttpResponse:
    page = pages.build(visit)
    context = {"page": page, "shop": page.shop, "form": form, "guard": guard}
    return show(request, "portal/case.html", context, status=status)
