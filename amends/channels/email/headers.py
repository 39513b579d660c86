"""A header block as bytes, read line by line with limits; nothing here can raise or take long."""

from __future__ import annotations

import re
from dataclasses import dataclass

from amends.channels.email import charsets, limits, words
from amends.channels.email.limits import Problems

_FIELD = re.compile(rb"([!-9;-~]{1,%d})[ \t]*:" % limits.HEADER_NAME_BYTES)
_BLANK_LINES = (b"\n\n", b"\n\r\n", b"\n\r\r\n")
_ENVELOPE_LINE = re.compile(rb">?From [^\n]*\n")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Headers:
    """Header fields in order: lower-case name and the unfolded value, encoded words not yet decoded."""

    fields: tuple[tuple[str, str], ...] = ()

    def get(self, name: str) -> str:
        """The first value under `name`, or an empty string."""
        return next((value for field, value in self.fields if field == name), "")

    def all(self, name: str) -> list[str]:
        """Every value under `name`, in order."""
        return [value for field, value in self.fields if field == name]

    def text(self, name: str) -> str:
        """The first value under `name` as a person reads it: decoded, one line, no hidden direction marks."""
        return readable(self.get(name))

    def __contains__(self, name: str) -> bool:
        return any(field == name for field, _ in self.fields)


def readable(value: str) -> str:
    """A header's value decoded into one line; direction overrides, which disguise names, are taken out."""
    text = _DIRECTION.sub("", _CONTROLS.sub(" ", words.decode(value)))
    return _SPACES.sub(" ", charsets.tidy(text)).strip()


def split(raw: bytes, start: int, end: int, problems: Problems) -> tuple[Headers, int]:
    """The headers that begin at `start` and where the body begins, at most `end`."""
    envelope = _ENVELOPE_LINE.match(raw, start, end)
    at = envelope.end() if envelope else start
    first = raw[at : min(at + 2, end)]
    if first[:1] == b"\n" or first == b"\r\n":
        return Headers(), raw.index(b"\n", at, end) + 1
    block_end, after_blank = _blank_line(raw, at, end)
    fields, stopped = _fields(raw, at, block_end, problems)
    if not fields:
        return Headers(), at
    if stopped < block_end:
        return Headers(fields), stopped
    return Headers(fields), after_blank


def _blank_line(raw: bytes, at: int, end: int) -> tuple[int, int]:
    """Where the first blank line begins and where it is over; twice `end` when there is none."""
    begin, after = end, end
    for blank in _BLANK_LINES:
        found = raw.find(blank, at, min(begin + len(blank), end))
        if 0 <= found < begin:
            begin, after = found + 1, found + len(blank)
    return begin, after


def parse(block: bytes) -> Headers:
    """Headers of a block without a body, such as one group of a delivery report."""
    return Headers(_fields(block, 0, len(block), Problems())[0])


def _fields(raw: bytes, at: int, end: int, problems: Problems) -> tuple[tuple[tuple[str, str], ...], int]:
    """The fields, and where the block stopped being one: a body may follow without a blank line."""
    found: list[tuple[bytes, list[bytes]]] = []
    strays: list[int] = []
    own_lines = 0
    left, size = limits.HEADER_BLOCK_BYTES, 0
    while at < end:
        line_end = raw.find(b"\n", at, end)
        line_end = end if line_end < 0 else line_end + 1
        folded = raw[at : at + 1] in (b" ", b"\t")
        field = None if folded else _FIELD.match(raw, at, line_end)
        if not field and not found:
            return (), at
        if field:
            left -= min(size, limits.HEADER_BYTES)
            if len(found) >= limits.HEADER_COUNT or left <= 0:
                problems.add("headers_cut")
                return _decoded(found, problems), end
            found.append((field[1].lower(), []))
            strays, size = [], 0
        elif not folded:
            own_lines = own_lines if strays else len(found[-1][1])
            strays.append(at)
            if len(strays) > limits.HEADER_STRAYS:
                break
        size += line_end - at
        # Of the references the last ones count, so all are collected; of anything else the beginning is enough.
        if size <= limits.HEADER_BYTES or field or found[-1][0] == b"references":
            found[-1][1].append(raw[field.end() if field else at : line_end])
        at = line_end
    if strays:
        # Lines after the last field that are no header belong to the body, not to that field.
        del found[-1][1][own_lines:]
    return _decoded(found, problems), strays[0] if strays else end


def _decoded(found: list[tuple[bytes, list[bytes]]], problems: Problems) -> tuple[tuple[str, str], ...]:
    fields = []
    for name, lines in found:
        value = b"".join(lines)
        if len(value) > limits.HEADER_BYTES:
            problems.add("headers_cut")
            # The last references are the nearest ones; of everything else the beginning matters.
            last = name == b"references"
            value = value[-limits.HEADER_BYTES :] if last else value[: limits.HEADER_BYTES]
        text = charsets.decode_unlabelled(value).replace("\n", " ").replace("\r", " ").replace("\x00", "")
        fields.append((name.decode("ascii"), text.strip()))
    return tuple(fields)
