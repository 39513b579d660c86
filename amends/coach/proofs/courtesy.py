"""A greeting by name, thanks, an open door (C7.1, 1, 2, 11 and 12)."""

from __future__ import annotations

import re

from amends.coach.brief import Brief
from amends.coach.draft import Draft, Span
from amends.coach.signs import courtesies, deeds


def thanks(draft: Draft, brief: Brief) -> Span | None:
    """Thanks for writing, telling, waiting."""
    return draft.place(courtesies.THANKS)


def by_name(draft: Draft, brief: Brief) -> Span | None:
    """The greeting, when it has the customer's name and a named person signs."""
    closing = draft.plain.rstrip()[-90:]
    signer = brief.agent_name.split()
    signed = brief.signed or (
        bool(re.search(rf"\b{re.escape(signer[0])}\b", closing))
        if signer
        else courtesies.SIGNATURE.search(closing) is not None
    )
    greeted = _greeting(draft, brief)
    return greeted if signed else None


def _greeting(draft: Draft, brief: Brief) -> Span | None:
    """Where the customer is named; where no name is known, where the letter begins."""
    names = [name for name in brief.customer_name.lower().split() if len(name) > 1]
    opening = draft.plain[:90].lower()
    found = (re.search(rf"\b{re.escape(name)}\b", opening) for name in names)
    return next((match.span() for match in found if match), None) if names else (0, 0)


def in_person(draft: Draft, brief: Brief) -> Span | None:
    """One person takes it on."""
    return draft.place(deeds.I_DO)


def door_open(draft: Draft, brief: Brief) -> Span | None:
    """How to reach us directly."""
    return draft.place(courtesies.DOOR)
