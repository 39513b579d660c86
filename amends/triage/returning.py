"""Kinds of returning complaint (model C3.3, after Stauss & Seidel; ES4, A084). Pure; English, German, French.

The customer never has to prove that it is the same: an order number, a thread, or their own words are enough.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from amends.kit.sentences import typed
from amends.triage.signs import kind_of

Return = Literal["multiple", "follow_up", "reopened", "repeat", "new"]

REOPEN_WINDOW = timedelta(days=30)
REPEAT_WINDOW = timedelta(days=365)


@dataclass(frozen=True)
class Matter:
    """What a case is about: numbers of orders, bills, units that were named, and its cause where somebody set it."""

    numbers: frozenset[str] = frozenset()
    cause: str = ""


@dataclass(frozen=True)
class Earlier:
    """A case of the same person: what it is about, how far it came, and who has been told of it by which door."""

    case_id: int
    matter: Matter
    answered: bool
    opened_at: datetime
    closed_at: datetime | None = None
    hurt: bool = True
    """Somebody complained in it. Without that its answer did not fail: whoever complains now does so for the first time."""


@dataclass(frozen=True)
class Words:
    """What the customer wrote, in their own new words; `not_right`: they pressed "it is not right"."""

    text: str
    not_right: bool = False
    other_door: bool = False
    """Not the one by which the case has come so far."""


def on_its_case(words: Words, *, answered: bool, asked: bool, was_closed: bool) -> Return | None:
    """What a message is that came to a known complaint; None when it only goes on with the talk.

    `answered`: a person here had spoken before; `asked`: their last word was a question.
    """
    if not answered:
        return "multiple" if words.other_door else None
    if not is_discontent(words, asked=asked):
        return None
    return "reopened" if was_closed else "follow_up"


def among(
    words: Words,
    matter: Matter,
    earlier: Collection[Earlier],
    now: datetime,
    *,
    reopen_within: timedelta = REOPEN_WINDOW,
) -> tuple[Return, Earlier | None]:
    """What a complaint is that began a case of its own, and the earlier case that it belongs to.

    `reopen_within`: how long after its end a case is opened again (ES6).
    """
    recent = [one for one in earlier if _age(one, now) <= REPEAT_WINDOW]
    for one in sorted(recent, key=lambda one: one.opened_at, reverse=True):
        if not is_same(matter, one.matter, says_so=says_again(words.text) and len(recent) == 1):
            continue
        if not one.hurt and (one.answered or one.closed_at is not None):
            continue
        if one.closed_at is None:
            return ("follow_up" if one.answered else "multiple"), one
        return ("reopened" if now - one.closed_at <= reopen_within else "repeat"), one
    for one in recent:
        if one.hurt and matter.cause and matter.cause.casefold() == one.matter.cause.casefold():
            return "repeat", one
    return "new", None


def is_same(one: Matter, other: Matter, *, says_so: bool = False) -> bool:
    """The same order, bill or unit and no other cause; or the customer says so, and names no other number."""
    causes = {one.cause.casefold(), other.cause.casefold()} - {""}
    if len(causes) > 1:
        return False
    if one.numbers and other.numbers:
        return bool(one.numbers & other.numbers)
    return says_so


def is_discontent(words: Words, *, asked: bool = False) -> bool:
    """Whether words after an answer say that it was none. Thanks alone do not; nor does what we asked for."""
    if words.not_right:
        return True
    kind = kind_of(words.text)
    if not asked and _refuses(words.text):
        return True
    if kind == "praise" or is_thanks(words.text):
        return False
    return kind == "complaint" or says_again(words.text)


def is_word_more(words: Words, *, asked: bool) -> bool:
    """Whether the customer had to write once more: no thanks, and nothing that we had asked them for."""
    return is_discontent(words, asked=asked) or not (asked or is_thanks(words.text) or kind_of(words.text) == "praise")


def is_thanks(text: str) -> bool:
    """Short words of thanks, of a yes or of joy, and nothing besides."""
    small = _small(text).strip()
    if len(small) > 200 or _THANKS.match(small) is None or _BUT.search(small):
        return False
    return not _refuses(text) and kind_of(text) != "complaint"


def says_again(text: str) -> bool:
    """Whether the customer says that they wrote or rang about it before."""
    return _AGAIN.search(_small(text)) is not None


def numbers_in(text: str) -> frozenset[str]:
    """Numbers of orders, bills and units that stand in a text, in capitals and without what parts them."""
    found = {match["number"] for match in _NAMED.finditer(text)} | set(_CODE.findall(text))
    return frozenset(bare for one in found if len(bare := re.sub(r"[^A-Z0-9]", "", one.upper())) >= 4)


def pressing_words(text: str) -> frozenset[str]:
    """Words by which a case leaves the house, as codes: lawyer, ombudsman, regulator, chargeback, press (C3.2)."""
    small = _small(text)
    found = {code for code, pattern in _PRESSING.items() if pattern.search(small)}
    return frozenset(found | ({"lawyer"} if _SUES.search(typed(text[:2500])) else set()))


def _refuses(text: str) -> bool:
    """Whether words, questions left aside, say no."""
    said = (one for one in _SENTENCE.findall(_small(text)) if not one.endswith("?"))
    return _REFUSES.search("".join(said)) is not None


def _age(one: Earlier, now: datetime) -> timedelta:
    return timedelta(0) if one.closed_at is None else now - one.closed_at


def _small(text: str) -> str:
    return typed(text[:2500]).lower()


_NAMED = re.compile(
    r"\b(?:order|invoice|bill|account|serial|ticket|booking|reference|ref|bestell\w*|auftrag\w*|rechnung\w*"
    r"|kundennummer|commande|facture|référence)\b[^\S\n]{0,3}(?:no|nr|number|nummer|numéro|n°|id)?[.:]?[^\S\n]{0,3}#?"
    r"(?P<number>[A-Za-z]{0,4}[-/]?\d[\dA-Za-z/-]{3,24})\b",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?<![\w-])(?:#\d{4,20}|[A-Z]{1,5}-?\d{4,20}|[A-Z]{2,5}-\d{2,6}-\d{2,20})(?![\w-])")
_AGAIN = re.compile(
    r"\b(?:again|once more|(?:second|third|fourth|2nd|3rd) (?:time|mail|email|complaint|letter|call)|still (?:not|no|without|waiting"
    r"|nothing|broken|wrong|missing)|as i (?:wrote|said|told)|i (?:already|have already) (?:wrote|written|told|called|complained)"
    r"|(?:my|the) (?:last|first|earlier|previous) (?:mail|email|complaint|letter|message|call)|already complained"
    r"|schon wieder|erneut|nochmals?|zum (?:zweiten|dritten) mal|immer noch|wie ich (?:schrieb|schon)|bereits (?:geschrieben|gemeldet)"
    r"|encore (?:une fois|pas)|de nouveau|à nouveau|pour la (?:deuxième|troisième) fois|toujours (?:pas|rien)|déjà (?:écrit|signalé))\b"
)
_REFUSES = re.compile(
    r"\b(?:not (?:good )?enough|(?:not|cannot|can't|won't|don't) accept(?:able)?|no(?:t)? satisf\w+|not (?:happy|ok(?:ay)?|resolved"
    r"|solved)|not right(?! (?:now|away|yet))|(?:not|isn't|wasn't) what (?:i|we) (?:asked|ordered|wanted|agreed|expected|paid)"
    r"|insult\w*|(?:is|what) a joke|(?:do|does|did|would|will|is|was|has)(?:n't| not) (?:a )?(?:help|fix|solve)\w*"
    r"|no (?:use|good|help) to (?:me|us)|that is no (?:answer|help)|no solution|won't do|i (?:refuse|reject|decline)"
    r"|we'll see what happens"
    r"|reicht (?:mir |uns )?(?:so |leider )?nicht|nicht (?:zufrieden|akzept\w+|einverstanden|in ordnung|hinnehmbar)|unzufrieden"
    r"|hilft (?:mir |uns )?(?:so |leider |auch )?nicht|akzeptiere (?:ich|das) (?:das )?(?:so )?nicht|lehne (?:ich|das|es) (?:\w+ )?ab"
    r"|keine lösung"
    r"|pas (?:satisf\w+|suffisant\w*|acceptable|d'accord|normal|une solution)|je (?:le )?refuse|n'accepte pas"
    r"|ne (?:me |nous )?(?:suffit|convient|aide|règle \w+) pas)\b"
)
_SENTENCE = re.compile(r"[^.!?\n]*+[.!?\n]|[^.!?\n]++")
_BUT = re.compile(
    r"\b(?:but|however|except|though|unfortunately|aber|allerdings|leider|mais|cependant|malheureusement)\b"
)
_THANKS = re.compile(
    r"(?:(?:hi|hello|dear|hallo|bonjour)\b[^\n]{0,40}\n+)?(?:ok(?:ay)?|yes|thank|thanks|thx|cheers|great|perfect|lovely"
    r"|wonderful|brilliant|super|danke|vielen dank|ja\b|merci|oui|parfait|got it|received|all good|it is right)\b"
)
_TELLS = (
    r"(?:go|going|goes|write|writing|talk|talking|speak|speaking|tell|telling|call|contact|contacting|send|take|taking)"
)
_SUES = re.compile(
    r"(?i:\b(?:will|'ll|shall|going to|gonna|(?:want|have|has|need|able|forced|ready|prepared|right|threaten|intend|plan|like"
    r"|entitled|free|choice but|hesitate|reason) to)) (?:sue|SUE)\b(?! (?:call|ring|be|come|write|send|have|get|let|know|ask))"
    r"|(?<![Hh]i )(?<![Hh]ello )(?<![Dd]ear )(?<!to )\bsu(?:e|ing) (?:you|the company|your company)\b"
)
"""Sue is a name as well: the verb is written small, and after what one does before it."""
_PRESSING = {
    "lawyer": re.compile(
        r"\b(?:lawyers?|solicitors?|(?<!power of )attorneys?|legal (?:action|steps|proceedings|advice|claim)|small claims"
        r"|county court|(?:to|in|before) (?:the )?court(?! (?:shoes?|street|road|lane))|court (?:action|order|proceedings|claim)"
        r"|(?:rechts)?(?:anwalt|anwält)\w*|rechtliche schritte|rechtsweg|rechtsschutz\w*|(?:vor|zum|ans|amts|land)[ -]?gericht"
        r"|gerichtlich\w*|verklag\w*|klage (?:einreichen|erheben)|(?:werde|werden) \w* ?klagen|(?:mon|notre|mes|nos) avocate?s?"
        r"|(?:prendre|consulter|saisir|voir|contacter|engager|appeler) (?:un |une |l'|notre |mon )avocate?s?|tribuna(?:l|ux)"
        r"|en justice|porter(?:ai|ons)? plainte)\b"
    ),
    "ombudsman": re.compile(
        r"\b(?:ombuds(?:man|person|woman|mann|stelle)|(?:an|the|to|your|through) adr|adr (?:scheme|body|provider|entity)"
        r"|schlichtungs\w*|schlichter|médiateur)\b"
    ),
    "regulator": re.compile(
        r"\b(?:(?:report|reported|complain\w*|write|going|go|tell|inform|contact|refer\w*)\b[^.!?\n]{0,40}\b(?:regulator|the dot)"
        r"|regulatory (?:authority|body)|trading standards|ofcom|the fca|aufsichtsbehörde|bundesnetzagentur|bafin"
        r"|verbraucherzentrale|dgccrf)\b"
    ),
    "chargeback": re.compile(
        r"\b(?:charge-?back|dispute the (?:charge|payment)|my bank to (?:reverse|recall|take|claw|get|return|dispute|cancel|stop)"
        r"|rückbuchung|rückbelastung|(?:zurückbuchen|zurückholen) lassen|opposition bancaire)\b"
    ),
    "press": re.compile(
        rf"\b(?:the newspapers|journalist(?:s|en|in|es?)?|{_TELLS}\b[^.!?\n]{{0,40}}\b(?:newspapers?|to the press|the media|the papers)"
        r"|the press (?:will|would|shall|should|might|may|hears?|knows?)|tv station|(?:an die|zur|der|die) (?:zeitung|presse)"
        r" (?:gehen|wenden|schreiben|melden|informieren|einschalten|wird|erfährt|geben)|(?:gehe|wende mich|schreibe|gehen) "
        r"(?:\w+ )?(?:an die|zur|der) (?:zeitung|presse)|(?:à|dans) la presse|aux journaux)\b"
    ),
}
