"""Invitations (RFC 5545) and visiting cards (RFC 6350, and 2.1) as few plain words. Pure, linear, never raising.

Only what a person wants to see is read. Nothing in such a file acts: no alarm, no link, no picture, no repeating.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

MOST_BYTES = 64 * 1024
MOST_CARDS = 3
MOST_NAMES = 10
_CHARS = 300

_FOLD = re.compile(r"\n[ \t]")
_LINE = re.compile(
    r"(?P<name>[A-Za-z0-9.-]{1,60})(?P<parameters>(?:;(?:\"[^\"\n]*\"|[^\":\n]){0,500}){0,20}):(?P<value>.*)"
)
_ESCAPE = re.compile(r"\\(.)")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_WHEN = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?(Z)?)?")


@dataclass(frozen=True)
class Invitation:
    """What is to happen. `start` and `end` are days for whole days, else moments; without a zone where it is unknown."""

    title: str
    start: date | None
    end: date | None
    zone: str
    """The zone's name as written, when no such zone is known."""
    place: str
    people: tuple[str, ...]
    """Who invites, then who is invited."""
    cancelled: bool


@dataclass(frozen=True)
class VisitingCard:
    """Whom to reach, and how."""

    name: str
    organisation: str
    phones: tuple[str, ...]
    addresses: tuple[str, ...]


Card = Invitation | VisitingCard


@dataclass(frozen=True)
class _Field:
    name: str
    parameters: str
    value: str

    def parameter(self, name: str) -> str:
        found = re.search(rf";{re.escape(name)}=(?:\"([^\"]*)\"|([^;\"]*))", self.parameters, re.IGNORECASE)
        return _plain(found[1] or found[2] or "") if found else ""


def read(content: bytes) -> tuple[Card, ...]:
    """The first few invitations and cards in a file; none when it holds neither."""
    text = content[:MOST_BYTES].decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    cards: list[Card] = []
    cancelled = re.search(r"^METHOD:CANCEL\s*$", text, re.IGNORECASE | re.MULTILINE) is not None
    for kind, fields in _blocks(text):
        card = _invitation(fields, cancelled) if kind == "VEVENT" else _visiting_card(fields)
        cards += [card] if card else []
        if len(cards) == MOST_CARDS:
            break
    return tuple(cards)


def _blocks(text: str) -> Iterator[tuple[str, list[_Field]]]:
    """Each event and card with its own fields; what is nested in it (alarms) is left out."""
    open_blocks: list[str] = []
    fields: list[_Field] = []
    for line in _lines(text):
        found = _LINE.match(line)
        if found is None:
            continue
        name, value = found["name"].rpartition(".")[2].upper(), found["value"]
        if name == "BEGIN":
            open_blocks.append(value.strip().upper())
            fields = [] if open_blocks[-1] in ("VEVENT", "VCARD") else fields
        elif name == "END" and open_blocks:
            if (kind := open_blocks.pop()) in ("VEVENT", "VCARD"):
                yield kind, fields
        elif open_blocks and open_blocks[-1] in ("VEVENT", "VCARD"):
            fields.append(_Field(name, found["parameters"], value))


def _lines(text: str) -> Iterator[str]:
    """Whole lines: those of today begin again with a space, those in quoted-printable end with an equals sign."""
    broken: list[str] = []
    for line in _FOLD.sub("", text).split("\n"):
        broken.append(line)
        if not (line.endswith("=") and "QUOTED-PRINTABLE" in broken[0].upper()):
            yield "".join([*(part[:-1] for part in broken[:-1]), line])
            broken = []


def _invitation(fields: list[_Field], cancelled: bool) -> Invitation | None:
    start, zone = _when(fields, "DTSTART")
    end, _ = _when(fields, "DTEND")
    title = _first(fields, "SUMMARY")
    if end is not None and not isinstance(end, datetime):
        end -= timedelta(days=1)  # the last day itself is not meant
    if start is None and not title:
        return None
    people = [one for name in ("ORGANIZER", "ATTENDEE") for one in fields if one.name == name]
    names = dict.fromkeys(filter(None, (_person(one) for one in people)))
    cancelled = cancelled or _first(fields, "STATUS").upper() == "CANCELLED"
    return Invitation(title, start, end, zone, _first(fields, "LOCATION"), tuple(names)[:MOST_NAMES], cancelled)


def _visiting_card(fields: list[_Field]) -> VisitingCard | None:
    name = _first(fields, "FN") or " ".join(reversed(_first(fields, "N").split(";")[:2])).strip()
    phones, addresses = _every(fields, "TEL"), _every(fields, "EMAIL")
    organisation = _first(fields, "ORG").replace(";", ", ").strip(", ")
    if not (phones or addresses or name or organisation):
        return None
    return VisitingCard(name, organisation, phones, addresses)


def _when(fields: list[_Field], name: str) -> tuple[date | None, str]:
    """The moment or day, and the name of its zone when nobody knows that."""
    field = next((one for one in fields if one.name == name), None)
    found = _WHEN.match(field.value.strip()) if field else None
    if field is None or found is None:
        return None, ""
    year, month, day, hour, minute, second, utc = found.groups()
    zone = field.parameter("TZID")
    try:
        if hour is None:
            return date(int(year), int(month), int(day)), ""
        known = UTC if utc else _zone(zone)
        at = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0), tzinfo=known)
        return at, "" if known else zone
    except (ValueError, OverflowError):
        return None, ""


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None


def _person(field: _Field) -> str:
    address = re.sub(r"^mailto:", "", _plain(field.value), flags=re.IGNORECASE)
    name = field.parameter("CN")
    return f"{name} ({address})" if name and address and name != address else name or address


def _first(fields: list[_Field], name: str) -> str:
    return next((_text(one) for one in fields if one.name == name and one.value.strip()), "")


def _every(fields: list[_Field], name: str) -> tuple[str, ...]:
    values = (re.sub(r"^tel:", "", _text(one), flags=re.IGNORECASE) for one in fields if one.name == name)
    return tuple(dict.fromkeys(filter(None, values)))[:MOST_NAMES]


def _text(field: _Field) -> str:
    value = field.value
    if "QUOTED-PRINTABLE" in field.parameters.upper():
        value = binascii.a2b_qp(value.encode("utf-8", "replace")).decode("utf-8", "replace")
    return _plain(_ESCAPE.sub(lambda found: " " if found[1] in "nN" else found[1], value))


def _plain(text: str) -> str:
    return " ".join(_CONTROLS.sub(" ", text).split())[:_CHARS]
