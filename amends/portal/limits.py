"""How often strangers may send: to one mail address, from one network address, on one case (S17)."""

from __future__ import annotations

from hashlib import sha256

from django.core.cache import cache

HOUR = 3600
FORMS_FOR_ONE_ADDRESS = 3
FORMS_FROM_ONE_PLACE = 20
MESSAGES_ON_ONE_CASE = 30


def reached(address: str, place: str) -> bool:
    """Has this address, or this place, sent as many forms as an hour allows?"""
    counts: dict[str, int] = cache.get_many([_key("to", address), _key("from", place)])
    return (
        counts.get(_key("to", address), 0) >= FORMS_FOR_ONE_ADDRESS
        or counts.get(_key("from", place), 0) >= FORMS_FROM_ONE_PLACE
    )


def count(address: str, place: str) -> None:
    """One more form."""
    _one_more(_key("to", address))
    _one_more(_key("from", place))


def too_many_on(case_id: int) -> bool:
    """Counts one more message on a case page; True when an hour has had enough of them."""
    return _one_more(_key("case", str(case_id))) > MESSAGES_ON_ONE_CASE


def _one_more(key: str) -> int:
    cache.add(key, 0, HOUR)
    try:
        return cache.incr(key)
    except ValueError:  # it ended between the two lines
        return 1


def _key(kind: str, value: str) -> str:
    return f"portal-{kind}-{sha256(value.lower().encode()).hexdigest()[:32]}"
