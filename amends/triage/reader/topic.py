"""What a text is about, from what was found in it. Pure."""

from __future__ import annotations

from collections.abc import Set
from typing import Literal

Topic = Literal["safety", "money", "order", "product", "remedy", "reaching us", "manner", ""]

TOPICS: dict[Topic, frozenset[str]] = {
    "safety": frozenset({"safety"}),
    "money": frozenset(
        "overcharged overcharged_again phantom_service refund_missing own_cost premium_number value_for_money".split()
    ),
    "order": frozenset(
        "late_delivery fast_delivery order_cancelled_silently wrong_item missing_part status_silence wrong_data".split()
    ),
    "product": frozenset(
        "defect cosmetic_flaw not_as_described failed_again known_fault out_of_warranty quality_high works_since".split()
    ),
    "remedy": frozenset(
        "refused_redress insulting_offer made_right_now fast_fix slow_fix shipping_paid promise_broken refund_fast".split()
    ),
    "reaching us": frozenset(
        "slow_response fast_response long_hold menu_maze hard_to_reach transferred repeat_story no_callback"
        " answered_at_once many_doors channel_bounce scripted".split()
    ),
    "manner": frozenset("polite rude argued blamed apologised upsold listened not_listened minimised".split()),
}
"""Labels by topic; where as many speak for two, the one that stands first is meant."""


def topic_of(labels: Set[str]) -> Topic:
    """The topic for which most labels speak; empty where none does."""
    best: Topic = max(TOPICS, key=lambda topic: len(TOPICS[topic] & labels))
    return best if TOPICS[best] & labels else ""
