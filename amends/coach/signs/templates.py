"""Words that could stand in any letter: set phrases and officialese (C7.2)."""

from __future__ import annotations

from amends.coach.words import words

TEMPLATE = words(
    r"(?:dear |our )?valued (?:customer|client|guest|user|member)",
    r"dear (?:sir|madam|sir or madam|customer|client|user|guest|passenger|member|sirs|patient|reader|subscriber|tenant"
    r"|policy ?holder|shopper|travell?er|resident|student|parents?|all|purchaser|buyer|recipient|applicant"
    r"|account ?holder"
    r"|card ?holder|colleague|friend|partner|visitor|driver|viewer|player|owner|consumer)s?\b(?! \w)",
    r"(?:satisfaction|comfort|safety|experience|happiness) (?:of our \w+ )?(?:is|remains|comes|has)\b",
    r"our (?:top|highest|first|number one|utmost|main) (?:priority|concern|goal)\b",
    r"look(?:ing)? forward to (?:welcoming|serving|seeing|assisting|hearing|your)\b",
    r"(?:we|i) (?:kindly|respectfully|politely) (?:ask|request|remind|advise|inform)\b",
    r"(?:as per|pursuant to|in line with|subject to) (?:paragraph|section|clause|article|our|the|these)\b",
    r"(?:conditions of (?:carriage|use|sale)|general (?:terms|conditions))\b",
    r"(?:request|concern|matter|enquiry|complaint|case|feedback|submission)s? (?:has|have) been (?:duly )?\w+ed\b",
    r"in due course\b|(?:your |this )?valued (?:feedback|comments?|opinion|input|custom|message|suggestion)",
    r"(?:department|team|unit|colleagues|party|office) (?:concerned|responsible|in charge)\b",
    r"(?:at|by) (?:the|our|your) (?:earliest|next) (?:opportunity|convenience|possible date)\b",
    r"(?:bringing|drawing) (?:this|it) to our attention\b|come to our attention\b",
    r"(?:strive|endeavou?r|aim|committed) to\b",
    r"(?:shall|will) be (?:duly |carefully )?(?:processed|considered|reviewed|examined|assessed|evaluated|dealt"
    r"|handled)\b",
    r"(?:all|your) feedback (?:is|on board|very|helps|allows|enables)\b|feedback (?:is|helps|allows)\b",
    r"we (?:wish|would like) to (?:inform|advise|thank|assure|express|apologi[sz]e|confirm|remind)\b",
    r"(?:we regret|i regret|regret) to (?:inform|advise)\b",
    r"(?:any|further|additional) (?:questions?|quer(?:y|ies)|assistance|information|concerns)\b",
    r"(?:happy|glad|pleased|delighted|here) to (?:assist|be of (?:service|assistance)|help you with any)\b",
    r"(?:your )?(?:continued|ongoing) (?:support|patronage|trust|loyalty|business|custom)\b",
    r"we apologi[sz]e for the inconvenience\b",
    r"(?:our|the) (?:\w+ )?(?:customer (?:service|care|relations|support|success)|support|service) (?:team|department"
    r"|representatives?|agents?)\b",
    r"high(?:est)? (?:standards?|quality) (?:of|in)\b",
    r"(?:hesitate to (?:contact|reach|call|write))\b",
    r"(?:assigned|allocated) (?:to )?(?:a|an|the|your|our) (?:\w+ )?(?:number|agent|team|specialist|representative"
    r"|case)\b",
    r"(?:this|your) (?:mailbox|inbox|message) is (?:not monitored|automatically)\b",
    r"within the (?:scope|framework|meaning) of\b",
    r"(?:we|i) (?:duly )?(?:take|took|have taken) (?:due )?note of\b",
    r"(?:has|have) (?:thus |duly )?been taken (?:note|into)\b",
    r"(?:reference|ticket|case|request) (?:number|no\.?|id|ref)\W{0,3}[\w-]*\d",
    r"(?:call|message|request|enquiry|inquiry|feedback|opinion|satisfaction|business|concern"
    r"|complaint|loyalty|custom|e-?mail"
    r"|comfort|security)s? (?:is|are) (?:very |extremely |truly |so |most )?(?:important"
    r"|valuable|precious) to us",
    r"take (?:\w+ ){1,5}(?:very |extremely |most )?seriously\b",
    r"(?:call|message|request|opinion|feedback|satisfaction|comfort|safety)s? matters? to us\b",
    r"we trust (?:this|that|you)\b",
    r"(?:exceptionally|unusually) high (?:demand|volumes?|number)",
    r"longer than usual\b",
    r"under (?:clause|section|paragraph|article) \d",
    r"(?:please )?(?:be|rest) assured\b|(?:please )?be advised\b|we regret your experience\b",
    r"(?:do not|don't|please do not) hesitate\b",
    r"at your earliest convenience\b",
    r"(?:sorry|apologi[sz]e|apologies|regret)\b.{0,30}\b(?:any|the|this|possible) inconvenience",
    r"any inconvenience (?:this|it|that|caused)",
    r"thank you for (?:reaching out|contacting (?:us|our|\w+ (?:support|customer))"
    r"|your (?:inquiry|enquiry|interest|request)|choosing)\b",
    r"(?:patience and understanding|understanding and patience|your (?:kind )?understanding)\b",
    r"(?:we|i) (?:truly |greatly |really |highly )?(?:value|appreciate) your (?:feedback"
    r"|business|patience|custom|loyalty|understanding"
    r"|opinion)",
    r"(?:strive|committed|dedicated|our (?:goal|mission|aim|priority)) (?:is )?(?:to"
    r"|for) (?:\w+ ){0,4}(?:provid\w+|deliver\w*|offer\w*"
    r"|ensur\w+|excellen\w+|satisf\w+|quality|best)",
    r"(?:request|enquiry|inquiry|complaint|message|e-?mail|ticket|case|query|submission|claim"
    r"|concern|feedback) (?:has been|was|is being|will"
    r" be) (?:\w+ )?(?:received|forwarded|logged|registered|recorded|processed|assigned"
    r"|escalated|opened|handled|dealt|reviewed|taken)",
    r"(?:we|i) (?:have |hereby |can )?(?:confirm|acknowledge)? ?(?:the )?(?:receipt"
    r"|received) (?:of )?your (?:request|enquiry|inquiry|complaint"
    r"|message|e-?mail|query|claim)",
    r"(?:typical|usual|average|standard|current) (?:response|processing|handling|waiting) times?\b",
    r"(?:do not|don't) reply to this\b",
    r"(?:this is an )?automat(?:ed|ic(?:ally)?) (?:message|reply|response|generated)",
    r"(?:most answers|frequently asked questions|our faqs?|(?:visit|consult|check"
    r"|see) our (?:help|knowledge|faq|support))\b",
    r"(?:as per|in accordance with|pursuant to|with (?:regard|reference|respect) to"
    r"|in (?:respect|reference) (?:of|to)|further to) (?:your|our"
    r"|the|this)\b",
    r"(?:hereby|herewith|aforementioned|the undersigned|above-mentioned|heretofore|duly noted"
    r"|kindly note|please note that)\b",
    r"(?:processed|handled|dealt with|reviewed|treated|answered) in (?:the )?order (?:of"
    r"|in which|received)",
    r"unfortunate (?:experience|incident|event|occurrence)\b",
    r"experienc(?:ed|ing) (?:an? )?(?:unusually |higher|high|exceptional)",
    r"(?:to your|your complete|utmost|full) satisfaction\b",
    r"we understand your (?:frustration|concern|disappointment|situation|position|annoyance)s?\b",
    r"(?:the|your) matter (?:is|has been|will be)\b",
    r"(?:relevant|responsible|competent|appropriate) (?:department|team|unit|colleagues?|office)\b",
)
