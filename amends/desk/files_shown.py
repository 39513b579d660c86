"""Files from outside, served so that none of them can act: pictures are shown, all else is only kept (S10)."""

from __future__ import annotations

from django.http import FileResponse, Http404
from django.utils.translation import gettext as _

from amends.desk.pictures import picture_type
from amends.kit import blobs

HEAD = 16
NOTHING_ACTS = "sandbox; default-src 'none'"


def file_response(sha256: str, name: str, *, content_type: str = "", download: bool = False) -> FileResponse:
    """The bytes kept under `sha256`: inline when they prove to be a raster picture, else as a download.

    `content_type` is sent only for a forced download; what a sender claims is never believed.
    """
    try:
        opened = blobs.path_of(sha256).open("rb")
    except (FileNotFoundError, ValueError) as error:
        raise Http404(_("The file is not here any more.")) from error
    picture = None if download else picture_type(opened.read(HEAD))
    opened.seek(0)
    kind = picture or content_type or "application/octet-stream"
    response = FileResponse(opened, as_attachment=picture is None, filename=name, content_type=kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = NOTHING_ACTS
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
