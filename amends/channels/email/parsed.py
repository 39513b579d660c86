"""How a mail is read, as JSON: what `amends mail parse` prints, one object a line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TextIO

from amends.channels.email.read import read
from amends.channels.message import Address, Attachment, IncomingMessage


def as_json(raw: bytes) -> dict[str, Any]:
    """All keys are always there.

    Addresses are ``{name, address}``; `to`, `cc`, `reply_to`, `references` are lists; message ids keep their
    angle brackets; `date` is ISO 8601 with offset or null; `size` is in bytes after decoding.
    """
    return _of(read(raw))


def main_parse(paths: Sequence[str], out: TextIO) -> int:
    """Print one JSON object for each file, in their order; 1 when some file could not be opened."""
    status = 0
    for path in paths:
        try:
            parsed = as_json(Path(path).read_bytes())
        except OSError as error:
            status = 1
            parsed = _of(IncomingMessage(Address("", ""), problems=(f"{path}: {error.strerror}",)))
        out.write(json.dumps(parsed, ensure_ascii=False) + "\n")
    return status


def _of(message: IncomingMessage) -> dict[str, Any]:
    return {
        "from": _address(message.sender),
        "to": [_address(address) for address in message.to],
        "cc": [_address(address) for address in message.cc],
        "reply_to": [_address(address) for address in message.reply_to],
        "subject": _printable(message.subject),
        "date": message.date.isoformat() if message.date else None,
        "message_id": _printable(message.message_id),
        "in_reply_to": _printable(message.in_reply_to),
        "references": [_printable(reference) for reference in message.references],
        "text": _printable(message.text),
        "html": _printable(message.html),
        "new_text": _printable(message.new_text),
        "attachments": [_attachment(attachment) for attachment in message.attachments],
        "automatic": message.automatic,
        "problems": [_printable(problem) for problem in message.problems],
    }


def _address(address: Address) -> dict[str, str]:
    return {"name": _printable(address.name), "address": _printable(address.address)}


def _attachment(attachment: Attachment) -> dict[str, Any]:
    return {
        "filename": _printable(attachment.filename),
        "content_type": _printable(attachment.content_type),
        "size": attachment.size,
        "sha256": attachment.sha256,
        "inline": attachment.inline,
    }


def _printable(text: str) -> str:
    """UTF-8 has no lone surrogates."""
    return text.encode("utf-8", "replace").decode("utf-8")
