"""How a raw mail is read, as plain JSON: the answer to "what does Amends make of this mail?"."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TextIO

from amends.channels.email.read import read
from amends.channels.message import Address, Attachment, IncomingMessage


def as_json(raw: bytes) -> dict[str, Any]:
    """What `read` makes of `raw`, in JSON's own types; all keys are always there.

    ``from`` and each of the lists ``to``, ``cc``, ``reply_to``: objects ``{name, address}``. ``message_id``,
    ``in_reply_to`` and the list ``references``: with angle brackets; empty strings where there is none. ``date``: ISO
    8601 with offset, or null. ``attachments``: objects ``{filename, content_type, size, sha256, inline}``, `size` in
    bytes after decoding. ``automatic``: null for a person's mail, else a word for the kind of machine. ``problems``: a
    list of codes. Source: `IncomingMessage`, `limits.Problems`.
    """
    return _fields(read(raw))


def main_parse(paths: list[str], out: TextIO) -> int:
    """Write one JSON object a line for each file, in order. 1 when one could not be opened, else 0.

    A file that cannot be opened has its line too, with the reason as its only problem.
    """
    status = 0
    for path in paths:
        try:
            fields = as_json(Path(path).read_bytes())
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            fields = _fields(IncomingMessage(Address("", ""), problems=(f"file_unreadable: {path}: {reason}",)))
            status = 1
        out.write(json.dumps(fields, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8") + "\n")
    return status


def _fields(message: IncomingMessage) -> dict[str, Any]:
    return {
        "from": _address(message.sender),
        "to": _addresses(message.to),
        "cc": _addresses(message.cc),
        "reply_to": _addresses(message.reply_to),
        "subject": message.subject,
        "date": message.date.isoformat() if message.date else None,
        "message_id": message.message_id,
        "in_reply_to": message.in_reply_to,
        "references": list(message.references),
        "text": message.text,
        "html": message.html,
        "new_text": message.new_text,
        "attachments": [_attachment(attachment) for attachment in message.attachments],
        "automatic": message.automatic,
        "problems": list(message.problems),
    }


def _addresses(addresses: Iterable[Address]) -> list[dict[str, str]]:
    return [_address(address) for address in addresses]


def _address(address: Address) -> dict[str, str]:
    return {"name": address.name, "address": address.address}


def _attachment(attachment: Attachment) -> dict[str, Any]:
    return {
        "filename": attachment.filename,
        "content_type": attachment.content_type,
        "size": attachment.size,
        "sha256": attachment.sha256,
        "inline": attachment.inline,
    }
