"""Verbs of those who do something, and of those who only say so."""

from __future__ import annotations

DO = (
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
DONE = (
    r"(?:re)?sent|refunded|returned|replaced|repaired|fixed|restored|credited|delivered|(?:re)?booked"
    r"|collected|cancelled|corrected|removed|transferred|swapped|issued|filed|shipped|paid|reversed"
    r"|dispatched|unblocked|reserved|exchanged|picked up|waived|switched|on (?:its|the|their) way"
    r"|back (?:with|on|in|as|to)|at your|on a courier|with you|on the (?:van|road|train|truck)|in the post"
    r"|in (?:today|tonight|tomorrow)'s post|there (?:within|at|by|in)|on us\b|out (?:on|tonight|today"
    r"|tomorrow)|on your account"
)
ADVERBS = (
    r"(?: (?:already|now|also|just|personally|then|gladly|both|immediately|therefore|today|still|myself|ourselves))*"
)
EMPTY = (
    r"(?:be|have|hope|wish|think|believe|feel|understand|know|see|hear|appreciate|value|thank|regret|apologi[sz]e"
    r"|look|try|strive|aim|do|need|require|ask you|must|receive|log|note|imagine|love|like|want|mean|say|admit"
    r"|promise|guarantee|assure|confirm|trust|suggest|recommend|advise|inform|remind|wait|expect|lose|fail|forget"
    r"|review|investigate|consider|discuss|await|process|endeavou?r|work|own|agree|disagree|stand|dispute|miss"
    r"|learn|improve|take|pass|never|not|no|always|ever|happily|only|continue|keep you|get back|forward|share"
    r"|welcome|treat|respect|deal|handle|cost|help|remain|soon|kindly|gladly accept|accept|ask for|depend)\b"
)
"""What one can do without anything being done."""
EMPTY_PAST = (
    r"(?:been|had|received|read|seen|heard|noted|recorded|logged|registered|forwarded|passed|taken (?:note|your|this)"
    r"|tried|looked|made|failed|missed|lost|let|no|not|never|always|forgotten|kept|felt|known|thought|understood"
    r"|reviewed|considered|decided|every|all|to|an?|the|some|many|only|tested|inspected|examined|caused"
    r"|disappointed|come|apologi[sz]ed|ruined|damaged|broken|left|spoil\w+|cost|hurt|ignored|treated|mixed|swapped"
    r"|skipped|charged|lied|given you reason|given our word|overlooked|handled|experienced|always|acted|nothing)\b"
)
EMPTY_ING = (
    r"(?:look|work|try|hop|do|hav|be|feel|wonder|striv|experienc|investigat|review|improv|go|receiv|fac|miss|mak"
    r"|process|handl|say|ask|wait|await|expect|apologi[sz]|regrett|writ(?=ing to)|consider|discuss|assum|even|dur"
    r"|noth|anyth|everyth|someth|us|charg|los|mean|kidd|jok|talk|tell|speak)ing\b"
)
PAST_I = (
    r"(?:sent|rang|put|gave|withdrew|rewrote|redid|undid|drew up|fixed|ran|told|spoke|wrote|brought|took|drove|got"
    r"|paid|held|set|made|found|(?!shuddered|realis|realiz"
    r"|notic|receiv|mix|miss|fail|over|enter|typed|need|want|hop|wish|lik|lov|apologi|regrett|assum|believ|expect"
    r"|laugh|smil|wonder|agree|promis|ask(?:ed)? you)[a-z]{3,}ed)\b"
)
