"""By when: a time is a time, a promise can be kept (C7.2, C4.2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.coach.brief import Brief
from amends.coach.checks.rule import Rule, apply
from amends.coach.draft import Draft
from amends.coach.faults import note
from amends.coach.review import Note
from amends.coach.words import words


def notes(draft: Draft, brief: Brief) -> Iterator[Note]:
    """Every note about time and promises."""
    vague = list(_vague(draft, brief))
    yield from vague
    yield from _undated(draft, brief, vague)
    yield from apply(RULES, draft, brief)


_VAGUE = words(
    r"as soon as (?:possible|we can|i can|it is possible|practicable)\b",
    r"asap\b",
    r"(?:very |quite )?(?:soon|shortly)\b(?! (?:after|before|enough|as)\b)",
    r"in due (?:course|time)\b",
    r"(?:some ?one|somebody|one of (?:us|our \w+)|a colleague|a member of (?:our|the) team|the team"
    r"|our team) will (?:\w+ )?(?:call"
    r"|ring|contact|get|be in touch|write|reach|reply|respond|answer|come)",
    r"in (?:a few|the next few|the coming|a couple of|some) (?:minutes|hours|days|weeks)\b",
    r"(?:within|in) (?:a reasonable time|the near future|no time)\b",
    r"(?:at some (?:point|stage)|one of these days|when (?:we|i) (?:can|get (?:to|round)|have time)"
    r"|in the meantime we|sometime)\b",
    r"as quickly as (?:possible|we can|i can)\b",
    r"(?:at|by) (?:the|our) earliest (?:convenience|opportunity)\b",
    r"(?:in a|for a) (?:while|bit)\b",
    r"(?:days|weeks) (?:or so|at (?:most|least))\b",
    r"in the (?:coming|next) (?:days|weeks)\b",
)
_OURS = words(
    r"(?:if|when|once) you\b",
    r"(?:hear|see) (?:from )?you (?:again )?soon\b",
    r"get well soon\b",
    r"too soon\b",
    r"as soon as you\b",
    r"sooner or later\b",
    r"thank you for\b.{0,40}\bso soon\b",
)
RULES = (
    Rule(
        "EMPTY_PROMISE",
        words(
            r"(?:do|try|strive|work hard|work) (?:to do |to be |to get |our best to "
            r"|harder to )?better\b(?! (?:from|by|on|at))",
            r"(?:will be|have been|has been|was|were) (?:passed|forwarded|handed) (?:on|to|along)\b",
            r"(?:we|i)(?:'ll| will|'ve| have)? (?:pass|passed|forward|forwarded|share|shared) (?:this|it"
            r"|that|your (?:feedback|comments"
            r"|concerns|complaint|message|remarks))\b",
            r"(?:learn|take|draw) (?:\w+ )?(?:from this|lessons?|on board|to heart|conclusions)\b",
            r"(?:will|going to|'ll|shall) (?:look|see|check) (?:in)?to (?:it|this|that|the matter|your)\b",
            r"(?:is|are|am|'re|'m) (?:looking into|working on) (?:it|this|that|the matter|your)\b",
            r"(?:constantly|continuously|always) (?:work|working|striv|improv|try|trying)\w*",
            r"(?:will|'ll) (?:improve|be more careful|make sure (?:that )?(?:this|it) (?:does not"
            r"|doesn't|won't) happen again)\b",
            r"won't happen again\b",
            r"will not happen again\b",
        ),
        gettext_lazy("“%(words)s” is a promise without a deed"),
        unless=words(
            r"(?:today|tomorrow|tonight|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b",
            r"by \d",
            r"at \d",
            r"within \w+ (?:hours?|days?|minutes?)\b",
            r"so that\b",
            r"because (?:we"
            r"|i)\b",
        ),
    ),
    Rule(
        "OVERPROMISE",
        words(
            r"(?:never|not) (?:ever )?(?:again|happen again|occur again|have (?:this|a"
            r"|any) problems? again)\b",
            r"(?:will|'ll|shall|would) (?:never|not ever)\b",
            r"never (?:[\w']+,? ){0,9}again\b",
            r"(?:i|we) (?:can |fully |personally |hereby )?(?:guarantee|assure"
            r"|promise) (?:you )?(?:that )?(?:\w+ ){0,8}(?:never|always|any more"
            r"|perfect\w*|100|no (?:more|further|other)|forever|every)\b",
            r"(?:i|we) (?:can |fully |personally |absolutely )?guarantee\b",
            r"(?:100 ?%|one hundred per ?cent|a hundred per ?cent)(?! (?:cotton|wool|of (?:the|your)"
            r"|refund|back|leather|organic))",
            r"(?:always|everything|everywhere) (?:work|be|run|go|arrive)s? (?:perfect\w*|flawless\w*"
            r"|fine|smooth\w*|on time)\b",
            r"(?:perfect|flawless|faultless)(?:ly)? (?:everywhere|every time|always|from now on"
            r"|in future|forever)\b",
            r"(?:last|work|run|hold) (?:you )?(?:forever|for ever|for life|a lifetime|for all time)\b",
            r"(?:can't|cannot|could never|couldn't) (?:ever|possibly|fail|go wrong|break|go down|occur)\b",
            r"(?:won't|will not|shall not) (?:ever|happen again|occur again)\b",
            r"(?:guarantee|promise|assure|swear|vow|my word|count on it|rely on it|bet)\b[^.]{0,80}\b(?:never|no \w+"
            r"|none|nothing|always|every|all|any|again|ever|forever|perfect\w*|flawless\w*|for good|without (?:fail"
            r"|exception))\b",
            r"(?:never|always|every|no|nothing|all|forever|ever)\b[^.]{0,80}\b(?:i guarantee|we guarantee|i promise"
            r"|we promise|my word|that's a promise|i swear|count on (?:it|that|us)|guaranteed)\b",
            r"(?:from now on|from today|from here on|in future|in the future|henceforth)\b[^.]{0,60}\b(?:always|never"
            r"|every|all|everything|nothing|perfect\w*|flawless\w*|no \w+ (?:ever|at all|whatsoever))\b",
            r"(?:ever|never) again\b",
            r"never \w+ twice\b|(?:carved|written|set|cast) in stone\b",
            r"(?:once and for all|for all time|for ever and ever|till the end of|until the end of time"
            r"|rest of your life)\b",
            r"(?:bullet-?proof|fool-?proof|fail-?safe|unbreakable|indestructible|infallible|zero (?:risk|errors?"
            r"|delays?|downtime)|error-free|risk-free)\b",
            r"(?:will|'ll) (?:always|never|forever)\b",
            r"(?:no|not a single|not one) (?:\w+ ){1,4}(?:will|shall|is going to) (?:ever|be \w+ again|happen)\b",
            r"(?:is|are|will be) (?:now )?(?:\w+ly )?(?:impossible|out of the question|ruled out"
            r"|excluded)\b(?=[^.]{0,40}(?:again|$|\.|now|from))",
            r"(?:nobody|no one|no-one|nothing|none) (?:will|can|could|is going to) (?:ever|get|go|happen|break|touch"
            r"|reach|come)\b",
            r"every \w+ (?:in|of|on|for|from) every\b|every \w+,? every \w+\b|(?:always|forever|without exception)[.!]",
            r"(?:this one|it|they|these) (?:lasts?|works?|holds?|runs?|stays?)(?: \w+)? (?:forever|for ever|always"
            r"|a lifetime)\b",
            r"(?:error|fault|failure|bug|crash|idiot|theft|accident|future)-?proof\b",
            r"(?:as long as you live|every \w+ you(?:'ll| will)? ever|never ever|not ever)\b",
            r"(?:absolutely|totally|completely|entirely) (?:certain|sure|safe|secure|reliable|impossible"
            r"|risk-free|perfect)\b",
            r"no (?:one|body) will ever\b",
            r"every single (?:time|day|night|one|morning|order|parcel)\b",
            r"(?:last|only) time (?:this|that|it|anything|something)\b.{0,30}\b(?:happen|go|ever)",
            r"from now on,? (?:everything|all|nothing|every)\b",
            r"no(?:thing)? (?:\w+ )?(?:can|will) (?:ever )?(?:go|be) wrong\b",
        ),
        gettext_lazy("“%(words)s” is more than anybody can keep"),
        unless=words(
            r"(?:can(?:not|'t)|could not|couldn't|no) guarantee",
            r"money-back guarantee",
            r"(?:under|in|your|our|the|year|a) guarantee\b",
            r"should never have\b",
            r"(?:ought to|must|would|could) never have\b",
            r"(?:forgive|excuse|replace|bring back|make up)\b.{0,20}\bnever\b",
            r"will always (?:be (?:able|welcome|glad|happy|here)|find|have (?:my|me))\b",
            r"(?:never|ever) again (?:without|unless|before)\b",
            r"no guarantee\b",
        ),
        complaints=False,
    ),
)


def _vague(draft: Draft, brief: Brief) -> Iterator[Note]:
    """ "Soon" is not a time."""
    for found in draft.find(_VAGUE, _OURS):
        advice = _("Who does it, and by when? Name the day and the hour.")
        if brief.by_when:
            advice = _("We can keep %(time)s.") % {"time": brief.by_when}
        title = _("“%(words)s” is not a time") % {"words": found.words}
        yield note("VAGUE_TIME", found.span, title, advice, replacement=brief.by_when or None)


def _undated(draft: Draft, brief: Brief, vague: Sequence[Note]) -> Iterator[Note]:
    """A promise that names no time at all."""
    for promise in brief.undated:
        told = any(one.start < promise.end and promise.start < one.end for one in vague)
        if not told and promise.end <= len(draft.text):
            title = _("“%(words)s”: by when?") % {"words": draft.text[promise.start : promise.end]}
            yield note("NO_TIME", (promise.start, promise.end), title)
            return
