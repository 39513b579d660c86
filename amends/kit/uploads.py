"""Checks of uploaded files: names, kinds, sizes. What passes is kept and never run (reliability S2, S26)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import structlog
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from amends.kit import inspected

log = structlog.get_logger("amends.uploads")

MOST_FILES = 10
LONGEST_NAME = 120
NAMELESS = "file"

KINDS = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "heic": "image/heic",
    "heif": "image/heif",
    "bmp": "image/bmp",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "pdf": "application/pdf",
    "txt": "text/plain",
    "csv": "text/csv",
    "rtf": "application/rtf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "mp4": "video/mp4",
    "m4v": "video/mp4",
    "mov": "video/quicktime",
    "webm": "video/webm",
    "3gp": "video/3gpp",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "aac": "audio/aac",
    "wav": "audio/wav",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
    "eml": "message/rfc822",
    "zip": "application/zip",
}
"""Name endings that people send as evidence, and the type that is written down, whatever the browser says."""

_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa\xce")
_RASTER = (
    (b"\xff\xd8\xff", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
)
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]')
_DEVICES = re.compile(r"^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.I)


class UploadError(Exception):
    """A file cannot be taken; the message says which, why, and what to do."""


@dataclass(frozen=True)
class Upload:
    """A checked file: a harmless name, a type from our own table, its bytes."""

    name: str
    content_type: str
    content: bytes


class Quota(FileUploadHandler):
    """Stops reading files once they are too large together; the fields of the form are still read.

    The settings put it before every other handler: no page has more than the allowed bytes on disk or in memory.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._left: int = settings.MAX_UPLOAD_BYTES

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self._left -= len(raw_data)
        if self._left < 0:
            _note_too_large(self.request)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Another handler makes the file."""


def was_too_large(request: HttpRequest) -> bool:
    """Did `Quota` stop a file? Ask once the form has been read."""
    return bool(request.META.get("amends.too_large"))


def too_large() -> str:
    """The sentence for files that are too large together."""
    most = settings.MAX_UPLOAD_BYTES // 1024 // 1024
    return _(
        "These files are larger than %(most)s MB together. Your words are still here. Choose fewer or smaller files."
    ) % {"most": most}


def check(files: Sequence[UploadedFile[Any]]) -> tuple[Upload, ...]:
    """The files, read and checked. Raises UploadError for the first one that cannot be taken."""
    if len(files) > MOST_FILES:
        raise UploadError(_("Send at most %(most)s files at once.") % {"most": MOST_FILES})
    if sum(file.size or 0 for file in files) > settings.MAX_UPLOAD_BYTES:
        raise UploadError(too_large())
    found = tuple(_checked(safe_name(file.name or ""), file.read()) for file in files)
    look((one.name, one.content) for one in found)
    return found


def look(files: Iterable[tuple[str, bytes]]) -> list[bool]:
    """Have the scanner look at names with their bytes, outside of any transaction; for each whether it did.

    Raises UploadError for the first that is harmful, or larger than it takes. What it does not say at once it is
    asked again once the file is kept.
    """
    return [_looked_at(name, content) for name, content in files]


def _looked_at(name: str, content: bytes) -> bool:
    verdict = inspected.ask_now(content)
    if verdict.state == inspected.State.FOUND:
        log.warning("a harmful file was refused", found=verdict.said)
        raise UploadError(
            _(
                "“%(name)s” was not taken: our virus scanner says that it is harmful. "
                "Your words are still here. Send them without it, or with another file."
            )
            % {"name": name}
        )
    if verdict.state == inspected.State.UNKNOWN:
        raise UploadError(
            _(
                "“%(name)s” is larger than our virus scanner takes. Your words are still here. "
                "Send a smaller file, or part of it."
            )
            % {"name": name}
        )
    return verdict.state == inspected.State.CLEAN


def safe_name(name: str) -> str:
    """A name for a stored file: no folders, no control or direction marks, not too long, never empty."""
    text = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    text = " ".join(_NOT_IN_NAMES.sub("", text).split()).strip(". ")
    if _DEVICES.match(text):
        text = f"_{text}"
    path = PurePosixPath(text or NAMELESS)
    return path.stem[: LONGEST_NAME - len(path.suffix[:12])] + path.suffix[:12]


def raster_type(head: bytes) -> str:
    """The type of a picture that may be shown in a page, from its first bytes; empty for anything else."""
    for magic, ending in _RASTER:
        if head.startswith(magic):
            return KINDS[ending]
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return KINDS["webp"]
    if head[4:8] == b"ftyp" and head[8:12] in {b"avif", b"avis"}:
        return KINDS["avif"]
    return ""


def _checked(name: str, content: bytes) -> Upload:
    if not content:
        raise UploadError(_("“%(name)s” is empty. Choose it again.") % {"name": name})
    kind = KINDS.get(PurePosixPath(name).suffix.lower().lstrip(".")) or raster_type(content[:16])
    if not kind or content.startswith(_PROGRAMS):
        raise UploadError(
            _("“%(name)s” is of a kind we cannot take. Send a photo, a PDF, a document, sound or film.")
            % {"name": name}
        )
    return Upload(name, kind, content)


def _note_too_large(request: HttpRequest | None) -> None:
    if request is not None:
        request.META["amends.too_large"] = True
