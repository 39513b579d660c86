"""Whose matter it is said to be, and where it is to be taken: anywhere but here (C7.2)."""

from __future__ import annotations

from amends.coach.words import words

ELSEWHERE = words(
    r"(?:is|are|was|were|gets?|being) (?:only |solely |exclusively |normally |usually |always )?(?:handled"
    r"|dealt with|managed|processed|run|operated|organi[sz]ed|done|taken care of|reported|submitted|booked"
    r"|raised|filed|registered|decided|sold|delivered|looked after|answered|arranged) (?:only |solely "
    r"|exclusively |directly |entirely |not )*(?:by|through|via|using|with|at) (?:the|our|your|a|an"
    r"|another|their"
    r"|its|[\w']+'s) (?:\w+ )?",
    r"(?:not|isn't|aren't|nothing) (?:\w+ )?(?:handled|dealt with|managed|done|run|processed|organi[sz]ed"
    r"|made|decided|operated) (?:by us|here|at our|on our|in our)\b",
    r"(?:not|isn't|aren't|wasn't) (?:our|my|us|with us|a matter for us|in our hands|up to us|something (?:we"
    r"|i))\b(?! (?:fault|best|standard|usual|style|way|proudest|finest))",
    r"(?:we|i)(?:'ve| have| had)? (?:no|little) (?:influence|control|access|say|insight|hand)\b",
    r"(?:out of|beyond|outside) (?:our|my) (?:hands|control|reach|remit|area|scope|power)\b",
    r"(?:falls?|lies?|lie) (?:within|under|with|outside) (?:the|our|your|their|another)\b(?! (?:\w+ )?(?:network"
    r"|coverage|zone|delivery area)\b)",
    r"(?:is|are|was|has been) (?:outsourced|subcontracted|contracted out|delegated|a job for|a case for"
    r"|a question for|something for|in the hands of)\b",
    r"(?:raise|take|bring|discuss|sort|settle|clear) (?:that|this|it|the matter)(?: up| out)? with (?:them"
    r"|him|her|your|the|their)\b",
    r"(?:bound to be|sure to find|certainly find|will find) (?:one|someone|somebody|a \w+) (?:near|in your"
    r"|around)\b",
    r"(?:^|please |kindly )(?:address|direct|send|forward|submit|put|refer) [\w' -]{2,40} to (?:our|the"
    r"|your) (?!me\b)\w+",
    r"(?:we're|we are) (?:just|only|merely) the\b|(?:is|that's) between you and\b",
    r"(?:sort|settle|clear|resolve|discuss|work|take|iron)(?: (?:it|this|that))?(?: out| up)? with (?:the"
    r"|your|their|them)\b",
    r"(?:issued|sold|published|run|made|shipped|provided|supplied) by (?:an?|another|the) (?!mistake|error)\w+",
    r"only (?:possible |available |done |made |given |accepted )?(?:through|via|at|from|with|by) (?:the|our"
    r"|your|a) (?!van|way|first|next)\w+",
    r"you (?:can|could|will|may) find (?:their|its)\b",
    r"(?:have to|need to|must|should|best|better) (?:ask|enquire|inquire) (?:in|at|with)\b",
    r"they (?:can|could|will|are able to) (?:unlock|help|solve|fix|tell|refund|answer|handle|process)\b",
    r"you(?:'ll| will)? (?:find|reach|get) (?:them|their|its|the (?:\w+ ){0,2}(?:desk|office|counter|form"
    r"|number|address|hotline))\b",
    r"you (?:can|could|should|may|might|will have to|need to|have to|must|'d better) (?:\w+ )?(?:call|ring"
    r"|ask|contact|reach|write to|email|try|see|visit|approach) (?:them|him|her|there)\b",
    r"(?:open|raise|create|submit|file|log|post|lodge) (?:a|an|your|it|this)(?: \w+)? (?:ticket|form|report"
    r"|claim|request|complaint|question|thread|topic)\b(?! for you)",
    r"(?:use|fill in|fill out|complete|submit|download) (?:the|our|a|this|that|an) (?:\w+ ){0,3}(?:form"
    r"|portal|app|chat|hotline|questionnaire|template)\b",
    r"(?:via|through|on|in|using) (?:the|our) (?:\w+ )?(?:portal|website|web ?site|app|online form|form"
    r"|help cent(?:re|er)|hotline)[.!]",
    r"(?:only|best|solely|exclusively) (?:possible )?(?:by|over the|via|through|in|on the|at the) (?:phone"
    r"|telephone|post|letter|fax|person|branch|shop|counter|hotline|form|portal)\b",
    r"(?:come|go|drop|pop|stop) (?:back |round |by |over |in )*(?:to|into|at|by) (?:the|our|your|one of our"
    r"|any|a) (?:\w+ )?(?:shop|store|branch|office|counter|desk|outlet|centre|center|dealer|garage|workshop)\b",
    r"(?:their|the) (?:number|address|desk|details|website|hotline|contact\w*) (?:is|are|can be found"
    r"|stands?)\b",
    r"(?:call|ring|phone|write|try|contact) (?:us )?(?:again|back|later|tomorrow|another time"
    r"|on (?:a )?(?:monday|weekday))\b",
    r"(?:please |kindly |^(?:for [\w ]{1,40} )?(?:please )?)(?:phone|call|contact|ring|consult"
    r"|get in touch with|write to|turn to|reach out to|speak to|ask|enquire at) (?:the|your|their) (?!me\b"
    r"|us\b|number below)\w+",
    r"(?:have|get|let|ask) (?:an?|the|your) (?:electrician|plumber|engineer|specialist|professional|mechanic"
    r"|dealer|technician|doctor|lawyer|it|expert|friend)\w* (?:to )?(?:look|check|see|take|fix|repair)\b",
    r"(?:see|visit|try|check|consult|on|at) (?:their|the \w+'s|the (?:manufacturer|maker|airline"
    r"|carrier)'?s?) (?:own )?(?:home ?page|website|site|page|help ?desk|desk|hotline)\b",
    r"(?:a|the) matter (?:for|of) (?:our|your|the|their)\b",
    r"(?:best|better) (?:to )?(?:give|drop|send) (?:them|him|her) (?:a |an )?(?:ring|call|line|shout|mail|note)\b",
    r"(?:can|may|must|has to|have to) (?:only )?be (?:filed|lodged|made|raised|submitted|handed in|applied for|done)"
    r" (?:only )?(?:in person|in writing|by post|by fax)\b",
    r"not by us\b|not through us\b|we merely\b",
    r"(?:please |kindly )(?:consult|refer to|see|check|read|visit|use|have a look at) (?:the|our|your) \w+",
    r"(?:i|we) (?:don't|do not|can't|cannot) (?:deal|help|do|handle|answer|assist|look after|sell|service"
    r"|process)\b[^.]{0,30}(?:here|this|that|such|with|by|in this)\b",
)
