"""A new link for an old one, or for a claim: sent to the address we know, and told the same either way."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amends.flows import page_links, portal
from amends.portal.door import no_link, old_link, open_to_all


@open_to_all
@require_POST
def new_link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for a link by mail."""
    now = timezone.now()
    try:
        opened = page_links.open_link(token, now)
    except page_links.LinkExpired as error:
        portal.ask_link(error.case, now)
        return old_link(request, error.case, token, asked=True)
    except page_links.LinkError:
        return no_link(request)
    portal.ask_link(opened.case, now)
    messages.success(request, _("If we know your address, a link is on its way to it."))
    return HttpResponseRedirect(reverse("case_page", args=[token]), status=303)
