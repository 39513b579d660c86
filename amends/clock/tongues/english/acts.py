"""How somebody gives their word in English: "I'll ring", "the courier collects", "you will have". Pure."""

from __future__ import annotations

from amends.clock.tongues.english.kinds import HINTS, KINDS
from amends.clock.tongues.english.rules import GENERAL, GIVES, HENCEFORTH, OF_ALL, REFUSES, TO_YOU
from amends.clock.tongues.patterns import pattern, words
from amends.clock.tongues.tongue import Acting

_ADVERB = (
    r"(?:(?:also|now|then|still|just|certainly|definitely|gladly|happily|of course|personally|myself|already|both"
    r"|first|all|immediately|instead|again|therefore|finally|today|tomorrow|shortly|soon|either) ){0,4}+"
)
_HEDGED = (
    r"(?!(?:not|never|no longer|try (?:to|and|my|our)|hope|aim|need|have to|must|want|like|love|open|close|cost"
    r"|depend|miss|be sorry|do (?:my|our) (?:very )?best|be (?:able|unable|open|opened|closed|shut|away|happy|glad"
    r"|pleased"
    r"|delighted|out of|on (?:holiday|leave|vacation|shift|duty)|at (?:work|my desk)|off\b|in the office|in (?:on"
    r"|tomorrow|today|from|until|all)|here"
    r"|available|reachable|back on (?:mon"
    r"|tues|wednes|thurs|fri|satur|sun|the|\d)|back in the|needing|required|asked|expected|charged|looking forward"
    r"|required|sorry|too late|grateful)|probably|likely|look forward|remain|stay|end|expire|lapse|run out|understand"
    r"|see that|notice|appreciate|agree|know(?! (?:more|by|what|why|where|whether|how))|think|enjoy|hopefully|only"
    r"|normally|usually|always"
    r"|have (?:until|to|no)|be (?:travell?ing|busy|flying|tied up|in (?:a |meetings?|training|court|theatre|surgery"
    r"|clinic))|be disappointed|be waiting|require)\b)"
)
_BASE = (
    r"(?:ring|call|phone|telephone|bell|send|post|ship|refund|write|bring|deliver|come|return|transfer|pay|dispatch"
    r"|credit"
    r"|collect|text|mail|e-?mail|replace|repair|fix|tell|update|confirm|check|answer|reply|respond|book|order|resend"
    r"|exchange|speak|talk|chase|ask|let|get|follow|reach|arrange|issue|process|reimburse|report|drop|pop|put|correct"
    r"|sort|resolve|inform|keep|give|contact|hand|pick|swap|raise|look|make|reverse|waive|cancel|escalate|do)"
)
_DOES = (
    r"(?:ring|call|phone|send|post|ship|refund|write|bring|deliver|come|return|transfer|pay|dispatch|credit|collect"
    r"|text|mail|email|replace|repair|fix|tell|update|confirm|check|answer|book|order|resend|get|have(?! (?:now "
    r"|already |also |just |since |both )?(?:(?!asked|instructed|requested|ordered)\w+ed|bought|brought|built|taught"
    r"|begun|hung|held|paid|kept|left|drawn|chosen|sent|written|spoken|had|been"
    r"|put|got|made|taken|given|found|seen|told|no|not|nothing|none|until|to)\b))"
)
_COMMITS_NOT = (
    r"(?!(?:end|affect|stocktak|caus|contact(?=ing us)|expir|celebrat|hop|look|try|wait|expect|think|consider|aim"
    r"|work|open"
    r"|clos|be|hav"
    r"|need|want|wish|dream|do|plan|intend|stay|go(?!ing (?:through|over|round|back)\b)|mov(?=ing (?:house|home"
    r"|offices?|premises|to an?|to our))|stand"
    r"|read|question|liv|suffer|los|runn|ask(?=ing you)|wonder"
    r"|miss|experienc|understand)ing\b)"
)
_GOES = (
    r"(?:collects|(?<=s )(?:come(?! from)|land|go|follow|reach|start|begin)(?= (?:in|out|to|back|on|up|with|by|tomorrow"
    r"|today|tonight|this|next|you|\w+day)\b)|leaves?|ships?|arrives?|reach(?:es)?|comes(?! from)|delivers|brings"
    r"|rings|calls"
    r"|writes(?! (?:that|to say)\b)|(?<!that )(?<!which )(?:starts|begins)|(?:has"
    r"|have) agreed to|lands?|clears|looks at|decides|considers|meets|completes|prepares|processes|releases|issues"
    r"|credits|signs(?= (?:off|it|the|your))|(?:drops|falls) off|shows up|posts|departs|sends|follows|fits|checks|fixes"
    r"|repairs"
    r"|replaces|installs|reviews|answers"
    r"|contacts|finishes|handles|gives|(?<=service )resumes|takes(?= (?:it|this|your|the))|picks|refunds|visits|gets"
    r"|returns|goes"
    r"|go (?=out|back|to)|rolls out|(?:is|are|'s|'re|(?:has|have)(?: now| also| already)? been) (?:now |already "
    r"|also |all "
    r"|provisionally )?(?:re-?)?(?:booked|scheduled|arranged|planned|moved|organi[sz]ed|reserved|brought forward"
    r"|set up|pencilled in|lined up)(?= (?:in )?(?:for|on|to|at|from|between|tomorrow|this|next)\b)|(?:is"
    r"|are) (?:re)?(?:delivered|refunded|credited|posted|shipped|dispatched|collected|repaired|replaced|fixed|paid"
    r"|sent|brought|processed|released|transferred|corrected|reversed|cancelled|installed|fitted|restored"
    r"|reconnected|made|done|completed|carried out|returned)"
    r"(?= (?:\w+ ){0,4}?(?:by|on|before|within|tomorrow|today|tonight|this|next)\b)|(?:is|are|'s|'re) (?:guaranteed"
    r"|certain|sure) to|(?:is|are|'s|'re) (?:now set for|with you|down for|booked in for"
    r"|at your|booked|scheduled|planned|set|being|out|back (?:with|in|on (?:your|the|its|track))|on (?:its|your)"
    r"|ready|there|going(?! to\b))|going out to you|(?:is|are|'s|'re) " + _COMMITS_NOT + r"\w{2,20}ing"
    r"|(?<!bill )(?<!payment )(?<!invoice )(?<!rent )(?<!balance )(?<!fee )(?:is|are) due)"
)
_STATES_NOT = (
    r"(?!(?:was|has|does|this|its|says|reckons|hears|promises|assures|tells|reports|estimates|believes|guesses"
    r"|figures|swears|insists|admits|hints|warns|notes|indicates|mentions|informs|shows|states|claims|thinks|needs"
    r"|wants|means|costs|lasts|covers|applies|includes"
    r"|expects|depends|seems|hopes|takes|keeps|knows|allows|lets|requires|advises|suggests|confirms|always|perhaps"
    r"|towards"
    r"|besides|ends|expires|closes|runs|lapses|opens|stops|finishes|begins|starts|likes|loves|hates|reads|lists"
    r"|owns|wishes|\w*(?:days|hours|weeks|minutes|months|years|parts|items|things"
    r"|details|orders|photos|terms|costs|fees|times|ways))\b)"
)
_WILL = r"(?:'ll| will| shall|'m going to|'re going to|'s going to| (?:am|are|is) going to| (?:am|are|is) about to)"
_ILL = rf"(?:ill|im going to|(?<!not )gonna|well(?= {_ADVERB}{_BASE}\b)(?<!as well)(?<!very well))"
"""As it is typed in a hurry."""
_NOBODY = r"(?!(?:and|but|or|you|i|we|who|which|what|nobody|no one|nothing|none|that|there)\b)"
_THINGS = (
    r"update|refund|call ?-?back|(?:phone )?call|delivery|collection|(?:engineer |repair )?visit|replacement|repair"
    r"|payment|reply|answer|decision|credit|appointment|dispatch|response"
)
_SURE = r"(?:promise|guarantee|commit|undertake|vow|pledge)"

