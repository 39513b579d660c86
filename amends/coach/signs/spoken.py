"""What one says on the telephone (C7.5)."""

from __future__ import annotations

from amends.coach.words import words

BY_OWN_NAME = words(
    r"(?:my name is|this is|here is|you're speaking to|i'm|i am) (?!sorry|so |very |calling|afraid|glad)[a-z]+"
)
REPEATED = words(
    r"(?:so|let me (?:say|see)|if i (?:understand|understood|hear)|did i (?:get|understand)|as i understand|in short"
    r"|to repeat)\b.{0,80}",
)
WILL_DO = words(
    r"there is a (?:solution|way)\b",
    r"i(?:'ll| will) (?:do|see to|take care of|sort|put) (?:it|this|that)\b",
    r"i will\b",
    r"i'll\b",
)
TWO_OPTIONS = words(
    r"(?:either|two (?:ways|options|choices)|which (?:would you|do you|one)|whichever|what would you (?:prefer"
    r"|rather))\b",
    r"(?:would you (?:rather|prefer|like)|do you want|shall i)\b.{1,80}\bor\b",
)
WAIT = words(
    r"(?:i'm|i am) (?:doing|booking|refunding|sending|ordering|entering|cancelling|changing) (?:it |that |this )?\w*",
    r"(?:while (?:we|you)|right now|just now|at this moment|done\b|it's done|that's done)",
)
ALL_ASKED = words(
    r"(?:is there )?anything (?:else|that i|i)\b.{0,40}",
    r"(?:have i|did i|did we) (?:covered?|forg[eo]t|miss|answer)\w*",
    r"any(?:thing)? other (?:question|thing|matter)",
)
SUMMARY = words(
    r"(?:summary|write (?:it|this|that|everything) (?:down|up)|in writing|confirm (?:it|this|that) by)\b",
    r"(?:send|mail|e-?mail) you (?:it|this|that|all|a (?:mail|note|summary)|everything)\b",
)
NO_COST = words(
    r"(?:costs? you nothing|no (?:charge|cost)|free of charge|on us|at our (?:cost|expense)|you pay nothing"
    r"|nothing to pay|for free|we pay)\b",
)
OTHERS_CHECKED = words(
    r"(?:others?|other (?:customers|people|orders|guests)|everyone|everybody|anyone|anybody|the whole batch"
    r"|all (?:orders|customers|who))\b"
    r".{0,60}\b(?:check\w*|affected|told|inform\w*|same|too|warn\w*|write)\b",
)
