"""We send nobody elsewhere, and answer what was asked (C7.2, RQ6)."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.coach.brief import Brief
from amends.coach.checks.rule import Rule, apply
from amends.coach.draft import Draft, said_in
from amends.coach.facts import content
from amends.coach.faults import note
from amends.coach.review import Note
from amends.coach.signs.elsewhere import ELSEWHERE
from amends.coach.words import Sign, words


def notes(draft: Draft, brief: Brief) -> Iterator[Note]:
    """Every note about where we send, and what stays open."""
    yield from apply(RULES, draft, brief)
    yield from _unanswered(draft, brief)


_PLACE = (
    r"(?:(?:your|our|the|a|any|its|their|(?:one|any) of (?:our|your|the|their)) )(?:\w+[ -]){0,3}?(?:departments?|hotline|helpline"
    r"|support(?: team| desk| line)?|service"
    r"(?: team| desk| centre| center| line)|branch(?:es)?|shops?|stores?|retailers?|dealers?|sellers?"
    r"|vendors?|manufacturers?|makers?|suppliers?"
    r"|couriers?|carriers?|post office|airline|airport|agency|agents?|insurer|insurance|provider"
    r"|operator|partners?|firm|company|desk|office"
    r"|counter|reception|forms?|website|web page|portal|chat|app|help (?:centre|center|page|desk)|faqs?"
    r"|phone line|call cent(?:re|er)|technician"
    r"|warehouse|franchise|landlord|colleagues?|team|customer (?:care|service|services|support)|billing"
    r"|sales|accounts)\b"
)
_GO = (
    r"(?:contact|call|ring|phone|write to|e-?mail|visit|go to|turn to|reach out to|get in touch with"
    r"|speak (?:to|with)|talk (?:to|with)|ask"
    r"|check with|try|see|use|fill (?:in|out)|submit|message|dm|refer to|address(?: yourself)? to"
    r"|apply to|report (?:it|this) to|return (?:it|this)"
    r" to|take (?:it|this|the \w+) (?:back )?to|take (?:it|this|the matter|that) up with|bring (?:it|this|the \w+) to"
    r"|send (?:it|this"
    r"|your \w+) to|raise (?:it|this) (?:with|through|via))"
)
_OTHERS = (
    r"(?:the|your|their|our|an?|any|another|its|his|her) (?!customer is|way|best|time|us|new (?:one"
    r"|lamp))(?:[\w']+[ -]){0,4}?(?:who|that|which|department|hotline|helpline|support|service|branch\w*|shops?"
    r"|stores?|retailers?|dealers?|sellers?|vendors?|manufacturers?|makers?|producers?|suppliers?|couriers?|carriers?"
    r"|office|airline|airport|railway|agency|agents?|insurers?|providers?|operators?"
    r"|partners?|firm|company|desk|counter|reception|council|authority|police|embassy|hospital|landlord"
    r"|administrators?|owner|developers?|platform|marketplace|portal|website|team|colleagues?|lawyer"
    r"|ombudsman|association|club|box office|organi[sz]ers?|host|driver|installer|electrician|plumber|garage|workshop"
    r"|dentist|doctor|pharmacy|school|employer|publisher|network|line)"
)
_DONE_FOR_THEM = words(
    r"(?:no need|needn't|don't (?:have|need)|do not (?:have|need)|without having) (?:to )?\w+",
    r"(?:if|in case|should) you(?:'d| would)? (?:like|prefer|ever|want|wish|need)\b",
    r"(?:reach|write to|call|ring|reply to|ask for|contact) (?:me|us directly)\b",
    r"(?:i|we)(?:'m| am|'re| are|'ll| will|'ve| have) (?:now |just |already |personally |then )?(?:ask|call"
    r"|contact|speak|talk|ring|phon|writ|check|tak|rais|fil|report|claim|send|sent|return|book|spoken|written"
    r"|taken|rung|open|reach)\w*",
    r"(?:i|we) (?:asked|called|rang|spoke|talked|phoned|wrote|checked|took|contacted|reached|told)\b",
    r"(?:keep|throw|leave|bin|swap|hand) (?:it|them|the)\b",
    r"on our (?:bill|account|cost)|at our (?:cost|expense)|free of charge|we pay\b",
    r"my (?:direct|own) (?:number|line)",
    r"(?:i|we)(?:'ll| will|'ve| have) (?:\w+ )?(?:ask|asked|call|called|contact|contacted|speak"
    r"|spoken|ring)",
)
_TITLE = gettext_lazy("This sends the customer elsewhere")
RULES = (
    Rule(
        "CHANNEL_BOUNCE",
        words(
            r"(?:^|please |kindly |just |best )ask (?:in|at) (?:the|our|your|any)\b",
            rf"(?:contact|call|ring|phone|write to|e-?mail|turn to|reach out to|get in touch with|speak (?:to|with)"
            rf"|talk (?:to|with)|check with|ask(?: at)?|try|consult|refer to"
            rf"|enquire (?:at|with)|inquire (?:at|with)|apply to|complain to|go (?:back )?to|take (?:it|this"
            rf"|that) (?:up )?(?:with|to)|address (?:it|this|yourself|your \w+) to|direct (?:it|this|your \w+) to"
            rf"|report (?:it|this|that) (?:to|at|with)|raise (?:it|this|that) with|claim (?:it|this|that) (?:from"
            rf"|with)|send (?:it|this|that) (?:back )?to|return (?:it|this|that) to) {_OTHERS}\b",
            rf"(?:please|kindly|just|you(?:'ll| will| would)? (?:need|have|must|should|can|could|may"
            rf"|might|want)(?: to)?|you'd better|so|or|simply"
            rf"|then|and|best to|try to|to do so,?) {_GO} (?:them|him|her|{_PLACE})",
            rf"(?:^|[.:;,] ?){_GO} {_PLACE}",
            r"(?:please|kindly|you(?:'ll| will)? (?:need|have|must) to|you must|so) (?:call|ring|phone"
            r"|dial|text) (?:us )?(?:again |back )?"
            r"(?:on |at |under )?(?:\+?\d[\d /-]{2,}|us\b|again\b|them\b)",
            r"(?:please|kindly|you(?:'ll| will)? (?:need|have) to) (?:call|write|e-?mail|visit|dm"
            r"|message|contact) (?:us )?(?:again|via|through|by phone"
            r"|at |on our|in (?:the|our|your|a) )",
            r"(?:is|are|was|that's|it's|this is) (?:a matter for|up to|the responsibility of"
            r"|dealt with by|down to|something for|not (?:our"
            r"|my|something (?:i|we))) (?:responsibility|department|area|(?:the|our|your|a) \w+|\w+ team"
            r"|job|business)",
            r"(?:wrong|different|another|other) (?:department|team|branch|office|desk)\b|(?:wrong|another) (?:number"
            r"|address)\b(?!.{0,30}(?:sent|shipped|delivered|got))",
            r"(?:can|could|must|has to|have to|should|may) (?:only |best )?be (?:answered|handled|done"
            r"|solved|dealt with|made|raised|processed|reported|sorted"
            r"|requested) (?:only )?(?:in|by|via|through|at|with|on) (?:the|our|your|a|phone|person"
            r"|telephone|any|branch)\b",
            r"(?:cannot|can't) be (?:answered|handled|done|solved|dealt with|processed|sorted) (?:here"
            r"|by e-?mail|in chat|by phone|over|via|from here|on this)",
            r"(?:not|nothing) (?:something )?(?:we|i) (?:deal with|handle|can help|do here"
            r"|are responsible)",
            r"(?:information|details|advice|answers?)\b[^.]{0,40}\bcan be (?:obtained|found|had|requested)(?: only)?"
            r" (?:from|at|on|via|through) (?:the|our|your)\b",
            r"(?:take|bring|send|return) [\w ]{2,20} (?:back )?to (?:where|whoever) (?:you|it)\b",
            r"please (?:dm|pm|message) us\b",
            r"(?:please|kindly|you (?:should|could|can)) (?:\w+ )?(?:ask|check with|try) (?:your|the|a"
            r"|with) (?:neighbou?rs?|family|friends?|landlord|doctor|school)",
            r"we (?:only|just|merely) (?:sell|resell|ship|broker|forward|deliver|issue|host|list)\b",
            r"(?:we are|we're) (?:only|just|merely) (?:the|an?) (?:platform|marketplace|shop|agent"
            r"|reseller|intermediary|carrier|seller)",
            r"(?:bring|take) it (?:in)?to (?:a|the|one of|any)\b",
            r"(?:bring|take|return|carry) (?:them|this|the \w+|your \w+) (?:back )?(?:in)?to (?:any|a (?:local|nearby)"
            r"|(?:the|your) (?:nearest|local))\b",
        ),
        _TITLE,
        unless=_DONE_FOR_THEM,
        complaints=False,
    ),
    Rule(
        "CHANNEL_BOUNCE",
        ELSEWHERE,
        _TITLE,
        unless=_DONE_FOR_THEM,
        complaints=False,
        loose=True,
    ),
)

_TIME = Sign(
    r"\d|today|tomorrow|tonight|monday|tuesday|wednesday|thursday|friday|saturday|sunday|noon|january"
    r"|february|march|april|june|july|august"
    r"|september|october|november|december|week|don't know|do not know|not know yet"
)
_ANSWERS = (
    (Sign(r"^(?:and |but |so )?when\b|\bwhen (?:will|can|do|does|is|are|am)\b"), _TIME),
    (
        Sign(r"\bhow (?:much|many|long)\b"),
        Sign(r"\d|\b(?:one|two|three|four|five|none|nothing|free|all)\b"),
    ),
    (
        Sign(r"^(?:and |but |so )?why\b"),
        Sign(
            r"because|reason|cause|due to|since|our \w+|we \w+|\bour\b|turned out|happened"
            r"|don't know yet|do not know yet|:"
        ),
    ),
)


def _unanswered(draft: Draft, brief: Brief) -> Iterator[Note]:
    """Questions whose kind of answer is plain (when, how much, why) and does not stand in the draft (RQ6)."""
    for sentence in said_in(brief.customer_words):
        if not sentence.text.endswith("?"):
            continue
        if _is_open(sentence.text, draft, brief):
            end = len(draft.text.rstrip())
            title = _("A question is still open: “%(words)s”") % {"words": sentence.text}
            yield note("UNANSWERED", (end, end), title)


def _is_open(question: str, draft: Draft, brief: Brief) -> bool:
    """Whether its kind of answer is missing; of others, whether the draft neither says yes or no nor names a word of it."""
    known = [answer for asked, answer in _ANSWERS if asked.search(question)]
    if known:
        return not all(answer.search(draft.plain) for answer in known)
    if not (_ASKS_US if brief.complaint else _ASKS).search(question):
        return False
    about = content(question)
    return bool(about) and not about & content(draft.text) and not _SETTLES.search(draft.plain)


_ASKS_US = words(r"(?:can|could|will|would) (?:you|i|we)\b")
_ASKS = words(r"^(?:and |so |hi[,!.]? |hello[,!.]? )?(?:can|could|will|would|do|does|is|are|may|should)\b")
_SETTLES = words(
    r"(?:yes|no|almost|done|all of|partly|mostly|only|never|always)\b",
    r"(?:sure|gladly|of course|certainly|unfortunately|afraid|not yet|don't know)\b",
    r"(?:we|it|they|you|i) (?:do|does|don't|doesn't|can|can't|cannot|is|are|isn't|aren't|will|won't)\b",
    r"(?:'ll|'ve) \w+",
)
