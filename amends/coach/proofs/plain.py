"""Whether somebody listened, and wrote so that it can be read (C7.1, 3 and 13)."""

from __future__ import annotations

from amends.coach.brief import Brief
from amends.coach.draft import Draft, Span
from amends.coach.facts import facts_named
from amends.coach.signs import courtesies
from amends.coach.signs.sorries import SORRY

LONGEST_AVERAGE = 20
HIGHEST_GRADE = 8
MOST_SORRY_SENTENCES = 2
LEAST_FACTS = 2


def listening(draft: Draft, brief: Brief) -> Span | None:
    """The sentences that name two facts of what happened."""
    facts = facts_named(draft, brief)
    if len(facts) < LEAST_FACTS:
        return None
    places = [one.span for one in draft.body if any(fact in one.text.lower() for fact in facts)]
    return (places[0][0], places[-1][1]) if places else (0, len(draft.text))


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