FORMS = pattern(
    "|".join(
        (
            rf"\b(?:i|we)(?: both| all)?{_WILL} {_ADVERB}{_HEDGED}(?P<will_1>\w+)",
            rf"\b(?:i|we) (?:can )?{_ADVERB}{_SURE} (?:you )?to (?P<will_2>\w+)\b",
            rf"\b(?:i|we){_WILL}(?:,| [-–]) [^,;:.–]{{3,40}}(?:,| [-–]) {_ADVERB}{_HEDGED}(?P<will_8>\w+)",
            rf"^(?:will|shall) (?P<will_9>{_BASE}|(?!be\b|have\b|do\b)\w+(?= (?:you|it|them)\b))\b",
            r"^(?P<does_9>(?:send|post|shipp|call|ring|refund|email|forward|replac|dispatch"
            r"|deliver)ing)\b(?= (?:you|it|the|your|this|an?|out)\b)",
            r"\b(?:i|we)(?:'ve| have) put (?P<does_12>(?:an?|the|your) (?:call|visit|delivery|appointment"
            r"|reminder|note))\b"
            r"(?= in (?:my|our|the) (?:diary|calendar|system))",
            r"^(?P<does_11>(?:getting|sending|posting|shipping|emailing|bringing)(?= (?:(?:it|this|that|them) )?(?:to"
            r"|over|out"
            r"|back|on|by|tomorrow|today|(?:mon|tues|wednes|thurs|fri|satur)day)\b))",
            rf"^(?P<subject_3>that),?{_WILL} {_ADVERB}{_HEDGED}\w+",
            rf"(?<![\w-]){_ILL} {_ADVERB}{_HEDGED}(?P<will_3>\w+)",
            rf"\b(?:i'?m|i am|we're|we are) {_ADVERB}(?P<does_1>{_COMMITS_NOT}\w{{2,20}}ing(?<!writing(?= about))"
            r"(?<!writing(?= with))(?<!writing(?= regarding)))\b",
            r"\bwhat (?:i|we)(?:'ll| will| can) do is (?P<will_7>\w+)\b",
            r"\b(?:i|we)(?:'ve| have) (?:got )?(?:an?|your|the|our) [^.,;]{2,40}? (?P<does_7>(?!being|waiting"
            r"|pending)\w{3,}ing)"
            r"\b(?= (?:out|to|over|on|up|round|by|tomorrow|today|this|in|off)\b)",
            r"\b(?:i'?m|i am|we're|we are) (?P<does_6>having)(?= [^.,;]{2,50}\b(?:\w{3,}ed|sent|brought|made|put"
            r"|done)\b)",
            r"\b(?:i|we)(?:'?ve| have) (?:now |already |just |also )?(?P<does_4>(?:(?:re-?)?booked|moved|brought"
            r"|(?:re-?)?scheduled|arranged|planned|reserved|organi[sz]ed|pencilled|lined up|set up|diarised|(?:put"
            r"|got) you (?:on (?:my|our|the) (?:calendar|diary|list|rota)|down|in|through|forward)"
            r"|ordered(?= [^.;]{1,40} for (?:\w+day|tomorrow|the \d|\d)))\b)",
            rf"\b(?:i|we)(?:'?ve| have) (?!(?:tried|attempted|been|had|yet|failed|managed|wanted|hoped"
            rf"|no)\b)(?:[\w']+ ){{1,8}}?to"
            rf" (?P<does_5>{_BASE})\b",
            r"\b(?:i|we)(?:'?ve| have) (?:now |already |just |also )?(?:asked|told|instructed|requested"
            r"|authori[sz]ed|ordered|got|arranged for)"
            r" (?!you\b)(?:[\w']+ ){1,5}?to (?P<does_8>(?!be|have|hold|keep|expect|wait)\w+)\b",
            rf"\b(?:i|we) (?:can )?{_SURE} (?:you )?(?P<will_6>(?:full |prompt )?(?:{_THINGS}))\b",
            rf"\b(?:i|we) (?:can |do |hereby ){{0,2}}{_SURE} you (?P<will_4>(?:an?|my|our|the|your)\b)",
            rf"(?P<whole_5>\b(?:which|who)(?:'ll| will| is going to| are going to)) {_ADVERB}{_HEDGED}\w+",
            r"\b(?P<whole_6>you(?:'?ll| will) be able to)\b(?=[^.;]{0,60}\bagain\b)",
            r"\byou can (?P<will_5>(?:count|rely|depend) on (?:me|us) to \w+)\b",
            rf"^(?:[-*•] ?)?(?:your |our |my )?(?P<whole_4>(?:next |new |full |final )?(?:{_THINGS}"
            rf"|confirmation)(?= ?:| by\b| to follow\b| going out\b"
            rf"| (?:re-?)?(?:booked|scheduled|arranged|planned) for\b))",
            rf"\b(?P<whole_8>there(?:'ll| will) be (?:an?|your|the) (?:\w+ )?(?:{_THINGS}|letter|e?-?mail|parcel"
            rf"|message))\b",
            r"^(?P<whole_9>(?:more|further) (?:news|details)(?: from (?:me|us))?)(?= (?:on|by|tomorrow|this|next)\b)",
            r"(?<= )(?P<verb_4>can be (?:with you|at yours|there))\b",
            r"\b(?P<does_10>(?:i|we) can (?:have|get) (?:it|this|that|them|one|someone|somebody|(?:an?|the"
            r"|your) \w+))\b"
            r"(?=[^.;,?]{0,40}\b(?:to you|with you|to yours|done|fixed|sorted|ready|over|round|out)\b)",
            rf"\b(?:{_THINGS}) (?P<verb_2>is)\b(?= (?:now |then )?(?:on|at|by|tomorrow|today|tonight|this|next"
            rf"|between|mon|tues|wed|thu"
            r"|fri|sat|sun)\w*\b)",
            r"\blet(?: me| us|'s) (?P<does_2>(?!know|have|down|off|see|hope|say|not|be|face)\w+)\b",
            rf"\b(?:i|we) {_ADVERB}(?P<does_3>{_DOES})\b",
            r"\b(?P<whole_1>(?<!let )you(?='?ll| will| shall| have| get| receive| hear| see|r? ))(?:(?:'?ll| will"
            r"| shall)(?: also| then| now)?(?= )|(?= (?:have|get|receive|hear|see) )) (?:have|get|receive|hear|see"
            r"|find(?! us)|know|be (?!asked|charged|required|expected|billed|disappointed|needed|liable|fined"
            r"|invited|affected|pleased|delighted)\w+(?:ed|ent|nt|ld|id|ung))\b(?! (?:been|had|to|not|until|got"
            r"|a right|the right|an appointment|your appointment|every(?! (?:penny|cent))|any"
            r"|that(?! (?:on|by|in) (?:your|the)\b)|how"
            r"|our\b(?<!get our)(?<!have our)(?<!eive our)|it (?:on|in|under)(?! the (?:post|mail)\b| your (?:card"
            r"|account|statement|bank"
            r"|in-?box))|more about)\b)",
            r"\b(?P<whole_11>you(?:'?ll| will) be (?:back (?:online|on\b|up\b|to normal|in business)|up and running"
            r"|(?:re)?connected|on the road))",
            r"\b(?P<does_13>(?:i|we)(?:'ve| have) (?:got )?(?:you|it|this|that|your \w+(?: \w+)?|the \w+"
            r"|an? \w+) (?:booked"
            r"|pencilled|scheduled|lined up|slotted|down)(?: in)?)\b(?= (?:for|on)\b)",
            rf", (?:which|who|whose|where) [^,;.]{{3,80}}, (?P<whole_13>(?:will|shall|(?:is"
            rf"|are) going to)) {_ADVERB}{_HEDGED}\w+",
            r"\b(?:has|have) been (?:told|asked|instructed|authori[sz]ed) (?P<whole_12>to \w+)\b",
            r"\b(?P<whole_3>you(?:'re| are) getting|you(?:'re| are) going to (?:have|get|receive|hear|see"
            r"|be \w+ed)|you(?:'ll"
            r"| will) be (?:getting|receiving|hearing))\b",
            rf"\b(?P<subject_2>it|they|that)ll {_ADVERB}{_HEDGED}\w+",
            rf"(?<![\w-]){_NOBODY}(?P<subject_1>[\w-][\w'-]{{0,29}}?\)?),?{_WILL} {_ADVERB}{_HEDGED}\w+",
            r"\b(?P<whole_2>(?<!n't )(?<!not )(?<!would )(?<!we )(?<!i )(?:you can )?expect|look (?:out )?for"
            r"|watch (?:out )?for) (?:(?:my|our|a|the|an|your|to|full|phone|short|quick|written|firm|final|detailed"
            r"|proper|formal) ){0,3}(?:call(?:-?back)?"
            r"|letter|e?mail"
            r"|parcel|answer|ring|technician|engineer|plumber|electrician|fitter|adjuster|inspector|surveyor|crew"
            r"|mechanic|locksmith|driver|courier|van|reply|refund"
            r"|money|replacement|update|response|decision|findings|report|outcome|statement|visit|text|confirmation"
            r"|credit|hear|receive|delivery|package)\b",
            r"\b(?P<whole_10>you can (?:expect|look forward to) (?:the|your|our|my|an?|some|it|them)\b)",
            r"\b(?P<whole_7>(?<!n't )(?<!not )(?<!would )(?<!'d )(?<!we )(?<!i )(?:you can )?(?:expect"
            r"|look (?:out )?for"
            r"|watch for)"
            r" (?:it|them))\b",
            rf"\b(?:and|but) (?:then |still )?(?:will|shall|(?:is|are) going to) {_ADVERB}{_HEDGED}(?P<tail_1>\w+)",
            rf"\band (?:then |also )?(?P<alone_1>{_BASE})\b(?= you\b)",
            rf"(?:,|\band|\bthen) (?:then |also ){{0,3}}(?P<also_1>{_BASE}|be (?:back )?(?:in touch|with you|done"
            rf"|finished|ready))\b",
            r"\band (?:then )?(?P<also_4>(?!(?:for|with|that|tell|give|send|get|thank|all|both|let|hope|if|when|what"
            r"|see|have|had"
            r"|are|were|was|did|sent|told|gave|made|put|left|found"
            r"|kept)\b)[a-z]{3,12}(?<!ed)(?<!ing)(?<!s))\b(?= (?:you|it|them)\b)",
            r"\band (?P<also_3>(?:back )?(?:with you|at yours|on your (?:doorstep|desk|account)|in your (?:inbox"
            r"|account)"
            r"|done|ready|sorted|back))\b",
            r"\band (?:then )?(?P<passive_1>\w{3,}(?:ed|ent|ilt|ut|aid|old))\b(?= (?:on|by|tomorrow|today|tonight"
            r"|the (?:same|next|following)"
            r"|within|before|at|this|next)\b)",
            rf"\band (?:then )?(?P<also_2>{_COMMITS_NOT}\w{{3,20}}ing)\b(?= (?:you|the|your|a|an|it|this|that|them"
            rf"|our|in|up|out|back)\b)",
            rf"(?P<verb_1>(?:(?<= )|(?='))(?:{_GOES})\b)",
            rf"(?<= )(?P<verb_3>{_STATES_NOT}(?-i:[a-z]){{2,14}}[^s\W]s)\b(?= (?:to you|it|the|your|this|them)\b)",
        )
    ),
)
CONDITION = pattern(
    r"(?:\b(?:(?<!even )if|suppose|supposing|imagine|when(?! (?:we|i) (?:drop|deliver|come|bring|visit"
    r"|call|ring|collect"
    r"|return)\b)|once|unless"
    r"|(?<!give me )(?<!give us )(?<!allow me )(?<!with me )(?<!with us )until|before(?! (?:the (?:weekend|end"
    r"|holidays)|\w+day\b|noon|lunch"
    r"|tomorrow|christmas|\d))|after(?! (?:tomorrow|next|lunch|dinner|work|that|hours|the weekend|tea"
    r"|breakfast)\b)|as soon as"
    r"|in case"
    r"|whether|why|because(?! of)|since|provided|should you|(?:who|which)(?!'ll)(?!\s*$)(?! (?:will|is going|are going"
    r"|i will|we will"
    r"|i'll|we'll|i'm|we're)\b)|what(?! (?:happens|comes) next\b| you (?:have |'ve )?(?:over)?paid\b)"
    r"|(?:how|where)(?! (?:we|you|things|matters|it|this|that) (?:stands?|are|is)\b)"
    r"|while|whenever|as long as|(?:i|we)(?: can)? see|(?<!as i )(?<!as we )said|says|told|tells|wrote|writes"
    r"|promised|thought|hoped"
    r"|hope|hopes|guess|imagine|suppose|assume|chances are|claimed|claims?(?= (?:that|he|she|they|it)\b)|(?:not"
    r"|n't) (?:\w+ )?(?:sure|certain)|doubts?"
    r"|usually"
    r"|expects?|believes?|reckons?|estimates?|according to|thinks?|wish(?:es)?|thought|normally|typically|generally"
    r"|always|should|(?-i:may)|might|could|would|can(?! (?:confirm|assure|promise|guarantee)\b)"
    r"|(?:(?<!\w )|(?<=and )|(?<=that )|(?<=but )|(?<=as )|(?<=because ))you (?!(?:were|are|have been) (?:over"
    r"|double|wrongly|incorrectly|mis|billed|owed"
    r"|promised|charged))(?:\w+ed|sent|bought|had|were|got|are)|advises?|mentions?|informs?|(?:has|have|had|was"
    r"|were) (?:said|told|advised|confirmed|informed|promised))\b(?<!would like)[^,;:–]*(?:[:,](?=\d)[^,;:–]*)*"
    r"|\b(?:said|wrote|writes|says"
    r"|promised|told us|message|mail|email|quote|note)(?: \w+){0,3}:.*)$",
)
CONDITIONAL = pattern(
    r"(?<!know )(?<!see )(?<!sorry )(?<!check )(?<!out )(?<!tell )(?<!confirm )(?<!ask )(?<!apologise )\b(?:(?:(?<!even )if"
    r"|unless|in case|provided|assuming|without (?:a|any|your) (?:reply|answer|response|objection)|so long as"
    r"|as long as|on condition|according to (?!our|my)|per the (?:tracking|courier|carrier|app|website)|in the event"
    r"|otherwise|had (?:we|i|you)|in most cases"
    r"|in general|as a rule|on average"
    r"|typically"
    r"|normally|usually|generally|no way|perhaps|maybe|hopefully|possibly|probably|with (?:any |a bit of )?luck"
    r"|subject to"
    r"|depending on|should (?:you|it|the|this|that|anything|we|your|there))\b(?! not,? just)[^;]*|(?:when|once|after"
    r"|as soon as|upon|whenever) (?:(?:you|we|it|the|your|our|my|i|that|this|they|he|she|both|everything)\b"
    r"|rec)[^;,]*,\s*(?:\w+ ){0,2})$",
)

