"""Words that quarrel: whose fault it was, who is right. The strong ones do in every letter, the loose ones in most."""

from __future__ import annotations

from amends.coach.words import words

BLAMES = words(
    r"(?:is|are) to be \w+ed by (?:the )?(?:user|customer|owner|buyer|passenger|guest|tenant|patient)s?\b",
    r"^(?:and |but )?did you\b[^?]{1,60}\b(?:clearly|properly|correctly|carefully|in time|at all|really)\?",
    r"your (?:son|daughter|child|children|kids?|wife|husband|partner|mother|father|dog|cat) (?:could|should|ought to) have\b",
    r"^next time\b(?!.{0,30}\b(?:we|i|our)\b)",
    r"because you (?:\w+ly )?(?!are\b|were\b|have\b|had\b|asked|told|deserve|need|want|booked|ordered|paid|wrote|said"
    r"|live|can\b|could\b|will\b|did\b|do\b|should\b)[a-z]+",
    r"(?:did|have|could|were|was|had|do|are)n't you\b",
    r"(?:set up|used|installed|stored|handled|washed|fitted|connected|assembled|kept|treated|charged|cleaned|worn"
    r"|mounted) (?:wrongly|incorrectly|improperly|badly|too \w+|the wrong way)\b",
    r"before (?:writing|calling|complaining|asking|contacting|posting)\b",
    r"(?:don't|do not) let (?:it|them|your)\b",
    r"(?:^|please |do |just )(?:read|see|check) (?:the )?(?:chapter|page|section|manual|instructions|label|leaflet"
    r"|small print|booklet|terms)\b",
    r"(?:would|could|might) have (?:spared|saved|shown|told|warned) (?:you|us)\b",
    r"that's (?:basic|obvious|common (?:sense|knowledge)|elementary)\b",
    r"(?:better|more carefully|earlier|properly|differently|sooner|twice) (?:in future|next time|from now on)\b",
    r"(?:a (?:little |small )?tip|word of advice|piece of advice|friendly reminder|note for (?:next time"
    r"|the future))\b",
    r"have (?:someone|somebody|a friend|an adult) (?:look|check|help|read|explain)",
    r"you(?:'d| would) (?:know|see|have seen|notice|remember|understand)\b[^.]{0,40}\b(?:if|had) you",
    r"you (?:were|are)(?:n't| not) (?:\w+ )?(?:enough|careful|attentive|visible|paying|listening|there in time)\b",
    r"(?:tricky|hard|difficult|complicated|confusing) for (?:some|certain|older|many) (?:people|customers|users)\b",
    r"you can(?:'t|not) have (?:\w+ly )?\w+(?:ed|n|t)\b",
    r"(?:maybe|perhaps|please|just|try|simply|kindly)\b[^.]{1,40}\bnext time\b",
    r"had (?:that|this|it|you|the \w+|your \w+|one) (?:only |just )?(?:been )?\w+(?:ed|n|t"
    r"|d)\b[^.]{0,60}\b(?:would|could|might|had)\b",
    r"(?:would|could)(?:n't| not| never)? have (?:\w+ ){0,3}(?:if|had) (?:you|it|that|the|your)\b",
    r"(?:this|that|it) (?:could|would) (?:easily )?have been (?:avoided|prevented)\b(?!.{0,30}\b(?:if"
    r"|had) we\b)",
    r"if you(?:'d| had) (?:\w+ly |only |just )?(?!like|prefer|rather|love|want|any|a |the )\w+",
    r"next time,? (?:\w+ )?(?:please |just |maybe |you |do |have |take |try |don't |a |to )*(?:read|check"
    r"|be more careful"
    r"|make sure|look|order|charge|follow|try|wear|wash|use|ask|call|book|note|remember|keep|measure|test"
    r"|leave|wait)\b",
    r"in (?:the )?future,? (?:please|kindly|you (?:should|may|might|could)|do|be|read|check|make sure)\b",
    r"(?:ask|advise|urge|remind|request) (?:you|(?:all )?(?:our )?(?:customers|guests|patients|users"
    r"|passengers|members)) (?:\w+ )?to (?:be|read"
    r"|check|follow|handle|arrive|come|observe|pay (?:more )?attention|treat|use|keep)\b(?! (?:in touch|us))",
    r"(?:in the first place|for next time|lesson learned|live and learn)\b",
    r"your (?:own )?(?:responsibility|carelessness|negligence|impatience|inattention|lack of|failure to"
    r"|incorrect|wrong|improper|rough|misuse"
    r"|mishandling|misunderstanding)\b",
    r"(?:pay|paid|paying) (?:more |closer |better )?attention\b",
    r"you(?:'ve| have) (?:\w+ly )?(?:misread|misunderstood|misused|mistyped|overlooked|forgotten|dropped"
    r"|broken|damaged|confused|mixed|chosen the wrong"
    r"|entered|ordered the wrong|ignored|failed|neglected|not (?:read|followed|checked|paid|given|told"
    r"|used))\b",
)
BLAMES_LOOSELY = words(
    r"you (?:bought|ordered|chose|took|booked|gave|used|picked|paid)(?:(?!\bwe\b|\bour\b)[^.]){0,40}\bwrong\b",
    r"own (?:business|affair|lookout|risk|choice)\b|(?:wouldn't|would not|doesn't|can't) hurt (?:either|to)\b",
    r"please (?:look|check|read|search|try) (?:\w+ )?(?:properly|carefully|again|better|harder|thoroughly)\b",
    r"(?:if|when|provided|as long as) (?:it|they|the \w+)(?:'s| is| are| was| were|'re) (?:\w+ly )?(?:stored|used"
    r"|handled|washed|kept|treated|cleaned|charged|fitted|installed|cared|maintained|looked after)\b",
    r"(?:perhaps|maybe|possibly|presumably|probably) (?:you|your|the customer|someone (?:in|at) your)\b",
    r"^(?:but |and )?did(?:n't)? you (?:\w+ly |not |really |even )?(?:wait|leave|put|drop|wash|overload|shake|turn"
    r"|wait|read|check|follow|press|charge|look|ring"
    r"|knock|open|close|plug|clean|store|keep|handle|note|notice|tell|confirm|pay|book|bring|ask|use)\b",
    r"(?:most|many|some) (?:people|customers|guests|users|passengers) who\b|(?:most|many) (?:people|customers|guests"
    r"|users) (?:forget|overlook|confuse|miss|do not|don't|put|use|take|choose|press)\b",
    r"(?:the|your) \w+ (?:that )?you (?:gave|sent|entered|wrote|chose|told|provided|typed|picked|ordered|signed"
    r"|measured) (?:us |me )?(?:is|are|was|were)\b",
    r"a \w+(?: \w+)? (?:helps|would help|would have helped|works wonders|does wonders)\b",
    r"(?:you|one|customers?|users?) (?:will|must|may|might|can only|probably|presumably"
    r"|surely) have (?:\w+ly )?"
    r"(?!been|received|got|seen the (?:news|mail)|noticed that we|had\b|heard|felt|your\b|a\b|an\b|the\b|to\b"
    r"|it\b)\w+(?:ed|n|t|ft|st)\b",
    r"(?:everyone|everybody|anyone|any (?:child|adult|cook|driver|gardener|owner|user"
    r"|one)) (?:who \w+ \w+ )?(?:knows?|would know|can tell)\b",
    r"(?:page|section|paragraph|step|line|point) \w+ (?:of|in) (?:the|our|your) [\w ]{2,25}(?:says?|warns?"
    r"|states?|explains?|tells?|mentions?)\b",
    r"(?:it is|it's) (?:up to|for) (?:you|the (?:customer|user|buyer|guest|tenant|owner)) to\b",
    r"(?:the|every|each) (?:customer|user|buyer|guest|owner|tenant|passenger"
    r"|patient)'?s? (?:own )?(?:responsib\w+|duty|job|fault|risk|must|has to|should)\b",
    r"(?:mis(?:use|handl\w+|treat\w+|us(?:ed|ing|age)|read|understood)|mishandled|overload\w*|overtighten\w*"
    r"|wrong handling|improper(?:ly)?)\b(?=[^.]{0,40}(?:you|by|customer|user|$|\.|damage))",
    r"you (?:were|are|came|arrived|turned up|called|wrote|cancelled|ordered|paid|booked|applied|reported"
    r"|registered|noticed|returned"
    r"|checked in)(?: \w+){0,3} (?:too late|late(?!r|st)|past (?:the )?\w+|after the (?:deadline|cut-?off"
    r"|closing|start))\b",
    r"you were (?:the one|probably|obviously|apparently|simply|not (?:at home|there|in|on time|present"
    r"|careful))\b",
    r"you (?:used|chose|picked|took|gave|wrote|put|plugged|pressed|left|kept|stored|washed|opened|selected"
    r"|installed|connected|mounted|set)"
    r" (?:\w+ ){0,4}(?:wrong|incorrect\w*|too (?:\w+)|without|instead of|improperly|badly|upside)\b",
    r"\w+s? (?:will |can |do |does )?(?:cracks?|breaks?|shrinks?|fades?|bends?|jams?|rusts?|leaks?|dies?"
    r"|wears?|tears?|melts?|scratch(?:es)?|stains?"
    r"|fails?|stops?|wilts?|warps?|peels?|chips?|happens?|overheats?|swells?|drains?)\b[^.]{0,30}\b(?:if|when"
    r"|unless|as soon as) (?:you|one|they|it|the|not|people|somebody|someone|handled|used|washed)\b",
    r"\w+s? (?:want|need|has|have|like|ought|must|should)s? to be \w+ed\b|(?:must|should|has to|have to"
    r"|needs? to) (?:always |first |never )?be (?:\w+ )?(?:read|oiled|washed|dried"
    r"|charged|cleaned|watered|tightened|stored|kept|fed|closed|rinsed|descaled|treated|handled|used|switched"
    r"|checked by you|greased|aired|updated)\b",
    r"when (?:one|people|customers|guests) (?:is|are|do|does) not\b|(?:is|are) not (?:on time|punctual"
    r"|careful)\b",
    r"(?:to|please|kindly) be (?:\w+ )?(?:punctual|patient next|on time next|careful|gentle|reasonable)\b",
    r"(?:whoever|who|anyone who|those who|people who|customers who|guests who) (?:wants?|needs?|books?"
    r"|orders?|forgets?|ignores?|reads?|would|does|do|is|are|has|have)\b",
    r"(?:from|by|caused by) (?:customers?|users?|people|guests|passengers|owners) \w+ing\b",
    r"(?:probably|obviously|surely|presumably|perhaps|maybe|apparently) you\b|you (?:probably|obviously"
    r"|surely|presumably|apparently)\b(?! (?:feel|wonder|want|need|know that))",
    r"would have (?:been wise|helped|been better|been enough|sufficed|shown|told|saved|prevented|avoided"
    r"|done)\b",
    r"(?:beforehand|in advance|in good time|in time) (?:would|is always|helps)\b",
    r"(?:your|the) (?:\w+ )?(?:in|at|of) your (?:kitchen|house|home|flat|end|car|phone|network|garden) (?:is"
    r"|are|was|were)\b",
    r"(?:meant|made|designed|intended|suitable|rated|approved) (?:only )?for\b[^.]{0,60}\b(?:you|your|so|not"
    r"|up to|max)\b",
    r"(?:ought|supposed) to (?:know|read|check|expect)\b",
    r"(?:up to|for) (?:passengers|customers|guests|users|patients|tenants|buyers|you) to\b",
    r"check (?:your|the) (?:own )?(?:settings|spam|wiring|eyes|calendar|clock|reading|handling)\b",
    r"if your \w+ (?:is|are) (?:that|so|too)\b",
    r"(?:most|many)(?: \w+){0,3} (?:come|result|stem|are caused) (?:from|by)\b",
)
ARGUES_LOOSELY = words(
    r"(?:is|are|was|were) (?:therefore |thus |fully |entirely )?(?:justified|legitimate|lawful|warranted)\b",
    r"(?:was|were) (?:perfectly |absolutely )?(?:fine|fresh|intact|clean|in order|ok|okay|undamaged|complete|warm"
    r"|new) when (?:it|they|we|you)\b",
    r"i (?:very much |strongly )?doubt\b|no reason to (?:lie|invent|doubt)\b|can only have\b",
    r"(?:must|has to|will|can only) be (?:in |at |on |from )?your\b",
    r"(?:nobody|no one|none of (?:them|(?:our|my|the) \w+)) (?:here |there )?(?:remembers?|recalls?"
    r"|knows? of|(?:is|are) aware)\b",
    r"(?:doesn't|does not|don't|do not|can't|cannot) (?:recall|remember)\b|one of our (?:very )?\w+est\b",
    r"(?:gps|tracking|scan|log|timestamp|signature|camera) (?:puts|places|has|shows|proves)\b",
    r"(?:remembers?|recalls?|sees?|tells?|describes?|reports?) (?:it|this|that|things|the \w+) (?:\w+ )?differently\b"
    r"|different (?:version|story|account|recollection)\b",
    r"among the (?:best|fastest|safest|cleanest|most)\b|(?:best|fastest|highest|lowest|leading)(?: \w+)? in (?:the"
    r"|its|our) (?:industry|class|market|country|city|field|sector)\b",
    r"(?:well |perfectly |entirely )?within (?:the )?(?:norm|normal|limits?|tolerance|average|range|target"
    r"|standard)\b|(?:below|above) (?:the )?(?:average|norm)\b",
    r"nobody (?:but|except) you\b|(?:is|are) (?:is|are|\w+ed) when (?:it|they)\b|, honestly\b|calm down\b"
    r"|that much is (?:certain|sure|clear)\b",
    r"on (?:its|their) own\b(?=[^.]*$)",
    r"(?:the|our|your) [\w' -]{1,30}(?:says|states|shows|proves|indicates|confirms|insists|assures us"
    r"|reports) (?:that|otherwise|\w+ed)\b",
    r"(?:strictly|technically|honestly|frankly) speaking\b",
    r"(?:to be (?:fair|precise|exact|honest|clear)|let's be (?:fair|honest|clear)|on the contrary"
    r"|contrary to (?:what|your)|frankly)\b",
    r"(?:nonsense|rubbish|far from it|on the contrary|wrong\.|untrue"
    r"|a myth|a rumou?r)\b(?=[ ,.!:;])",
    r"(?:made that up|only in your|hard to picture|hard to imagine|does(?:n't| not) sound like|can hardly"
    r"|hardly (?:possible|likely|believable)|must have (?:been )?(?:someone|somebody|something|another))\b",
    r"(?:as|like) the (?:timetable|contract|order|plan|schedule|description|menu|listing|leaflet"
    r"|website) (?:has it|says|shows|states)\b",
    r"(?:we|i) (?:don't|do not) (?:consider|regard|see|think|believe|count|call|view)\b",
    r"(?:do(?:es)?(?:n't| not)) make mistakes?\b",
    r"(?:let me|allow me to|i (?:must|have to)|we (?:must|have to)) (?:correct|contradict|clarify|point out"
    r"|set the record)\b",
    r"(?:hard|difficult|impossible) (?:for (?:me|us) )?to (?:believe|imagine how|understand how)\b",
    r"(?:that|this|it|which) (?:cannot|can't|couldn't|could not) (?:possibly|really|(?:be|have been) (?:true"
    r"|right|so|correct|the case|possible|our))\b",
    r"(?:the (?:truth|fact|reality) is)\b",
    r"(?:not|isn't|wasn't|isn't quite|not quite|hardly) (?:what (?:happened|we see|i see)|how it (?:was|went"
    r"|happened))\b",
    r"(?:he|she|they|we|it|our \w+|the \w+) did (?!not\b|n't|so much|everything|all|a (?:bad|poor)|wrong"
    r"|nothing|you|this to)(?:\w+ly )?(?:come|arrive|call|ring|send|deliver|inform|tell|"
    r"answer|reply|work|leave|wait|knock|write|offer|try|mention|warn|receive|check|test|repair|clean|stop"
    r"|open|install|fit|say|give|show|explain|ask)\b",
    r"(?:passed|pass|passes) (?:every|all|each|our|the|a|several|strict)(?: \w+)* (?:tests?|checks?"
    r"|inspections?|controls?)\b",
    r"(?:our|the) (?:\w+ )?(?:staff|drivers?|cooks?|waiters?|couriers?|technicians?|colleagues?|agents?|team"
    r"|nurses?|teachers?|guides?|cleaners?|people|products?|parcels?|rooms?|goods)"
    r" (?:is|are|have been|has been)(?: always| all| very| highly| extremely| well| carefully| regularly"
    r"| fully)* (?:trained|polite|friendly|professional|careful|experienced|certified|tested|inspected"
    r"|instructed|qualified|clean|cleaned|checked|checked twice|packed|excellent|courteous|reliable)\b",
    r"(?:no|never any|not a single|hardly any) (?:other )?(?:complaints?|problems?|reports?|issues?) (?:from"
    r"|about|of|with|so far|before|in)\b",
    r"(?:thousands|hundreds|dozens|millions|all|most|many|other|\d+ ?%|plenty) (?:of )?(?:our "
    r"|other )*(?:customers|guests|people|users|families|clients|owners|players|readers|buyers)"
    r" (?:are|have|love|like|use|had|manage|find|enjoy|rate|gave)\b",
    r"(?:we|i|our \w+|they|he|she|and|nor)(?: also| really| simply)? (?:can(?:not|'t)|could(?:n't| not)"
    r"|were unable to|was unable to|are unable to|have not been able to) (?:find|see|detect|reproduce|confirm"
    r"|establish|trace|verify|identify|locate|recognise"
    r"|understand (?:your|this|why)|comprehend|accept|share|follow)\b",
    r"no (?:such|record|trace|sign|entry|indication|proof|evidence|call|error|fault"
    r"|defect)\b(?! of (?:it )?(?:your money|left))",
    r"(?:exactly|precisely) (?:what|as|the \w+) (?:you|was|the|we)\b(?! (?:need|should|deserve|feared"
    r"|sent wrong))",
    r"(?:you (?:accepted|agreed|signed|confirmed)|which you (?:accepted|agreed|signed|confirmed|read))\b",
)
THEIR_DOING = words(
    r"you\b(?! (?:ordered|bought|paid|asked|wrote|received|got)\b)",
    r"your (?!door|house|home|address|doorstep|street|neighbou?r|money|refund|parcel|order|delivery|item|booking"
    r"|message|request|complaint|case|claim|account|bill"
    r"|invoice|flight|room|ticket|seat)\w+",
    r"(?:need|have|ought) to be\b|(?:customers|users|guests|people|passengers|patients|one) (?:must|should|have to"
    r"|need to|are|often|sometimes)\b",
)
"""A claim about what they did or have."""
YOU_DID = words(
    r"^you (?:put|left|gave|took|used|chose|picked|opened|pressed|set|wrote|entered|forgot|missed|turned|plugged|kept)\b"
)
"""A sentence that begins with what they did."""
