"""What takes a word back in English, and what is a rule of the house: "usually", "refunds are made …". Pure."""

from __future__ import annotations

from amends.clock.tongues.patterns import pattern, words

REFUSES = words(
    r"if (?:you|that|this|it|needed|necessary|possible|not|all|everything|i|we|there|the)\b(?<!know if it)",
    r"(?:hopefully|perhaps|maybe|probably|possibly|ideally|in principle|all being well|if possible|with luck)\b",
    r"provided (?:that|you|we|it)\b|as long as\b|subject to\b|assuming\b",
    r"(?:on your (?:return|reply|payment|confirmation|arrival|request|approval|go-ahead)|(?:once|as soon as|when"
    r"|after|upon) (?:you|your))\b|(?:once|as soon as|when|after|upon|on) (?:we(?:'ve| have)? (?:receiv|get|got"
    r"|ha)\w*\b(?! (?:something|anything|news|more|an (?:update|answer))\b)|(?:the|it|this) (?:\w+ )?(?:arriv"
    r"|is back|has|reach|com)\w*|rec(?:eipt|eiving)|its return|getting)",
    r"(?:of|after|from|following) (?:receipt|receiving|getting|the return|your return|it arriving|its arrival"
    r"|us receiving)",
    r"(?:payments?|invoices?|bills?|rent|balance|fees?|premiums?|instal?lments?|contributions?|tax(?:es)?)\b"
    r".*\b(?:due|payable)\b",
    r"(?:payments?|instal?lments?|premiums?|fees?)\b.{0,30}\b(?:be|is|are) (?:taken|collected|debited"
    r"|charged)\b(?! off)",
    r"(?:once|twice|(?:three|four) times) (?:a|per|every) (?:day|week|month|year)\b",
    r"results? (?:come|comes|are|is) out\b|(?:so )?(?:they|he|she) (?:says?|said|tells? (?:me|us))\b",
    r"(?:colleague|manager|boss|supervisor|doctor|he|she) (?:comes|gets|is|will be) back\b(?! to)",
    r"prices? (?:goes|go|will go|rises?|will rise)\b|go(?:es)? on sale\b",
    r"direct debit\b.*\b(?:leaves|taken|collected|goes out|go out|debited)\b",
    r"(?:flight|train|bus|shuttle|tram|minibus|coach|ferry|match|concert|show|strike|sale|term|season"
    r"|course|webinar|seminar|class"
    r"|game|market|fair|festival|party|parade|workshop|session|exam|contract|lease|event|lesson|talk|tour"
    r"|training|lecture|conference|screening"
    r"|film|timetable|cover|policy|warranty|guarantee|tariff|semester|school"
    r"|meeting)(?:e?s)?(?: (?:to|from) \w+)? (?:leaves?|departs?|starts?|begins?|takes off|lands?|arrives?)\b",
    r"(?:contributions?|prices?|rates?|premiums?|fares?|rents?|fees?)\b.{0,12}\b(?:go(?:es|ing)? up|ris(?:e|es"
    r"|ing)|increas(?:e|es|ing))\b",
    r"(?:that|which) (?:starts|begins|runs)\b|leave (?:starts|begins)\b",
    r"brings? out\b|on (?:maternity|paternity|parental|sick|annual) leave\b|(?:is|are) drawn\b|(?:club"
    r"|choir|society|association) meets\b|leaves? your account\b|(?:hours?|minutes"
    r"|days?|weeks?) before (?:closing|departure|arrival|we close|check-?in)\b|(?:every|each) (?:other"
    r"|second|third)"
    r"|alternate \w+days\b|(?:every|each) (?:day|week|morning|evening|night|\w+day)\b|(?:daily|weekly"
    r"|monthly|annually|yearly)\b(?! \w+)"
    r"|on weekdays\b|comes? into (?:force|effect|operation)\b|tak(?:e|es|ing) effect\b|(?:subscription"
    r"|membership|contract|policy|cover"
    r"|licen[cs]e|plan|lease|insurance|registration|term)\b.{0,30}\b(?:renews?\b|be renewed|rolls? over|automatically)"
    r"|(?:refuse|recycling|rubbish|garbage|waste|bins?|trash) (?:is|are|will be|collections?|move"
    r"|moves) (?:now )?(?:collected|emptied|to)\b",
    r"(?:is|are|'s|'re) out (?:this|today|until|till|on|all|for|sick)\b",
    r"(?:gets|comes) in(?:to (?:work|the office))? (?:at|by|around)\b|(?:is|are) free\b|free (?:until|up to)\b",
    r"(?:i|we)(?:'ll| will) (?:then )?(?:be )?(?:in the office|open)\b",
    r"(?:branch|office|shop|store|department|surgery|depot) (?:is|are) moving\b|(?:each"
    r"|every) (?:month|quarter|year)\b|opening (?:hours|times)\b|keep\b.*\bopen\b|(?:tend to|aim to|in most cases"
    r"|as a rule"
    r"|on average)\b",
)
GENERAL = words(
    r"^(?:(?!your|the|my|our|this|these|we|it|i|that)\w+ ){0,2}\w{3,}s (?:cancelled|returned|placed"
    r"|ordered|received|made|sent|submitted|paid|booked|bought|handed in"
    r"|registered|dropped off|reported|received) (?:before|by|after|within|until|up to|between)\b",
    r"(?:i|we)(?:'d| would) (?:love|like) to (?:tell|say|promise|be able)\b|\bbut (?:i|we) (?:can't|cannot"
    r"|can not) (?:promise"
    r"|guarantee|be (?:sure|certain))\b",
    r"don'?t miss|hurry\b|shop now|order now|book now|buy now|our (?:\w+ ){0,2}sale\b"
    r"|the (?:\w+ ){0,2}sale (?:is|ends?|starts?|begins?|runs?)\b|special offers?\b",
    r"our (?:policy|rule|standard|goal|target|principle|normal practice) is\b|as a rule\b",
    r"(?:last|latest) (?:orders|posting)|cut-?off|the deadline|closing date",
    r"\d+ ?% off\b|bargains?\b|black friday|cyber monday|subscribe\b|discover our|new collection",
)
OF_ALL = pattern(
    r"^(?:in|for) (?:an )?emergenc(?:y|ies)\b|^customer (?:service|support|care) \w+s\b"
    r"|^(?!(?:the|your|my|our|this|that|these|those|it|he|she|they|we|you|i|both|mr|mrs|ms|dr|his|her|its|details|news"
    r"|instructions)\b)(?:[\w-]+ ){0,2}[\w-]{3,}(?<!ss)s (?:are(?! \w+ing\b)|come|arrive|appear|get)\b|"
    r"(?:^|[;:–] |[,!] |\bthat )(?:(?:all|any|every|each|most|other|standard|express|online|written|new"
    r"|routine|repeat|lost"
    r"|damaged|faulty|unused|valid|approved|phone) ){0,2}(?:refunds?|returns?|exchanges?|orders?|parcels?|complaints?"
    r"|e-?mails?|messages?|calls?|enquiry|enquiries|inquiries|quer(?:y|ies)|requests?|deliver(?:y|ies)"
    r"|prescriptions?|deposits?|claims?|applications?|letters?|payments?|items?|goods|bookings?|collections?"
    r"|reviews?|vouchers?|gift cards?|confirmations?|receipts?|certificates?|statements?|samples?|quotes?"
    r"|estimates?|appeals?|alterations?|returned \w+|repairs)\b"
    r"(?<!\bour return)(?! ?(?:[:–-]|to follow|going|is|by|was|has|on its))"
    r"|\b(?:we|our \w+) (?:\w+ly |always )?(?:refund|answer|reply to|respond to|process|ship|dispatch"
    r"|acknowledge|review"
    r"|deal with|handle|collect|deliver|return|repay|issue|repair|clean|sharpen|print|make) (?:(?:all|any|every|each"
    r"|most|standard|written|online|new|approved) )*(?!this\b)\w+s\b|\b(?:any|every|each) \w+ (?:is|are|gets|will"
    r"|that|we)\b"
)
TO_YOU = pattern(r"\b(?:you|your|yours|you'(?:ll|re|ve)|this|these)\b")
GIVES = pattern(
    r"\A(?!.*\b(?:attached|enclosed|herewith|always|on (?:its|their) way)\b)(?:.*\b(?:we're|we are|i'm|i am)\b.*"
    r"\b(?:refund|credit|reimburs)\w*\b.*\byour?\b|.*\bwill be (?:\w+ly )?(?:refunded|credited|reimbursed|sent|posted"
    r"|shipped|delivered|returned) ?(?:to you|in full|to your\b|as well|too|of course|at our|by|$|[.,]))"
)
HENCEFORTH = words(r"from now on\b|in (?:the )?future\b|going forward\b")
