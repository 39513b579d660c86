"""A letter as the bytes that a mail server takes: the same letter always gives the same bytes.

The standard library's folding changes long Message-IDs and has let line ends through; here every header is built from
words that cannot hold one, and every line stays below the 998 bytes of RFC 5322.
"""

from __future__ import annotations

import base64
import quopri
import re
from datetime import UTC, datetime
from email.utils import format_datetime
from hashlib import sha256

from django.utils.translation import gettext as _

from amends.channels.email import outgoing_headers as out
from amends.channels.email.outgoing_headers import CRLF
from amends.channels.message import Address, Attachment, ChannelError, OutgoingMessage

_REFERENCES = 50
_SHORT_LINE = 78
_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,60}/[a-z0-9][a-z0-9!#$&^_.+-]{0,100}\Z")
_CID = re.compile(r"[!-;=?-~]{1,200}\Z")
_LINE_END = re.compile("\r\n|\r|\n|\u2028|\u2029")


def compose(message: OutgoingMessage) -> bytes:
    """The MIME form of `message`; one that no person wrote says so (RFC 3834).

    Raises ChannelError, permanent, code ``address`` or ``message_id``, for what cannot stand in a header. Without a
    `date` the moment of composing is taken.
    """
    return b"".join([*_headers(message), _body(message)])


def _headers(message: OutgoingMessage) -> list[bytes]:
    if not out.is_message_id(message.message_id):
        raise ChannelError(_("The letter has no usable Message-ID."), permanent=True, code="message_id")
    date = message.date or datetime.now(UTC)
    fields = [
        out.field("Date", [format_datetime(date if date.tzinfo else date.replace(tzinfo=UTC))]),
        out.address_field("From", [message.sender]),
        out.address_field("To", message.to) if message.to else out.field("To", ["undisclosed-recipients:;"]),
    ]
    if message.cc:
        fields.append(out.address_field("Cc", message.cc))
    if message.reply_to:
        fields.append(out.address_field("Reply-To", [Address(message.sender.name, message.reply_to)]))
    fields += [out.text_field("Subject", message.subject), out.field("Message-ID", [message.message_id])]
    if out.is_message_id(message.in_reply_to):
        fields.append(out.field("In-Reply-To", [message.in_reply_to]))
    if references := _references(message):
        fields.append(out.field("References", references))
    if message.automatic:
        how = "auto-replied" if message.is_auto_reply else "auto-generated"
        fields += [out.field("Auto-Submitted", [how]), out.field("X-Auto-Response-Suppress", ["All"])]
    return [*fields, out.field("MIME-Version", ["1.0"])]


def _references(message: OutgoingMessage) -> list[str]:
    """The first and the nearest ones: programs build the thread from both ends."""
    ids = [found for found in dict.fromkeys(message.references) if out.is_message_id(found)]
    return ids if len(ids) <= _REFERENCES else [ids[0], *ids[1 - _REFERENCES :]]


def _body(message: OutgoingMessage) -> bytes:
    shown = [file for file in message.attachments if message.html and file.inline and _CID.match(file.content_id)]
    files = [file for file in message.attachments if file not in shown]
    body = _text("plain", message.text)
    if message.html:
        html = _text("html", message.html)
        if shown:
            html = _multipart(message, "related", [html, *map(_file, shown)])
        body = _multipart(message, "alternative", [body, html])
    return _multipart(message, "mixed", [body, *map(_file, files)]) if files else body


def _multipart(message: OutgoingMessage, kind: str, parts: list[bytes]) -> bytes:
    boundary = _boundary(message, kind, parts)
    delimiter = f"--{boundary}".encode()
    body = b"".join(delimiter + CRLF + part + CRLF for part in parts)
    return (
        out.field("Content-Type", [f"multipart/{kind};", f'boundary="{boundary}"'])
        + CRLF
        + body
        + delimiter
        + b"--"
        + CRLF
    )


def _boundary(message: OutgoingMessage, kind: str, parts: list[bytes]) -> str:
    number = 0
    while True:
        digest = sha256(f"{message.message_id} {kind} {number}".encode()).hexdigest()[:24]
        boundary = f"=_{kind}_{digest}"
        if not any(boundary.encode() in part for part in parts):
            return boundary
        number += 1


def _text(kind: str, text: str) -> bytes:
    lines = _LINE_END.split(re.sub("[\x00\ud800-\udfff]", "", text))
    raw = "\n".join(lines).encode("utf-8").rstrip(b"\n") + b"\n"
    plain = raw.isascii() and all(len(line) <= _SHORT_LINE for line in lines) and b"\nFrom " not in b"\n" + raw
    body = raw if plain else _quoted_printable(raw)
    return (
        out.field("Content-Type", [f"text/{kind};", "charset=utf-8"])
        + out.field("Content-Transfer-Encoding", ["7bit" if plain else "quoted-printable"])
        + CRLF
        + body.replace(b"\n", CRLF)
    )


def _quoted_printable(raw: bytes) -> bytes:
    coded = b"\n" + quopri.encodestring(raw)
    # Servers still put a ">" before a line that begins with From, and treat a lone dot as the end.
    return coded.replace(b"\nFrom ", b"\n=46rom ").replace(b"\n.", b"\n=2E").removeprefix(b"\n")


def _file(file: Attachment) -> bytes:
    kind = file.content_type.lower()
    # A composite type may not be base64 (RFC 2046), and re-wrapping would change what it holds.
    if not _TYPE.match(kind) or kind.startswith(("multipart/", "message/")):
        kind = "application/octet-stream"
    shown = file.inline and _CID.match(file.content_id)
    fields = [
        out.field("Content-Type", [kind]),
        out.field("Content-Transfer-Encoding", ["base64"]),
        out.field(
            "Content-Disposition",
            ["inline;" if shown else "attachment;", *out.parameter("filename", file.filename or "attachment")],
        ),
    ]
    if shown:
        fields.append(out.field("Content-ID", [f"<{file.content_id}>"]))
    return b"".join(fields) + CRLF + base64.encodebytes(file.content).replace(b"\n", CRLF)
