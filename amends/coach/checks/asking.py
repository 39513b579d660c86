"""We ask for nothing that we know, and never only ask (C7.2, CV16)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from amends.coach.brief import Brief
from amends.coach.draft import Draft, said_in
from amends.coach.faults import note
from amends.coach.review import Note
from amends.coach.signs.asked import REQUEST, THINGS
from amends.coach.signs.told import ALSO, TOLD, TOLD_SO
from amends.coach.words import Sign, words
from amends.kit.sentences import Sentence, typed


def notes(draft: Draft, brief: Brief) -> Iterator[Note]:
    """Every note about what we ask."""
    asked = [*_asks_known(draft, brief), *_asks_done(draft, brief)]
    yield from asked or _asks_told(draft, brief)
    yield from _only_question(draft, brief)


def _asks_told(draft: Draft, brief: Brief) -> Iterator[Note]:
    """Something else that the customer named with its value, or one of two things of which they chose one."""
    theirs = typed(brief.all_words).lower()
    for sentence in draft.sentences:
        if not REQUEST.search(sentence.text) and not sentence.text.endswith("?"):
            continue
        told = next((asked[1] for asked in _YOUR.all(sentence.text) if _is_told(asked[1], theirs)), None)
        if told is None and TOLD_SO.search(theirs) and REQUEST.search(sentence.text):
            told = next((asked[1] for asked in _THE.all(sentence.text) if _is_told(asked[1], theirs)), None)
        choice = _CHOICE.search(sentence.text) if sentence.text.endswith("?") else None
        if told is None and choice is not None and " or " not in theirs:
            told = next(
                (one for one in choice.groups() if len(one) >= LEAST_LETTERS and one.rstrip("s") in theirs), None
            )
        if told is None and _TOLD_DONE.search(theirs):
            shared = [
                word for word in _LONG.findall(sentence.text.lower()) if word[:5] in theirs and word not in _NO_THING
            ]
            told = " ".join(shared[:2]) if len(shared) >= LEAST_SHARED else None
        if told is None and _ONCE_MORE.search(sentence.text):
            told = _("matter")
        if told is not None:
            yield _known_note(draft, sentence, brief, told, "")


def _is_told(thing: str, theirs: str) -> bool:
    """Whether a number follows their word for it, or they say that they told it."""
    place = theirs.find(thing) if len(thing) >= LEAST_LETTERS and thing not in _NO_THING else -1
    if place < 0:
        return False
    return bool(re.search(r"\d", theirs[place : place + 30])) or TOLD_SO.search(theirs) is not None


_ONCE_MORE = words(
    r"(?:what|which|when|where|who|how)\b.{1,60}\bagain\?$",
    r"remind (?:me|us)\b",
    r"(?:once more|one more time)\b.{0,20}\?$",
)
LONGEST_QUOTE = 80
LEAST_LETTERS = 4
LEAST_SHARED = 2
_LONG = re.compile(r"[a-z]{5,}")
_TOLD_DONE = re.compile(
    r"\b(?:already|tried|twice|three times|as i (?:said|wrote)|i(?:'ve| have) (?:told|sent|done|tried|given))\b"
)
_YOUR = Sign(r"\b(?:your|which|what) ([a-z]{4,})\b")
_THE = Sign(r"\b(?:the|these|those) ([a-z]{5,})\b")
_CHOICE = Sign(r"\b([a-z]+) or ([a-z]+)\b")
_NO_THING = frozenset(
    [
        "order",
        "name",
        "problem",
        "issue",
        "complaint",
        "message",
        "request",
        "time",
        "next",
        "card",
        "house",
        "door",
        "home",
        "could",
        "would",
        "please",
        "their",
        "there",
        "about",
        "which",
        "again",
        "still",
        "after",
    ]
)
"""Words after "your" that ask for nothing by themselves."""


def _asks_known(draft: Draft, brief: Brief) -> Iterator[Note]:
    for sentence in draft.sentences:
        if not REQUEST.search(sentence.text) and not _ASKS_WHAT.search(sentence.text):
            continue
        for thing, asked in THINGS.items():
            if re.search(asked, sentence.text, re.IGNORECASE):
                known = _known(thing, sentence, brief)
                if known is not None:
                    yield _known_note(draft, sentence, brief, *known)
                    break


def _known(thing: str, sentence: Sentence, brief: Brief) -> tuple[str, str] | None:
    """The thing and its value when the case or the customer's own words have it; value "" when only told."""
    names = (thing, *ALSO.get(thing, ()))
    for key, value in brief.known.items():
        named = key.lower()
        if value and (named == thing or (named in names and named in sentence.text.lower())):
            return key, value
    told = TOLD.get(thing)
    if told is None:
        return (thing, "") if thing == "problem" and len(brief.all_words.split()) >= 5 else None
    flags = 0 if thing in ("model", "place") else re.IGNORECASE
    match = re.search(told, typed(brief.all_words), flags)
    if match is not None:
        return thing, match[0].strip()
    words_of_it = (thing.split()[0], thing.split()[-1] if thing.split()[-1] != "number" else thing)
    theirs = brief.all_words.lower()
    told_so = TOLD_SO.search(theirs) is not None and any(word in theirs for word in words_of_it)
    return (thing, "") if told_so else None


