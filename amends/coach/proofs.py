"""Where the words of a draft show what a good answer has: the place, or None. English; pure."""

from __future__ import annotations

import re

from amends.coach.brief import Brief
from amends.coach.checks.apology import SORRY, real_apologies, says_sorry
from amends.coach.draft import Draft, Span
from amends.coach.facts import facts_named, says_back
from amends.coach.signs import causes, courtesies, deeds, feelings, times
from amends.kit.sentences import Sentence

LONGEST_AVERAGE = 20
HIGHEST_GRADE = 8
MOST_SORRY_SENTENCES = 2
LEAST_FACTS = 2


def thanks(draft: Draft, brief: Brief) -> Span | None:
    """Thanks for writing, telling, waiting."""
    return draft.place(courtesies.THANKS)


def by_name(draft: Draft, brief: Brief) -> Span | None:
    """The greeting, when it has the customer's name and a named person signs."""
    closing = draft.plain.rstrip()[-90:]
    signer = brief.agent_name.split()
    signed = brief.signed or (
        bool(re.search(rf"\b{re.escape(signer[0])}\b", closing))
        if signer
        else courtesies.SIGNATURE.search(closing) is not None
    )
    greeted = _greeting(draft, brief)
    return greeted if signed else None


def _greeting(draft: Draft, brief: Brief) -> Span | None:
    """Where the customer is named; where no name is known, where the letter begins."""
    names = [name for name in brief.customer_name.lower().split() if len(name) > 1]
    opening = draft.plain[:90].lower()
    found = (re.search(rf"\b{re.escape(name)}\b", opening) for name in names)
    return next((match.span() for match in found if match), None) if names else (0, 0)


def listening(draft: Draft, brief: Brief) -> Span | None:
    """The sentences that name two facts of what happened."""
    facts = facts_named(draft, brief)
    if len(facts) < LEAST_FACTS:
        return None
    places = [_span(one) for one in draft.body if any(fact in one.text.lower() for fact in facts)]
    return (places[0][0], places[-1][1]) if places else (0, len(draft.text))


def feeling(draft: Draft, brief: Brief) -> Span | None:
    """The feeling named, or the customer's lot said back in words that see it."""
    named = draft.place(feelings.FEELING, feelings.SET_PHRASE)
    if named is not None or not says_sorry(draft):
        return named
    mirrors = (one for one in draft.body[:3] if says_back(one, brief) and feelings.MIRRORS.search(one.text))
    return next((_span(one) for one in mirrors), None)


def apology(draft: Draft, brief: Brief) -> Span | None:
    """A sorry for what we did, named or not."""
    return next((_span(one) for one in real_apologies(draft)), None)


def regret(draft: Draft, brief: Brief) -> Span | None:
    """A real sorry, for something: no "if", no "any", not the inconvenience."""
    named = (one for one in real_apologies(draft) if not courtesies.BARE_REGRET.search(one.text))
    return next((_span(one) for one in named), None)


def responsibility(draft: Draft, brief: Brief) -> Span | None:
    """The fault is ours, or a partner's whom we chose."""
    chosen = draft.place(courtesies.CHOSE_PARTNER) if brief.fault == "partner" else None
    return chosen or draft.place(causes.OURS, causes.NOT_OURS) or _cause_told(draft)


def explanation(draft: Draft, brief: Brief) -> Span | None:
    """How it came about."""
    return draft.place(causes.CAUSE, causes.NO_CAUSE) or _cause_told(draft)


def _cause_told(draft: Draft) -> Span | None:
    """A past clause about us in which something went wrong; only beside a sorry, else it may be a defence."""
    if not says_sorry(draft):
        return None
    signs = (causes.WE, causes.PAST, causes.WENT_WRONG)
    return next((_span(one) for one in draft.body if all(sign.search(one.text) for sign in signs)), None)


def repair(draft: Draft, brief: Brief) -> Span | None:
    """What is done, for whom."""
    return draft.place(deeds.DEED, deeds.NO_DEED)


def when(draft: Draft, brief: Brief) -> Span | None:
    """A day or an hour for something that we do."""
    if brief.promises:
        return brief.promises[0].start, brief.promises[0].end
    for one in draft.sentences:
        match = times.BY_WHEN.search(one.text)
        if match and not one.text.endswith("?") and not _not_ahead(one):
            return one.start + match.start(), one.start + match.end()
    return None


def _not_ahead(sentence: Sentence) -> bool:
    return bool(times.PAST_ONLY.search(sentence.text) or times.NOT_OURS.search(sentence.text))


def prevention(draft: Draft, brief: Brief) -> Span | None:
    """What changes, so that it does not happen again."""
    return draft.place(deeds.PREVENTS)


def in_person(draft: Draft, brief: Brief) -> Span | None:
    """One person takes it on."""
    return draft.place(deeds.I_DO)


def door_open(draft: Draft, brief: Brief) -> Span | None:
    """How to reach us directly."""
    return draft.place(courtesies.DOOR)


def plain_short(draft: Draft, brief: Brief) -> Span | None:
    """The whole letter, when its grade, its sentences and its apology are short enough (C7.1, 13)."""
    counted = [len(courtesies.WORD.findall(sentence.text)) for sentence in draft.body]
    counted = [count for count in counted if count]
    if not counted:
        return None
    text = " ".join(sentence.text for sentence in draft.body)
    syllables = sum(_syllables(word) for word in courtesies.WORD.findall(text))
    average = sum(counted) / len(counted)
    grade = 0.39 * average + 11.8 * syllables / sum(counted) - 15.59
    sorries = sum(SORRY.search(sentence.text) is not None for sentence in draft.body)
    plain = average <= LONGEST_AVERAGE and grade <= HIGHEST_GRADE and sorries <= MOST_SORRY_SENTENCES
    return (0, len(draft.text)) if plain else None


def _syllables(word: str) -> int:
    """Vowel groups less a silent e; never none (Flesch and Kincaid count these)."""
    groups = len(courtesies.VOWELS.findall(word.lower()))
    silent = word.lower().endswith("e") and not word.lower().endswith("le") and groups > 1
    return max(1, groups - silent)


def _span(sentence: Sentence) -> Span:
    return sentence.start, sentence.end
