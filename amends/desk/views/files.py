"""Files, the raw mail, and a letter as its sender laid it out."""

from __future__ import annotations

from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from amends.cases.models import Entry, File
from amends.desk import audited
from amends.desk.access import DeskRequest, case_for, wants
from amends.desk.letters_shown import file_shown
from amends.desk.pictures import with_pictures
from amends.kit.html import sanitise
from amends.kit.serving import kept_file


@require_GET
@wants("case.see")
def file(request: DeskRequest, file_id: int, name: str) -> HttpResponseBase:
    """A file of a letter; `name` is only what the browser calls it."""
    one = get_object_or_404(File.objects.select_related("entry"), pk=file_id)
    case_for(request, one.entry.case_id)
    return kept_file(one.sha256, one.name)


@require_GET
@wants("case.raw")
def raw(request: DeskRequest, entry_id: int) -> HttpResponseBase:
    """The mail byte for byte, as it came."""
    entry = _letter(request, entry_id, "case.raw")
    if not entry.letter.raw_sha256:
        raise Http404(_("There is no raw mail for this entry."))
    name = f"A-{entry.case_id}-{entry.pk}.eml"
    audited.wrote(request, "mail.raw_read", entry)
    return kept_file(entry.letter.raw_sha256, name, download_as="message/rfc822")


@require_GET
@wants("case.see")
def as_sent(request: DeskRequest, entry_id: int) -> HttpResponseBase:
    """The letter with its headings, lists and the pictures that came in it; nothing is fetched from outside."""
    entry = _letter(request, entry_id, "case.see")
    pictures = {one.content_id.strip("<>"): file_shown(one).url for one in entry.files.all() if one.content_id}
    context = {
        "entry": entry,
        "letter": entry.letter,
        "html": with_pictures(sanitise(entry.letter.html), pictures),
        "case_url": f"{reverse('case', args=[entry.case_id])}#letter-{entry.pk}",
    }
    return render(request, "desk/case/as_sent.html", context)


def _letter(request: DeskRequest, entry_id: int, verb: str) -> Entry:
    entry = get_object_or_404(Entry.objects.select_related("letter").filter(letter__isnull=False), pk=entry_id)
    case_for(request, entry.case_id, verb)
    return entry
