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
_UU_LINE = re.compile(rb"[ -`]{1,90}\Z")


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
    for _ in range(_MOST_JOINTS):
        begin = _UU_BEGIN.search(raw, at)
        if begin is None:
            break
        lines, at = _uu_block(raw, begin.end() + 1)
        if lines is not None:
            found.append(UuFile(begin.group(1), b"".join(map(_uu_line, lines)), begin.start(), at))
    return found


def _uu_block(raw: bytes, at: int) -> tuple[list[bytes] | None, int]:
    """The lines up to `end` and where that ends; None, and where it broke off, when something else comes first."""
    lines: list[bytes] = []
    while at < len(raw):
        stop = raw.find(b"\n", at)
        stop = len(raw) if stop < 0 else stop
        line = raw[at:stop].rstrip(b"\r")
        if line.rstrip() == b"end":
            return lines, stop
        if not _UU_LINE.match(line):
            return None, at
        lines.append(line)
        at = stop + 1
    return None, at


def _uu_line(line: bytes) -> bytes:
    count = (line[0] - 32) & 63
    needed = (count + 2) // 3 * 4
    body = line[1 : 1 + needed].ljust(needed, b" ")
    try:
        return binascii.a2b_uu(bytes([line[0]]) + body)
    except binascii.Error:
        return b""
