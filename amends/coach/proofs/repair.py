"""What is done, by when, and what changes (C7.1, 8 to 10)."""

from __future__ import annotations

import re

from amends.coach.brief import Brief
from amends.coach.checks.apology import says_sorry
from amends.coach.draft import Draft, Span
from amends.coach.signs import causes, courtesies, deeds, templates, times
from amends.kit.sentences import Sentence


def repair(draft: Draft, brief: Brief) -> Span | None:
    """What is done, for whom; to a question, the answer."""
    done = draft.place(deeds.DEED, deeds.NO_DEED if brief.complaint else deeds.NO_ANSWER)
    if done is None and brief.question:
        return next((one.span for one in draft.body if answers(one)), None)
    if brief.complaint:
        return done or when(draft, brief)
    return done if brief.question else None


def answers(sentence: Sentence) -> bool:
    """Whether a sentence says something: no question, no courtesy, nothing that could stand anywhere."""
    empty = (deeds.NO_ANSWER, deeds.NO_DEED, templates.TEMPLATE, courtesies.COURTESY)
    return not sentence.text.endswith("?") and not any(sign.search(sentence.text) for sign in empty)


def when(draft: Draft, brief: Brief) -> Span | None:
    """A day or an hour for something that we do."""
    promised = [one for one in brief.promises if not any(start <= one.start < end for start, end in draft.left_out)]
    if promised:
        return promised[0].start, promised[0].end
    theirs = brief.customer_words.lower()
    sorry = brief.complaint and says_sorry(draft)
    for one in draft.sentences:
        if not times.BY_WHEN.search(one.text) or one.text.endswith("?") or _not_ahead(one):
            continue
        for match in times.BY_WHEN.all(one.text):
            coming = (
                times.COMES.search(one.text)
                if brief.question
                else sorry and not causes.PAST.search(_clause(one.text, match))
            )
            if deeds.DEED.search(one.text) or (coming and match[0] not in theirs):
                return one.start + match.start(), one.start + match.end()
    return None


def _not_ahead(sentence: Sentence) -> bool:
    """Whether it tells of what was, or asks them to do something: what stands behind a colon is its own sentence."""
    said = sentence.text.rpartition(":")[2] if _COLON.search(sentence.text) else sentence.text
    return bool(times.PAST_ONLY.search(said) or times.NOT_OURS.search(said.strip()))


_COLON = re.compile(r"[a-z]: [a-zA-Z]")


def prevention(draft: Draft, brief: Brief) -> Span | None:
    """What changes, so that it does not happen again."""
    return draft.place(deeds.PREVENTS)


_BREAK = re.compile(r"[,;:]|(?: and | but )(?=(?:i|we|he|she|they|it|you|the|your|our|my|a) )", re.IGNORECASE)


def _clause(text: str, match: re.Match[str]) -> str:
    """The part of a sentence, between stops or before who does the next thing, in which something stands."""
    breaks = list(_BREAK.finditer(text))
    start = max((one.end() for one in breaks if one.end() <= match.start()), default=0)
    return text[start : min((one.start() for one in breaks if one.start() >= match.end()), default=len(text))]
