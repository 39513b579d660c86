"""Thanks, an open door, a name at the end, plain words (C7.1, 1, 2, 12 and 13); and rage (C7.3)."""

from __future__ import annotations

import re

from amends.coach.words import Sign, words

WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+")
VOWELS = re.compile(r"[aeiouyäöü]+")
SIGNATURE = re.compile(r"(?:[.!?)]\s+|\n|[-–—^]\s?)[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2}(?:,[^.!?]{0,50})?\s*$")
THANKS = words(
    r"(?:thank you|we thank you)\b(?! in advance)",
    r"thanks\b(?! to\b)",
    r"(?:i'm|i am|we're|we are) grateful",
)
DOOR = words(
    r"(?:reach|write to|call|ring|reply to|answer|tell|text|mail|email|phone|ask for|come back to) me\b",
    r"reply to this\b",
    r"(?:just )?(?:answer|hit reply|write back)\b",
    r"my (?:direct|own|number|line|address|desk)\b",
    r"(?:shout|say so|let me know|tell me) (?:if|when|whether|and)\b",
    r"at this address\b",
    r"any time\b",
    r"i'm here\b|i am here\b",
)
BARE_REGRET = words(
    r"(?:sorry|apologi[sz]e|apologies|regret)\b[^.]{0,30}\bany (?:\w+ )?(?:inconvenience|trouble"
    r"|confusion|distress)",
    r"(?:sorry|apologi[sz]e|apologies|regret)\b[^.]{0,25}\b(?:the|this) (?:\w+ )?inconvenience",
)
"""Sorry, but for nothing that has a name."""
CHOSE_PARTNER = words(
    r"we (?:chose|picked|hired|work with|commissioned|are responsible for)\b",
    r"(?:ours|up to us) to (?:put right|fix|sort)",
)
RAGE = Sign(
    r"\b(?:furious|livid|outrag\w+|rage|enraged|disgust\w+|disgrace\w*|incompetent|idiots?|liars?|scum"
    r"|thieves|hell|damn"
    r"|bloody|bullshit|shit|fuck\w*|never (?:ever )?again|sick (?:of|and tired))\b|!{3,}"
    r""
)
COURTESY = words(
    r"^\W*(?:thanks?|thank you|many thanks|sorry|apologies|sure|certainly|of course|gladly|great|good (?:question"
    r"|to know))\b[^:]{0,30}$",
    r"(?:love|glad|happy|pleased|delighted) to (?:help|hear|assist)\b",
    r"(?:have a|enjoy your) (?:nice|good|great|lovely|wonderful) \w+",
    r"(?:we|i) (?:got|received|have received|read|have) your\b",
    r"(?:good|great|excellent) question\b",
    r"^\W*(?!yes|no\b|never|both|sure)\w+\W*$",
)
"""Kind, but no answer."""
