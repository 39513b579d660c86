"""How it was for them, and that we are sorry (C7.1, 4 and 5)."""

from __future__ import annotations

import re

from amends.coach.brief import Brief
from amends.coach.checks.apology import real_apologies, says_sorry
from amends.coach.draft import Draft, Span
from amends.coach.facts import says_back
from amends.coach.signs import causes, courtesies, deeds, feelings
from amends.coach.signs.sorries import SORRY
from amends.kit.sentences import Sentence

LEAST_FEELING = 4
"""Words of a sentence that says how it was for them; fewer are a sigh."""


def feeling(draft: Draft, brief: Brief) -> Span | None:
    """The feeling named, or the customer's lot said back in words that see it."""
    for found in draft.find(feelings.FEELING, feelings.SET_PHRASE):
        if len(courtesies.WORD.findall(found.sentence.text)) >= LEAST_FEELING:
            return found.span
    if not says_sorry(draft):
        return None
    mirrors = (one for one in draft.body[:3] if says_back(one, brief) and feelings.MIRRORS.search(one.text))
    return next((one.span for one in mirrors if not one.text.endswith("?")), None) or _said_around_sorry(draft)


def _said_around_sorry(draft: Draft) -> Span | None:
    """What stands between the greeting and the sorry, or at once behind it, unless it is about us: how it was for them."""
    for sentence in draft.body[:3]:
        sorry = SORRY.search(sentence.text)
        before = sentence.text[: sorry.start()] if sorry else sentence.text
        greeting = feelings.GREETING.match(before)
        told = before[greeting.end() :] if greeting else before
        long_enough = len(courtesies.WORD.findall(told)) >= LEAST_FEELING
        if long_enough and not feelings.ABOUT_US.search(told) and not deeds.DEED.search(told):
            return sentence.start, sentence.start + len(before.rstrip(" ,;"))
        if sorry:
            return _seen_after(sentence, sorry)
    return None


def _seen_after(sentence: Sentence, sorry: re.Match[str]) -> Span | None:
    """ "Sorry, Edith, three times is two too many": about them and now, no cause and no deed."""
    stop = causes.STOP.search(sentence.text, sorry.end())
    if stop is None or sentence.text.endswith("?"):
        return None
    told = sentence.text[stop.end() :]
    others = (causes.WE, causes.PAST, causes.IS_WRONG, deeds.DEED)
    too_short = len(courtesies.WORD.findall(told)) < LEAST_FEELING
    return (
        None if too_short or any(sign.search(told) for sign in others) else (sentence.start + stop.end(), sentence.end)
    )


def apology(draft: Draft, brief: Brief) -> Span | None:
    """A sorry for what we did, named or not."""
    return next((one.span for one in real_apologies(draft)), None)


def regret(draft: Draft, brief: Brief) -> Span | None:
    """A real sorry, for something: no "if", no "any", not the inconvenience."""
    named = (one for one in real_apologies(draft) if not courtesies.BARE_REGRET.search(one.text))
    return next((one.span for one in named), None)
