"""How a letter owns a fault and says how it came about (C7.1, 6 and 7)."""

from __future__ import annotations

import re

from amends.coach.words import Sign, words

_FAILED = (
    r"(?:sent|shipped|forgot|failed|missed|mixed|mislaid|lost|broke|overlooked|charged|packed|delivered"
    r"|booked|cancelled|got|let|made|messed|dropped|ran out|should have|should never"
    r"|should not|shouldn't have|did not|didn't|had not|hadn't|were wrong|was wrong|were too|was too"
    r"|gave|told|wrote|took|left|put|entered|used|switched|changed|swapped|confused"
    r"|mislabel\w+|misread|miscounted|miscalculated|underestimated|promised|kept you|treated|ignored"
    r"|deleted|damaged|labelled|billed|printed|typed|neglected|oversold|overbooked"
    r"|double-?booked|slipped|botched|bungled|sold|picked|grabbed)"
)
OURS = words(
    r"(?:our|my) (?:own |very own |big |silly |bad )?(?:mistake|fault|error|failure|failing|miscount|bug"
    r"|doing|blunder|slip|oversight|mix-?up|responsibility|carelessness|bad|planning)\b",
    rf"(?:we|i)(?: have|'ve| had)?(?: \w+ly| simply| just| clearly)? {_FAILED}\b",
    r"(?:is|was|are|were|'s|entirely|all|it's) (?:entirely |all |completely |solely |fully |on us|our "
    r"|my )?(?:ours|on us|on me|mine|our own|down to us|down to me)\b",
    r"(?:our|my) [\w' -]{1,30} (?:is|was|are|were) (?:to blame|at fault|responsible|the cause|off|wrong"
    r"|broken|faulty)\b",
    rf"our [\w' -]{{1,30}}? (?:{_FAILED}|ran|failed|sent|treats?|printed|mixed|swallowed|crashed|did"
    rf"|lost|stopped|dropped)\b",
    r"(?:i|we) (?:take|accept|bear|have|own) (?:(?:full|the|all|complete|entire"
    r"|every bit of) (?:\w+ )?(?:responsibility"
    r"|blame|fault)|this\b|it\b|that\b|up to)",
    r"(?:sorry|apologi[sz]e|regret)(?: so much| deeply| truly)?(?: that| for how| because)? (?:we|i|our \w+(?: \w+)?)"
    r" (?!can|could|do|will|must|would|are unable|am unable|don't|cannot|have to|need)\w+",
    r"(?:squarely|all|entirely|wholly|purely|simply|solely) (?:on us|on me|ours|mine)\b",
    r"(?:we|i)(?:'re| are| am|'m|'s)? (?:the ones?|the one) (?:who|that)\b",
    r"(?:that|this|it)(?: one)?(?:'s| is| was)(?: \w+ly)? on (?:us|me)\b",
    r"(?:we|i) \w+ed (?:up )?the wrong\b",
    r"wrong of (?:me|us)\b",
    r"[a-z]+ of ours\b",
    r"(?:that|this|it) was wrong\b[^.]*\b(?:sorry|apologi)",
    r"on our (?:account|watch|side|end)\b",
    r"(?:on|down to|because of) (?:us|me)[.,;!]",
    r"(?:must|should|ought to) (?:never )?(?:not )?have (?:left|gone|been|happened|reached|passed|shipped)\b",
    r"my (?:slip|name|job|word)\b",
    r"blame (?:me|us)\b",
    r"(?:fault|blame|mistake|error|failure|responsibility) (?:is|was|lies|rests|sits) (?:\w+ )?(?:ours"
    r"|mine|with us|with me|on our side|at our end)\b",
    r"(?:ours|mine|up to us|our job|my job) to (?:fix|put right|mend|sort|solve|repair|make good)",
    r"(?:bug|error|mistake|fault|slip|failure|dud|lemon|lapse) (?:of ours|from us|on our (?:side|part"
    r"|end)|at our end|in our)\b",
    r"(?:it|that)(?:'s| is| was) (?:we|us|me|our \w+) (?:who|that|did)\b",
    r"(?:whose fault it was|we had given our word|i (?:own|take) (?:this|that|it))\b",
    r"(?:i'm|i am|i'll be|i will be) (?:handling|on your case|looking after|taking care of|taking this"
    r"|in charge of|responsible for|dealing with|your (?:one )?(?:person|contact))\b",
    r"i(?:'ll| will) (?:see (?:this|it) through|stay (?:on|with) (?:it|this|you)|look after (?:it|this"
    r"|you)|take (?:this|it|care|charge)|keep (?:on|at) it|handle (?:this|it)|make sure)",
    r"(?:i|we) let you down\b",
)
NOT_OURS = words(
    r"n(?:o|')t (?:our|my) (?:fault|mistake|error|responsibility|problem)\b",
    r"if (?:we|i) (?:made|have made|did)\b",
    r"was not (?:us|ours)\b",
    r"neither our\b",
)
CAUSE = words(
    r"because\b",
    r"(?:due|owing) to\b",
    r"as a result of\b",
    r"caused (?:by|it|this)\b",
    r"the (?:reason|cause|culprit|trouble|problem) (?:is|was|lies)\b",
    r"(?:is|was) (?:the|its) (?:reason|cause|culprit)\b",
    r"(?:that|this|it|which|what) happened (?:when|because|as|after|is|was)\b",
    r"it turns? out\b|turned out\b",
    r"(?:i|we) do(?:n't| not) (?:yet )?know (?:yet )?(?:why|what|how)\b",
    r"since (?:our|the|last|monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday|this"
    r"|a)\b.{0,60}\b(?:our|server|system|treats?|is|has|was|does)",
    r"(?:ran|run) out of\b",
    r"mix(?:ed)?[ -]?up\b",
    r"(?:were|was|got) (?:swapped|switched|mixed|mislabelled|damaged|left|stuck|delayed|lost|held|caught"
    r"|wrongly|entered|typed|blocked|double|counted|fitted|installed|set|packed|glued|sewn)\b",
    r"(?:never|not) (?:sent|reached|passed on|told|updated|checked|entered|repaired|reported|scanned"
    r"|loaded|printed|switched|tightened)\b",
    r"(?:retained|blocked|held|stopped|lowered|cancelled|charged|delayed) (?:after|by|because|when"
    r"|since)\b",
    r"(?:faulty|defective|loose|missing|worn|cracked|jammed|blocked) [\w -]{1,30} (?:in|on|at|from)\b",
    r"(?:batch|update|release|bug|outage|strike|storm|flood|leak|shortage|backlog"
    r"|typo)\b.{0,40}\b(?:without|with|that|which|did|is|was|since|went|of|in)\b",
    r"(?:handled|processed|done|managed) by our\b",
    r"(?:is|are|was|were) (?:off|down|slow|full|out of date|short of|behind) (?:since|after|because"
    r"|with)\b",
)
NO_CAUSE = words(
    r"if (?:we|it|this)\b.{0,20}\bcaused\b",
    r"(?:inconvenience|trouble) (?:this|it|that)? ?(?:has |may have |have )?caused\b",
)

