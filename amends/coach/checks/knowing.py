"""We ask nothing that we know, send nobody elsewhere, and answer what was asked (C7.2, RQ6)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.coach.brief import Brief
from amends.coach.checks.rule import Rule, apply
from amends.coach.draft import Draft
from amends.coach.faults import note
from amends.coach.review import Note
from amends.coach.words import Sign, words
from amends.kit.sentences import Sentence, sentences, typed


def notes(draft: Draft, brief: Brief) -> Iterator[Note]:
    """Every note about what we ask and where we send."""
    yield from _asks_known(draft, brief)
    yield from _asks_done(draft, brief)
    yield from _only_question(draft, brief)
    yield from apply(RULES, draft, brief)
    yield from _unanswered(draft, brief)


_PLACE = (
    r"(?:(?:your|our|the|a|any|its|their) )(?:\w+[ -]){0,3}?(?:departments?|hotline|helpline"
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
    r" to|take (?:it|this|the \w+) (?:back )?to|take (?:it|this|the matter|that) up with|bring (?:it|this|the \w+) to|send (?:it|this"
    r"|your \w+) to|raise (?:it|this) (?:with|through|via))"
)
RULES = (
    Rule(
        "CHANNEL_BOUNCE",
        words(
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
            r"(?:wrong|different|another|other) (?:department|team|branch|office|desk|number"
            r"|address)\b(?!.{0,30}(?:sent|shipped|delivered|got))",
            r"(?:can|could|must|has to|have to|should|may) (?:only |best )?be (?:answered|handled|done"
            r"|solved|dealt with|made|raised|processed|reported|sorted"
            r"|requested) (?:only )?(?:in|by|via|through|at|with|on) (?:the|our|your|a|phone|person"
            r"|telephone|any|branch)\b",
            r"(?:cannot|can't) be (?:answered|handled|done|solved|dealt with|processed|sorted) (?:here"
            r"|by e-?mail|in chat|by phone|over|via|from here|on this)",
            r"(?:not|nothing) (?:something )?(?:we|i) (?:deal with|handle|can help|do here"
            r"|are responsible)",
            r"please (?:dm|pm|message) us\b",
            r"(?:please|kindly|you (?:should|could|can)) (?:\w+ )?(?:ask|check with|try) (?:your|the|a"
            r"|with) (?:neighbou?rs?|family|friends?|landlord|doctor|school)",
            r"we (?:only|just|merely) (?:sell|resell|ship|broker|forward|deliver|issue|host|list)\b",
            r"(?:we are|we're) (?:only|just|merely) (?:the|an?) (?:platform|marketplace|shop|agent"
            r"|reseller|intermediary|carrier|seller)",
            r"(?:bring|take) it (?:in)?to (?:a|the|your|one of|any)\b",
        ),
        gettext_lazy("This sends the customer elsewhere"),
        gettext_lazy("Do it for them: “I have asked …”, “I will …”."),
        unless=words(
            r"(?:no need|needn't|don't (?:have|need)|do not (?:have|need)|without having) (?:to )?\w+",
            r"(?:if|in case|should) you(?:'d| would)? (?:like|prefer|ever|want|wish|need)\b",
            r"(?:reach|write to|call|ring|reply to) me\b",
            r"my (?:direct|own) (?:number|line)",
            r"(?:i|we)(?:'ll| will|'ve| have) (?:\w+ )?(?:ask|asked|call|called|contact|contacted|speak"
            r"|spoken|ring)",
        ),
        complaints=False,
    ),
)

_REQUEST = words(
    r"(?:could|can|would|will|may|might) (?:you|i|we) (?:please |kindly |just |also |first |then "
    r"|quickly )*(?:send|tell|give|confirm|share|provide|let|forward"
    r"|have|ask|get|state|attach|upload|explain|describe|remind|repeat|check|say|write|mail|email)\b",
    r"(?:please|kindly) (?:\w+ )?(?:send|tell|give|confirm|share|provide|let|forward|state|attach|upload"
    r"|explain|describe|reply with|repeat|supply|quote|include"
    r"|specify|indicate|enter|dm|message)\b",
    r"(?:send|tell|give) (?:us|me)\b",
    r"(?:what|which|who|where|when|how)(?:'s| is| was| are| were| did| do| does| would| exactly| many"
    r"| \w+ (?:did|do|does|is|was|would|are))\b.{0,80}\?",
    r"(?:we|i)(?:'ll| will|'d| would)? (?:still |also |just |first |then )?(?:need|require|like to know"
    r"|ask you for|have to ask)\b",
    r"your [\w -]{2,40}\?",
    r"(?:do|did|have) you (?:have|remember|know|already)\b.{0,60}\?",
)
_THINGS = {
    "order number": r"(?:order|booking|reservation|invoice|reference|ticket|case|customer|member(?:ship)?|account"
    "|contract|policy|tracking)[ -]?(?:number|no\b|code|id\b|reference|ref)",
    "serial number": r"serial(?: number| no)?\b",
    "address": r"(?:delivery |shipping |postal |home )?address\b(?! of the (?:shop|branch))",
    "e-mail address": r"e-?mail(?: address)?\b",
    "phone number": r"(?:phone|mobile|telephone|cell)(?: number)?\b",
    "photo": r"(?:photos?|pictures?|images?|screenshots?)\b",
    "name": r"(?:full |last |first |your )name\b",
    "date": r"(?:what|which) (?:date|day)\b|(?:the )?date (?:of|when)\b|when (?:did|was|exactly|would)\b",
    "size": r"(?:what|which|your|the) sizes?\b",
    "model": r"(?:what|which|your|the) (?:model|version|product|item|device)\b",
    "amount": r"(?:the )?amount\b|how much (?:did|was|were)\b",
    "receipt": r"(?:receipt|proof of purchase)\b",
    "problem": r"(?:what (?:the |exactly |your )?(?:problem|issue|fault)|describe (?:the"
    "|your) (?:problem|issue|fault)|what (?:happened|went wrong|is wrong|seems))",
    "quantity": r"how many\b",
    "place": r"where to\b|which (?:city|town|branch|shop|store|room|airport|flight)\b",
}
"""What desks ask for, and the words they ask with."""

_TOLD = {
    "order number": r"(?:order|booking|invoice|ticket|case|account|customer|member(?:ship)?|reservation|reference|ref|no\.?"
    r"|number|#)\W{0,3}(?:no\.?|number|nr\.?|is)?\W{0,3}[A-Z]{0,4}-?\d{3,}",
    "serial number": r"serial\W{0,3}(?:number|no\.?)?\W{0,3}[\w-]*\d",
    "address": r"\b(?:street|road|avenue|lane|straße|strasse|allee|\w+weg|rue|via|plaza) ?\d"
    "|\\d+ [A-Z]\\w+ (?:street|road|avenue|lane|st|rd)\b",
    "e-mail address": r"[\w.+-]+@[\w-]+\.\w",
    "phone number": r"\+?\d[\d /-]{7,}\d",
    "photo": r"(?:photos?|pictures?|images?|screenshots?)\b",
    "date": r"\b(?:on|since|of|from|at|for) (?:the )?(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    "|\b(?:yesterday|today|this morning|last (?:night|week))\b"
    r"|\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|(?:jan|feb"
    r"|mar|apr|jun|jul|aug|sep|oct|nov|dec)\w* \d",
    "size": r"size \w*\d|\b(?:size|in) (?:xs|s|m|l|xl|xxl)\b",
    "model": r"\b[A-Z]\w+ ?\d{1,4}\b|\b[A-Z]{1,4}-?\d{1,4}\b",
    "amount": r"[£€$] ?\d|\d ?(?:£|€|\$|euros?|pounds|dollars)",
    "receipt": r"receipt (?:is )?(?:attached|enclosed|below|here)",
    "quantity": r"\b\d+ (?!days?|hours?|weeks?|minutes?)[a-z]+s\b",
    "place": r"\b(?:to|in|at|from) [A-Z]\w+",
}
"""How a customer's words show that they told it already."""

