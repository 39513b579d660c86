"""Files of the letters that a link opens. Only pictures are shown; nothing is ever run (reliability S2)."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from amends.cases.models import File
from amends.flows.merging import family
from amends.kit import blobs, uploads
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
    source = blobs.path_of(found.sha256).open("rb")
    picture = uploads.raster_type(source.read(16))
    source.seek(0)
    response = FileResponse(
        source,
        as_attachment=not picture,
        filename=uploads.safe_name(found.name),
        content_type=picture or "application/octet-stream",
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store"
    return response