ACTING = Acting(
    forms=FORMS,
    ours=pattern(r"\b(?:i|we)\b"),
    condition=CONDITION,
    clause=pattern(
        r"(?:,(?!\d)|;|:(?!\d)|\((?![^)]{0,60}\)))\s*|\b(?:and(?! (?:\d|(?:two|three|four|five|six|seven|eight|nine"
        r"|ten|eleven|twelve|noon|midday)\b))|but|so|that|then|when|if|(?<!at )once|unless|until"
        r"|after(?! (?:tomorrow|next|lunch|work|hours|the weekend)\b)|before(?! (?:the (?:weekend|end|holidays)"
        r"|\w+day\b|noon|lunch|tomorrow|christmas|we close|\d))|because|since|why|where|whether|while|as soon as)\b\s*",
    ),
    no_subject=pattern(
        r"(?:^|\b)(?:you|i|we|who|which|to|not|should|could|would|can|(?-i:may)|might|must|did|does|do|don't|doesn't"
        r"|didn't|\w+n't|will|my|our|your|the|a|an|no|phone|please|nothing|nobody|(?:shop|store|branch|lines?"
        r"|office|offices"
        r"|team|desk) (?:is|are)|each|every|most|many|orders|customers|items|returns|refunds|all (?:orders|refunds"
        r"|returns))\s*$|^\s*(?:no (?!later)\w+|(?:the )?weather|orders|parcels|letters|members|returns"
        r"|refunds|items|customers|(?:most|many) \w+"
        r"|all (?:orders|refunds|returns)|the (?:sale|offer)|our sale)\b",
    ),
    breaks=pattern(r"[;:()]|,(?! to \w)|[.!?]$| [-–—] |\b(?:and|but|so|because|when|if|once|which|who|unless|or)\b"),
    refuses=REFUSES,
    conditional=CONDITIONAL,
    asks=pattern(
        r"(?:please (?!find|accept|rest|be assured|note|know|excuse|forgive|do not worry|don't worry|bear|expect"
        r"|hang|hold|stay|wait|relax|be patient|sit|leave|give|allow)"
        r"|kindly (?!expect|note|bear|accept|find)|could you|can you|would you|will you|do you|did you|are you"
        r"|tell me|tell us|send (?:me|us|it|the)"
        r"|let (?:me|us) know|give (?:me|us)(?! (?:until|till|a|an|half|\d|one|two|five|ten))|reply|call (?:me|us)"
        r"|ring (?:me|us)|return (?:it|the)|sign|write to|just (?:send|reply|call|let|tell|give)|click|you (?:need"
        r"|must|have to|can(?! (?:expect|be sure|count|rely|stop|relax|rest|sit|forget))|may|could|might"
        r"|should(?! (?:hear|see|now|not|no"
        r"|also|receive|get|have))))\b",
    ),
    binds=pattern(r"\b(?:at the (?:very )?latest|no later than|in any case|either way|whatever happens)\b"),
    pledges=words(
        r"(?:confirm|promise|guarantee|assure|ensure|see to it|commit|undertake|vow|pledge|make (?:sure|certain))\b"
    ),
    finished=words(r"(?:back|ready|done|fixed|with you|finished)\b"),
    deadline=words(r"by|before|no later than|within"),
    planned=pattern(r"(?!)"),
    indirect=words(r"(?:what|why|where|how|who|which|whether|if)\b"),
    wonders=words(r"(?:know|tell|see|check|confirm|find out|ask|say|inform|update)\b"),
    whether=pattern(r"\b(?:asked|asking|wonder\w*|checked)\b[^,;:]{0,40}$"),
    general=GENERAL,
    of_all=OF_ALL,
    to_you=TO_YOU,
    gives=GIVES,
    henceforth=HENCEFORTH,
    vague=words(
        r"as soon as (?:(?:she|he|they) (?:can|possibly can|(?:is|are) able)|possible|practicable|we(?:'re"
        r"| are) able|i(?:'m| am) able|we've|i've|we (?:can|possibly can"
        r"|know|hear|have)|i (?:can"
        r"|possibly can|know|hear"
        r"|have)|it is possible)",
        r"asap\b|later\b(?! (?:today|this|on|in|than|tonight|tomorrow)\b)|(?:once|when) (?:i|we) have (?:news"
        r"|an update|more|something)\b|any (?:day|time|minute|moment) now\b|momentarily\b|when (?:i|we) can\b",
        r"(?:very |quite |really )?(?:soon|shortly|promptly|presently|swiftly|speedily)\b(?! (?:after|before|enough"
        r"|as)\b)",
        r"in due (?:course|time)\b|by return\b",
        r"(?:some ?one|somebody|one of (?:us|our \w+)) (?:will|from|is going)\b",
        r"(?:in|over|within) (?:a few|the next few|the coming|a couple of|some|several|the next couple of) (?:minutes"
        r"|hours|days|weeks|months)\b",
        r"(?:within|in) (?:a reasonable (?:time|period)|the near future|no time|good time|a timely \w+)\b",
        r"(?:at some (?:point|stage)|one of these days|sometime|some time|in time|eventually|before (?:too )?long"
        r"|down the line)\b",
        r"as (?:quickly|fast|promptly) as (?:possible|we can|i can)\b",
        r"(?:at|by) (?:the|our|my|your) (?:very )?(?:earliest|first|next)(?: possible)?(?: convenience| opportunity"
        r"| chance)?\b",
        r"(?:in a|for a) (?:while|bit|moment|little while)\b",
        r"in the (?:coming|next) (?:days|weeks|months)\b",
        r"(?:without (?:further )?delay|with priority|as a (?:matter of )?(?:priority|urgency)|urgently|right back"
        r"|in a timely manner)\b",
        r"(?:keep|kept) you (?:posted|updated|informed|in the loop)\b|when (?:i|we) (?:know|have|hear) (?:more|news"
        r"|something|anything)\b",
    ),
    kinds=KINDS,
    hints=HINTS,
    again=pattern(r"(?:he|she|it|they|who|which)\b"),
    then=pattern(r"(?:\b(?:am|is|are|be)|'(?:m|s|re))\b[^;:.]{1,60}\band\b[^;:.]{1,60}\bthen\b"),
    drops=pattern(r" (?:first thing|at the (?:very )?latest|no later than)$"),
)
