"""What is promised in English, by the words that tell it (C4.1). Pure."""

from __future__ import annotations

from amends.clock.tongues.patterns import pattern, words
from amends.clock.tongues.tongue import Kinds

KINDS: Kinds = (
    (
        "prevent",
        words(
            r"(?:never|not|won't|doesn't|don't) (?:to )?(?:happens?|occurs?|recurs?) again",
            r"prevent\w*|(?:never|no one|nobody|no other|not|won't)\b.{0,60}\bagain",
            r"so (?:that )?(?:nobody|no one|no other|no (?:\w+ ){1,2}(?:else|again|ever))\b",
            r"put (?:a stop|an end) to|so (?:that )?the \w+ (?:stops?|ceases?|ends?)\b",
            r"so (?:that )?.{0,60}\b(?:not|never|no longer|\w+n't)\b.{0,60}\bagain",
            r"from (?:happening|occurring|recurring) again",
            r"(?:no longer|never|not|cannot|can't|doesn't|won't|does not|will not) (?:recurs?|be repeated|happen)",
            r"avoid (?:this|a repeat|it|any repeat|such)",
            r"stops? (?:this|it) (?:from )?happening",
        ),
    ),
    (
        "partner",
        pattern(
            r"\b(?:ask\w*|call\w*|contact\w*(?! by)|speak\w*|chas\w+|talk\w*|writ\w+|ring\w*|phon\w+|remind\w*"
            r"|instruct\w*"
            r"|tell|give|press\w*|push\w*|check\w*|query|raise\b.{0,30}|take\b.{0,30}|get|reach(?:ing)? out|e-?mail\w*"
            r"|(?:escalat\w+|forward\w*|refer\w*|pass(?:ed|es|ing)?)\b.{0,30}|liaise\w*|follow up|get in touch"
            r"|request\w*|open|word with"
            r"\b.{0,30}) (?:[\w']+ ){0,5}?(?:courier\w*|carrier\w*|suppliers?|manufacturer\w*|makers?|partners?"
            r"|banks?|deliver(?:y|ies) (?:company|firm|partner|people|service)|post office|royal mail|depot"
            r"|haulier\w*|forwarder|shipping (?:company|partner)|wholesaler|vendor|seller|merchant|insurer|airline"
            r"|hotel|payment provider|importer|parcel service|logistics \w+|publisher|distributor)\b",
        ),
    ),
    (
        "refund",
        pattern(
            r"(?<!to )[£$€] ?\d[\d.,]*(?!\w)(?! (?:\w+ )?(?:voucher|gift))|\b(?:refund\w*|reimburs\w+|money"
            r"|payment\b(?! (?:link|plan|details|provider|method|reminder|slip))|pay you\b|pay\b.{0,80}\bback"
            r"|credit(?! note)\w*|repay\w*|fare|fee|fees|charges?\b.{0,20}\brevers\w+|revers\w+|compensat\w+"
            r"|full amount|pre-?authori[sz]ation|deposit|bond\b|balance|expenses|difference|overpa\w+|cash\b|discount"
            r"|settle\w* your claim"
            r"|(?:full|purchase|ticket) price|(?<!exact )amount\b|cover\w* (?:the|your) costs?|(?:cancel\w*|remov\w*"
            r"|tak\w*|drop\w*) (?:the|this|that"
            r"|your) (?:\w+ )?(?:charges?|fees?)|deduct\w*|knock\w* .{0,20}\boff|waiv\w+|goodwill (?:payment|gesture)"
            r"|claim\b.{0,20}\bpaid|(?:in|to|into|on) your (?:bank|account|card|statement)"
            r"|paid (?:in|into|out|back)"
            r"|bank transfer|do the transfer|\d+ (?:euros?|pounds"
            r"|dollars)|(?:see|find) (?:that|it|this) on (?:your|the) (?:bill|statement|invoice)"
            r"|go(?:es)? back (?:to you|to your|on (?:to )?your))(?!\w)",
        ),
    ),
    (
        "callback",
        pattern(
            r"\b(?<!your )(?<!new )(?:ring|call|phon(?:e|ing)|telephone|speak (?:to|with) you"
            r"|talk to you)(?:s(?= (?:you|back|me|your))|ing)?\b"
            r"(?! (?:the|our|my|them|him|her|off|it|at|in on|round|by)\b)|\b(?:give you a (?:call|ring|bell|buzz)"
            r"|pick(?:ing)? up the phone|try(?:ing)? again"
            r"|be called|phoned|a call|call-?backs?|try(?:ing)? you\b|(?:bell|buzz) you|a shout|another (?:go|try)"
            r"|(?:try|on) your (?:mobile"
            r"|phone|landline))\b",
        ),
    ),
    (
        "fix",
        pattern(
            r"\b(?:fix\w*|repair\w*|mend\w*|replac(?:e|es|ing|ed)|(?<!\ba )(?<!the )(?<!your )corrected\b"
            r"|corrections?\b|(?<!\ba )(?<!the )(?<!your )correct(?:s|ing)?\b(?! (?:invoice|bill|one"
            r"|lamp|item|size|version|part))|resolv\w+|sort\w* (?:this|it|that|out|everything|the)|sorted|fit(?:s"
            r"|ted)?|(?:put(?:ting)? (?:this|it|that|things)|(?:be|is|get (?:this|it|that)) put) right|solv\w+"
            r"|rectif\w+|swap\w*|exchang\w+|restor\w+"
            r"|put right|make the change|(?:get|have) (?:this|that|it|them) (?:changed|running|going again"
            r"|re(?:cut|done|made|built|wired|fitted))|amend\w*|back (?:up|on\b(?! (?:your|the \d"
            r"|\w+day\b))|online|to normal)"
            r"|(?:water|gas|power|heat(?:ing)?|electricity|internet|broadband|signal|lights?|lift|elevator|line"
            r"|network|tills?|terminals?|machines?|payments?"
            r"|site|website|app|system|service)\b.{0,20}\bback\b|clean again\b"
            r"|(?:work(?:s|ing)?|running|active|usable|available|accessible|reachable|live) again|reinstat\w+"
            r"|up and running|make good|treat(?:ed|ing)?|back online|re-?(?:make|made|do"
            r"|done)\b|clear(?:ed|ing)? (?:the|your) (?:blockage|drain|jam|fault|error)|get (?:it|this"
            r"|that|them|things) (?:working|going|running)|tak(?:e|en|ing) down|touch\w* up"
            r"|roll\w* out|chang(?:e|ing) (?:the|your)|upgrad\w*"
            r"|trued?\b|recalculat\w*|reprogram\w*|reconfigur\w*|recalibrat\w*|realign\w*|tighten\w*|re-?(?:fit|lay"
            r"|hang"
            r"|paint|seal|wire|boot)\w*|unclog\w*|debug\w*|seal\w*|lift(?:ed"
            r"|ing)?|(?:taking"
            r"|putting) (?:\w+ ){1,5}(?:in|out)\b|off your bill"
            r"|send\w* (?:\w+ ){0,3}?(?:mechanics?|engineers?|technicians?|plumbers?|electricians?|fitters?|tech"
            r"|crew|someone)|make (?:this|it|that"
            r"|things) right|stopp\w+|roll(?:ing)? back|rolled back|mount(?:ed|ing)?"
            r"|starts? work|adjust\w*|fitting|unblock\w*|unlock\w*|reset\w*(?! (?:link|code))|moderni[sz]\w*"
            r"|re-?activat\w+|updated? your|cancel\w*"
            r"|polish\w*|repaint\w*|remov\w+|delet\w+|deal with (?:it|this)|reconnect\w*|install\w*|service your)\b",
        ),
    ),
    (
        "send",
        pattern(
            r"\b(?:(?:re)?send\w*(?!.{0,30}\b(?:updates?|reply|answer|news|response|decision|outcome|findings))"
            r"|(?:re-?)?ship\w*"
            r"|in the mail\b|(?:re-?)?post(?:ed|ing|s)?\b(?! you\b(?! (?:an?|the|your|our)\b))"
            r"|in the post|(?<!from )dispatch\w*|despatch\w*|(?:re)?deliver\w*|bring\w*|brought|collect\w*|courier\w*"
            r"|forward\w*|driver\b(?!')|(?:on|by) (?:\w+ )?van|overnight\w*|suppl(?:y|ies|ied|ying)\b|issu(?:e|ed"
            r"|ing) (?:you )?(?:an?|your) new|provid\w* (?:a|an|the|your) (?:copy|copies|proof|document\w*|file\w*"
            r"|invoice|receipt|certificate|label)|share\w* (?:the|your) (?:file|document|link|folder)\w*|upload\w*"
            r"|(?<!-)mailed|mail(?:ing)? (?:it|them|this|that)\b|fax\w*|hand you"
            r"|provide you with (?!(?:an? )?(?:\w+ )?(?:update|answer|reply"
            r"|response))|pick\w* (?!this"
            r"|that)(?:\w+ ){0,3}?up\b(?! (?:this|that))|returned to you|drop\w*(?! you an? (?:line|note|message"
            r"|text|mail|email))|parcel"
            r"|in your in-?box|(?:on|in|to|at|hit) your (?:porch|hands|inbox"
            r"|desk)"
            r"|(?:in|into|to|through) (?:your|the) (?:letter ?box|mailbox)|re-?issu\w+|goes out|go out"
            r"|going out (?:to you|again|today|tomorrow|on|by|in the)\b|flown\b|e-?mail(?:ing)? (?:(?:it|them|this"
            r"|that) )?(?:over|across)|e?mail(?:ing|s"
            r"|ed)? (?:you |u )?(?:the|an?|your|our)\b(?! (?:\w+ )?(?:update|answer|reply|response|outcome))"
            r"|e-?mailed (?:over|to you|across)|(?:loan|courtesy|hire) (?:car|phone|van)|hand\w* (?:\w+ ){0,4}over"
            r"|being sent|texted|sent|shoot (?:it|this|that|them))\b",
        ),
    ),
    (
        "tell",
        pattern(
            r"\b(?:writ(?:e|es|ing)|(?<!written )findings|tell|decision|outcome|know(?!,)|hearing(?! aid)|explanation"
            r"|proposal"
            r"|(?<!back the )updat(?:e|es|ing|ed)(?! (?:(?:is|are|will be|gets) )?(?:being )?(?:install|appli|roll"
            r"|releas)\w*)"
            r"|inform\w*|hear|word from|our (?:position|view|stance)|(?<!by )e?mail(?! (?:will|is|was|has)\b)"
            r"|(?<!by )text|(?<!can )confirm\w*"
            r"|revert to you"
            r"|advise you|brief you"
            r"|walk you through"
            r"|share (?:the (?:outcome|result|finding)\w*|our|my|what)|give you (?:an? )?(?:answer|date|reply"
            r"|response)|answer\w*|reply"
            r"|respond\w*|(?<!your )(?<!the )report|told"
            r"|keep you|contact\w*"
            r"|notif\w+|in touch|reach out|follow(?:ing)? up|message|feedback|response|explain|drop you a (?:line"
            r"|note|message)|check(?:ing)? (?:back )?(?:in )?with you|(?:get|come|be|getting"
            r"|coming|circle|circling) (?:right )?back (?:to|with) you|find out|talk you)\b",
        ),
    ),
)