_ALSO = {
    "order number": ("order", "booking", "invoice", "reference", "account"),
    "e-mail address": ("e-mail", "email", "mail"),
}


def _asks_known(draft: Draft, brief: Brief) -> Iterator[Note]:
    for sentence in draft.sentences:
        if not _REQUEST.search(sentence.text):
            continue
        for thing, asked in _THINGS.items():
            if re.search(asked, sentence.text, re.IGNORECASE):
                known = _known(thing, sentence, brief)
                if known is not None:
                    yield _known_note(draft, sentence, brief, *known)
                    break


def _known(thing: str, sentence: Sentence, brief: Brief) -> tuple[str, str] | None:
    """The thing and its value when the case or the customer's own words have it; value "" when only told."""
    names = (thing, *_ALSO.get(thing, ()))
    for key, value in brief.known.items():
        named = key.lower()
        if value and (named == thing or (named in names and named in sentence.text.lower())):
            return key, value
    told = _TOLD.get(thing)
    if told is None:
        return (thing, "") if thing == "problem" and len(brief.customer_words.split()) >= 5 else None
    flags = 0 if thing in ("model", "place") else re.IGNORECASE
    match = re.search(told, typed(brief.customer_words), flags)
    return (thing, match[0].strip()) if match else None


def _known_note(draft: Draft, sentence: Sentence, brief: Brief, thing: str, value: str) -> Note:
    title = _("We know the %(thing)s") % {"thing": thing}
    advice = _("It is told already: %(value)s.") % {"value": value} if value else _("The customer has told it.")
    return note("ASKS_KNOWN", draft.whole(sentence), title, advice, replacement="")


