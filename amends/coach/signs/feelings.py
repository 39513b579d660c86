"""How a letter shows that it sees the customer's lot (C7.1, 4)."""

from __future__ import annotations

import re

from amends.coach.words import Sign, words

_SORE = (
    r"(?:frustrat\w+|annoying|infuriating|maddening|exasperating|embarrassing|humiliating|disappoint\w+"
    r"|upsetting|stressful|awful|terrible|horrible|horrid"
    r"|dreadful|nasty|tiring|exhausting|worrying|scary|frightening|terrifying|unacceptable|unforgivable"
    r"|inexcusable|unpleasant|miserable|painful|distressing|disgusting"
    r"|torture|a nightmare|a shock|agony|misery|outrageous|absurd|ridiculous|not (?:ok|okay|acceptable"
    r"|right|fair|good enough|on)|no (?:way|fun|joke|party|use|good|help"
    r"|holiday|life|present|small \w+)|unfair|irritating|alarming|heartbreaking|sad|bitter|mortifying"
    r"|disheartening|lousy|rotten|shameful|a (?:pain|disgrace|let-?down|pity|shame"
    r"|nuisance|blow|mess|bad \w+|poor \w+)|hard|tough|rough|grim|dangerous|no longer funny|gutting"
    r"|galling|disruptive|unsettling|depressing|serious(?: money)?|crushing|cruel"
    r"|too long|far too \w+|a long (?:wait|time|day|night)|pointless|useless|worthless|in vain"
    r"|for nothing|poor thing|unbearable|nerve-?racking)"
)
_FELT = (
    r"(?:angry|furious|fuming|livid|upset|cross|annoyed|frustrated|disappointed|embarrassed|humiliated"
    r"|worried|scared|frightened|stressed|tired|fed up|in tears|let down|cheated"
    r"|ignored|hurt|sad|shocked|exhausted|mad|foolish|stranded|helpless|anxious|beside \w+self|gutted"
    r"|at a loss|out of pocket|left alone|stuck|seething|desperate|alone|betrayed|panick\w+)"
)
FEELING = words(
    r"what an? \w+(?: \w+){0,2}(?: that| this| it)? (?:must|is|was)\b",
    r"what an? (?:\w+ )?(?:fright|scare|blow|letdown|journey|ordeal|ride|experience|sight|surprise|hassle|humiliation"
    r"|loss|waste|trouble|fuss|night|weekend|end)\b",
    r"(?:that|this|it) must (?:have been|feel|have felt|have hurt|hurt)\b",
    r"no words for\b|feel (?:sick|awful|terrible|for you|with you)\b",
    r"(?:anyone|anybody|everyone|everybody|i) would (?:be|have been|feel)\b",
    r"(?:two|three|one|far|days?|hours?|times?) too (?:many|much|long|late|often)\b",
    r"(?:makes?|made) (?:my|your|anyone's|one's) (?:blood|heart|stomach)\b|drives? (?:one|anyone|you|people) (?:mad"
    r"|crazy|up the wall)\b",
    r"every (?:right|reason) to\b",
    r"(?:right|entitled|justified) to (?:be|feel|expect|complain|ask)\b",
    rf"(?:must|have to|would|will|can only) (?:have )?(?:been|be|felt|feel) (?:\w+ ){{0,3}}(?:{_SORE}"
    rf"|{_FELT})\b",
    rf"how (?:very |truly |utterly )?(?:{_SORE}|{_FELT})\b",
    rf"(?:is|was|'s|are|were|feels?|felt|sounds?) (?:really |so |very |more than |deeply |truly |simply "
    rf"|just |quite |pretty |not )?(?:{_SORE}|{_FELT})\b",
    rf"(?:{_SORE})(?:[,.]| and| when| for| to)",
    rf"(?:i|anyone|anybody|everyone|you|most people)(?:'d| would) (?:be|have been"
    rf"|feel) (?:\w+ )?(?:{_FELT}|too\b)",
    r"(?:i'd|would|could) (?:throw|scream|cry|shout|despair|swear|drive (?:me|you|anyone|anybody)"
    r"|have (?:thrown|screamed|cried|sworn|walked))\b",
    r"(?:i|we) (?:can (?:well |only |easily |fully )?)?(?:see|understand|imagine|know|get"
    r"|appreciate) (?:how|why|that|what) (?!we\b|i\b|the (?:process|matter))\w+(?: \w+){2,}",
    r"(?:no|small|little) wonder\b",
    r"(?:the )?last thing (?:you|anyone|anybody|one) (?:need|want|expect)",
    r"(?:spoil(?:t|ed)|ruin(?:ed)?|cost|wreck(?:ed)?|robbed?|stole|wasted"
    r"|took) (?:you )?(?:\w+ )?(?:your|his|her|their|an? \w+ (?:of|from)) \w+",
    r"(?:made|left|kept|had) you (?:look|feel|feeling|wait|waiting|stand|standing|worry|stranded|without"
    r"|in|alone|run|running|hang|hanging)",
    r"you should(?:n't| not| never) have (?:had )?to\b",
    r"(?:nobody|no one|you|no \w+) (?:should|may|must|ought to|deserves?) (?:ever )?(?:have to |be "
    r"|speak|treat|wait|sit|stand|stay|go|feel|spend)",
    r"deserved? (?:so much |far |a lot )?(?:better|more)\b",
    r"expect(?:ed)? (?:so much |far |a lot )?better\b",
    r"(?:is|was|were) the (?:whole )?point\b",
    r"(?:doesn't|does not|won't|will not|don't|never) come(?:s)? (?:back|again|twice|round)\b",
    r"means? (?:no|a lost|losing|that you)\b.{0,40}\b(?:you|your)\b",
    r"(?:your|the) (?:anger|frustration|disappointment|worry|embarrassment|annoyance|distress) (?:is|was"
    r"|at|over|about)\b",
    r"(?:that|this|it|which) (?:is|hurts|stings)(?:n't)? (?:not how|exactly what should not"
    r"|the opposite of|no way to|just \w+ing|badly)\b",
    r"(?:that|it|which) (?:must )?(?:hurts?|stings?|aches?)\b",
    r"what a (?:shame|pity|mess|nuisance|disappointment|start|way|let-?down|night|day|shock|nightmare"
    r"|pain|welcome|birthday|wedding|evening|holiday|trip|morning)",
    r"(?:whole|entire|all|half(?: a| the)?) (?:day|night|evening|morning|afternoon|weekend|week|holiday)\b",
)
SET_PHRASE = words(
    r"(?:understand|appreciate|share) your (?:frustration|concern|disappointment|annoyance|position"
    r"|feelings?|situation)s?\b",
    r"(?:sorry|apologi[sz]e) (?:if|that) you feel",
    r"(?:find|found) it (?:\w+ )?(?:hard|difficult|strange|odd|sad)\b|(?:hard|difficult) to (?:believe|picture"
    r"|imagine|see)\b",
    r"(?:due|owing) to\b|sad to see you go\b|\?$",
)
MIRRORS = Sign(
    r"\b(?:you|your|yours|yourself|no|nobody|nothing|not|without|gone|dead|empty|cold|alone|twice|again"
    r"|still|can't|cannot|couldn't|won't|instead|whole|only|every|on the \w+|lost|late|broken)\b"
)
"""What turns the customer's own words, said back, into seeing: "a birthday bike that can't be ridden"."""

GREETING = re.compile(
    r"(?:(?:dear|hello|hi|hey|good (?:morning|afternoon|evening|day))\b[^,!:.]{0,40}[,!:.]|@\w+|[A-Z][\w'-]+,) *",
    re.IGNORECASE,
)
ABOUT_US = words(
    r"^\W*(?:and |but )?(?:we|i|our|my|the|this is|your (?:request|message|complaint|e-?mail|order|case|claim"
    r"|feedback))\b(?! (?:whole"
    r"|one|very|worst|last|only|least|biggest|most|night|day|morning|evening|can|know|understand|see))",
    r"thank(?:s| you)\b",
    r"(?:received|got|read) (?:your|it|this)\b",
    r"because (?:we|our|of (?:us|our))\b",
    r"(?:did|do|have|could|would|can|will) you\b",
    r"please\b",
    r"unfortunately\b",
)
"""What one says of oneself, not of them, before the sorry."""
