"""People of a company who are named, such as for their kindness. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NAME = r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Frau|Herr|Mme|Madame|Monsieur|Señora|Señor)\.?\s)?[A-ZÀ-Þ][\w’'À-ÿ-]{1,20}"
_ROLE = (
    "(?:agent|rep|driver|manager|engineer|technician|colleague|waiter|waitress|nurse|advis[oe]r|clerk|guard|receptionist"
    "|lady|gentleman|man|woman|guy|chap|courier|conductor)"
)
_PLACE = "(?:desk|branch|shop|store|till|counter|office|support|team|reception)"
_DID = (
    "(?:said|called|rang|took|sorted|fixed|helped|explained|answered|stayed|found|solved|wrote|sent|replied|walked|listened"
    "|apologi[sz]ed|came|drove|picked)"
)
_KIND = "(?:kind|patient|lovely|wonderful|brilliant|amazing|friendly|helpful|great|star|angel|gem|hero|legend|polite)"
_KUDOS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?i:thanks?|thank you|thx|cheers|kudos|shout[- ]?out|hats off|bravo|props|applause|praise|merci|danke|gracias"
        r"|grazie)(?: (?:so much|very much|a lot|again|a million|go|goes|out))*(?: (?:to|for|à|an|a))?"
        rf"(?: (?:the|our|your|my)(?: (?:lovely|brilliant|wonderful|amazing|kind|great|patient))?)? (?P<name>{_NAME})",
        rf"(?P<name>{_NAME}),? (?:at|in|from|behind|chez) (?:the |your |their |der )?"
        rf"(?:[A-Z]|[a-z ]{{0,20}}{_PLACE})",
        r"\b(?:spoke|spoken|speaking|talked|talk|chatted|called|named) (?:to |with )?(?:a )?"
        rf"(?P<name>{_NAME})",
        rf"\b{_ROLE},? (?:called |named )?(?P<name>{_NAME})",
        rf"\b(?:[Tt]hen|[Uu]ntil|and|[Bb]ut) (?P<name>{_NAME}) {_DID}\b",
        rf"(?:^|[.!?]\s)(?P<name>{_NAME}) (?:was|is) (?:(?:so|very|really|absolutely|incredibly|just|an?) )*{_KIND}",
    )
)
_NO_ENDS = ("ed", "ing", "ly", "ion", "ness", "ment")
_NO_NAMES = frozenset(
    "I It The They He She We You This That There Then My Your Our Their His Her A An And But So To For Not No Now Just God"
    " Everyone Everybody Nobody Somebody Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April"
    " May June July August September October November December Support Service Customer Team Staff Great Thanks Thank"
    " Rang Bought Paid Sent Got Good People Staff Food Dear Hi Hello Best Worst Still Back Straight Phone Two Three Four"
    " Five Six Ten Job Sale Script Breakfast Dinner Lunch Room Seat Ticket Card Order Parcel Package Day Week Month Year Hour".split()
)


@dataclass(frozen=True)
class Named:
    """Somebody of the staff who is named."""

    name: str
    start: int
    end: int


def staff_named(text: str, companies: frozenset[str]) -> list[Named]:
    """Names of people of a company; `companies`: words in small letters that are no person's name. Each once."""
    found: dict[str, Named] = {}
    for pattern in _KUDOS:
        for one in pattern.finditer(text):
            name = one["name"].removesuffix("'s").removesuffix("’s")
            bare = name.split()[-1]
            if bare in _NO_NAMES or bare.endswith(_NO_ENDS) or bare.lower() in companies or bare.isupper():
                continue
            found.setdefault(name, Named(name, one.start("name"), one.start("name") + len(name)))
    return sorted(found.values(), key=lambda named: named.start)
