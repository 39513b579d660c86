"""Files from outside, served so that none of them can act: pictures are shown, all else is only kept (S2, S10)."""

from __future__ import annotations

from django.http import FileResponse, Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from amends.kit import blobs, inspected, uploads

HEAD = 16
HARMLESS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Shut(Http404):
    """Nobody may open it: it is in quarantine, or the scanner has not looked at it yet (`waits`)."""

    def __init__(self, waits: bool) -> None:
        super().__init__(_("This file cannot be opened."))
        self.waits = waits


def kept_file(sha256: str, name: str, *, download_as: str = "") -> FileResponse:
    """The bytes kept under `sha256`: inline when they prove to be a raster picture, else as a download.

    What a sender claims of a file's type is never believed; `download_as` is a type that we know ourselves, and
    such a file is never shown. Raises Http404, and Shut for what a scanner found or has not looked at.
    """
    if (held := inspected.shut([sha256], timezone.now()).get(sha256)) is not None:
        raise Shut(waits=held.state == inspected.State.WAITING)
    try:
        opened = blobs.path_of(sha256).open("rb")
    except (FileNotFoundError, ValueError) as error:
        raise Http404(_("The file is not here any more.")) from error
    picture = "" if download_as else uploads.raster_type(opened.read(HEAD))
    opened.seek(0)
    return FileResponse(
        opened,
        as_attachment=not picture,
        filename=uploads.safe_name(name),
        content_type=picture or download_as or "application/octet-stream",
        headers=HARMLESS,
    )
