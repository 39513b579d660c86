"""Message-IDs and dates, read in linear time from whatever stands in the header."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from amends.channels.email import limits

_ID = re.compile(r"<([^<>]{1,%d})>" % limits.MESSAGE_ID_CHARS)
_SPACE = re.compile(r"\s+")
_DATE_CHARS = 200


def first_id(value: str) -> str:
    """The first Message-ID in `value` with angle brackets, or an empty string. A bare one gets its brackets."""
    found = all_ids(value[: 4 * limits.MESSAGE_ID_CHARS])
    if found:
        return found[0]
    words = value[: limits.MESSAGE_ID_CHARS].strip(" <>").split()
    return f"<{words[0]}>" if len(words) == 1 and "@" in words[0] else ""


def all_ids(value: str) -> list[str]:
    """Every Message-ID in `value`, in order, without doubles."""
    ids = (_SPACE.sub("", found) for found in _ID.findall(value))
    return list(dict.fromkeys(f"<{found}>" for found in ids if found))


def references(value: str) -> tuple[str, ...]:
    """The last `limits.REFERENCES` Message-IDs of a References header."""
    return tuple(all_ids(value)[-limits.REFERENCES :])


def date(value: str) -> datetime | None:
    """The moment a Date header names, with its offset (UTC where it gives none), or None when it names none."""
    text = _SPACE.sub(" ", value[:_DATE_CHARS]).strip()
    for candidate in (text, text.partition("(")[0]):
        try:
            moment = parsedate_to_datetime(candidate)
            # Offsets of a day and more, and years before the first, only fail when they are used.
            moment.astimezone(UTC)
        except (ValueError, TypeError, OverflowError, IndexError, AttributeError):
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None
