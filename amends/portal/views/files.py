"""Files of the letters that a link opens. Only pictures are shown; nothing is ever run (reliability S2)."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from amends.cases.family import family
from amends.cases.models import File
from amends.kit.serving import kept_file
from amends.portal.door import Visit, by_link
from amends.portal.letters_shown import visible_ids


@by_link
@require_safe
def file(request: HttpRequest, visit: Visit, file_id: int, name: str) -> FileResponse:
    """The bytes of one file; 404 for a file of any letter that this link does not show."""
    visible = visible_ids(visit.opened, [case.pk for case in family(visit.case)])
    found = File.objects.filter(pk=file_id, entry__in=visible).first()
    if found is None:
        raise Http404
    return kept_file(found.sha256, found.name)
