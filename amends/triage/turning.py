"""What tipped a story, and who turned it round (A191, A232). Pure.

A customer's mood is read from each of their letters. Where it falls or rises, what they name in the letter comes first,
then what happened on our side since the letter before.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Side = Literal[-1, 0, 1]

ANGRY, UPSET, NEUTRAL, PLEASED = -2, -1, 0, 1
SILENT_FOR = timedelta(days=3)
"""So long without a word of ours is what tipped it, where nothing else is known."""
TIPS = (
    *(
        "safety",
        "order_cancelled_silently",
        "promise_broken",
        "overcharged_again",
        "refused_redress",
        "insulting_offer",
    ),
    *(
        "argued",
        "blamed",
        "rude",
        "upsold",
        "no_callback",
        "failed_again",
        "repeat_story",
        "transferred",
        "overcharged",
    ),
    *("menu_maze", "long_hold", "hard_to_reach", "slow_response", "status_silence", "scripted", "not_listened"),
    *("minimised", "non_apology", "refund_missing", "late_delivery", "wrong_item", "not_as_described", "defect"),
)
"""Labels that can tip a story, the gravest first."""
ROUNDS = (
    *("made_right_now", "more_than_asked", "every_base", "fast_fix", "refund_fast", "promise_kept", "answered_at_once"),
    *("fast_response", "listened", "apologised", "candid_explanation", "polite", "fast_delivery", "shipping_paid"),
)
"""Labels that can turn one round, the strongest first."""


@dataclass(frozen=True)
class Heard:
    """One letter of the customer as it was read; `labels`: what is said to have happened."""

    at: datetime
    stance: str
    anger: int
    labels: frozenset[str]

    @property
    def mood(self) -> int:
        if self.stance in ("complaint", "mixed"):
            return ANGRY if self.anger > 1 else UPSET
        return PLEASED if self.stance == "praise" else NEUTRAL


@dataclass(frozen=True)
class Deed:
    """What happened on our side. `member_id`: who spoke to the customer, or nobody."""

    at: datetime
    kind: str
    member_id: int | None = None


@dataclass(frozen=True)
class Turn:
    """`side` -1: it tipped; 1: it was turned round, by `member_id` where that is known; 0: neither."""

    side: Side = 0
    by: str = ""
    member_id: int | None = None


def turn(before: Heard | None, now: Heard, between: Sequence[Deed]) -> Turn:
    """What the letter `now` turned, after `before`; `between`: what we did since then, the oldest first.

    A first letter that is angry tells what tipped it before anybody here was asked.
    """
    was = before.mood if before else NEUTRAL
    if now.mood < was and now.mood < NEUTRAL and (before or now.mood == ANGRY):
        return Turn(-1, _first(TIPS, now.labels) or (_failed(before, now, between) if before else ""))
    if was < NEUTRAL < now.mood:
        spoke = [one for one in between if one.member_id is not None]
        return Turn(
            1, _first(ROUNDS, now.labels) or (spoke[-1].kind if spoke else ""), spoke[-1].member_id if spoke else None
        )
    return Turn()


def _first(order: Sequence[str], labels: Collection[str]) -> str:
    return next((one for one in order if one in labels), "")


def _failed(before: Heard, now: Heard, between: Sequence[Deed]) -> str:
    """What of ours can have tipped it, where the customer names nothing."""
    kinds = [one.kind for one in between]
    if "promise.broken" in kinds:
        return "promise_broken"
    spoke = [one for one in between if one.member_id is not None]
    if not spoke:
        return "slow_response" if now.at - before.at >= SILENT_FOR else ""
    return "contact.transferred" if "contact.transferred" in kinds else spoke[-1].kind
