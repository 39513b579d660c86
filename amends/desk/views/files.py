"""Files, and the raw mail."""

from __future__ import annotations

from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from amends.cases.models import Entry, File
from amends.desk import audited
from amends.desk.access import DeskRequest, case_for, wants
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
    entry = letter_for(request, entry_id, "case.raw")
    if not entry.letter.raw_sha256:
        raise Http404(_("There is no raw mail for this entry."))
    name = f"A-{entry.case_id}-{entry.pk}.eml"
    audited.wrote(request, "mail.raw_read", entry)
    return kept_file(entry.letter.raw_sha256, name, download_as="message/rfc822")


def letter_for(request: DeskRequest, entry_id: int, verb: str) -> Entry:
    """The entry of a letter, when the member may do `verb` to its case."""
    entry = get_object_or_404(Entry.objects.select_related("letter").filter(letter__isnull=False), pk=entry_id)
    case_for(request, entry.case_id, verb)
    return entry
