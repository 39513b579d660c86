"""How we say sorry, and what only sounds like it (C7.2)."""

from __future__ import annotations

from amends.coach.words import words

SORRY = words(
    r"sorry\b",
    r"apolog(?:y|ies|i[sz]e|i[sz]ing)\b",
    r"regret (?:the|that|this|any|our|what|having)\b",
    r"forgive (?:us|me)\b",
    r"(?:beg|ask) (?:for )?(?:your )?(?:pardon|forgiveness)\b",
    r"mea culpa\b",
)
_FEELS = (
    r"(?:feel|felt|see|saw|think|thought|believe|find|found|consider|perceive|had (?:the|that) impression"
    r"|(?:are|were|'re|have been|got) (?:so |very |not )?(?:disappointed|dissatisfied|displeased|unhappy"
    r"|unsatisfied|upset"
    r"|angry|offended|frustrated|annoyed|satisfied|happy|pleased|confused))"
)
NON_APOLOGY = (
    rf"(?:sorry|apologi[sz]e|apologies)(?: (?:if|that|for how|about how|when|because))? you(?: may"
    rf"| might)? ?{_FEELS}\b",
    r"(?:sorry|apologi[sz]e|apologies) (?:if|that) (?:it|this|that|we|our \w+) (?:made|makes"
    r"|left) you (?:feel|think)\b",
    r"(?:sorry|apologi[sz]e|apologies)(?: that| if)? you (?:did(?:n't| not)|do(?:n't| not)|were(?:n't| not)|are(?:n't"
    r"| not)) (?:\w+ly )?(?:enjoy|like|find|love|happy|satisfied|pleased|agree|understand|want)\b",
    r"(?:sorry|apologi[sz]e|apologies)(?: that| if)? you(?:'ve| have| had)? (?:expected|dislike|take it"
    r"|got the impression|took it|misunderstood|seem|appear)\b",
    r"(?:sorry|apologi[sz]e|apologies)(?: that| if)? (?:it|this|that|the \w+|our \w+) (?:was|were|is)(?:n't"
    r"| not) (?:quite )?(?:to your|what you|as you)\b",
    r"regret that you\b",
    r"(?:sorry|apologi[sz]e) (?:for|about) your (?:disappointment|frustration|feelings?|dissatisfaction"
    r"|anger)",
    r"sorry that (?:the|our|your) [\w ]{1,30} did not meet your expectations",
)
_REFUSAL = (
    r"(?:sorry|apologies),? (?:but )?(?:we|i|this|that|it|there)(?:'re|'m|'s| are| am| is)? (?:can(?:not"
    r"|'t)|unable"
    r"|not able|do(?:n't| not) (?:offer|do|give|accept|refund)|not possible|no longer|nothing)"
)
HOLLOW = words(
    *NON_APOLOGY,
    r"(?:sorry|sad) to (?:hear|read|learn|see)\b",
    r"not sorry",
    r"(?:sorry|apologi[sz]e|apologies)\b[^.,]{0,12}\bif\b",
    _REFUSAL,
)
