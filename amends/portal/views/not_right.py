""" "This isn't right": one choice is enough, and at once it is said who reads it and by when."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.flows.not_right import words
from amends.portal import not_right_shown, sending, shop, writing
from amends.portal.door import Visit, by_link, show
from amends.portal.forms import NotRightForm
from amends.portal.sending import Guard


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def not_right(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Ask what is not right; send it to the owner and to somebody more senior."""
    promised = not_right_shown.choices(visit)
    if request.method != "POST":
        asked = {"trouble": request.GET.get("trouble")}
        return _page(request, visit, NotRightForm(promises=promised, initial=asked), sending.fresh(visit.now))
    form = NotRightForm(request.POST, promises=promised)
    try:
        written = writing.checked(request, visit, form)
    except writing.Sent:
        return writing.back(visit)
    except writing.Refused as error:
        return _page(request, visit, form, sending.again(request, visit.now), status=error.status)
    given = form.cleaned_data
    trouble, about = given["trouble"], given["about_promise"]
    text = words(trouble, not_right_shown.act(promised, about, visit), given["text"])
    kept = writing.send(visit, replace(written, text=text, trouble=trouble, about_promise=about))
    said = not_right_shown.answer(visit) if kept.entry_id else _("Sent. We have it safely.")
    messages.success(request, said)
    return writing.back(visit)


def _page(request: HttpRequest, visit: Visit, form: NotRightForm, guard: Guard, *, status: int = 200) -> HttpResponse:
    context = {
        "shop": shop.of(visit.case.brand),
        "token": visit.token,
        "form": form,
        "guard": guard,
        "then": not_right_shown.then(visit),
    }
    return show(request, "portal/not_right.html", context, status=status)
