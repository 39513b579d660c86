"""What a text says, of each company that is watched: is it about it, how does the author stand to it, what was done.

Pure: no network, no database. Every label carries the words that prove it (C6, LABELS of the service clues).
"""

from __future__ import annotations

from collections.abc import Sequence

from amends.triage.languages import language_of
from amends.triage.reader.anger import anger
from amends.triage.reader.brands import Mention, mentions
from amends.triage.reader.facts import facts
from amends.triage.reader.happened import time_of
from amends.triage.reader.labels import LABELS, OPPOSITE
from amends.triage.reader.lexicon import finder
from amends.triage.reader.of_brand import Share, of_brand
from amends.triage.reader.patterns import Found
from amends.triage.reader.scope import pieces, tokens_at
from amends.triage.reader.staff import staff_named
from amends.triage.reader.tokens import Tokens, tokens
from amends.triage.reader.told import Reading, Signal

LONGEST = 200_000
"""Characters that are read: whoever writes more has said what it is about."""


def read(text: str, watch: Sequence[str] = (), *, source: str | None = None) -> Reading:
    """Read one text. `watch`: names of companies; `source`: whose page or inbox it was written to."""
    text = text[:LONGEST]
    language = language_of(text)
    named = {brand: mentions(text, brand) for brand in dict.fromkeys(watch)}
    cut = _named(tokens(text), [one for every in named.values() for one in every if one.about])
    found = finder(language).find(cut)
    order = sorted((one for every in named.values() for one in every), key=lambda one: one.start)
    at_home = source if source in named else "" if "" in named else None
    parts = pieces(cut, order, at_home, [brand for brand in named if _is_about(named[brand], brand, source)])
    mine = {brand: Share() for brand in named}
    for part in parts:
        for brand in part.brands:
            mine[brand].sentences.append(cut.sentence_of[part.first])
    owners = [part.brands for part in parts for _ in range(part.first, part.after)]
    signals = [_signal(cut, one) for one in found]
    for one, signal in zip(found, signals, strict=True):
        for brand in owners[one.first]:
            mine[brand].signals.append(signal)
    brands = tuple(
        of_brand(brand, cut, mine[brand], about=_is_about(every, brand, source), at_page=not brand or brand == source)
        for brand, every in named.items()
    )
    labels = {signal.label for signal in signals if signal.happened}
    complains = any(one.stance == "complaint" for one in brands)
    companies = frozenset(word.lower() for brand in named for word in brand.split())
    return Reading(
        language=language,
        brands=brands,
        anger=anger(text, labels, complains),
        urgent="urgent" in labels,
        vulnerable="vulnerable" in labels,
        topic="",
        kudos=tuple(staff_named(text, companies)) if any(one.stance in ("praise", "mixed") for one in brands) else (),
        facts=tuple(facts(text)),
    )


def _is_about(every: Sequence[Mention], brand: str, source: str | None) -> bool:
    return not brand or brand == source or any(one.about for one in every)


def _named(cut: Tokens, every: Sequence[Mention]) -> Tokens:
    """The same pieces, where a company's name is one for all patterns: its first word is "~b"."""
    words = list(cut.words)
    for one in every:
        at = tokens_at(cut, one)
        while at < len(words) and cut.starts[at] < one.end:
            words[at] = "~b"
            at += 1
    return Tokens(cut.text, tuple(words), cut.starts, cut.ends)


def _signal(cut: Tokens, found: Found) -> Signal:
    label = LABELS[found.label]
    time = time_of(cut, found, cut.sentences[cut.sentence_of[found.first]])
    span = cut.span(found.first, found.after)
    if time == "denied" and OPPOSITE.get(found.label):
        label, time = LABELS[OPPOSITE[found.label]], "happened"
    certainty = 0.9 if time == "happened" else 0.2
    return Signal(label.name, label.polarity, max(1, round(label.weight * 4)), certainty, span, time)
