"""Where the words of a draft show what a good answer has: each gives the place, or None. English; pure."""

from amends.coach.proofs.courtesy import by_name, door_open, in_person, thanks
from amends.coach.proofs.fault import explanation, responsibility
from amends.coach.proofs.feeling import apology, feeling, regret
from amends.coach.proofs.plain import listening, plain_short
from amends.coach.proofs.repair import prevention, repair, when

__all__ = [
    "apology",
    "by_name",
    "door_open",
    "explanation",
    "feeling",
    "in_person",
    "listening",
    "plain_short",
    "prevention",
    "regret",
    "repair",
    "responsibility",
    "thanks",
    "when",
]
