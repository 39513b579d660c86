"""The files that came with a mail, decoded and safely named. Nothing is unpacked and nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256

from amends.channels.email import charsets, filenames, parts, transfer
from amends.channels.email.limits import Problems
from amends.channels.email.parts import Part
from amends.channels.message import Attachment

_CID = re.compile(r"cid:([^\"'\s>)]{1,300})", re.IGNORECASE)


def read(rest: Iterable[Part], html: str, problems: Problems) -> tuple[Attachment, ...]:
    """The attachments among the parts that are not the letter; `html` tells which pictures it shows inline."""
    shown = {cid.lower() for cid in _CID.findall(html)}
    return tuple(_attachment(part, shown, number, problems) for number, part in enumerate(rest, start=1))


def lift_uuencoded(text: str) -> tuple[str, tuple[Attachment, ...]]:
    """`text` without the uuencoded files in it, and those files."""
    if "\nend" not in text or "begin " not in text:
        return text, ()
    raw = text.encode("utf-8")
    files = transfer.uu_files(raw)
    kept: list[bytes] = []
    at = 0
    for file in files:
        kept.append(raw[at : file.start])
        at = file.end
    found = tuple(_uu_attachment(file, number) for number, file in enumerate(files, start=1))
    return b"".join([*kept, raw[at:]]).decode("utf-8", "replace"), found


def _attachment(part: Part, shown: set[str], number: int, problems: Problems) -> Attachment:
    content = part.content(problems)
    cid = part.headers.get("content-id").strip("<> \t")
    return Attachment(
        filename=_filename(part, content, number),
        content_type=part.content_type,
        content=content,
        sha256=sha256(content).hexdigest(),
        inline=part.disposition == "inline" or (bool(cid) and cid.lower() in shown),
        content_id=cid,
    )


def _filename(part: Part, content: bytes, number: int) -> str:
    written = part.disposition_parameters.get("filename") or part.parameters.get("name") or ""
    if not filenames.safe(written) and part.content_type == "message/rfc822":
        return filenames.for_message(parts.parse(content, Problems()).headers.text("subject"), number)
    return filenames.for_part(written, part.content_type, number)


def _uu_attachment(file: transfer.UuFile, number: int) -> Attachment:
    name = charsets.decode(file.name, "")[0]
    return Attachment(
        filename=filenames.for_part(name, "application/octet-stream", number),
        content_type="application/octet-stream",
        content=file.content,
        sha256=sha256(file.content).hexdigest(),
    )
