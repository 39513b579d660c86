"""What letters ask for (C7.2, CV16)."""

from __future__ import annotations

from amends.coach.words import words

REQUEST = words(
    r"(?:could|can|would|will|may|might) (?:you|i|we) (?:please |kindly |just |also |first |then "
    r"|quickly )*(?:send|tell|give|confirm|share|provide|let|forward"
    r"|have|ask|get|state|attach|upload|explain|describe|remind|repeat|check|say|write|mail|email)\b",
    r"(?:please|kindly) (?:\w+ )?(?:send|tell|give|confirm|share|provide|let|forward|state|attach|upload"
    r"|explain|describe|reply with|repeat|supply|quote|include"
    r"|specify|indicate|enter|dm|message)\b",
    r"(?:send|tell|give) (?:us|me)\b",
    r"(?:what|which) (?:[\w-]+ ){1,4}(?:is|was|are|were|do|does|did|would|can|could|shall|should)\b.{0,60}\?",
    r"(?:what|which|who|where|when|how)(?:'s| is| was| are| were| did| do| does| would| exactly| many"
    r"| \w+ (?:did|do|does|is|was|would|are))\b.{0,80}\?",
    r"(?:we|i)(?:'ll| will|'d| would)? (?:still |also |just |first |then )?(?:need|require|like to know"
    r"|ask you for|have to ask)\b",
    r"your [\w -]{2,40}\?",
    r"(?:do|did|have) you (?:have|remember|know|already)\b.{0,60}\?",
)
THINGS = {
    "order number": r"(?:order|booking|reservation|invoice|reference|ticket|case|customer|member(?:ship)?|account"
    "|contract|policy|tracking)[ -]?(?:number|no\b|code|id\b|reference|ref)",
    "serial number": r"serial(?: number| no)?\b",
    "address": r"(?:delivery |shipping |postal |home )?address\b(?! of the (?:shop|branch))",
    "e-mail address": r"e-?mail(?: address)?\b",
    "phone number": r"(?:phone|mobile|telephone|cell)(?: number)?\b|which number\b",
    "photo": r"(?:photos?|pictures?|images?|screenshots?)\b",
    "name": r"(?:full |last |first |your )name\b",
    "date": r"(?:what|which) (?:date|day)\b|(?:the )?date (?:of|when)\b|when (?:did|was|exactly|would)\b",
    "size": r"(?:what|which|your|the) sizes?\b",
    "model": r"(?:what|which|your|the) (?:model|version|product|item|device)\b",
    "amount": r"(?:the )?amount\b|how much (?:did|was|were)\b",
    "receipt": r"(?:receipt|proof of purchase)\b",
    "wishes": r"any (?:\w+ )?(?:wishes|requirements|preferences|allerg\w+|needs)\b",
    "pets": r"\b(?:pets?|animals?|dogs?)\b",
    "problem": r"(?:what (?:this|it|that) is about|what (?:exactly )?(?:is )?(?:your|the) (?:concern|matter|enquiry"
    r"|reason|complaint)|how (?:can|may) (?:we|i) help|which (?:problem|error|fault)"
    "|(?:more|further|some) (?:details|information) (?:about|on|of)|explain (?:the|what|your)|tell (?:us"
    "|me) (?:again|once more|more about|what (?:happened|went|is wrong|exactly))|what (?:the |exactly |your )?(?:problem|issue|fault)"
    "|describe (?:the"
    "|your) (?:problem|issue|fault)|what (?:happened|went wrong|is wrong|seems))",
    "quantity": r"how many\b|(?:number|amount) of (?:people|persons|guests|items|pieces)\b",
    "time": r"(?:what|which) time\b|at what (?:time|hour)\b|what hour\b",
    "colour": r"(?:what|which) colou?r\b",
    "postcode": r"(?:post ?code|zip(?: code)?)\b",
    "place": r"where to\b|from where\b|which (?:city|town|branch|shop|store|room|airport|flight)\b",
}
"""What desks ask for, and the words they ask with."""
