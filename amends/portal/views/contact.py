"""The contact form, and the thanks that name who answers and by when."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from amends.channels import accounts
from amends.channels.models import Kept
from amends.flows import page_links, portal
from amends.kit import tokens
from amends.people.models import Brand
from amends.portal import limits, sending, shop, stamps, thanks_shown
from amends.portal.door import no_link, open_to_all, show
from amends.portal.forms import ContactForm
from amends.portal.sending import Guard

THANKS = "contact-thanks"
THANKS_FOR = timedelta(days=7)


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, slug: str) -> HttpResponse:
    """The form of one brand; closed, it tells where to write instead."""
    now = timezone.now()
    brand = get_object_or_404(Brand, slug=slug)
    if not brand.form_open:
        return show(request, "portal/closed.html", _context(brand), status=404)
    if request.method != "POST":
        return _form(request, brand, ContactForm(), sending.fresh(now))
    stamp = sending.stamp_of(request)
    earlier = portal.sent_before(brand, stamp.key) if stamp else None
    return _thank(earlier, now) if earlier else _sent(request, brand, now)


@open_to_all
@require_safe
def thanks(request: HttpRequest, slug: str, sent: str) -> HttpResponse:
    """Who reads it and by when, as it stands now; nothing is kept in the browser."""
    now = timezone.now()
    try:
        opened = tokens.open_token(THANKS, sent, now, THANKS_FOR)
    except tokens.TokenError:
        return no_link(request)
    related = ("account__brand", "entry__case__owner", "entry__case__brand", "entry__case__customer")
    sent_here = Kept.objects.select_related(*related).filter(account__brand__slug=slug)
    kept = get_object_or_404(sent_here, pk=opened.subject)
    link = page_links.claim_for(kept.entry, now) if kept.entry else ""
    context = {**_context(kept.account.brand), "thanks": thanks_shown.of(kept, now), "link": link}
    return show(request, "portal/thanks.html", context)


def _sent(request: HttpRequest, brand: Brand, now: datetime) -> HttpResponse:
    form = ContactForm(request)
    if not form.is_valid():
        return _form(request, brand, form, sending.again(request, now), status=422)
    given = form.cleaned_data
    own = _own_address(brand)
    suspected = sending.suspicion(request, f"{given['subject']} {given['text']}", now)
    stamp = sending.stamp_of(request)
    if suspected or stamp is None:
        form.add_error(None, sending.ask(suspected or "no_stamp", own))
        return _form(request, brand, form, sending.again(request, now, suspected), status=422)
    place = sending.place_of(request)
    if limits.reached(given["address"], place, now):
        form.add_error(None, sending.too_many(own))
        return _form(request, brand, form, sending.again(request, now), status=429)
    kept = portal.send(brand, _written(given, stamp), now)
    limits.count(given["address"], place, now)
    return _thank(kept, now)


def _written(given: dict[str, Any], stamp: stamps.Stamp) -> portal.Written:
    return portal.Written(
        text=given["text"],
        files=given["attached"],
        name=given["name"],
        address=given["address"],
        subject=given["subject"],
        key=stamp.key,
        opened_at=stamp.opened_at,
    )


def _thank(kept: Kept, now: datetime) -> HttpResponse:
    slug = kept.account.brand.slug
    address = reverse("contact_thanks", args=[slug, tokens.make(THANKS, kept.pk, 0, now)])
    return HttpResponseRedirect(address, status=303)


def _form(request: HttpRequest, brand: Brand, form: ContactForm, guard: Guard, *, status: int = 200) -> HttpResponse:
    context = {**_context(brand), "form": form, "guard": guard}
    return show(request, "portal/contact.html", context, status=status)


def _context(brand: Brand) -> dict[str, object]:
    return {"shop": shop.of(brand), "brand": brand, "own_address": _own_address(brand)}


def _own_address(brand: Brand) -> str:
    account = accounts.speaking_for(brand)
    return account.address if account else ""
