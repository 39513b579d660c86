"""Plain words from one person to another: no templates, no officialese, no hiding (C7.2)."""

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
from amends.coach.words import words


def notes(draft: Draft, brief: Brief) -> Iterator[Note]:
    """Every note about style."""
    yield from apply(RULES, draft, brief)
    yield from _number_first(draft)
    yield from _policy(draft, brief)


RULES = (
    Rule(
        "TEMPLATE",
        words(
            r"(?:dear |our )?valued (?:customer|client|guest|user|member)",
            r"dear (?:sir|madam|sir or madam|customer|client|user|guest|passenger|member|sirs)\b",
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
            r"(?:please )?(?:be|rest) assured\b",
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
        ),
        gettext_lazy("“%(words)s” could answer anybody"),
        gettext_lazy("Say something that only this customer could have got."),
        complaints=False,
    ),
    Rule(
        "LEGALESE",
        words(
            r"without (?:any )?(?:prejudice|admission|obligation|acknowledg\w+ (?:of )?(?:any )?(?:legal"
            r"|liability))",
            r"(?:no|any|accept|admission of|deny|exclude|limit) (?:legal )?liability\b",
            r"legal(?:ly)? (?:obligation|entitle\w*|binding|claim|oblig\w+|required|position)",
            r"(?:reserve|waive) (?:the|our|all|your) rights?\b",
            r"(?:force majeure|full and final settlement|ex gratia)\b",
        ),
        gettext_lazy("“%(words)s” speaks to a court"),
        gettext_lazy("Speak to the person. If the law must be named, do it after the help."),
    ),
)

_NUMBER_FIRST = re.compile(
    r"^\s*(?:\[?#?\w{0,6}-?\d{3,}\]?|(?:your |our )?(?:ticket|case|reference|request"
    r"|ref)\b[^a-z\n]{0,6}(?:number|no|id)?[^a-z\n]{0,4}[\w-]*\d{3,})",
    re.IGNORECASE,
)
_POLICY = words(
    r"(?:our|company|store|shop|house|hotel|airline|the) (?:\w+ )?polic(?:y|ies)\b",
    r"(?:terms (?:and|&) conditions|terms of (?:service|use|business)|(?:the|our|these) terms\b|t&cs?)",
    r"(?:we|i)(?:'re| are|'m| am) (?:unable|not able|not allowed|not permitted|not authori[sz]ed"
    r"|not in a position) to\b",
    r"(?:we|i) (?:cannot|can't|can not|may not) (?!apologi|thank|imagine|undo|believe|stress|say sorry"
    r"|change what|turn back|excuse|wait|be sorry"
    r"|have been|ask you)\w+",
    r"(?:is|are|it's) (?:against|not covered by|excluded (?:by|from)|outside) (?:our|the)\b",
    r"(?:the|our) (?:rules|regulations|guidelines|system) (?:do(?:es)? not|don't|doesn't|won't"
    r"|will not) (?:allow|permit|let)",
)
_WAY_OUT = words(
    r"(?:but|however|instead|what (?:i|we) can|so (?:i|we))\b.{0,80}",
    r"(?:i|we)(?:'ll| will| can|'ve| have)\b(?! (?:not|never))",
    r"(?:i'm|we're|i am|we are) \w+ing\b",
    r"you (?:get|will (?:get|have|receive)|can have)\b",
)


def _number_first(draft: Draft) -> Iterator[Note]:
    match = _NUMBER_FIRST.match(draft.plain)
    if match is not None:
        title = _("A number stands before the greeting")
        yield note("TEMPLATE", match.span(), title, _("Begin with the name."), replacement="")


def _policy(draft: Draft, brief: Brief) -> Iterator[Note]:
    """A rule or a "cannot" is fair when the next words say what can be done."""
    for found in draft.find(_POLICY) if brief.complaint else ():
        rest = found.sentence.text[found.match.end() :] + " " + draft.after(found.sentence)
        if not _WAY_OUT.search(rest):
            title = _("“%(words)s” closes the door") % {"words": found.words}
            yield note("POLICY", found.span, title, _("Say in the next sentence what you can do."))
