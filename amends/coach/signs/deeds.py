"""How a letter shows what is done, what changes and who does it (C7.1, 8, 10 and 11)."""

from __future__ import annotations

from amends.coach.signs.verbs import ADVERBS, DO, DONE, EMPTY, EMPTY_ING, EMPTY_PAST, PAST_I
from amends.coach.words import words

DEED = words(
    r"(?:comes?|goes|go) off (?:the|your) (?:next )?(?:bill|invoice|rent)\b",
    r"(?:it|that|both|everything|this)(?:'s| is|'re| are)(?: now| again| already)? (?:off|live|fixed|corrected|mended"
    r"|done|switched"
    r"|on again|open again|running again|solved|removed|deleted|restored)\b",
    rf"(?:i|we)(?:'ll| will| shall|'m going to|'re going to| am going to"
    rf"| are going to){ADVERBS} (?!{EMPTY})[a-z]{{2,}}",
    rf"(?:i|we)(?:'ve| have){ADVERBS} (?!{EMPTY_PAST})[a-z]{{3,}}",
    rf"(?:i'm|i am|we're|we are|(?:my|our|a|the|your) [\w -]{{1,30}}(?:is|are)|(?:he|she|they|both|it)(?:'s|'re| is"
    rf"| are)){ADVERBS} (?!{EMPTY_ING})[a-z]{{2,}}ing\b",
    r"(?:is|are) being (?!reviewed|processed|handled|investigated|dealt|looked|considered|examined|taken|answered)\w+",
    rf"i{ADVERBS} {PAST_I}(?!.{{0,40}}\b(?:wrong|by mistake|too)\b)",
    r"(?:he|she|they|someone|our [\w -]{1,25}|my [\w -]{1,25}|a [\w -]{1,25}|the [\w -]{1,25})(?:'ll| will)"
    rf"{ADVERBS} (?!{EMPTY})[a-z]{{2,}}(?! (?:you )?(?:as soon|soon|shortly|in due))",
    r"(?:we|i) (?:pay|cover|owe you|charge you nothing|return|refund|collect|fetch|replace|repair|deliver|bring"
    r"|come|ring you|call you|phone you|text you|mail you|write to you)\b",
    r"(?:went|goes|gone) (?:back|out|off) (?:this|to|on|at|today|yesterday|with|by|in)\b",
    r"(?:is|are|was|were|has been|have been|will be|'ll be|'s)(?: \w+ly| now| already)? (?:cancelled|off your"
    r"|off the|ready|yours|lifted|unlocked|closed for|scrapped|extended|added|upgraded|arranged|activated|ordered"
    r"|on order|rebooked|free again|gone from|taken off|set aside|put aside|reserved|written off|wiped out"
    r"|back (?:up|online)|with you|at your|in your|on your|gone from)\b",
    rf"(?:i|we)(?:'ll|'ve|'re|'m| have| will| am| are| shall|'d like to| can)(?: (?:already|now|also|just|personally"
    rf"|then"
    rf"|gladly|going to|been|both|immediately|therefore|today))* (?:{DO})\b",
    r"(?:i|we)(?: now| just| then| also| already)? (?:refunded|returned|credited|reimbursed|transferred|restored"
    r"|replaced|repaired"
    r"|rebooked|resent|waived|unblocked|reopened|cancelled your|sent (?:you|it back|a new|the right)|booked you"
    r"|paid (?:it )?back"
    r"|send|ship|post|give you|put it right|swap|exchange|lift|print|reset|unblock|restore|rebook|book|order"
    r"|turn the)\b",
    r"(?!(?:you|it|this|that|there|what|who|which|nobody|nothing|none|everything|i|we|one|they|he|she)\b)[a-z]+,?"
    rf" will{ADVERBS} (?!{EMPTY})[a-z]{{3,}}",
    rf"(?:is|are|'re|has been|have been|will be|'ll be|is being|are being|was|were|gets?|been)(?: (?:now"
    rf"|already|today|fully|being|just|back|all))* (?:{DONE})",
    r"(?:ships?|leaves? (?:today|tonight|tomorrow|on|at|our|with)|arrives?|reaches you"
    r"|goes? (?:back|out|live|to you)|comes? (?:to you|on|tomorrow|today|by)|'s with you|collects?"
    r"|rolls? out|rings you|calls you"
    r"|(?:picks?|hands?|brings?|fetch(?:es)?|takes?) (?:it|yours|you|them)|delivers?|lands? (?:in|on))\b",
    r"you(?:'ll| will)? (?:get|have|receive|find) (?:a|an|the|your|it|back|\d|£|€|\$)(?! ?free)",
    r"on (?:its|their) way\b",
    r"(?:new|right|correct|replacement|spare|fresh) [\w -]{1,30} (?:is|are|was|has|leaves?|ships?"
    r"|arrives?|goes|will)\b",
    r"(?:money|refund|fee|fare|price|payment|amount|sum|euros|pounds|dollars|[£€$] ?\d[\d.,]*) (?:\w+ ){0,3}(?:goes"
    r"|go|will (?:be|go)|back|returns?|leaves?"
    r"|left|(?:is|are|was|were|has been|have been)(?: already| now)? (?:back|refunded|returned|on|credited"
    r"|transferred|with|waived))\b",
    r"(?:swap|keep|throw|leave|hand|use|open|pick|choose|just say|say yes|press|come in|drop by) (?:them"
    r"|it|the|your|my|yes|away|one|settings|today|tomorrow)\b",
    r"(?:get|be) in touch with you\b",
)
NO_DEED = words(
    r"(?:look(?:ing)?|see|check) (?:in)?to (?:it|this|that|the matter|your)\b",
    r"(?:look(?:ing)?|work(?:ing)?) (?:into|on) (?:it|this|that|the \w+|your)\b",
    r"(?:could|did)(?:n't| not) find\b",
    r"voucher for your next",
    r"(?:please|kindly) (?:send|call|contact|write|ask|check|look)\b",
    r"(?:free|complimentary) \w+",
    r"leaves? us in\b",
    r"(?:never|not) to use\b",
)
PREVENTS = words(
    r"from (?:now on|today|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|next week"
    r"|this week|\d)",
    r"so (?:that )?(?:it|this|that|nobody|no one|no \w+|nothing|the next|others?) (?:does not|doesn't"
    r"|cannot|can't|never|will not|won't|has|have|gets?|is|are|ever)\b",
    r"(?:we|i)(?:'ve| have) (?:changed|added|stopped|moved|replaced|introduced|trained|told|removed"
    r"|blocked|rewritten|taken|pulled|set)\b",
    r"(?:to (?:make sure|prevent|stop|keep|avoid)|so as to) (?:\w+ ){0,6}(?:again|happen\w*|repeat\w*"
    r"|others?|next)",
    r"(?:will|now) (?:now )?(?:always |also )?(?:checks?|be checked|tests?|weighs?|scans?|warns?|asks?"
    r"|counts?)\b",
    r"no (?:\w+ ){1,3}(?:leaves|goes out|is sent|ships|goes in|will leave|will go)\b",
    r"(?:checked|tested|inspected) (?:by \w+ )?before (?:it|they) (?:leaves?|goes?|ships?)",
    r"in (?:the )?future,? (?:we|i|every|each|all|no|the)\b",
    r"will not \w+ your \w+ any ?more\b",
)
CHECKED = words(
    r"(?:check|test|inspect|examine|weigh|measure|open)(?:s|ed|ing)? (?:it|them|each|every|this one|the (?:new )?\w+)\b",
    r"(?:try|tries|tried|trying) (?:it|them|this one|the (?:new )?\w+)(?: out)? (?:first|here|before|myself|for)\b",
    r"(?:look|looks|looked|go|goes|went) (?:it |them )?over (?:it|them|each|every|the)\b",
    r"(?:with my own|own) (?:eyes|hands)\b|(?:myself|in person|by hand|for an hour|overnight),? before\b",
    r"before (?:it|they|i|we) (?:leaves?|packs?|sends?|ships?|goes|go|hands?|close|pack it|sign)\b",
    r"(?:second|another) (?:pair of eyes|person|colleague) (?:checks?|looks?|signs?)\b",
    r"(?:make|making|made) sure (?:myself|before|that (?:it|they))\b",
)
"""Somebody sees to it, before it reaches them, that it holds this time."""
I_DO = words(
    r"i(?:'ll| will| shall|'ve| have|'m going to| am going to)\b(?! (?:be (?:happy|glad)|to say|no |not ))",
    r"i(?:'m| am) (?:sending|ringing|calling|bringing|posting|refunding|on (?:your|it|this)|handling"
    r"|looking after|taking|writing|coming|booking|returning|dealing)",
    r"i (?:ring|call|send|bring|post|write|check|take|stay|sent|rang|asked|booked|refunded|ordered|put"
    r"|spoke|talked|checked|found|pushed)\b",
    r"let me\b",
)

