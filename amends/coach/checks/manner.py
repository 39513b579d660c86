"""How we speak to a customer: no quarrel, no blame, nothing made small, no shouting (C7.2, RQ4)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.coach.brief import Brief
from amends.coach.checks.apology import says_sorry
from amends.coach.checks.rule import Rule, apply
from amends.coach.draft import Draft, Span, short
from amends.coach.faults import note
from amends.coach.review import Note
from amends.coach.signs.causes import CAUSE, IS_WRONG, WENT_WRONG
from amends.coach.signs.courtesies import DOOR, THANKS
from amends.coach.signs.deeds import DEED, NO_DEED, PREVENTS
from amends.coach.signs.feelings import FEELING
from amends.coach.signs.quarrels import ARGUES_LOOSELY, BLAMES, BLAMES_LOOSELY, THEIR_DOING, YOU_DID
from amends.coach.signs.templates import TEMPLATE
from amends.coach.words import Sign, words
from amends.kit.sentences import Sentence


def notes(draft: Draft, brief: Brief) -> Iterator[Note]:
    """Every note about manner."""
    yield from apply(RULES, draft, brief)
    yield from _shouting(draft)


_BLAMES_TITLE = gettext_lazy("“%(words)s” blames the customer")
_ARGUES_TITLE = gettext_lazy("“%(words)s” argues")
_NO_BLAME = words(
    r"you should(?:n't| not) have (?:had|been)\b",
    r"(?:not|n't) your (?:own )?(?:fault|mistake|error)",
    r"nothing you did",
    r"(?:sorry|our (?:mistake|fault|error|failure))\b",
)
RULES = (
    Rule(
        "BLAMES",
        words(
            r"you (?:should|could|ought to) (?:really |simply |just )?(?:not )?have (?!received|got|had"
            r"|been|heard|seen|gotten"
            r"|to\b)",
            r"you should(?:n't| not) have (?!had|been|to)",
            r"(?:as|since|because|if|when) you (?:failed|forgot|neglected|did not|didn't|never"
            r"|had (?:read|told|checked|followed"
            r"|called|asked|informed|looked|let us))\b",
            r"you (?:failed|neglected|forgot|omitted) to\b",
            r"you (?:did not|didn't|never) (?:read|follow|check|tell|inform|provide|enter|choose|select"
            r"|pay|register|report"
            r"|ask|mention|specify|notice|bother|look)\b",
            r"had you (?:read|told|checked|followed|called|asked|informed|looked|paid|ordered|let|given)\b",
            r"(?:is|was|be|of|entirely|bit|partly|simply|through) your (?:own )?(?:fault|mistake|error"
            r"|doing|negligence"
            r"|responsibility|oversight)\b",
            r"your own (?:fault|mistake|error|doing|negligence|carelessness)\b",
            r"you (?:must|may|might|probably|obviously|apparently|clearly|seem to"
            r"|appear to)(?: have)? (?:dropped|misread"
            r"|mis\w+|overlooked|forgotten|used it wrong|entered|ordered the wrong|clicked|broken"
            r"|spilled|overloaded)",
            r"(?:did |have |had )?you (?:did )?(?:agreed? to|accepted (?:the|our|these|this)"
            r"|signed (?:the|our|up to|a)"
            r"|entered the wrong|ordered the wrong|chose the wrong|typed|gave us the wrong|put it"
            r"|used it|dropped it"
            r"|handled it|treated it|ignored)\b",
            r"(?:due to|caused by|because of|result of) (?:your|user|customer|improper|incorrect|wrong"
            r"|careless|rough)"
            r"(?: \w+)? ?(?:error|use|usage|handling|mistake|treatment|behaviou?r|negligence|settings?"
            r"|installation)",
            r"(?:user|customer|operator|operating|handling) error\b",
            r"(?:be|been) (?:more|a bit more|a little more) careful\b",
            r"(?:the|our) (?:manual|instructions?|leaflet|label|e-?mail|terms|website"
            r"|faq) (?:clearly )?(?:says?|states?|tells?"
            r"|warns?)\b",
            r"(?:it is|it's|is it|was) n(?:ot|either) our (?:fault|problem|mistake)\b",
            r"(?:isn't|wasn't|not) (?:put on|used|installed|cleaned|stored|charged|assembled|fitted"
            r"|applied|set up) (?:the way"
            r"|as|properly|correctly|right)\b",
            r"(?:anyone|anybody|everybody|everyone|most people) (?:would (?!be|have been|feel|\w+ to)|else|knows"
            r"|can see)\w*\b",
            r"as (?:clearly )?(?:stated|written|described|explained|shown|mentioned|(?:it|is) (?:says|stated|written)"
            r"|you (?:were told|will have read)) (?:in|on) (?:the|our|your) (?:\w+ )?(?:manual|leaflet|instructions"
            r"|label|box|website|terms|rules|conditions|guidelines|contract|agreement|confirmation|booking)",
        ),
        _BLAMES_TITLE,
        unless=words(
            r"you should(?:n't| not) have (?:had|been)\b",
            r"not your (?:fault|mistake|error)",
            r"(?:is|was)n't your (?:fault|mistake)",
            r"nothing you did",
        ),
        complaints=False,
    ),
    Rule(
        "BLAMES",
        words(
            r"you (?:ticked|entered|chose|selected|picked|clicked|typed|filled in|opted|specified"
            r"|confirmed)\b(?! [\w ]{1,40} (?:for (?:days|weeks|months|years)|with (?:such )?care|and then)\b)",
            r"you (?!don't|needn't|do not|won't)(?:\w+ ){1,5}yourself\b",
            r"(?:be|being) (?:\w+ )?(?:gentler?|cautious|attentive)\b",
            r"if (?:one|you|they|it|customers?|users?|people) (?:do(?:es)? not |don't |doesn't |are |is "
            r"|were |was )?(?:use[sd]?"
            r"|pull(?:s|ed)?|handle[sd]?|treat(?:s|ed)?|wash(?:ed|es)?|store[sd]?|overload(?:s|ed)?"
            r"|misuse[sd]?)\b",
            r"when (?:they|it|the (?!network|line|connection|signal|server|system|site|app|call|power|screen)\w+|you)"
            r" (?:are |is )?(?:pull(?:ed)?|handled?|treat(?:ed)?|wash(?:ed)?"
            r"|dropp?(?:ed)?|overload(?:ed)?|squeez(?:ed|e))\b",
            r"you should (?:tell|inform|check|read|use|order|book|register|ask|choose|keep|pay|follow|update|avoid"
            r"|wear|wash|store|call)\b",
            r"then (?:this|it|that) (?:doesn't|does not|won't|will not|wouldn't|would not) (?:happen|occur|break)\b",
            r"before you complain\b",
            r"(?:most |very )?(?:likely|probably|presumably) you (?!'|will|are right|have every)\w+",
            r"you (?:would|'d) (?:have|'ve) (?:seen|known|noticed|read|found|avoided|received)\b.{0,30}\bif\b",
            r"(?:it|this) (?:says|states) (?:very |quite )?clearly\b",
            r"only (?:happens?|occurs?|breaks?|fails?) (?:when|if)\b",
            r"only (?:\w+ ){1,4}(?:when|if|because) (?:you|one|they|people|somebody|someone|customers?)\b",
            r"if you (?:\w+ ){2,9}\w+, (?:that|this)(?:'s| is) (?:what|how|why)\b",
            r"(?:it is your responsibility|you are responsible|it was your (?:own )?(?:choice|decision)"
            r"|you (?:are|were) (?:supposed|required"
            r"|obliged|advised|told|warned|reminded) (?:to|not|about|that|of))\b",
            r"we (?:told|warned|reminded|did tell|did warn) you\b",
            r"you (?:waited|missed|came|arrived|called|wrote|reported|returned)(?: \w+){0,3} too late\b",
        ),
        _BLAMES_TITLE,
        unless=words(
            r"(?:we|i) (?:sent|charged|delivered|gave|forgot|mixed|booked|shipped|packed|made|failed"
            r"|then|still|should)\b",
            r"(?:sorry|our (?:mistake|fault|error))\b",
        ),
    ),
    Rule("BLAMES", BLAMES, _BLAMES_TITLE, unless=_NO_BLAME, complaints=False),
    Rule("BLAMES", BLAMES_LOOSELY, _BLAMES_TITLE, unless=_NO_BLAME, complaints=False, loose=True),
    Rule("ARGUES", ARGUES_LOOSELY, _ARGUES_TITLE, complaints=False, loose=True),
    Rule(
        "ARGUES",
        words(
            r"in (?:actual )?fact\b(?!,? (?:i|we)(?:'ll| will| have|'ve)\b)",
            r"as a matter of fact\b",
            r"(?:that|this|it|which|your (?:claim|statement|account|complaint|description)) (?:is|was"
            r"|are) (?:simply |just |plainly"
            r" |actually )?(?:not (?:correct|true|right|the case|accurate|possible)|incorrect|untrue"
            r"|false|wrong(?! (?:of|on|in our))|inaccurate"
            r"|impossible|unfounded|unjustified|baseless|exaggerated)\b",
            r"(?:that|this|it)(?:'s| is| was)n't (?:correct|true|right|the case|accurate|possible)\b",
            r"you(?:'re| are) (?:mistaken|wrong|incorrect|confused|exaggerating|not right|not correct)\b",
            r"(?:our|the|your) (?:\w+ )?(?:records?|logs?|system|data|tracking|files?|scans?|camera|recording|app|gps"
            r"|report|driver|courier|colleagues?"
            r"|technicians?|team|staff|crew|confirmation|contract|receipt|signature|statistics|sensors?|website|page"
            r"|menu|listing|booking|form|account"
            r"|history|photos?|order|kitchen|manager|cook|waiter|guide|agent"
            r"|meter)s? (?:clearly |also |all )?(?:show"
            r"|prove|indicate|say|confirm|state|tell|report|note|insist|assure|list|remember|claim|den)(?:s|ed|ies"
            r"|ied)?\b"
            r"(?! (?:that )?(?:we\b|i\b|our\b|the money|your (?:refund|money|parcel|new)))",
            r"according to our (?:records?|logs?|system|data|tracking)\b",
            r"with (?:all )?(?:due )?respect\b",
            r"there(?:'s| is| was) no(?: such| known)? (?:problem|fault|defect|error|issue|mistake"
            r"|evidence|proof)\b",
            r"nothing (?:is |was )?wrong (?:with|on)\b",
            r"(?<!\bis )(?<!\bare )(?<!\bbe )(?<!\bgets )(?:tested|checked|inspected) (?:very )?(?:thoroughly|carefully|before)\b(?! (?:it "
            r"|they )?(?:leaves? again|we send))",
            r"(?:whatever|what) you (?:claim|say|pretend|think)\b(?! (?:is |would be )?(?:right|best|fair|fit|helps))",
            r"you (?:claim|allege|pretend|insist)\b",
            r"(?:your alleged|allegedly|so-called|supposed(?:ly)?)\b(?! to)",
            r"(?:leaves?|left|shipped|dispatched|delivered|handed over|sent"
            r"|packed)(?: \w+){0,3} in (?:perfect|good|proper|excellent"
            r"|full) (?:working )?(?:condition|order|shape)\b",
            r"(?:no|none of our) other (?:customers?|guests?|users?|people) (?:has|have|had|ever"
            r"|complain\w*|report\w*)\b",
            r"(?:nobody|no one) else (?:has|had|ever|complain\w*|report\w*)\b",
            r"(?:we|i) (?:strongly |must |have to )?(?:disagree|beg to differ|dispute|reject|deny|refute"
            r"|object)\b",
            r"(?:is|are|was|were) (?:perfectly |completely |totally |quite |entirely "
            r"|absolutely )?(?:normal|within (?:the )?"
            r"(?:norm|tolerance|specification|spec|limits)|as (?:described|advertised|designed"
            r"|intended))\b(?! again)",
            r"works? (?:perfectly|fine|flawlessly|as (?:it should|designed|intended))\b(?! (?:again|now"
            r"|for you))",
            r"does not constitute\b",
            r"(?:not|isn't|wasn't) a (?:\w+ )?(?:defect|fault|bug|flaw|error)\b",
            r"what (?:we|i) see (?:in|on) (?:the|your) (?:photo|picture)s? is not\b",
            r"(?:must|has to) (?:have )?(?:come|happened|been damaged|occurred) (?:from )?(?:elsewhere"
            r"|at your|after|on your"
            r"|in your)",
            r"you (?:did|were|have|had|actually) (?:in fact |actually |indeed )?(?:agree|receive"
            r"|receiv\w+|informed|told|sign)"
            r"(?:d|ed)?\b(?! (?:the wrong|a broken|nothing|it late))",
            r"(?:was|were) (?:correctly|properly|duly) (?:delivered|charged|billed|calculated|applied"
            r"|installed|sent)\b",
            r"(?:the (?:charge|bill|invoice|amount|fee|price|delivery)) (?:is|was) (?:in fact |actually "
            r"|absolutely |perfectly )?"
            r"(?:correct|right|justified|valid|on time)\b",
            r"(?:we|i) (?:stand by|maintain|insist)\b",
        ),
        _ARGUES_TITLE,
        unless=words(
            r"sorry\b", r"apolog", r"(?:is|was|are|were) ours\b", r"our (?:fault|mistake|error|failure|own)\b"
        ),
        complaints=False,
    ),
    Rule(
        "MINIMISES",
        words(
            r"(?:it|this|that)(?:'s| is| was) (?:only|just|merely|simply) (?:an?|one|some|two|three|\d+) "
            r"(?!moment|second|line|quick|note|start|matter|way|step)\w+",
            r"(?:only|just|merely) (?:an? )?(?:minor|small|slight|little|tiny|cosmetic|few|formality"
            r"|scratch|detail)\b",
            r"(?:a |this |some |the |very )(?:minor|small|slight|tiny|trivial|little) (?:\w+ )?(?:issue"
            r"|problem|inconvenience"
            r"|delay|glitch|hiccup|defect|matter|error|mistake|mishap|flaw|damage|scratch|mix-up|hitch"
            r"|oversight|thing)\b",
            r"only (?:\w+ )?(?:\d+|one|two|three|a few|a couple of) (?:days?|minutes?|hours?|weeks?"
            r"|pieces?)(?: too)? (?:late|over"
            r"|longer)",
            r"not (?:a big deal|the end of the world|that bad|so bad|serious|a disaster"
            r"|really a problem)\b",
            r"no big deal\b",
            r"these things happen\b",
            r"(?:that|this|it|which) (?:can|may|does) happen(?:s)?\b(?! again)",
            r"calm down\b",
        ),
        gettext_lazy("“%(words)s” makes the harm small"),
        unless=words(r"no (?:small|minor)\b", r"not (?:a |just a |only a )?(?:small|minor|little)\b", r"only fair\b"),
    ),
    Rule(
        "SARCASM",
        words(
            r"(?:congratulations|well done|bravo|good for you|lucky you)\b(?! (?:on your (?:wedding"
            r"|birthday|exam|new)|to you both))",
            r"as you (?:surely|certainly|obviously|undoubtedly|well) know\b",
            r"for your information\b",
            r"newsflash\b",
            r"how (?:surprising|tragic|unfortunate for you|original)\b",
            r"(?:obviously|evidently|clearly) you\b",
            r"you (?:obviously|clearly|evidently)\b",
            r"believe it or not\b",
            r"sure, because\b",
            r"(?:surprise,? surprise|boo hoo|cry me|lol|rofl)\b",
            r"what did you expect\b",
        ),
        gettext_lazy("“%(words)s” can be read as mockery"),
    ),
)

_DENIAL = words(
    r"(?:do(?:es)?|is|are|was|were|did|can)(?: not|n't)\b(?! (?:be (?:answered|processed)|reply|hesitate"
    r"|worry))",
    r"(?:cannot|therefore|never|always)\b(?! be (?:answered|processed))",
    r"(?:confirm(?:s|ed)|insist(?:s|ed)|assure[sd]?|maintains?|stat(?:es|ed)|den(?:y|ies|ied)) (?:us "
    r"|me |to us )?(?:that|it|having|he|she|they)\b",
    r"according to (?:our|your|the)\b",
    r"^\W*no \w+ (?:is|are|can|lasts?|works?|survives?|comes?)\b",
    r"(?:all|every|any) (?:\w+ )?\w+ (?:does|do|is|are|has|have|needs?|takes?|makes?|loses?|wears?)\b",
    r"(?:of ours|our \w+s?|we) (?:don't|do not|doesn't|does not|never|always)\b",
    r"(?:usual|usually|generally|normally|typically|standard|by design|intended)\b",
    r"(?:no|not a|hardly a) (?:reason|ground|cause|basis) for\b",
    r"(?:natural|normal|typical|inherent) (?:property|feature|behaviou?r|wear)",
    r"(?:it|this) (?:says|states) (?:very |quite )?clearly\b",
    r"under (?:clause|section|paragraph|article|our|the) \w+",
    r"(?:as|was|were|is|are) (?:agreed|ordered|described|advertised|shown|usual|standard|correct"
    r"|in order)\b",
    r"(?:fully|perfectly) \w+",
)


def defends(draft: Draft, brief: Brief, found: Sequence[Note]) -> Iterator[Note]:
    """A claim is all the answer, about us or about what they did: neither a sorry nor a remedy (C7.2).

    `found` are the notes of all families: where another fault is named already, the claim is its excuse.
    """
    if not brief.first_apology or says_sorry(draft) or draft.says(DEED, NO_DEED):
        return
    denied = next(_denies(draft, found), None)
    if denied is not None:
        yield denied
    if denied is not None or any(note.code in _EXCUSED for note in found):
        return
    claims = [one for one in draft.body if _is_claim(one)]
    theirs = next((one for one in draft.body if YOU_DID.search(one.text)), None)
    theirs = theirs or next((one for one in claims if THEIR_DOING.search(one.text)), None)
    if theirs is not None:
        title = _BLAMES_TITLE % {"words": short(theirs.text)}
        yield note("BLAMES", theirs.span, title)
    elif claims:
        yield _argues(claims[0].span, short(claims[0].text))


def _is_claim(sentence: Sentence) -> bool:
    long_enough = len(sentence.text.split()) >= LEAST_CLAIM
    return long_enough and not any(sign.search(sentence.text) for sign in _NO_CLAIM)


LEAST_CLAIM = 4
_SAID = frozenset(["ARGUES", "UPSELL", "CHANNEL_BOUNCE", "OWN_MONEY", "ASKS_KNOWN", "OVERPROMISE", "W-INSULT"])
"""A denial in the same sentence says nothing new beside these."""
_EXCUSED = frozenset(
    [
        "ARGUES",
        "BLAMES",
        "UPSELL",
        "CHANNEL_BOUNCE",
        "OWN_MONEY",
        "ASKS_KNOWN",
        "OVERPROMISE",
        "W-INSULT",
        "TEMPLATE",
        "NON_APOLOGY",
        "ONLY_QUESTION",
    ]
)
_NOT_DENIED = Sign(r"\?$|^(?:please|kindly)\b|\b(?:sorry|apologi|regret)")
_NO_CLAIM = (
    _NOT_DENIED,
    NO_DEED,
    TEMPLATE,
    FEELING,
    IS_WRONG,
    WENT_WRONG,
    CAUSE,
    PREVENTS,
    DOOR,
    THANKS,
    words(
        r"thank",
        r"unfortunately\b",
        r"(?:pass|forward|shar|not)(?:ed|ing)? (?:it|this|that|on|your)\b",
        r"(?:sorry|sad) to\b",
        r"(?:we|i) (?:hope|understand|see|hear|know|appreciate)\b",
        r"(?:will|'ll|soon|shortly|today|tomorrow)\b",
    ),
)


def _denies(draft: Draft, found: Sequence[Note]) -> Iterator[Note]:
    for denied in draft.find(_DENIAL):
        sentence = denied.sentence
        known = any(sentence.start <= note.start < sentence.end for note in found if note.code in _SAID)
        if not known and not _NOT_DENIED.search(sentence.text):
            yield _argues(denied.span, denied.words)
            return


def _argues(span: Span, found: str) -> Note:
    return note("ARGUES", span, _("“%(words)s” argues, and nothing is offered") % {"words": found})


LOUD = re.compile(r"(?<![A-Z])(?:[A-Z]{2,}+[,']? ){2,}[A-Z]{2,}\b|\b(?:[A-Z]{4,} [A-Z]{3,}|[A-Z]{3,} [A-Z]{4,})\b")
_MARKS = re.compile(r"[!?]{2,}|!(?:[^!]{1,200}!){2}")


def _shouting(draft: Draft) -> Iterator[Note]:
    """Capitals in a row, or rows of marks. One loud abbreviation is not shouting."""
    for pattern, advice in (
        (LOUD, _("Write it small; the words are strong enough.")),
        (_MARKS, _("One full stop is calmer.")),
    ):
        match = pattern.search(draft.plain)
        if match is not None:
            yield note("SHOUT", match.span(), _("This shouts"), advice)
