"""How a text is made, in a few numbers: small words, marks, capitals. Pure."""

from __future__ import annotations

import re

_LOOKED_AT = 2000
_SIGNS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?:still|yet|again|already|ever|anymore|keeps?|kept)\b",
        r"\b(?:never|no|not|nothing|nobody|none|without)\b|n't\b",
        r"\bwhy\b|\bhow come\b|\bwhat the\b",
        r"\b(?:how|can|could|do|does|is there|are there|where can|when will|what|which|anyone|any idea)\b[^.!?]*\?",
        r"\?",
        r"!",
        r"\b(?:thanks?|thx|cheers|appreciate)\b",
        r"\b(?:please|pls|plz)\b",
        r"\b(?:wait|waiting|waited|hours?|days?|weeks?|months?|mins|minutes|ages)\b",
        r"\b(?:you|your|you're|u|ur)\b",
        r"\b(?:my|i|me|i'm|i've|mine|our|we)\b",
        r"\b(?:tried|trying|called|emailed|told|said|stopped|lost|cancel\w*|refund\w*|charged?|paid|pay)\b",
        r"\b(?:does|did|is|are|was|were|has|have|can|could|would|wo|ca)(?: not|n't) (?:even )?(?:work|load|open|arriv|receiv"
        r"|connect|respond|repl|let|get|see|find|use|log|sign)",
        r"\b(?:sorry|apolog\w*)\b",
        r"https?:|www\.",
        r"\brt\b",
        r"\b(?:any|anyone|idea|know|possible|available|question|info|information|wondering|help)\b",
        r"\b(?:lol|haha\w*|:\)|:d|xx)",
        r":\(|:/|>:|😡|😠|🙄|😤",
        r"\b(?:so|really|very|too|absolutely|totally|completely|seriously|literally)\b",
        r"\b(?:if|would|could|should)\b",
        r"\b(?:but|however|although|yet)\b",
    )
)
SIZE = len(_SIGNS) + 3


def shape(text: str) -> list[float]:
    """Whether each sign is there (0 or 1); then the length, the share of capitals and the commonest mark's run."""
    begins = text[:_LOOKED_AT]
    small = begins.lower().replace("’", "'")
    letters = max(1, len(begins))
    return [
        *(float(sign.search(small) is not None) for sign in _SIGNS),
        min(3.0, len(small.split()) / 30),
        min(1.0, 3 * sum(map(str.isupper, begins)) / letters),
        float("!!" in begins or "??" in begins),
    ]