HINTS: Kinds = (
    (
        "fix",
        words(
            r"technicians?|tech\b|engineers?|surveyor|inspector|handyman|locksmith|fitters?|plumbers?"
            r"|electricians?|mechanics?",
            r"attend(?:s|ing)?\b|patch\w*|bug|leak|someone (?:out|round)|ready|activat\w*|service ?man|workers"
            r"|builders|crew"
            r"|on[- ]site|log in again"
            r"|log on again",
        ),
    ),
    (
        "send",
        words(
            r"(?:(?:expect|look (?:out )?for|watch for) (?:it|them)|leav\w+|arriv(?!ed)\w+|(?:back|over|out"
            r"|across) to you|follows?"
            r"|replacement|reach(?:es)?\b(?! out)|on (?:its"
            r"|their) way|with you|doorstep|(?:your|the) (?:front )?door|lands?|at your (?:door|home|house|place"
            r"|address|office|desk)|come|comes|coming"
            r"|gets? (?!back)(?:\w+ ){0,3}to you|drop)\b(?! (?:right )?back (?:to|with))"
            r"|you(?:'?ll| will| shall)?(?: also| then)? (?:have|get|receive)(?!.{0,40}\b(?:decision|outcome"
            r"|answer|reply|update"
            r"|confirmation|news|call|response|message|notification|explanation|apology|report|result|feedback"
            r"|(?<!by )e?-?mail)\b)",
        ),
    ),
    ("tell", words(r"(?:circle|get|come|be|getting|coming) (?:right )?back\b|apolog\w+|news\b|report|result|feedback")),
)
"""What is likely meant where no such word stands."""
