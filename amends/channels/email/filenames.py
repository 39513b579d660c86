"""A safe plain name for every attachment: no folders, no control signs, no tricks with the reading direction."""

from __future__ import annotations

import mimetypes
import re
import unicodedata

from amends.channels.email import charsets, limits

_UNSAFE = re.compile('[\x00-\x1f\x7f-\x9f<>:"|?*\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]')
_SPACES = re.compile(r"\s+")
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|\Z)", re.IGNORECASE)
_OWN_ENDINGS = {
    "message/rfc822": ".eml",
    "text/calendar": ".ics",
    "text/vcard": ".vcf",
    "text/x-vcard": ".vcf",
    "text/plain": ".txt",
    "text/html": ".html",
    "message/delivery-status": ".txt",
    "message/disposition-notification": ".txt",
    "message/feedback-report": ".txt",
    "text/rfc822-headers": ".txt",
    "image/jpeg": ".jpg",
    "image/jpg": ".jpg",
    "application/pgp-signature": ".asc",
    "application/octet-stream": ".bin",
}
_LONGEST_ENDING = 16


def safe(name: str) -> str:
    """`name` as a base name of at most `limits.FILENAME_CHARS` signs; empty when nothing usable is left."""
    text = unicodedata.normalize("NFC", charsets.tidy(name)).replace("\\", "/")
    # Control signs go before the folders do: "..\x00/" must not become a folder again.
    text = _UNSAFE.sub("", text).rpartition("/")[2]
    text = _SPACES.sub(" ", text).strip(" .") if text.strip(" .") else ""
    if _DEVICE.match(text):
        text = f"_{text}"
    return _shortened(text)


def for_part(name: str, content_type: str, number: int) -> str:
    """The safe form of `name`, or one made from the type and the place of the part."""
    return safe(name) or f"attachment-{number}{_ending(content_type)}"


def for_message(subject: str, number: int) -> str:
    """The name of a mail that was forwarded as an attachment: its subject."""
    stem = safe(subject.replace("/", "-").replace("\\", "-"))[: limits.FILENAME_CHARS - 4].strip(" .")
    return f"{stem or f'message-{number}'}.eml"


def _shortened(name: str) -> str:
    if len(name) <= limits.FILENAME_CHARS:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > _LONGEST_ENDING:
        return name[: limits.FILENAME_CHARS]
    return f"{stem[: limits.FILENAME_CHARS - len(ending) - 1]}.{ending}"


def _ending(content_type: str) -> str:
    return _OWN_ENDINGS.get(content_type) or mimetypes.guess_extension(content_type) or ".bin"
