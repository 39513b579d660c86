"""How a letter shows what is done, what changes and who does it (C7.1, 8, 10 and 11)."""

from __future__ import annotations

from amends.coach.words import words

_DO = (
    r"(?:re)?(?:send|sent|sending)|post(?:ed|ing)?|ship(?:ped|ping)?|refund(?:ed|ing)?|replac(?:e|ed"
    r"|ing)|repair(?:ed|ing)?|fix(?:ed|ing)?|restor(?:e|ed|ing)|credit(?:ed|ing)?|bring(?:ing)?"
    r"|brought|deliver(?:ed|ing)?|(?:re)?book(?:ed|ing)?|collect(?:ed|ing)?|exchang(?:e|ed|ing)"
    r"|cancel(?:led|ling|ed)?|correct(?:ed|ing)?|remov(?:e|ed|ing)|transfer(?:red|ring)?"
    r"|return(?:ed|ing)?|swap(?:ped|ping)?|pay(?:ing)?|paid|reimburs(?:e|ed|ing)|order(?:ed|ing)?"
    r"|tak(?:e|en|ing) (?:it|the|a|\w+ (?:off|out))|took|stop(?:ped)?|(?:un)?block(?:ed)?|add(?:ed)?"
    r"|ring|call(?:ing)?|phon(?:e|ing)|reset|upgrad(?:e|ed)|waiv(?:e|ed)|hold|held|reserv(?:e|ed)|arrang(?:e|ed|ing)"
    r"|asked (?:the|our|my|\w+ to)|switch(?:ed)?|releas(?:e|ed)|roll(?:ed|ing)?"
    r"|put(?:ting)? (?:it|a|the|you|this|\w+ (?:back|in|on))|got a|get (?:you|it|a|the) [\w ]{0,20}"
    r"|give you|given you|have (?:your|it|the|a) [\w ]{1,30}|file[d]?|open(?:ed)? (?:a|the)|write"
    r"|writing|find out|found|pushed|clear(?:ed)?|clean(?:ed)?|drive|driving|come|visit|pick(?:ed|ing)?"
    r"|lift(?:ed)?|extend(?:ed)?|print(?:ed)?|make (?:you|it|sure|good)|text|tell|update|speak"
    r"|spoken|talked to|settle[d]?|issue[d]?|sort(?:ed)?|hand(?:ed)?|check with|fetch|save[d]?"
    r"|recover(?:ed)?"
)
_DONE = (
    r"(?:re)?sent|refunded|returned|replaced|repaired|fixed|restored|credited|delivered|(?:re)?booked"
    r"|collected|cancelled|corrected|removed|transferred|swapped|issued|filed|shipped|paid|reversed"
    r"|dispatched|unblocked|reserved|exchanged|picked up|waived|switched|on (?:its|the|their) way"
    r"|back (?:with|on|in|as|to)|at your|on a courier|with you|on the (?:van|road|train|truck)|in the post"
    r"|in (?:today|tonight|tomorrow)'s post|there (?:within|at|by|in)|on us\b|out (?:on|tonight|today"
    r"|tomorrow)|on your account"
)
DEED = words(
    rf"(?:i|we)(?:'ll|'ve|'re|'m| have| will| am| are| shall|'d like to| can)?(?: (?:already|now|also"
    rf"|just|personally|then|gladly|going to|been|both|immediately|therefore|today))* (?:{_DO})\b",
    rf"(?:is|are|has been|have been|will be|'ll be|is being|are being|was|were|gets?|been)(?: (?:now"
    rf"|already|today|fully|being|just|back|all))* (?:{_DONE})",
    r"(?:ships?|leaves? (?:today|tonight|tomorrow|on|at|our|with)|arrives?|reach(?:es)? you"
    r"|goes? (?:back|out|live|to you)|comes? (?:to you|on|tomorrow|today|by)|'s with you|collects?"
    r"|rolls? out|rings? you|calls? you"
    r"|(?:picks?|hands?|brings?|fetch(?:es)?|takes?) (?:it|yours|you|them)|delivers?|lands? (?:in|on))\b",
    r"you(?:'ll| will)? (?:get|have|receive|find) (?:a|an|the|your|it|back|\d|£|€|\$)(?! ?free)",
    r"on (?:its|their) way\b",
    r"(?:new|right|correct|replacement|spare|fresh) [\w -]{1,30} (?:is|are|was|has|leaves?|ships?"
    r"|arrives?|goes|will)\b",
    r"(?:money|refund|fee|fare|price|payment|amount|sum|euros|pounds|dollars"
    r"|[£€$] ?\d[\d.,]*) (?:\w+ ){0,4}(?:goes|go|is|are|was|were|has|will|back|returns?|leaves?|left)\b",
    r"(?:swap|keep|throw|leave|hand|use|open|pick|choose|just say|say yes|press|come in|drop by) (?:them"
    r"|it|the|your|my|yes|away|one|settings|today|tomorrow)\b",
    r"(?:get|be) in touch with you\b",
)
NO_DEED = words(
    r"(?:look(?:ing)?|see|check) (?:in)?to (?:it|this|that|the matter|your)\b",
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
I_DO = words(
    r"i(?:'ll| will| shall|'ve| have|'m going to| am going to)\b(?! (?:be (?:happy|glad)|to say|no |not ))",
    r"i(?:'m| am) (?:sending|ringing|calling|bringing|posting|refunding|on (?:your|it|this)|handling"
    r"|looking after|taking|writing|coming|booking|returning|dealing)",
    r"i (?:ring|call|send|bring|post|write|check|take|stay|sent|rang|asked|booked|refunded|ordered|put"
    r"|spoke|talked|checked|found|pushed)\b",
    r"let me\b",
)
