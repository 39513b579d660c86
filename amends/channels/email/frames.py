"""A message as bytes for the pipe between the desk and its reader, and back; exact both ways.

A frame is `HEAD` (what it is, the length of its words, the length of its files), the words as JSON, the files as they
are. What the writer added mostly begins the whole text: then only its length is there. JSON and not pickle or
marshal: what comes from a process that reads strangers' mail can only be data.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from struct import Struct
from typing import Any

from amends.channels.message import Address, Attachment, Bounce, IncomingMessage, SenderCheck

HEAD = Struct(">BIQ")
READY, READ, FAILED = range(3)
_PEOPLE = ("to", "cc", "reply_to")
_LISTS = ("spam_marks", "references", "problems")


@dataclass(frozen=True)
class Frame:
    """`kind` is READY (nothing in it), READ (a message) or FAILED (why, as text)."""

    kind: int
    words: bytes = b""
    files: Sequence[bytes] = field(default=())

    def pieces(self) -> Iterable[bytes]:
        """The bytes to write, in order; files are not copied."""
        return (HEAD.pack(self.kind, len(self.words), sum(map(len, self.files))) + self.words, *self.files)


def pack(message: IncomingMessage) -> Frame:
    """`message` as a frame of kind READ."""
    told = dict(vars(message))
    told["sender"] = _pair(message.sender)
    for name in _PEOPLE:
        told[name] = [_pair(address) for address in told[name]]
    told["date"] = message.date.isoformat() if message.date else None
    told["bounces"] = [list(vars(bounce).values()) for bounce in message.bounces]
    told["checks"] = [list(vars(check).values()) for check in message.checks]
    told["attachments"] = [
        [file.filename, file.content_type, file.size, file.sha256, file.inline, file.content_id]
        for file in message.attachments
    ]
    if message.text.startswith(message.new_text):
        told["new_text"] = len(message.new_text)
    words = json.dumps(told, ensure_ascii=False, check_circular=False).encode("utf-8", "surrogatepass")
    return Frame(READ, words, [file.content for file in message.attachments])


def unpack(words: memoryview, files: memoryview) -> IncomingMessage:
    """The message in a frame of kind READ. Raises ValueError, KeyError or TypeError for anything else."""
    told: dict[str, Any] = json.loads(str(words, "utf-8", "surrogatepass"))
    told["sender"] = Address(*told["sender"])
    for name in _PEOPLE:
        told[name] = tuple(Address(*pair) for pair in told[name])
    for name in _LISTS:
        told[name] = tuple(told[name])
    told["date"] = datetime.fromisoformat(told["date"]) if told["date"] else None
    told["bounces"] = tuple(Bounce(*values) for values in told["bounces"])
    told["checks"] = tuple(SenderCheck(*values) for values in told["checks"])
    if isinstance(told["new_text"], int):
        told["new_text"] = told["text"][: told["new_text"]]
    told["attachments"] = tuple(_attachments(told["attachments"], files))
    return IncomingMessage(**told)


def _pair(address: Address) -> list[str]:
    return [address.name, address.address]


def _attachments(listed: Iterable[Sequence[Any]], files: memoryview) -> Iterable[Attachment]:
    at = 0
    for filename, content_type, size, sha256, inline, content_id in listed:
        yield Attachment(filename, content_type, bytes(files[at : at + size]), sha256, inline, content_id)
        at += size


def failed(reason: str) -> Frame:
    """That the reader broke down on a mail, and with what words."""
    return Frame(FAILED, reason.encode("utf-8", "replace"))
