"""Which facts of the complaint a draft names: how a customer sees that somebody listened (C7.1, 3). Pure."""

from __future__ import annotations

import re

from amends.coach.brief import Brief
from amends.coach.draft import Draft
from amends.kit.sentences import Sentence, typed


def facts_named(draft: Draft, brief: Brief) -> frozenset[str]:
    """Distinct facts: words of the customer's, what the case knows, names and numbers outside of promises."""
    ours = {_stem(word) for word in _CONTENT.findall(draft.plain.lower())}
    theirs = {_stem(word) for word in _CONTENT.findall(typed(brief.customer_words).lower())}
    shared = {stem for stem in ours & theirs if stem not in _EVERYDAY}
    known = {value.lower() for value in brief.known.values() if len(value) > 2 and value.lower() in draft.plain.lower()}
    return frozenset(shared | known | _names_and_numbers(draft, brief))


def content(text: str) -> frozenset[str]:
    """The beginnings of the words that mean something."""
    stems = {_stem(word) for word in _CONTENT.findall(typed(text).lower())}
    return frozenset(stem for stem in stems if stem not in _EVERYDAY)


def says_back(sentence: Sentence, brief: Brief) -> bool:
    """Whether a sentence holds a word of the customer's own and more than an apology for it."""
    ours = {_stem(word) for word in _CONTENT.findall(sentence.text.lower())}
    theirs = {_stem(word) for word in _CONTENT.findall(typed(brief.customer_words).lower())}
    return len(ours) >= LEAST_WORDS and bool((ours & theirs) - _EVERYDAY)


LEAST_WORDS = 6
"""Different words of a sentence that says more than "sorry about the lamp"."""

_CONTENT = re.compile(r"[^\W\d_]{3,}|\d+")
_NAME_OR_NUMBER = re.compile(r"(?<=[a-z\d,;:] )(?:[A-Z][a-z]{2,}|\d{1,4}(?:st|nd|rd|th)?)\b")
_AHEAD = re.compile(
    r"\b(?:will|'ll|tomorrow|today|tonight|within|next|by (?:\d|noon|mon|tues|wednes|thurs|fri|satur"
    r"|sun))|[£€$%]",
    re.IGNORECASE,
)
_COMMON = """the and you your our for was not are with that this have has had will been from but can may all
any one out get got she her him his they them its who how why what when there here then than also
only just very more some such sorry thank please dear help order contac custom servic team answer
messag would could should about after before again still now day time make made want need know
tell told say said see did does done send sent mail write wrote call rang ring back give take work
like even never because over into were come came"""
_EVERYDAY = frozenset(_COMMON.split())


def _names_and_numbers(draft: Draft, brief: Brief) -> set[str]:
    people = {name.lower() for name in (*brief.customer_name.split(), *brief.agent_name.split())}
    found = {
        match[0].lower()
        for sentence in draft.body
        if not _AHEAD.search(sentence.text)
        for match in _NAME_OR_NUMBER.finditer(sentence.text)
    }
    return found - people


def _stem(word: str) -> str:
    return word[:6] if len(word) > 6 else word.removesuffix("s")
