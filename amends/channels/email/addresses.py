"""Address lists as they are really written, in one pass: quotes, comments, groups, missing commas.

What stands in angle brackets is the address; a display name never becomes one while a real address is there.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass, field

from amends.channels.email import headers, limits
from amends.channels.message import Address

_SPACE = re.compile(r"[\s\x00-\x1f\x7f]+")
_ROUTE = re.compile(r"\A@[^:<>]{1,500}:")
_REMARK = re.compile(r"\([^()<>]{0,200}\)")
_INSIDE = re.compile(r"<([^<>\s]{1,320}@[^<>\s]{1,320})>")
_NEVER = str.maketrans("", "", " <>\t\n")
_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_NAME_CHARS = 300
_ADDRESS_CHARS = 320


@dataclass
class _Entry:
    """One mailbox while it is being read."""

    phrase: list[str] = field(default_factory=list)
    comment: list[str] = field(default_factory=list)
    angles: list[str] = field(default_factory=list)

    def is_empty(self) -> bool:
        return not (self.angles or "".join(self.phrase).strip() or "".join(self.comment).strip())


@dataclass(frozen=True)
class AddressList:
    """The addresses of one header; `ambiguous` when one mailbox named two, `cut` when there were too many."""

    addresses: tuple[Address, ...]
    ambiguous: bool = False
    cut: bool = False


def parse(value: str) -> AddressList:
    """Every address in `value`, at most `limits.ADDRESSES`. Entries with neither name nor address are left out."""
    entries = _entries(value)
    addresses: list[Address] = []
    for entry in entries[: limits.ADDRESSES]:
        addresses.extend(_addresses(entry))
    return AddressList(
        tuple(addresses[: limits.ADDRESSES]),
        ambiguous=any(len(entry.angles) > 1 for entry in entries[: limits.ADDRESSES]),
        cut=len(entries) > limits.ADDRESSES,
    )


def _entries(value: str) -> list[_Entry]:
    entries = [_Entry()]
    at = 0
    while at < len(value) and len(entries) <= limits.ADDRESSES + 1:
        char, entry = value[at], entries[-1]
        if char == '"':
            text, at = _until(value, at + 1, '"')
            entry.phrase.append(text if text.strip() else "")
            continue
        if char == "(":
            text, at = _comment(value, at)
            entry.comment.append(text)
            continue
        if char == "<":
            text, at = _until(value, at + 1, ">")
            entry.angles.append(text)
            continue
        if char in ",;":
            entries.append(_Entry())
        elif char == ":" and not entry.angles and not _has_at(entry):
            # A group's name: who is in it follows.
            entries[-1] = _Entry()
        else:
            at = _plain(value, at, entry)
            continue
        at += 1
    return [entry for entry in entries if not entry.is_empty()]


def _plain(value: str, at: int, entry: _Entry) -> int:
    start = at
    while at < len(value) and value[at] not in '"(<,;:':
        at += 1
    # A colon inside an address literal is kept; the caller hands it here only then.
    at = max(at, start + 1)
    entry.phrase.append(value[start:at])
    return at


def _has_at(entry: _Entry) -> bool:
    return any("@" in piece for piece in entry.phrase)


def _until(value: str, at: int, closing: str) -> tuple[str, int]:
    out: list[str] = []
    while at < len(value) and value[at] != closing:
        if value[at] == "\\" and at + 1 < len(value):
            at += 1
        out.append(value[at])
        at += 1
    return "".join(out), at + 1


def _comment(value: str, at: int) -> tuple[str, int]:
    start, depth = at + 1, 0
    while at < len(value):
        char = value[at]
        if char == "\\":
            at += 1
        elif char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
            if depth == 0:
                return value[start:at], at + 1
        at += 1
    return value[start:], at


def _addresses(entry: _Entry) -> list[Address]:
    phrase = "".join(entry.phrase)
    if entry.angles:
        name = _name(phrase) or _name("".join(entry.comment))
        return [Address(name, cleaned(angle)) for angle in entry.angles[:2]]
    bare = [word for word in phrase.split() if "@" in word]
    if not bare:
        return [_without_at(phrase, entry)]
    if phrase.count("@") == 1 and len(bare[0].strip("@")) == len(bare[0]):
        name = _name(" ".join(word for word in phrase.split() if "@" not in word))
        return [Address(name or _name("".join(entry.comment)), cleaned(bare[0]))]
    whole = [word for word in bare if word.strip("@") == word]
    if not whole:
        return [Address(_name("".join(entry.comment)), cleaned(phrase))]
    return [Address("", cleaned(word)) for word in whole]


def _without_at(phrase: str, entry: _Entry) -> Address:
    name = _name(phrase)
    if hidden := _INSIDE.search(name):
        # Some programs encode the whole mailbox as one encoded word.
        return Address(name[: hidden.start()].strip().strip('"'), cleaned(hidden[1]))
    if "=?" in phrase or " " in name or not name:
        if "@" in name and " " not in name:
            return Address("", cleaned(name))
        return Address(name or _name("".join(entry.comment)), "")
    return Address(_name("".join(entry.comment)), cleaned(name))


def _name(text: str) -> str:
    return headers.readable(text).strip("'\" ")[:_NAME_CHARS]


def cleaned(text: str) -> str:
    """A bare address without spaces, control signs, brackets or an old route; the domain in lower case."""
    text = _REMARK.sub("", text).strip()
    bare = _SPACE.sub("", _ROUTE.sub("", text, count=1) if text.startswith("@") else text)
    bare = headers.readable(bare).translate(_NEVER).strip("'\",;")
    local, at, domain = bare.rpartition("@")
    return f"{local}{at}{_small(domain).rstrip('.')}"[:_ADDRESS_CHARS] if at else bare[:_ADDRESS_CHARS]


def _small(domain: str) -> str:
    """Lower case for plain letters only: some other signs have one of those as theirs, and are another domain."""
    return domain.translate(_LOWER)
