"""Headers of a letter we send: folded, encoded, and closed to anything that would begin another header."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from urllib.parse import quote

from django.utils.translation import gettext as _

from amends.channels.message import Address, ChannelError

CRLF = b"\r\n"
_WIDTH = 76
_LONGEST_WORD = 400
_WORD_BYTES = 45
_PIECE_CHARS = 60
_LINE_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_SURROGATES = re.compile("[\ud800-\udfff]")
_ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*\Z")
_LOCAL = re.compile(r"(?:[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}|\"[A-Za-z0-9 !#$%&'*+/=?^_`{|}~.@-]{1,62}\")\Z")
_DOMAIN = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,253}[A-Za-z0-9])?|\[[0-9A-Fa-f.:IPv]{2,60}\])\Z")
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,900}>\Z")


def one_line(text: str) -> str:
    """`text` with every sign that could end a line, or that no mail may hold, turned into a space."""
    return _LINE_BREAKS.sub(" ", _SURROGATES.sub("\ufffd", text)).strip()


def field(name: str, words: Iterable[str]) -> bytes:
    """One header field; `words` are kept whole and folded between."""
    lines = [f"{name}:"]
    for word in words:
        if len(lines[-1]) + 1 + len(word) > _WIDTH and lines[-1].strip() != f"{name}:":
            lines.append("")
        lines[-1] += f" {word}"
    return CRLF.join(line.encode("ascii") for line in lines) + CRLF


def text_field(name: str, text: str) -> bytes:
    """A header of free text, such as the subject."""
    clean = one_line(text)
    words = clean.split(" ")
    if clean.isascii() and "=?" not in clean and max(map(len, words)) <= _LONGEST_WORD:
        return field(name, [word for word in words if word])
    return field(name, encoded_words(clean))


def address_field(name: str, addresses: Iterable[Address]) -> bytes:
    """A header of addresses. Raises ChannelError, code ``address``, for one that nobody can write to."""
    words: list[str] = []
    for address in addresses:
        if words:
            words[-1] += ","
        words.extend([*_phrase(address.name), f"<{ascii_address(address.address)}>"])
    return field(name, words)


def ascii_address(address: str) -> str:
    """`address` as it stands in a header, its domain in ASCII. Raises ChannelError, code ``address``."""
    local, _at, domain = plain_domain(address).rpartition("@")
    if not _LOCAL.match(local) or not _DOMAIN.match(domain):
        shown = one_line(address)[:100]
        raise ChannelError(
            _("%(address)s is no address that mail can be sent to.") % {"address": shown},
            permanent=True,
            code="address",
        )
    return f"{local}@{domain}"


def plain_domain(address: str) -> str:
    """`address` with its domain in ASCII; as it stands when that is not possible."""
    local, at, domain = address.rpartition("@")
    try:
        return address if domain.isascii() else f"{local}{at}{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        return address


def is_message_id(text: str) -> bool:
    """Whether `text` can stand as a Message-ID in a header."""
    return _MESSAGE_ID.match(text) is not None


def parameter(name: str, value: str) -> list[str]:
    """`name=value` for a Content header; beyond ASCII also in the form of RFC 2231, in pieces when long."""
    clean = one_line(value)
    plain = re.sub(r"[^A-Za-z0-9 ._()+-]", "_", clean)
    if plain == clean and len(clean) <= _PIECE_CHARS:
        return [f'{name}="{clean}"']
    short = plain if len(plain) <= _PIECE_CHARS else f"{plain[:40]}{plain[-16:]}"
    coded = _pieces(quote(clean, safe=""))
    if len(coded) == 1:
        return [f'{name}="{short}";', f"{name}*=utf-8''{coded[0]}"]
    starred = [f"{name}*{number}*={'' if number else _CHARSET}{piece}" for number, piece in enumerate(coded)]
    return [f'{name}="{short}";', *(f"{piece};" for piece in starred[:-1]), starred[-1]]


_CHARSET = "utf-8''"


def _pieces(coded: str) -> list[str]:
    pieces: list[str] = []
    while len(coded) > _PIECE_CHARS:
        # A percent sign and its two digits stay together.
        cut = next(at for at in range(_PIECE_CHARS, 0, -1) if "%" not in coded[max(at - 2, 0) : at])
        pieces.append(coded[:cut])
        coded = coded[cut:]
    return [*pieces, coded]


def encoded_words(text: str) -> list[str]:
    """`text` as encoded words (RFC 2047), cut between characters."""
    words: list[str] = []
    chunk = b""
    for char in text:
        coded = char.encode("utf-8")
        if len(chunk) + len(coded) > _WORD_BYTES:
            words.append(_word(chunk))
            chunk = b""
        chunk += coded
    return [*words, _word(chunk)] if chunk else words


def _word(chunk: bytes) -> str:
    return f"=?utf-8?b?{base64.b64encode(chunk).decode('ascii')}?="


def _phrase(name: str) -> list[str]:
    clean = one_line(name)
    if not clean:
        return []
    if not clean.isascii() or "=?" in clean or len(clean) > _LONGEST_WORD:
        return encoded_words(clean)
    if _ATOM.match(clean):
        return clean.split()
    escaped = clean.replace("\\", "\\\\").replace('"', '\\"')
    return [f'"{escaped}"']
