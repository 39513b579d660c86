"""How often strangers may send: to one mail address, from one network address, on one case (S17)."""

from __future__ import annotations

from datetime import datetime, timedelta

from amends.kit import tallies

HOUR = timedelta(hours=1)
FORMS_FOR_ONE_ADDRESS = 3
FORMS_FROM_ONE_PLACE = 20
MESSAGES_ON_ONE_CASE = 30


def reached(address: str, place: str, now: datetime) -> bool:
    """Has this address, or this place, sent as many forms as an hour allows?"""
    return (
        tallies.count("form-to", address, now) >= FORMS_FOR_ONE_ADDRESS
        or tallies.count("form-from", place, now) >= FORMS_FROM_ONE_PLACE
    )


def count(address: str, place: str, now: datetime) -> None:
    """One more form."""
    tallies.add("form-to", address, now, lasts=HOUR)
    tallies.add("form-from", place, now, lasts=HOUR)


def too_many_on(case_id: int, now: datetime) -> bool:
    """Counts one more message on a case page; True when an hour has had enough of them."""
    return tallies.add("case", str(case_id), now, lasts=HOUR) > MESSAGES_ON_ONE_CASE