I_SEE_TO_IT = words(
    rf"i{ADVERBS} {PAST_I}(?!.{{0,40}}\b(?:wrong|by mistake|too)\b)",
    rf"i(?:'ve| have){ADVERBS} (?!{EMPTY_PAST})[a-z]{{3,}}",
    rf"i(?:'ll| will|'m going to| am going to|'m| am)(?: (?:now|just|personally|also|then))* (?!{EMPTY}|be\b|so\b"
    rf"|sorry\b"
    rf"|really\b|truly\b|very\b|deeply\b|afraid\b|glad\b|happy\b|not\b|sure\b|ashamed\b|the\b|in\b|a\b)[a-z]{{2,}}",
    r"i(?:'ll| will) be (?:there|here|online|with you|at|on)\b",
    r"my (?:own|direct) (?:number|line|mail|address)\b",
    r"(?:by|for) me\b|myself\b|in person\b",
    r"(?:your|my) (?:contact|case)\b",
)
"""One of us does something for them: the matter is theirs no longer."""

NO_ANSWER = words(
    r"(?:be in touch|get back to you|contact you|reach out|reply to you|get in touch|will (?:\w+ )?(?:respond|reply"
    r"|answer|revert|contact you)|(?:happy|glad|pleased) to (?:assist|help))\b(?!.*(?:\d|today|tomorrow"
    r"|monday|tuesday|wednesday|thursday|friday))",
    r"\?$",
    r"(?:look|work)(?:ing)? (?:into|on) (?:it|this|that|the \w+|your)\b",
    r"(?:process|revert|reply|respond|answer|handle|review) (?:it|this|to you|your|as|in due|shortly|soon)\b",
)
