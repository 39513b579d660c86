"""The coach's penalties and gates by code (C7.2), and the one way to write a note."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

from amends.coach import tips
from amends.coach.review import Note, NoteGate, Weight


@dataclass(frozen=True)
class Fault:
    """What a fault costs, once a draft or each time up to `most`, and what it stops."""

    points: int
    gate: NoteGate
    most: int = 0
    moment: bool = False
    second_person: bool = False


FAULTS = {
    "NO_APOLOGY": Fault(0, "hold"),
    "NON_APOLOGY": Fault(20, "hold"),
    "CONDITIONAL": Fault(15, "hold"),
    "BUT": Fault(10, "tip"),
    "PASSIVE": Fault(10, "tip"),
    "GROVEL": Fault(10, "tip"),
    "REPEAT_SORRY": Fault(10, "hold"),
    "SAME_WORDS": Fault(5, "tip"),
    "NO_SENIOR": Fault(0, "tip"),
    "NOT_CHECKED": Fault(0, "hold"),
    "BLAMES": Fault(25, "hold", second_person=True, moment=True),
    "ARGUES": Fault(30, "hold", moment=True),
    "MINIMISES": Fault(10, "hold"),
    "SARCASM": Fault(20, "hold", moment=True),
    "SHOUT": Fault(20, "hold"),
    "OWN_MONEY": Fault(30, "block"),
    "UPSELL": Fault(25, "block"),
    "SURVEY": Fault(10, "block"),
    "STRINGS": Fault(25, "block"),
    "W-INSULT": Fault(0, "hold", second_person=True),
    "W-VOUCHER": Fault(0, "hold"),
    "W-ANCHOR": Fault(0, "hold"),
    "PRIVATE_DATA": Fault(0, "hold"),
    "LONG_PUBLIC": Fault(0, "tip"),
    "NO_TIME": Fault(0, "tip"),
    "VAGUE_TIME": Fault(10, "tip"),
    "EMPTY_PROMISE": Fault(10, "tip"),
    "OVERPROMISE": Fault(10, "hold"),
    "ASKS_KNOWN": Fault(10, "hold"),
    "ONLY_QUESTION": Fault(15, "hold"),
    "CHANNEL_BOUNCE": Fault(15, "hold"),
    "UNANSWERED": Fault(0, "tip"),
    "SET_PHRASES": Fault(0, "hold"),
    "GAP": Fault(0, "hold"),
    "TEMPLATE": Fault(5, "tip", most=10),
    "POLICY": Fault(10, "tip"),
    "LEGALESE": Fault(10, "tip"),
    "GOODWILL": Fault(0, "tip"),
    "NOT_YET": Fault(0, "hold"),
}
"""W- codes are the remedies adviser's (C2.7), as far as the words alone show them. NO_APOLOGY costs
nothing extra: the regret that is missing already does."""

OURS = frozenset(
    [
        "NO_APOLOGY",
        "SAME_WORDS",
        "NO_SENIOR",
        "NOT_CHECKED",
        "SURVEY",
        "OVERPROMISE",
        "UNANSWERED",
        "SET_PHRASES",
        "GAP",
        "PRIVATE_DATA",
        "LONG_PUBLIC",
        "NO_TIME",
        "GOODWILL",
        "NOT_YET",
    ]
)
SECOND_PERSON = frozenset(code for code, fault in FAULTS.items() if fault.second_person)
"""For these somebody else reads the letter before it leaves."""
IN_MODEL = frozenset(code for code in FAULTS if code not in OURS and not code.startswith("W-"))
"""The codes of C7.2; the others are ours or the remedies adviser's."""


def note(
    code: str,
    span: tuple[int, int],
    title: str | Promise,
    advice: str | Promise = "",
    *,
    replacement: str | None = None,
    gate: NoteGate | None = None,
) -> Note:
    """A note with the gate and the tip of its code, unless a milder gate or closer advice is given."""
    stops = gate or FAULTS[code].gate
    weight: Weight = "better" if stops == "tip" else "fix"
    return Note(code, weight, str(title), str(advice or tips.FLAGS[code]), *span, replacement, stops)


def penalty(notes: tuple[Note, ...]) -> int:
    """Points lost: each code once, or each time up to its most."""
    lost = 0
    for code in {one.code for one in notes}:
        fault, times = FAULTS[code], sum(one.code == code for one in notes)
        lost += min(fault.points * times, fault.most) if fault.most else fault.points
    return lost
