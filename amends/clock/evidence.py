"""What proves that a promise was kept (C4.1, C4.2): pure. "Done" is not enough for money, a parcel or a call."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from amends.clock.models import Promise

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Kind, Evidence = Promise.Kind, Promise.Evidence

SPOKEN_TO = 30
"""Seconds of a call from which on somebody was spoken to."""

_BY_KIND: dict[str, Promise.Evidence] = {
    Kind.FIRST_REPLY: Evidence.MESSAGE,
    Kind.NEXT_REPLY: Evidence.MESSAGE,
    Kind.TELL: Evidence.MESSAGE,
    Kind.HEAR: Evidence.WORD,
    Kind.CALLBACK: Evidence.CALL,
    Kind.REFUND: Evidence.REFERENCE,
    Kind.SEND: Evidence.SCAN,
}
_CODE = re.compile(r"(?<![\w.,:/-])(?=[\w./-]*\d)\w[\w./-]{3,}\w")
_TIME_OR_SUM = re.compile(
    r"\d{1,4}([./:-]\d{1,2}){1,2}([./-]\d{2,4})?(am|pm|h)?|\d+([.,]\d+)?\w?|\d+(st|nd|rd|th)", re.I
)
_LONG = re.compile(r"\d{6,}")


def wanted(kind: str, *, asks_partner: bool = False) -> Promise.Evidence:
    """What will prove a promise of this kind; one that asks a partner is proven by the partner's yes (C4.3)."""
    return Evidence.PARTNER if asks_partner else _BY_KIND.get(kind, Evidence.NOTE)


def missing(evidence: str, words: str, seconds: int | None = None) -> StrOrPromise:
    """What is still missing, as a sentence that says what to do; empty when the promise is proven.

    `words` is what was written as proof, `seconds` how long the call lasted (None: no call).
    """
    if evidence == Evidence.REFERENCE and not has_code(words):
        return _("Give the refund's reference, as the bank or the card's provider names it. “Done” proves nothing.")
    if evidence == Evidence.SCAN and not has_code(words):
        return _("Give the tracking number, or the number of the carrier's scan. “Sent” proves nothing.")
    if evidence == Evidence.CALL and (seconds is None or seconds < SPOKEN_TO):
        return _(
            "A call is kept once they were spoken to for half a minute. If nobody answered, write that down as an attempt."
        )
    if not words.strip():
        return _("Say what shows that it was done.")
    return ""


def has_code(words: str) -> bool:
    """Whether a reference or a tracking number stands in the words: five signs or more, a digit among them.

    A date, a time or a sum of money is none.
    """
    return any(_LONG.fullmatch(found) or not _TIME_OR_SUM.fullmatch(found) for found in _CODE.findall(words))
