"""Amounts, dates and numbers of orders in a text, each with its place. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

FactKind = Literal["amount", "date", "duration", "order", "serial"]

_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
_CURRENCY = {
    "£": "GBP", "€": "EUR", "$": "USD", "pound": "GBP", "pounds": "GBP", "quid": "GBP", "gbp": "GBP", "euro": "EUR",
    "euros": "EUR", "eur": "EUR", "dollar": "USD", "dollars": "USD", "usd": "USD", "bucks": "USD", "chf": "CHF",
    "kr": "SEK", "zł": "PLN",
}  # fmt: skip
_AMOUNT = re.compile(
    r"(?P<sign>[£€$])\s?(?P<after>\d{1,9}(?:[.,]\d{1,3}){0,3})"
    r"|(?<![\w.,])(?P<before>\d{1,9}(?:[.,]\d{1,3}){0,3})\s?(?P<word>€|£|\$|pounds?|quid|gbp|euros?|eur|dollars?|usd|bucks|chf|kr|zł)(?!\w)",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?<!\w)(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\.?\s(?:of\s)?(?:{_MONTHS})(?:\s\d{{4}})?"
    rf"|(?:{_MONTHS})\s\d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?:,?\s\d{{4}})?"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|tomorrow)(?!\w)",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"(?<!\w)(?P<what>order|booking|invoice|bill|ticket|case|reference|ref|claim|parcel|tracking|bestellung|auftrag"
    r"|rechnung|commande|pedido|ordine|serial number|serial|s/n|sn|imei)(?:\s(?:number|no|nr|id|code))?\.?\s?[:#]?\s?#?"
    r"(?P<number>[A-Z0-9][A-Z0-9\-]{2,24})(?![\w-])",
    re.IGNORECASE,
)


_MINUTES = {"min": 1, "hour": 60, "hr": 60, "day": 1440, "week": 10080, "month": 43200}
_NUMBERS = {
    word: number
    for number, words in enumerate(
        "- a|an|one two|couple three four five six seven eight nine ten eleven twelve".split()
    )
    for word in words.split("|")
}
_NUMBER_WORDS = "|".join(word for word in _NUMBERS if word != "-")
_DURATION = re.compile(
    rf"(?<![\w.,])(?P<half>half )?(?P<number>\d{{1,4}}|{_NUMBER_WORDS})"
    r"(?: of)?[ -](?P<unit>min|hour|hr|day|week|month)(?:ute)?s?(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Fact:
    """`value` as it is best written ("12.50 EUR", "60 min", "A-1003"), from `start` to `end` in the text."""

    kind: FactKind
    value: str
    start: int
    end: int


def facts(text: str) -> list[Fact]:
    """Amounts of money, dates as they are written, numbers of orders and serial numbers; in order."""
    found = [Fact("amount", _amount(one), one.start(), one.end()) for one in _AMOUNT.finditer(text)]
    found += [Fact("date", one[0], one.start(), one.end()) for one in _DATE.finditer(text)]
    found += [Fact("duration", _duration(one), one.start(), one.end()) for one in _DURATION.finditer(text)]
    for one in _ORDER.finditer(text):
        number = one["number"]
        if any(letter.isdigit() for letter in number):
            kind: FactKind = "serial" if one["what"].lower().startswith(("serial", "s", "imei")) else "order"
            found.append(Fact(kind, number, one.start("number"), one.end("number")))
    return sorted(found, key=lambda fact: fact.start)


def _amount(found: re.Match[str]) -> str:
    number = found["after"] or found["before"]
    head, mark, tail = number.replace(",", ".").rpartition(".")
    plain = f"{head.replace('.', '')}.{tail}" if mark and len(tail) != 3 else number.replace(",", "").replace(".", "")
    return f"{plain} {_CURRENCY[(found['sign'] or found['word']).lower()]}"


def _duration(found: re.Match[str]) -> str:
    number = found["number"].lower()
    minutes = (int(number) if number.isdigit() else _NUMBERS[number]) * _MINUTES[found["unit"].lower()]
    return f"{minutes // 2 if found['half'] else minutes} min"