_STEPS = words(
    r"(?P<step>re-?start|re-?install|re-?boot|re-?set|un-?plug|un-?install|update|clear|log (?:out|in)"
    r"|sign (?:out|in)|charge|switch|turn|re-?connect"
    r"|re-?insert|clean|descale|re-?pair|re-?charge|re-?fill|delete|try (?:another|a different))\w*"
)
_DID = words(r"(?:i|we)(?:'ve| have)? (?:already |just )?\w+ed\b", r"tried\b", r"already\b", r"\w+ed\b", r"did\b")
_ORDERS = words(
    r"(?:please|kindly|could you|can you|would you|try|have you tried|you (?:could|should|can|need to)"
    r"|first)\b"
)


def _asks_done(draft: Draft, brief: Brief) -> Iterator[Note]:
    """Steps that the customer has done and said so."""
    told = typed(brief.customer_words).lower()
    for sentence in draft.sentences:
        if not _ORDERS.search(sentence.text):
            continue
        for match in _STEPS.all(sentence.text):
            step = match["step"].lower().replace("-", "").split()[0]
            done = re.search(rf"\b{re.escape(step[:6])}\w*", told.replace("re-", "re"))
            if done and _DID.search(told[max(0, done.start() - 40) : done.end() + 20]):
                title = _("The customer has done this: “%(words)s”") % {"words": match[0]}
                advice = _("Take the question out and go on from there.")
                yield note("ASKS_KNOWN", draft.whole(sentence), title, advice, replacement="")
                break


_EMPTY = words(r"thank", r"sorry\b", r"apolog", r"regret", r"unfortunately", r"we understand")


def _only_question(draft: Draft, brief: Brief) -> Iterator[Note]:
    """A reply to a complaint that brings nothing but a request for information."""
    asks = [one for one in draft.body if _REQUEST.search(one.text) or one.text.endswith("?")]
    others = [one for one in draft.body if one not in asks and not _EMPTY.search(one.text)]
    if brief.complaint and asks and not others:
        yield note(
            "ONLY_QUESTION",
            (asks[0].start, asks[-1].end),
            _("This only asks"),
            _("Bring something: what you have found out, what you do now, when they hear from you."),
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
    for sentence in sentences(brief.customer_words):
        if not sentence.text.endswith("?"):
            continue
        for asked, answer in _ANSWERS:
            if asked.search(sentence.text) and not answer.search(draft.plain):
                end = len(draft.text.rstrip())
                title = _("A question is still open: “%(words)s”") % {"words": sentence.text}
                yield note("UNANSWERED", (end, end), title, _("Answer it, or say when you can."))
                break
