"""The MIME bytes of a letter: threads in every mail program, and nothing a stranger wrote becomes a header."""

from __future__ import annotations

import re
from binascii import b2a_base64
from email.charset import QP, Charset
from email.generator import BytesGenerator
from email.header import Header
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import compat32
from email.utils import format_datetime, formataddr
from io import BytesIO

from amends.channels.message import Address, Attachment, OutgoingMessage

REFERENCES = 50
_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,250}>")
_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,60}/[a-z0-9][a-z0-9!#$&^_.+-]{0,60}", re.I)
_QUOTED = Charset("utf-8")
_QUOTED.body_encoding = QP
"""Quoted-printable: no line grows past 76 signs, and a plain text stays readable in the raw."""


def compose(message: OutgoingMessage) -> bytes:
    """The letter as it goes over the wire, lines ended by CRLF (RFC 5322, 2045, 2047, 2231)."""
    mail = _body(message)
    if message.attachments:
        whole = MIMEMultipart("mixed", policy=compat32)
        whole.attach(mail)
        for attachment in message.attachments:
            whole.attach(_attached(attachment))
        mail = whole
    _head(mail, message)
    out = BytesIO()
    # No mangling of "From ": the bytes that leave are the bytes that were signed.
    BytesGenerator(out, mangle_from_=False, policy=compat32.clone(linesep="\r\n")).flatten(mail)
    return out.getvalue()


def _head(mail: MIMEBase, message: OutgoingMessage) -> None:
    fields = {
        "From": _address(message.sender),
        "To": ", ".join(map(_address, message.to)),
        "Cc": ", ".join(map(_address, message.cc)),
        "Subject": _words(message.subject),
        "Date": format_datetime(message.date) if message.date else "",
        "Message-ID": _ids([message.message_id]),
        "In-Reply-To": _ids([message.in_reply_to]),
        "References": _ids(_shortened(list(message.references))),
    }
    for name, value in fields.items():
        if value:
            mail[name] = value


def _body(message: OutgoingMessage) -> MIMEBase:
    text = _text(message.text, "plain")
    if not message.html:
        return text
    both = MIMEMultipart("alternative", policy=compat32)
    both.attach(text)
    both.attach(_text(message.html, "html"))
    return both


def _text(words: str, kind: str) -> MIMENonMultipart:
    part = MIMENonMultipart("text", kind, charset="utf-8", policy=compat32)
    clean = words.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    part.set_payload("\n".join(clean.splitlines()) + "\n", charset=_QUOTED)
    return part


def _attached(attachment: Attachment) -> MIMEBase:
    kind = attachment.content_type.lower() if _TYPE.fullmatch(attachment.content_type) else ""
    # A mail inside a mail must not be base64 (RFC 2046 §5.2.1): as plain bytes it arrives whole.
    if not kind or kind.startswith(("multipart/", "message/")):
        kind = "application/octet-stream"
    main, _, sub = kind.partition("/")
    part = MIMENonMultipart(main, sub, policy=compat32)
    part.set_payload(_base64(attachment.content))
    part["Content-Transfer-Encoding"] = "base64"
    name = _line(attachment.filename) or "attachment"
    disposition = "inline" if attachment.inline else "attachment"
    safe = name.isascii()
    part.add_header("Content-Disposition", disposition, filename=name if safe else ("utf-8", "", name))
    if attachment.content_id:
        part["Content-ID"] = f"<{_line(attachment.content_id)}>"
    return part


def _base64(content: bytes) -> str:
    lines = (content[start : start + 57] for start in range(0, len(content), 57))
    return "".join(b2a_base64(line).decode("ascii") for line in lines)


def _address(address: Address) -> str:
    bare = _line(address.address)
    name = _line(address.name)
    if name.isascii():
        return formataddr((name, bare))
    return f"{Header(name, 'utf-8', header_name='From').encode()} <{bare}>"


def _words(text: str) -> str:
    line = _line(text)
    return line if line.isascii() else Header(line, "utf-8", header_name="Subject").encode()


def _ids(values: list[str]) -> str:
    found = [match.group() for value in values for match in [_MESSAGE_ID.fullmatch(value.strip())] if match]
    return "\n ".join(found)


def _shortened(values: list[str]) -> list[str]:
    """The first and the newest: what RFC 5322 advises when the line grows too long."""
    return values if len(values) <= REFERENCES else [values[0], *values[-(REFERENCES - 1) :]]


def _line(text: str) -> str:
    """One line, whatever was in it: a line break would begin a header of its own (S14)."""
    flat = _BREAKS.sub(" ", text).encode("utf-8", "replace").decode("utf-8")
    return " ".join(flat.split())
