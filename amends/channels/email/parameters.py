"""`type; name=value` headers with continuations and charsets (RFC 2231), read tolerantly and in linear time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote_to_bytes

from amends.channels.email import charsets, limits, words

_CONTINUED = re.compile(r"(?P<name>[^*]+)\*(?P<index>[0-9]{1,3})?(?P<coded>\*)?\Z")


def parse(value: str) -> tuple[str, Mapping[str, str]]:
    """The part before the first semicolon, lower case, and the parameters by lower-case name, all decoded."""
    first, _, rest = value.partition(";")
    return first.strip().lower(), _joined(_pairs(rest))


def _pairs(text: str) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    at = 0
    while at < len(text) and len(pairs) < limits.PARAMETERS:
        equals = text.find("=", at)
        if equals < 0:
            break
        name = text[at:equals].rpartition(";")[2].strip().lower()
        content, at = _value_at(text, equals + 1)
        if name:
            pairs.append((name, content))
    return pairs


def _value_at(text: str, at: int) -> tuple[str, int]:
    while at < len(text) and text[at] in " \t\n":
        at += 1
    if text[at : at + 1] == '"':
        return _quoted(text, at + 1)
    end = text.find(";", at)
    end = len(text) if end < 0 else end
    return text[at:end].strip(), end + 1


def _quoted(text: str, at: int) -> tuple[str, int]:
    out: list[str] = []
    while at < len(text):
        char = text[at]
        # A lone backslash is more often a Windows path than an escape.
        if char == "\\" and text[at + 1 : at + 2] in ('"', "\\"):
            out.append(text[at + 1])
            at += 2
            continue
        if char == '"':
            end = text.find(";", at)
            return "".join(out), len(text) if end < 0 else end + 1
        out.append(char)
        at += 1
    return "".join(out), at


def _joined(pairs: list[tuple[str, str]]) -> Mapping[str, str]:
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for name, content in pairs:
        continued = _CONTINUED.match(name)
        if continued is None:
            plain.setdefault(name, words.decode(content))
            continue
        index = int(continued["index"] or 0)
        coded = bool(continued["coded"]) or continued["index"] is None
        pieces.setdefault(continued["name"], {}).setdefault(index, (content, coded))
    return {**plain, **{name: _assembled(found) for name, found in pieces.items()}}


def _assembled(pieces: Mapping[int, tuple[str, bool]]) -> str:
    charset = ""
    raw = b""
    for index in sorted(pieces):
        content, coded = pieces[index]
        if coded and not charset and content.count("'") >= 2:
            charset, _, content = content.split("'", 2)
        raw += unquote_to_bytes(content) if coded else content.encode("utf-8", "replace")
    return charsets.decode(raw, charset)[0]
