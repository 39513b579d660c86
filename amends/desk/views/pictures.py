"""A letter as its sender laid it out, and its pictures that lie elsewhere, for whoever asks for them (S33)."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from amends.cases import outside_pictures
from amends.desk import audited
from amends.desk.access import DeskRequest, wants
from amends.desk.files_shown import file_shown
from amends.desk.pictures import with_pictures
from amends.desk.pictures_shown import shown
from amends.desk.views.files import letter_for
from amends.kit import outside
from amends.kit.html import sanitise
from amends.kit.serving import kept_file
from amends.people.permissions import can


@require_GET
@wants("case.see")
def as_sent(request: DeskRequest, entry_id: int) -> HttpResponseBase:
    """The letter with its headings, lists and pictures. Of those that lie elsewhere, only what was fetched before."""
    entry = letter_for(request, entry_id, "case.see")
    pictures = outside_pictures.of(entry, request.user)
    came = {one.content_id.strip("<>"): file_shown(one).url for one in entry.files.all() if one.content_id}
    fetched = {url: reverse("outside_picture", args=[entry.pk, row.mark]) for url, row in pictures.there.items()}
    context = {
        "entry": entry,
        "letter": entry.letter,
        "html": with_pictures(sanitise(entry.letter.html, hold=True), came, fetched),
        "pictures": shown(pictures, may_ask=can(request.actor, "case.pictures", entry.case.brand_id)),
        "case_url": f"{reverse('case', args=[entry.case_id])}#letter-{entry.pk}",
    }
    return render(request, "desk/case/as_sent.html", context)


@require_POST
@wants("case.pictures")
def fetch(request: DeskRequest, entry_id: int) -> HttpResponseBase:
    """Fetch the pictures that lie elsewhere and are not here yet, and show them to this member from now on."""
    entry = letter_for(request, entry_id, "case.pictures")
    pictures = outside_pictures.of(entry, request.user)
    if pictures.urls:
        try:
            found = outside_pictures.fetch(pictures)
        except outside.BusyError:
            messages.error(
                request, _("Pictures of other letters are being fetched. Nothing was asked for: press again.")
            )
        else:
            with transaction.atomic():
                count = outside_pictures.keep(entry, found, by=request.user, now=timezone.now())
                audited.wrote(request, "mail.pictures_fetched", entry, count=count)
    return HttpResponseRedirect(reverse("as_sent", args=[entry.pk]), status=303)


@require_GET
@wants("case.see")
def one(request: DeskRequest, entry_id: int, mark: str) -> HttpResponseBase:
    """One of them, from our own disk."""
    entry = letter_for(request, entry_id, "case.see")
    picture = outside_pictures.asked_for(entry, mark, request.user)
    if picture is None:
        raise Http404(_("There is no such picture, or you have not asked for it."))
    return kept_file(picture.sha256, "picture")
