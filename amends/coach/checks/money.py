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
    ),
)

_SELLS = words(
    r"\d{2,}[^.]{0,40}\bshall i (?:send|order|reserve|add|put|book)\b",
    r"(?:early birds?|members|subscribers|new customers|students) (?:pay|save|get)\b.{0,20}\d|sign up (?:now|today"
    r"|here)\b",
    r"trade-in\b|gets you \d+",
    r"our [\w' -]{2,40} costs? (?:only |just )?(?:£|€|\$)? ?\d",
    r"(?:you|you'd)(?: might| may| could| will| would| can)? (?:also )?(?:enjoy|like|love|prefer"
    r"|be interested in) our\b",
    r"(?:add|get|take|try|buy|order|book|choose|pick) (?:the|our|a|an) [\w' -]{2,40} (?:for|at) (?:only |just )?(?:£"
    r"|€|\$)? ?\d+",
    r"\d+ [a-z]+ for (?:only |just )?(?:£|€|\$)? ?\d+\b",
    r"(?:only|just|from|a mere) (?:£|€|\$)? ?\d{1,4}(?:[.,]\d\d)?[!.](?!\d)",
    r"(?:extended|our) (?:protection|insurance|guarantee|warranty|cover)\b[^.]{0,60}\b(?:would|could|take it out"
    r"|add)\b",
    r"(?:premium|gold|plus|pro|vip|platinum) (?:members|customers|subscribers|users|guests)\b",
    r"(?:with|our) (?:[a-z]+ ){1,3}\((?:£|€|\$)? ?\d+(?:[.,]\d\d)? (?:a|per) (?:month|year|week)\)",
    r"for (?:£|€|\$)? ?\d+(?:[.,]\d\d)?(?: ?(?:€|euros?|pounds?|dollars?))? (?:more|extra)\b|half[- ]price\b"
    r"|at half the price\b",
    r"(?:is|'s|are|comes? (?:at|to)) (?:now )?(?:just|only) (?:£|€|\$)? ?\d{2,}",
    r"(?:book|order|buy|get|try|grab|discover|check out|reserve|have a look at|take a look at|visit) our (?!help"
    r"|guide|faq)(?:[\w'-]+ ){1,4}(?:for|at|from|first|now|today|while|this)\b",
    r"\d+(?:[.,]\d\d)? (?:per|a) (?:head|person|month|year|seat)\b",
    r"(?:are|is) on (?:sale|offer|special)\b",
    r"our (?:\w+ )?[\w-]+ (?:plan|package|tier|line|range|collection|bundle|subscription|membership|cover|warranty"
    r"|edition|upgrade|add-?on|series"
    r"|kit|set)\b[^.]{0,60}(?:\d|\bcovers?\b|\bsuits?\b|\bincludes?\b|\bwould\b|\bcould\b|\bmight\b|\bperfect\b"
    r"|\bbetter\b)",
    r"(?:for|costs?|starts? at|starting (?:at|from)|priced at|yours for|available (?:for|from|at)|get (?:it|one"
    r"|them) for|at)(?: just| only| as little as)?"
    r" (?:£|€|\$)? ?\d+(?:[.,]\d\d)?(?: ?(?:£|€|\$|euros?|pounds?|dollars?|eur|gbp|usd|cents))?(?: ?(?:a|per|each"
    r"|/) ?(?:month|year|week|day|person|night))",
    r"(?:costs?(?: just| only| a mere)|yours for|available for(?: just| only)) (?:£|€"
    r"|\$)? ?\d",
    r"\d+ ?(?:%|per ?cent) (?:off|discount|cheaper|reduction)\b(?!.{0,25}\bnext\b)(?! (?:your (?:bill|invoice)"
    r"|this (?:bill|invoice"
    r"|order)))",
    r"[\w-]+ \((?:now |only |just |from )?(?:£|€|\$)? ?\d{1,4}(?:[.,]\d\d)?(?: ?(?:€|euros?|eur|gbp|a \w+))?\)",
    r"(?:shall|should|can|may) i (?:start|set up|order|reserve|sign you up for|activate|book|add|put|enrol you in"
    r"|switch you to|upgrade)"
    r" (?:you )?(?:a|an|the|one|it|this|our|your) (?:\w+ )?(?:trial|subscription|upgrade|plan|membership|account to"
    r"|package|contract)\b",
    r"(?:free|\d+-day|day) trial\b",
    r"(?:all you(?:'re| are) (?:missing|lacking)|the perfect (?:match|companion|addition|partner)|goes (?:perfectly"
    r"|well|nicely) with|complete (?:it|the set|your))\b",
    r"(?:treat yourself|don't miss|do not miss|take advantage|limited time|today only|this week(?:end)? only"
    r"|last chance|while stocks last)\b",
    r"(?:recommend|suggest) (?:that you )?(?:our|the|upgrading|switching to|buying|getting|adding|ordering|taking out"
    r"|our own)\b(?! (?:other|link|steps?|back))",
    r"(?:switch|move|change|upgrade)(?:ing)? (?:over )?to (?:our|the|a) (?:\w+ ){0,2}(?:plan|tier|package|tariff"
    r"|account|version|subscription|membership|model|line|contract)\b",
    r"(?:with|on|in|for) (?:the|our|a) (?:\w+ ){0,2}(?:premium|plus|pro|gold|platinum|deluxe|vip|business|care"
    r"|comfort|ultimate|elite)\b"
    r"(?! (?:to|on|at|up|down|side|pole|end|sign)\b)(?=[^.]{0,60}\b(?:this|that|it|such|would|wouldn't|never|always|have|get|you)\b)",
    r"with (?!the |a )\w+ (?:premium|plus|pro|gold|platinum|deluxe|vip|care|max|ultimate)\b",
    r"(?:subscribers|members|customers with) (?:of |to |on )?(?:\w+ )?(?:get|enjoy|have|never|don't|receive)\b",
    r"(?:newer|latest|new|bigger|larger|better|stronger|successor) (?:model|edition|series"
    r"|size)\b[^.]{0,40}(?:\d|\bavailable\b|\bin stock\b|\bshop\b|\bonly\b|\bfor\b)",
    r"(?:have|had) you (?:ever )?(?:considered|thought (?:about|of)|tried our|looked at our|seen our|heard (?:of"
    r"|about))\b",
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
    r"for the price of (?:one|two|three|four|five|six|nine|\d)\b|(?:only|just) this (?:week|weekend|month)\b",
)
_GIVES = words(
    r"(?:is|was) the (?:rent|fee|charge|tax|deposit) for\b",
    r"back on your (?:card|account)\b",
    r"(?:next|you(?:'ll| will)? (?:get|receive|have)) (?:\w+ )?(?:\d|order|purchase|shirts|visit|stay|three|two|a \d)",
    r"no booking needed|pitch|parking|a night\b",
    r"(?:i|we)(?:'ll| will|'ve| have|'m| am|'re| are) (?:\w+ )?(?:upgrad|switch|mov|add|giv|send|sent|put|book|pay"
    r"|return|replac|credit|deduct|tak)\w*",
    r"(?:goes?|went|comes?) back\b",
    r"(?:we|i) (?:owe|pay|waive|cover)\b",
    r"off your (?:bill|invoice|rent|next bill|last bill)\b",
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
    r"(?:cost|costs|tariffs?|offers?|fee|cheaper|plans?|stock|available|availability|sell)\b",
    r"(?:can|could|may) i (?:get|have|add|book|order|buy|reserve)\b",
    r"looking for\b",
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
    r"(?:drink|coffee|snack|soda|candy) vouchers?\b",
    r"(?P<points>\d{1,3} (?:\w+ )?(?:points|miles|stars|coins|credits|stamps))\b",
    r"(?:worth|value(?:d)?(?: at| of)?|credit of|credit you|refund of|refund you|return you|give you|offer you"
    r"|offer of|deduct|take off) (?:of )?(?:£|€|\$)? ?(?P<sum4>\d)(?:[.,]\d\d)?"
    r"(?! ?\d| ?(?:nights?|months?|weeks?|days?|years?|hours?|sessions?|lessons?|free|new|boxes|bottles|tickets|of\b"
    r"|%? of the price))",
    r"(?:(?:make (?:it )?up for|make amends|compensat\w+|apolog\w+|sorry|thank-?you|token|consolation|gesture"
    r"|for your (?:trouble|patience|understanding|inconvenience)|goodwill)\b[^.]{0,60}"
    r"\b(?:free|complimentary|a|our|one|some) (?:\w+ ){0,2}(?:bar|shake|smoothie|cookies?|sticker\w*|badge|magnet"
    r"|balloon|key ?(?:chain|ring|fob)|fridge magnet|pin|wristband|coupon|sample\w*|treat|snack|pretzel|sandwich|breadstick|candy"
    r"|chocolates?|biscuits?|towel|cap|t-shirt|pencil|towelette|lanyard|bookmark|postcard|voucher for a (?:coffee|tea"
    r"|drink)|coffee|tea|drink|espresso|topping|dessert|ice cream|bag|mug|pen|cup|newsletter"
    r"|song|wallpaper|ringtone|car wash|air freshener|toothbrush|shoelace\w*|tote))\b",
    r"(?:with our compliments|as an? (?:small |little )?(?:token|consolation|gesture|treat)|for your (?:trouble"
    r"|inconvenience)|to sweeten)\b(?![^.]*\b(?:refund\w*|replac\w+|night|month"
    r"|week|meal|flight|upgrade\w*|rental|repair\w*|delivery|shipping|whole|full|new|price|bill|fee|tickets?|room"
    r"|suite|breakfast|dinner|lunch|stay|wine|champagne|back)\b)",
    r"(?:free|complimentary) (?:\w+ )?(?:bar|shake|smoothie|sticker\w*|badge|magnet|balloon|keychain|sample\w*|treat"
    r"|snack|pretzel|breadstick|candy|biscuits?|cap|pencil|topping|car wash"
    r"|air freshener|toothbrush|towel|espresso|popcorn|soda|soft drink|cappuccino|latte)\b",
    r"(?:discount|reduction|voucher|coupon|credit|rebate) of (?:£|€|\$)? ?(?P<sum5>\d{1,2})(?![\d])(?:[.,]\d\d)?",
    r"(?:free|complimentary|small token, an?|token of \w+,? an?) (?:cup of |\d+ |two |three )?(?:packet|coffee|tea"
    r"|drink|mug|pen|stickers?|key ?ring|samples?"
    r"|tote|bag|flower food|postcard"
    r"|cookies?|chocolate|snack|notebook|dessert|bookmark|calendar|lanyard|poster|e-?book|shoelaces"
    r"|socks|fruit basket|apple|flowers? seeds|lip balm|soap|shampoo|bottles? of water|water bottle|umbrella|candle"
    r"|flower seeds|seeds|tissues"
    r"|hand cream|wallpaper|ringtone|\w* ?drinks?|cupcakes?|muffins?|croissant|ice cream|beer|water|juice"
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
    r"(?:£|€|\$)? ?(?P<sum6>(?<!\d)\d{1,2})(?:[.,]\d\d)?(?: ?(?:€|euros?|pounds?|dollars?))? (?:of|in) (?:\w+ )?credit\b",
)
_SUMS = ("sum1", "sum2", "sum3", "sum4", "sum5", "sum6")
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
            )
    if draft.says(_VOUCHER) and not draft.says(_IN_KIND):
        found = next(draft.find(_VOUCHER))
        yield note(
            "W-VOUCHER",
            found.span,
            gettext_lazy("They must buy again to be made whole"),
        )
