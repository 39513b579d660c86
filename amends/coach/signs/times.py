"""Whether a sentence says by when (C7.1, 9). The clock finds the moments; this only sees them."""

from __future__ import annotations

from amends.coach.words import Sign, words

_DAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri)\b"
_NUMBER = r"(?:\d+|an?|half an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty-four)"
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb"
    r"|mar|apr|jun|jul"
    r"|aug|sept?|oct|nov|dec)\b"
)
BY_WHEN = Sign(
    rf"\b(?:today|tonight|tomorrow|this (?:afternoon|morning|evening|week)|{_DAY}|(?:by|at|before"
    rf"|between|around|from) "
    rf"(?:\d{{1,2}}(?:[:.]\d\d)?\b(?! ?[€£$%])|noon|midday|midnight|{_DAY})|\d{{1,2}}(?::\d\d)? ?(?:am"
    rf"|pm|o'clock)\b|\d{{1,2}}:\d\d"
    rf"|(?:within|in) (?:the next )?{_NUMBER}(?: ?(?:-|to|–) ?\d+)? (?:\w+ )?(?:min(?:ute)?s?|hours?"
    rf"|days?|weeks?|h)\b"
    rf"|the \d{{1,2}}(?:st|nd|rd|th)|\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}|{_MONTH} \d{{1,2}}"
    rf"|next week\b|end of (?:the )?(?:day|week|month)"
    r"|right now\b|straight away\b|on a courier now)"
)
PAST_ONLY = Sign(
    r"^(?!.*\b(?:will|shall|tomorrow|tonight|within|on its way|going to|goes|leaves?|comes?|arrives?|reaches|is|are)\b|.*'ll\b)"
    r".*\b(?:was|were|had|did|arrived|came|sent|said|wrote|promised|received|ordered|paid|bought|ran"
    r"|broke|went|failed)\b"
)
NOT_OURS = words(
    r"^(?:if|when|please|could you|can you|would you|kindly)\b(?!.*\b(?:i'll|we'll|i will|we will)\b)"
    r"(?!.*, (?:\w+ ){1,3}(?:goes out|ships|leaves)\b)",
    r"(?:last|since|every) (?:mon|tues|wednes|thurs|fri|satur|sun)day\b(?!.*\b(?:i'll|we'll|will)\b)",
    r"(?:typical|usual|average) (?:response|processing)",
    r"(?:opening hours|our hours are)\b",
    r"(?:are|is|'re) open\b",
    r"(?:should|might|could|may) (?:be|arrive|come|take)\b",
)

COMES = Sign(
    r"\b(?:will|'ll|due|leaves?|left|ships?|arrives?|comes?|is back|are back|returns?|starts?|opens?|by|on (?:mon"
    r"|tues|wednes|thurs|fri|satur|sun)day|pieces)\b"
)
"""What a shop says of things to come."""
