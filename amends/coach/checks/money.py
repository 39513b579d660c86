"""Money and selling: their money comes back, nothing is sold, no strings (C7.2, C2.7, RQ4, RQ5)."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy

from amends.coach.brief import Brief
from amends.coach.checks.rule import Rule, apply
from amends.coach.draft import Draft
from amends.coach.faults import note
from amends.coach.review import Note
from amends.coach.words import words


def notes(draft: Draft, brief: Brief) -> Iterator[Note]:
    """Every note about money."""
    yield from apply(RULES, draft, brief)
    yield from _selling(draft, brief)
    yield from _too_little(draft, brief)


_BANK = (
    r"(?:your|the) (?:own )?(?:bank|card (?:issuer|company|provider)|credit card (?:company|provider"
    r"|issuer)|payment (?:provider"
    r"|service)|paypal)\b"
)
RULES = (
    Rule(
        "OWN_MONEY",
        words(
            rf"(?:contact|ask|speak (?:to|with)|call|ring|go to|write to|turn to|reach out to|check with"
            rf"|talk to|get in touch with"
            rf"|raise (?:it|this) with|take (?:it|this) up with) {_BANK}",
            rf"(?:dispute|claim|reclaim|recover|get) (?:\w+ ){{0,5}}(?:with|from|through|via) {_BANK}",
            r"(?:dispute|reverse) (?:it|this|the (?:charge|payment|debit|amount))\b(?! for you)",
            r"(?:request|file|start|open|ask for) an? (?:chargeback|dispute|reversal)\b",
        ),
        gettext_lazy("It is the customer's own money"),
        gettext_lazy("We took it, so we return it. Say how much goes back, and when."),
        unless=words(
            r"(?:we|i)(?:'ll| will|'ve| have) (?:contact|ask|call|spoken|speak|ring|asked|called|already)",
            r"no need to\b",
            r"(?:needn't|don't (?:have|need) to|do not (?:have|need) to)\b",
        ),
    ),
    Rule(
        "SURVEY",
        words(
            r"(?:take|fill in|fill out|complete|answer|participate in|take part in) (?:our|a|this"
            r"|the)(?: \w+){0,3} ?(?:survey"
            r"|questionnaire)",
            r"rate (?:us|me|our|your (?:experience|satisfaction)|this)\b",
            r"(?:leave|write|give) (?:us |me )?an? (?:\w+ )?(?:review|rating)\b",
            r"(?:5|five)[- ]stars?\b",
        ),
        gettext_lazy("Not a survey while something is wrong"),
        gettext_lazy("Ask when it is right again."),
        out=True,
    ),
    Rule(
        "STRINGS",
        words(
            r"(?:remove|delete|take down|withdraw|change|update|edit|amend|reconsider|revise) (?:your"
            r"|the|that|this) (?:\w+ )?"
            r"(?:review|post|comment|tweet|toot|rating|stars?|posting)\b",
            r"in (?:return|exchange),? (?:we|i)(?:'d| would)? (?:ask|expect|kindly|like|request|would)",
            r"in (?:return|exchange),? (?:please|you|kindly|for your (?:silence|review|discretion"
            r"|confidentiality))",
            r"on (?:the )?condition that\b",
            r"(?:provided|as long as) (?:that )?you (?:do not|don't|agree|remove|delete|keep|sign|refrain)",
            r"(?:keep|treat) (?:this|it) (?:strictly )?(?:confidential|between us|to yourself)\b",
            r"refrain from (?:posting|sharing|publishing|further)\b",
        ),
        gettext_lazy("“%(words)s” ties a string to it"),
        gettext_lazy("What we owe has no conditions. Give it and ask for nothing."),
    ),
    Rule(
        "W-ANCHOR",
        words(
            r"(?:other |most |our )?(?:customers|people|guests|others) (?:usually|normally|typically"
            r"|generally|mostly) (?:get"
            r"|receive|accept|take)",
            r"(?:we|i) (?:usually|normally|typically|generally) (?:only )?(?:give|offer|pay)\b",
        ),
        gettext_lazy("“%(words)s” talks the customer down"),
        gettext_lazy("Say what this customer gets and why."),
    ),
    Rule(
        "GOODWILL",
        words(
            r"gestures? of (?:our )?good ?will\b",
            r"good ?will gesture\b",
            r"out of (?:courtesy|goodwill|kindness)\b",
            r"as a courtesy\b",
        ),
        gettext_lazy("“%(words)s” calls a gift what is owed"),
        gettext_lazy("Say “you get back” or “we owe you”; keep gifts for what comes on top."),
    ),
)

_SELLS = words(
    r"(?:have|had) you (?:ever )?(?:considered|thought (?:about|of)|tried|looked at|heard (?:of|about))\b",
    r"(?:did|do) you know (?:that )?(?:you can|we (?:also )?(?:offer|sell|have)|our)\b(?! help)",
    r"why not (?:try|add|get|upgrade|treat|take|buy|order|book)\b",
    r"(?:you )?(?:may|might|could|would) (?:also )?(?:like|be interested in|enjoy|want to (?:try|buy"
    r"|add)|benefit from) (?:our|the)"
    r" (?:\w+ ){0,3}(?:plan|package|range|collection|premium|plus|pro|service|warranty|subscription|set"
    r"|kit|model)",
    r"(?:interested\?|shall i (?:add|sign you up|activate)|should i (?:activate|add|sign)"
    r"|want me to (?:add|activate|sign))",
    r"upgrad(?:e|ing) (?:to|your \w+ to|for|now|today)\b(?! (?:version|the (?:latest|newest|new) version"
    r"|ios|android|windows"
    r"|firmware|\d))",
    r"(?:special|exclusive|limited|current|great|unbeatable|introductory) (?:offer|deal|promotion"
    r"|discount|price)s?\b",
    r"(?:for|at|now|from) (?:only|just) (?:£|€|\$|usd |eur |gbp )?\d",
    r"(?:only|just) (?:£|€|\$)?\d+(?:[.,]\d\d)?(?: ?(?:£|€|\$|euros?|pounds?|dollars?|eur|gbp"
    r"|usd))?(?: (?:a|per|each) "
    r"(?:month|year|week|pair)|/(?:month|year)| (?:this|today|now|more|extra))",
    r"(?:[£€$] ?\d+(?:[.,]\d\d)?|\d+[.,]\d\d)(?: ?(?:€|eur|euros?))? ?(?:/|per |a |each )(?:month|year"
    r"|mo)\b(?! (?:back|refund))",
    r"(?:extended|extra|additional|premium) (?:\w+[ -])?(?:warranty|guarantee|insurance|cover|protection"
    r"|support)\b(?! (?:free|at no))",
    r"(?:premium|plus|pro|vip|gold|platinum|deluxe|business) (?:plan|package|account|membership|tier"
    r"|care|version|upgrade"
    r"|subscription|kit|edition)\b",
    r"(?:on sale|in our sale|buy one|buy two|add-?ons?|our bundles?|new collection|summer sale"
    r"|black friday)\b",
    r"save (?:up to )?(?:£|€|\$)?\d+ ?%?",
    r"(?:we|i) (?:also |now )?(?:sell|recommend (?:buying|our)|can offer you (?:our|the|a) (?:new"
    r"|premium|better|larger|plan"
    r"|subscription))\b",
    r"(?:our|the) (?:[A-Z][\w-]+ ){1,3}\((?:now |only |just )?(?:£|€|\$)?\d",
    r"(?:buy|order|purchase) (?:our|the new|a new|the bigger|the larger|one of our)\b",
    r"(?:sign|signing) up for (?:our|the)\b",
    r"our (?:[\w-]+ ){1,4}(?:at|for|is|are) (?:now |only |just )?(?:(?:£|€|\$) ?\d|\d+[.,]\d\d\b"
    r"|\d+ ?(?:€|%))",
    r"(?:get|grab|order|try) (?:it|yours|one) (?:now|today)\b",
    r"while you(?:'re| are) (?:here|at it)\b",
    r"by the way,? (?:our|we)\b",
    r"(?:twice|even|much) as (?:nice|good|fast)\b",
)
_GIVES = words(
    r"free of charge\b",
    r"(?:for|is|are|comes?|get|send"
    r"|you) (?:\w+ )?free\b",
    r"at no (?:extra )?(?:cost|charge)\b",
    r"on us\b",
    r"at our (?:own )?(?:cost|expense)\b",
    r"without (?:extra )?(?:charge"
    r"|cost)\b",
    r"refund\w*",
    r"back to (?:you|your)\b",
    r"give(?:n)? you back\b",
    r"free (?:upgrade|replacement)\b",
    r"no (?:extra )?(?:charge"
    r"|cost)\b",
    r"we pay\b",
)
_ASKED_TO_BUY = words(
    r"(?:do|can) you (?:sell|stock|offer|have|recommend)\b",
    r"how much (?:is|are|does|do"
    r"|would)\b",
    r"price\b",
    r"(?:buy|order|purchase)\b",
    r"upgrade\b",
    r"(?:which|what) (?:plan|model|version|one)\b",
    r"recommend\b",
)
_LITTLE_GIFT = words(
    r"(?:free|complimentary) (?:cup of )?(?:packet|coffee|tea|drink|mug|pen|stickers?|key ?ring|samples?"
    r"|tote|bag|flower food|postcard"
    r"|cookies?|chocolate|snack|notebook|dessert|bookmark|calendar|lanyard|poster|e-?book|shoelaces"
    r"|socks|wallpaper|ringtone|\w* ?drinks?|cupcakes?|muffins?|croissant|ice cream|beer|water|juice"
    r"|glass of \w+|sweets|sticker pack|lollipop|donut|doughnut)",
    r"(?:a|our|one) (?:\w+ )?(?:mug|pen|sticker|key ?ring|tote bag|bookmark|lanyard|postcard"
    r"|packet of \w+)\b (?:as|for|with|to say"
    r"|on us|from us)",
    r"(?P<off>(?:£|€|\$) ?(?P<sum1>\d+)(?![\d.,]*\d)(?:[.,]\d\d)?|(?P<sum2>\d+)(?:[.,]\d\d)? ?(?:€"
    r"|euros?|pounds?|dollars?|eur|gbp|usd|%"
    r"|per ?cent|points?)?) (?:off|discount|voucher|coupon|gift card|reduction|(?:store "
    r"|shop )?credit on|bonus|loyalty)\b",
    r"(?:voucher|coupon|discount|credit|gift card) (?:of|for|worth|over) (?:£|€"
    r"|\$)? ?(?P<sum3>\d+)(?:[.,]\d\d)? ?(?:€|%|euros?)?",
)
_SUMS = ("sum1", "sum2", "sum3")
LITTLE = 10
"""A sum or a percentage up to which a voucher is a trifle; the remedies adviser knows the hurt itself."""

_VOUCHER = words(
    r"(?:voucher|coupon|gift card|discount (?:on|off|for) (?:your|the|a) next|(?:off|towards) your next"
    r"|next (?:purchase|order|stay|flight|visit))"
)
_IN_KIND = words(
    r"refund\w*",
    r"replac\w+",
    r"repair\w*",
    r"(?:will|'ll|am|'m|have|'ve|are|'re) (?:re)?sen[dt]",
    r"return(?:ed|ing)? (?:the"
    r"|your) money",
    r"back (?:to|on|in) your",
    r"new one\b",
    r"exchange\w*",
    r"fix(?:ed)?\b",
    r"restore[ds]?\b",
    r"credited?\b",
    r"collects?\b",
    r"courier\b",
    r"deliver\w*\b(?! fee)",
)


def _selling(draft: Draft, brief: Brief) -> Iterator[Note]:
    """Nothing is sold while something is wrong; otherwise only what was asked for."""
    if not brief.complaint and _ASKED_TO_BUY.search(brief.customer_words):
        return
    for found in draft.find(_SELLS, _GIVES):
        yield note(
            "UPSELL",
            draft.whole(found.sentence),
            gettext_lazy("Nothing is sold here today") if brief.complaint else gettext_lazy("Nobody asked for this"),
            str(gettext_lazy("“%(words)s” sells. Take the sentence out.")) % {"words": found.words},
            replacement="",
            gate=None if brief.complaint else "tip",
        )


def _too_little(draft: Draft, brief: Brief) -> Iterator[Note]:
    """An offer whose words alone show that it is a trifle, or that one must buy again to get it."""
    if not brief.complaint or brief.fault == "customer":
        return
    for found in draft.find(_LITTLE_GIFT):
        sums = [int(found.match[name]) for name in _SUMS if found.match[name]]
        if not sums or sums[0] <= LITTLE:
            yield note(
                "W-INSULT",
                found.span,
                str(gettext_lazy("“%(words)s” may feel like an insult")) % {"words": found.words},
                gettext_lazy("Put right what went wrong, or give what it was worth to them."),
            )
    if draft.says(_VOUCHER) and not draft.says(_IN_KIND):
        found = next(draft.find(_VOUCHER))
        yield note(
            "W-VOUCHER",
            found.span,
            gettext_lazy("They must buy again to be made whole"),
            gettext_lazy("Give the thing or the money itself."),
        )
