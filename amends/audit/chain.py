"""How the rows hang together, and where they do not."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC

from amends.audit.models import NOTHING_BEFORE, Head, Record

COVERED = [
    field.attname for field in Record._meta.concrete_fields if field.attname not in ("hash", "previous", "at", "facts")
]


@dataclass(frozen=True)
class Verdict:
    """What checking the whole log found. `broken` is the first wrong record's number, 0 when only the end is."""

    rows: int
    head: str
    broken: int | None = None
    why: str = ""

    @property
    def good(self) -> bool:
        return self.broken is None


def hash_of(record: Record) -> str:
    """SHA-256 over the hash before and the record's fields as canonical JSON, in hex."""
    covered = {name: getattr(record, name) for name in COVERED}
    covered["at"] = record.at.astimezone(UTC).isoformat(timespec="microseconds")
    covered["facts"] = record.facts
    canonical = json.dumps(covered, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256((record.previous + canonical).encode()).hexdigest()


def verify(noted: str = "") -> Verdict:
    """Read the whole log, oldest first. `noted` is a head that was written down earlier, as ``NUMBER:HASH``."""
    rows = Record.objects.order_by("number").iterator(chunk_size=2000)
    return verdict_on(rows, Head.objects.filter(pk=Head.ONLY).first(), noted)


def verdict_on(rows: Iterable[Record], head: Head | None, noted: str = "") -> Verdict:
    """Do these rows, oldest first, make a whole chain that ends at `head` and goes through `noted`?"""
    number, last, found_noted = 0, NOTHING_BEFORE, not noted
    for row in rows:
        wrong = _wrong(row, number, last)
        if wrong:
            return Verdict(number, f"{number}:{last}", row.number, wrong)
        number, last = row.number, row.hash
        found_noted = found_noted or noted == f"{number}:{last}"
    end = f"{number}:{last}"
    kept = (head.number, head.hash) if head else (0, NOTHING_BEFORE)
    if kept != (number, last):
        first_gone = min(kept[0], number) + 1 if kept[0] != number else number
        return Verdict(number, end, first_gone, f"the log should end at {kept[0]}:{kept[1]}")
    if not found_noted:
        return Verdict(number, end, 0, f"it does not go through {noted}, which was noted earlier")
    return Verdict(number, end)


def _wrong(row: Record, number: int, last: str) -> str:
    if row.number != number + 1:
        return f"record {number + 1} is missing"
    if row.previous != last:
        return "it does not follow from the record before"
    if row.hash != hash_of(row):
        return "it is not as it was written"
    return ""
