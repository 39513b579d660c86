"""Places in a draft. Pure."""

from __future__ import annotations

from amends.coach.draft import Span
from amends.kit.sentences import Sentence


def span_of(sentence: Sentence) -> Span:
    """Where a sentence stands."""
    return sentence.start, sentence.end