def _quote(thing: str, brief: Brief) -> str:
    """The sentence in which they told it, else what they wrote last; not too long for a line."""
    first = thing.split()[0].lower()
    said = [one.text for one in said_in(brief.all_words)]
    words = next((one for one in said if first in one.lower()), said[-1] if said else "")
    return words if len(words) <= LONGEST_QUOTE else words[: LONGEST_QUOTE - 1].rsplit(" ", 1)[0] + "…"


def _known_note(draft: Draft, sentence: Sentence, brief: Brief, thing: str, value: str) -> Note:
    title = _("We know the %(thing)s") % {"thing": thing}
    advice = (
        _("It is told already: %(value)s.") % {"value": value}
        if value
        else _("The customer has told it: “%(words)s”") % {"words": _quote(thing, brief)}
    )
    return replace(note("ASKS_KNOWN", draft.whole(sentence), title, advice, replacement=""), sure=bool(value))


_ASKS_WHAT = Sign(r"^(?:and |sure[!,.] |for |at |to |from |in )*(?:what|which|when|where|how|who)\b.*\?$")
_STEPS = words(
    r"(?P<step>replace|remove|reload|refresh|re-?start|re-?install|re-?boot|re-?set|un-?plug|un-?install|update|clear"
    r"|log (?:out|in)"
    r"|sign (?:out|in)|charge|switch|turn|re-?connect"
    r"|re-?insert|clean|descale|re-?pair|re-?charge|re-?fill|delete|try (?:another|a different))\w*"
)
_DID = words(r"(?:i|we)(?:'ve| have)? (?:already |just )?\w+ed\b", r"tried\b", r"already\b", r"\w+ed\b", r"did\b")
_TRIED = words(r"(?:try|tried|by)\b")
_ORDERS = words(
    r"(?:please|kindly|could you|can you|would you|try|have you tried|you (?:could|should|can|need to)"
    r"|first)\b"
)


def _asks_done(draft: Draft, brief: Brief) -> Iterator[Note]:
    """Steps that the customer has done and said so."""
    told = typed(brief.all_words).lower()
    for sentence in draft.sentences:
        if not _ORDERS.search(sentence.text):
            continue
        for match in _STEPS.all(sentence.text):
            if match[0].endswith("ing") and _TRIED.search(sentence.text) is None:
                continue
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
    asks = [one for one in draft.body if REQUEST.search(one.text) or one.text.endswith("?")]
    others = [one for one in draft.body if one not in asks and not _EMPTY.search(one.text)]
    if brief.complaint and asks and not others:
        yield note(
            "ONLY_QUESTION",
            (asks[0].start, asks[-1].end),
            _("This only asks"),
        )
