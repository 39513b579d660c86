"""Content-Transfer-Encoding undone, tolerantly: broken base64, quoted-printable with rubbish, uuencode."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass

_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
_NOT_BASE64 = bytes(code for code in range(256) if code not in _BASE64)
_MOST_JOINTS = 1_000
_UU_BEGIN = re.compile(rb"^begin[ \t]+[0-7]{3,4}[ \t]+([^\r\n]{1,300}?)[ \t\r]*$", re.MULTILINE)
_UU_END = re.compile(rb"^end[ \t\r]*$", re.MULTILINE)
_UU_LINE = re.compile(rb"[ -`]{1,90}[ \t\r]*\Z")


@dataclass(frozen=True)
class UuFile:
    """A uuencoded file found in bytes: its name, its content, and where it stood."""

    name: bytes
    content: bytes
    start: int
    end: int


def decode(raw: bytes, encoding: str) -> tuple[bytes, str]:
    """Decoded bytes and a problem code, empty when all was well. Unknown encodings are taken as none."""
    words = encoding.lower().strip().replace(";", " ").split()
    kind = words[0] if words else ""
    if kind in ("base64", "b", "base-64"):
        return from_base64(raw)
    if kind in ("quoted-printable", "q", "quoted_printable"):
        return binascii.a2b_qp(raw), ""
    if kind in ("x-uuencode", "uuencode", "x-uue", "uue"):
        files = uu_files(raw)
        return (files[0].content, "") if files else (raw, "")
    return raw, ""


def from_base64(raw: bytes) -> tuple[bytes, str]:
    """Base64 with anything else thrown away; several padded pieces in a row are joined."""
    clean = raw.translate(None, _NOT_BASE64)
    pieces = [piece for piece in clean.rstrip(b"=").split(b"=", _MOST_JOINTS) if piece]
    if pieces and len(pieces) > _MOST_JOINTS:
        pieces[-1] = pieces[-1].replace(b"=", b"")
    whole = all(len(piece) % 4 != 1 for piece in pieces)
    return b"".join(map(_base64_piece, pieces)), "" if whole else "base64_broken"


def _base64_piece(piece: bytes) -> bytes:
    if len(piece) % 4 == 1:
        piece = piece[:-1]
    return base64.b64decode(piece + b"=" * (-len(piece) % 4))


def uu_files(raw: bytes) -> list[UuFile]:
    """Every complete uuencoded file in `raw`, in order. One pass over the bytes."""
    found: list[UuFile] = []
    at = 0
    while begin := _UU_BEGIN.search(raw, at):
        end = _UU_END.search(raw, begin.end())
        if end is None:
            break
        content = _uu_content(raw[begin.end() : end.start()])
        if content is None:
            at = begin.end()
        else:
            found.append(UuFile(begin.group(1), content, begin.start(), end.end()))
            at = end.end()
        if len(found) > _MOST_JOINTS:
            break
    return found


def _uu_content(block: bytes) -> bytes | None:
    lines = [line.rstrip(b"\r") for line in block.strip(b"\r\n").split(b"\n")]
    if not all(_UU_LINE.match(line) for line in lines if line):
        return None
    return b"".join(_uu_line(line) for line in lines if line)


def _uu_line(line: bytes) -> bytes:
    count = (line[0] - 32) & 63
    needed = (count + 2) // 3 * 4
    body = line[1 : 1 + needed].ljust(needed, b" ")
    try:
        return binascii.a2b_uu(bytes([line[0]]) + body)
    except binascii.Error:
        return b""
