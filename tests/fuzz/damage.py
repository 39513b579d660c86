"""One mail made into another that no program would send. The same seed and number always make the same mail."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

MOST_BYTES = 2_000_000

_NAMES = [
    *(b"From", b"To", b"Cc", b"Reply-To", b"Subject", b"Date", b"Message-ID", b"In-Reply-To", b"References"),
    *(b"Content-Type", b"Content-Transfer-Encoding", b"Content-Disposition", b"Content-ID", b"MIME-Version"),
    *(b"Auto-Submitted", b"Precedence", b"Return-Path", b"List-Id", b"X-Failed-Recipients"),
]
_VALUES = [
    *(
        b"",
        b" ",
        b"\x00",
        b"\xff\xfe\xfd",
        b"<",
        b"<>",
        b'"',
        b"@",
        b"a@",
        b"(" * 300,
        b'"' * 301,
        b"<" * 300,
        b"=?",
        b"?=",
    ),
    *(b"=?utf-8?b?4pyI?=" * 50, b"=?x?q?=41" * 90, b"=?utf-7?q?+ADw-script?=", b"=?utf-8?q?=00=0D=0A=85?=", b";" * 500),
    *(
        b"\xe2\x80\xae\xe2\x81\xa6agent\xe2\x80\xac",
        b"<a@b.example>" * 700,
        b"a@b.example," * 900,
        b"a: b@c.example, d;" * 99,
    ),
    *(
        b"Thu, 99 Foo 99999 99:99:99 +9999",
        b"Mon, 1 Jan 0001 00:00:00 +2359",
        b"1 Jan 9999 23:59:60 -2359",
        b"-1",
        b"9" * 5_000,
    ),
    *(
        b"multipart/mixed",
        b"multipart/mixed; boundary=",
        b'multipart/mixed; boundary="' + b"b" * 400 + b'"',
        b"text/html",
    ),
    *(
        b"multipart/alternative; boundary=--",
        b"message/rfc822",
        b"message/delivery-status",
        b"multipart/report; boundary=a",
    ),
    *(
        b"message/partial; id=x; number=1",
        b"text/plain; charset=utf-16",
        b"text/plain; format=flowed; delsp=yes",
        b"text/calendar",
    ),
    *(
        b"text/enriched",
        b"text/vcard; charset=utf-32",
        b"application/ms-tnef",
        b"text/plain; " + b"a*0*=utf-8''%41;" * 300,
    ),
    *(
        b"base64",
        b"quoted-printable",
        b"x-uuencode",
        b"8bit",
        b"binary",
        b"yenc",
        b"attachment; filename*=utf-8''%2e%2e%2f%00",
    ),
    *(b"attachment; filename=../../etc/passwd", b"inline; filename=" + b"x" * 3_000, b"auto-replied", b"bulk", b"junk"),
]
_CHARSETS = [
    *(
        b"utf-8",
        b"us-ascii",
        b"utf-16",
        b"utf-16le",
        b"utf-32",
        b"utf-32le",
        b"utf-7",
        b"big5",
        b"gb18030",
        b"iso-2022-jp",
    ),
    *(
        b"iso-2022-kr",
        b"hz",
        b"euc-kr",
        b"koi8-r",
        b"windows-1252",
        b"idna",
        b"punycode",
        b"rot13",
        b"zip",
        b"hex",
        b"base64",
    ),
    *(b"unicode_escape", b"raw_unicode_escape", b"undefined", b"DEFAULT", b"X-UNKNOWN", b"\x00", b"a" * 2_000, b"mbcs"),
]
_PIECES = [
    *(
        b"\x00",
        b"\r",
        b"\n",
        b"\r\n\r\n",
        b"\n\n",
        b"\n.\n",
        b"\nFrom a Mon Jan 1 00:00:00 2024\n",
        b"\x1b$B",
        b"~{",
        b"+AD0-",
    ),
    *(
        b"\xff",
        b"\x80" * 40,
        b"\xf0\x9f\x92",
        b"\xed\xa0\x80",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"=\n",
        b"=3D",
        b"====",
        b"begin 644 x\n",
    ),
    *(
        b"<div>" * 300,
        b"<b><p>" * 200,
        b"<!--",
        b"<script>",
        b"<style>",
        b"<table><tr>" * 100,
        b"&#x110000;",
        b"&" * 500,
        b"</p>",
    ),
    *(
        b"<a href=x>" * 300,
        b"<svg><math>",
        b"cid:" * 100,
        b"> " * 400,
        b"\nOn x, y wrote:\n",
        b"-- \n",
        b"{" * 500,
        b"[" * 900,
    ),
    *(
        b"\nBEGIN:VCALENDAR\n",
        b"\nBEGIN:VEVENT\n" * 60,
        b"\nEND:VEVENT\n",
        b"\nBEGIN:VCARD\n",
        b"\x22\x3e\x9f\x78",
        b"\n--\n",
    ),
]
_BOUNDARY = re.compile(rb'boundary="?([^"\s;]{1,80})')
_CHARSET = re.compile(rb'charset="?[^"\s;]{1,80}', re.IGNORECASE)

Damage = Callable[[random.Random, bytes, Sequence[bytes]], bytes]


def damaged(mails: Sequence[bytes], seed: int, number: int) -> bytes:
    """The mail with this number: one of `mails`, damaged one to five times."""
    chance = random.Random(f"{seed}:{number}")
    raw = chance.choice(mails)
    for _ in range(chance.randint(1, 5)):
        raw = chance.choice(DAMAGES)(chance, raw, mails)[:MOST_BYTES]
    return raw


def _flip(chance: random.Random, raw: bytes, mails: Sequence[bytes]) -> bytes:
    found = bytearray(raw)
    for _ in range(chance.choice([1, 3, 20, 200])):
        if found:
            found[chance.randrange(len(found))] = chance.randrange(256)
    return bytes(found)


def _cut_out(chance: random.Random, raw: bytes, mails: Sequence[bytes]) -> bytes:
    at, length = _stretch(chance, raw)
    return raw[:at] + raw[at + length :]


def _end_early(chance: random.Random, raw: bytes, mails: Sequence[bytes]) -> bytes:
    return raw[: chance.randint(0, len(raw))]


def _repeat(chance: random.Random, raw: bytes, mails: Sequence[bytes]) -> bytes:
    at, length = _stretch(chance, raw)
    return raw[:at] + raw[at : at + length] * chance.choice([2, 2, 3, 30, 300]) + raw[at + length :]


def _swap_lines(chance: random.Random, raw: bytes, mails: Sequence[bytes]) -> bytes:
    lines = raw.split(b"\n")
    for _ in range(chance.choice([1, 2, 10])):
        one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def _splice(chance: random.Random, raw: bytes, mails: Sequence[bytes]) -> bytes:
    other = chance.choice(mails)
    return raw[: chance.randint(0, len(raw))] + other[chance.randint(0, len(other)) :]


def _insert(chance: random.Random, raw: bytes, mails: Sequence[bytes]) -> bytes:
    for _ in range(chance.choice([1, 1, 4])):
        at = chance.randint(0, len(raw))
        raw = raw[:at] + chance.choice(_PIECES) * chance.choice([1, 1, 1, 50]) + raw[at:]
    return raw


def _add_header(chance: random.Random, raw: bytes, mails: Sequence[bytes]) -> bytes:
    line = chance.choice(_NAMES) + b": " + chance.choice(_VALUES) + b"\n"
    return line * chance.choice([1, 1, 1, 2, 1_200]) + raw


def _spoil_header(chance: random.Random, raw: bytes, mails: Sequence[bytes]) -> bytes:
    name = re.compile(rb"^" + chance.choice(_NAMES) + rb":[^\n]*", re.IGNORECASE | re.MULTILINE)
    found = name.search(raw)
    if found is None:
        return _add_header(chance, raw, mails)
    colon = raw.index(b":", found.start()) + 1
    return raw[:colon] + b" " + chance.choice(_VALUES) + raw[found.end() :]


def _lie_about_charset(chance: random.Random, raw: bytes, mails: Sequence[bytes]) -> bytes:
    return _CHARSET.sub(lambda found: b"charset=" + chance.choice(_CHARSETS), raw)


def _spoil_boundary(chance: random.Random, raw: bytes, mails: Sequence[bytes]) -> bytes:
    found = _BOUNDARY.search(raw)
    if found is None:
        return raw
    return raw.replace(b"--" + found[1], b"--" + found[1][: chance.randint(0, len(found[1]))], chance.choice([1, -1]))


def _nest(chance: random.Random, raw: bytes, mails: Sequence[bytes]) -> bytes:
    in_mails = chance.choice([0.0, 0.0, 0.3, 1.0])
    for level in range(chance.choice([1, 3, 60, 200])):
        if chance.random() < in_mails:
            raw = b"Content-Type: message/rfc822\n\n" + raw
        else:
            kind = chance.choice([b"mixed", b"alternative", b"related", b"digest", b"report"])
            raw = b"Content-Type: multipart/%s; boundary=%d\n\n--%d\n%s\n--%d--\n" % (kind, level, level, raw, level)
    return b"From: Ann <ann@mail.example>\n" + raw


def _join_lines(chance: random.Random, raw: bytes, mails: Sequence[bytes]) -> bytes:
    at, length = _stretch(chance, raw)
    return raw[:at] + raw[at : at + length].replace(b"\n", chance.choice([b"", b" ", b"\r"])) + raw[at + length :]


def _other_line_ends(chance: random.Random, raw: bytes, mails: Sequence[bytes]) -> bytes:
    return raw.replace(b"\r\n", b"\n").replace(b"\n", chance.choice([b"\r", b"\r\n", b"\n\r", b"\r\r\n", b"\x85"]))


def _very_long_line(chance: random.Random, raw: bytes, mails: Sequence[bytes]) -> bytes:
    at, length = _stretch(chance, raw)
    piece = raw[at : at + min(length, 40)].replace(b"\n", b"") or b"x"
    return raw[:at] + piece * (chance.choice([10_000, 200_000]) // len(piece)) + raw[at:]


DAMAGES: list[Damage] = [
    *(_flip, _cut_out, _end_early, _repeat, _swap_lines, _splice, _insert, _add_header, _spoil_header),
    *(_lie_about_charset, _spoil_boundary, _nest, _join_lines, _other_line_ends, _very_long_line),
]


def _stretch(chance: random.Random, raw: bytes) -> tuple[int, int]:
    at = chance.randint(0, len(raw))
    return at, chance.choice([1, 10, 100, 1_000, len(raw)])