WE = Sign(r"\b(?:we|our|us|i|my|none of us|one of us)\b")
PAST = Sign(
    r"\b(?:was|were|had|did|didn't|wasn't|weren't|hadn't|broke|stuck|ran|sent|lost|forgot|went|came|gave"
    r"|took|left|fell|made|put|let|cut|sold|told|got|kept|held|hung|shut|wrote|chose|read|lay|laid|set|hit|ground"
    r"|drove|overslept|mistook|misread|slid|thought|threw|knew|saw|said|stood|found|built|bought|caught|split"
    r"|drew|bent|burst|froze|blew|tore|wore|slept|swung|sat|spilt|sank|began|bound|fed|flew|grew|led|lent|meant"
    r"|overran|overslept|paid|quit|rang|rode|sewed|shook|sprang|swept|taught|woke|withdrew|(?!need|seed|feed|speed"
    r"|indeed|shed|exceed|proceed|succeed)[a-z]{2,}ed)\b"
)
WENT_WRONG = Sign(
    r"\b(?:wrong(?:ly)?|too|upside|out of|without|never|not|no|none|nobody|stuck|broke|broken|down|dud"
    r"|hole|gap|over (?:its|their|the)|few|short|late|swapped|mixed|lost|forgot|missed|failed|left"
    r"|empty|old|loose|twice|double|instead|mistake|by accident|asleep|ill|sick|overlooked|dropped"
    r"|leaked|jammed|crashed|wet|frozen|mislabelled|misread|skipped|stopped|fell|slipped|overdue|torn|flat"
    r"|filled up|full|somebody else's|someone else's|another \w+'s|neighbour's|cut|hard|cracked|bent|rusty|mould\w*"
    r"|delayed|blocked|bug|glitch|outage|fault(?:y)?|defective|bad|burst|overbooked|overslept|tore|spilt|shut"
    r"|confused|duplicated?|deleted|erased|overwr\w+|misprint\w*|miscount\w*|mis\w+ed|outdated|expired|unplugged"
    r"|power cut|only one|half|last year's|yesterday's|previous|\w+n't)\b"
)
"""A past clause about us with one of these tells how it came about: "our cement was out of date"."""

STOP = re.compile(r"[;:,] |[—–] ?| - |\.{2,3} ")
NO_STORY = words(
    r"^\W*(?:and |but |so )?you\b(?!r)",
    r"(?:received|read|seen|looked|checked|heard|noted|forwarded|spoke|talked|asked|contacted|tested) \w+",
    r"\?$",
    r"what happened\b",
    r"^(?:that|this|which) (?:was|must have been|is)\b",
    r"^(?:you|your|to|for|how|that|this must)\b",
)
"""A past clause that tells nothing of how it came about."""

IS_WRONG = Sign(
    r"\b(?:is|are|'s)(?: \w+){0,2} (?:from a (?:bad|faulty|wrong)|faulty|missing|broken|off|defective|loose|worn"
    r"|blocked|damaged|too \w+"
    r"|out of \w+|wrong|stuck|down"
    r"|in the|at the|full|overloaded|outdated|cracked|short|leaking|weak|bent)\b"
)
"""Something is not as it should be: a cause in the present."""
