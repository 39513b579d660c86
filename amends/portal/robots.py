"""Does a form look as if no person had sent it? Pure. A suspicion only asks: a person can always go on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from amends.portal.stamps import Stamp

Suspicion = Literal["", "no_stamp", "too_old", "too_fast", "hidden_field", "links"]

SHORTEST = timedelta(seconds=3)
LONGEST = timedelta(days=1)
MOST_LINKS = 4
_LINK = re.compile(r"(?:https?://|www\.|\[url|href\s*=)", re.I)


@dataclass(frozen=True)
class Sign:
    """What a sent form shows besides its words."""

    stamp: Stamp | None
    hidden: str
    text: str
    says_person: bool = False
    """The box "I am a person" was ticked, on the page that asked."""


def suspicion(sign: Sign, now: datetime) -> Suspicion:
    """Why the form looks automatic, or an empty string."""
    if sign.stamp is None:
        return "no_stamp"
    if now - sign.stamp.opened_at > LONGEST:
        return "too_old"
    if now - sign.stamp.opened_at < SHORTEST:
        return "too_fast"
    if sign.says_person:
        return ""
    if sign.hidden.strip():
        return "hidden_field"
    return "links" if _flooded(sign.text) else ""


def _flooded(text: str) -> bool:
    """More links than somebody who was hurt would write: several, and hardly a word for each."""
    links = len(_LINK.findall(text))
    return links > MOST_LINKS and len(text.split()) < links * 20
