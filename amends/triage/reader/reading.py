"""What a text says, of each company that is watched: is it about it, how does the author stand to it, what was done.

Pure: no network, no database. Every label carries the words that prove it (C6, LABELS of the service clues).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from amends.triage.languages import language_of
from amends.triage.reader.anger import anger
from amends.triage.reader.brands import Mention, mentions
from amends.triage.reader.compared import compared
from amends.triage.reader.facts import facts
from amends.triage.reader.guards import hopes, kudos, less_certain, quoted_repeats, repeated, widest
from amends.triage.reader.happened import is_question, time_of
from amends.triage.reader.labels import LABELS, OPPOSITE, Polarity
from amends.triage.reader.lexicon import LANGUAGES, finder
from amends.triage.reader.model import Heads, Model, model
from amends.triage.reader.of_brand import Ruled, Share, asked_with, by_rules, by_words, judged, worded
from amends.triage.reader.patterns import Found
from amends.triage.reader.scope import pieces, tokens_at
from amends.triage.reader.service import Floats
from amends.triage.reader.staff import Named, staff_named
from amends.triage.reader.things import of_thing
from amends.triage.reader.tokens import Tokens, tokens
from amends.triage.reader.told import OfBrand, Reading, Signal
from amends.triage.reader.topic import topic_of
from amends.triage.reader.wording import Seen

SHORT = 40
"""Words of a text whose language may be hard to tell."""
LONGEST = 200_000
"""Characters that are read: whoever writes more has said what it is about."""


def read(text: str, watch: Sequence[str] = (), *, source: str | None = None) -> Reading:
    """Read one text. `watch`: names of companies; `source`: whose page or inbox it was written to."""
    text = text[:LONGEST]
    named = _all_meant(text, {brand: mentions(text, brand) for brand in dict.fromkeys(watch)})
    companies = frozenset(word.lower() for brand in named for word in brand.split())
    cut = _named(tokens(text), [one for every in named.values() for one in every if one.about])
    language, found = _found(cut, text)
    people = staff_named(text, companies)
    trained = model() if language in LANGUAGES else None
    heads = trained if language == "en" else None
    signals = _signals(cut, found, people)
    shares = _shares(cut, named, source, signals)
    ruled = _ruled(cut, named, shares, source, heads)
    plain = [of_thing(by_words(brand, ruled[brand]), text, named[brand], heads) for brand in named]
    brands = compared(cut, _meant(named), plain)
    if trained is not None:
        brands = _judged(cut, brands, shares, ruled, source, trained)
    labels = {one.label for share in shares.values() for one in share.signals if one.happened}
    stances = {one.stance for one in brands}
    return Reading(
        language=language,
        brands=brands,
        anger=anger(text, labels, "complaint" in stances),
        urgent="urgent" in labels,
        vulnerable="vulnerable" in labels,
        topic=topic_of(labels),
        kudos=() if stances <= {"complaint", "question"} else tuple(people),
        facts=tuple(facts(text)),
    )


def _ruled(
    cut: Tokens,
    named: Mapping[str, Sequence[Mention]],
    shares: Mapping[str, Share],
    source: str | None,
    heads: Heads | None,
) -> dict[str, Ruled | None]:
    """What the rules say of each company; None of a word that is not one."""
    return {
        brand: by_rules(brand, cut, shares[brand], at_page=bool(source) and brand == source, model=heads)
        if _is_about(every, brand, source)
        else None
        for brand, every in named.items()
    }


def _judged(
    cut: Tokens,
    brands: Sequence[OfBrand],
    shares: Mapping[str, Share],
    ruled: Mapping[str, Ruled | None],
    source: str | None,
    trained: Model,
) -> tuple[OfBrand, ...]:
    """The same readings, by how the text is worded; not of a thing, which has a model of its own."""
    asked = _asked(brands, shares, ruled, source)
    return tuple(
        one
        if (rules := ruled[one.name]) is None or one.name not in asked or (one.name and one.name.islower())
        else judged(one, cut, shares[one.name], rules, asked[one.name], trained)
        for one in brands
    )


def _asked(
    brands: Sequence[OfBrand], shares: Mapping[str, Share], ruled: Mapping[str, Ruled | None], source: str | None
) -> dict[str, tuple[Seen, Floats]]:
    """What the model of service is asked with, of each company that something is said of."""
    several = sum(one.about for one in brands) > 1
    return {
        one.name: asked_with(
            shares[one.name],
            rules,
            one.stance,
            [other.stance for other in brands if other.about and other is not one] if several else None,
            at_page=bool(source) and one.name == source,
        )
        for one in brands
        if (rules := ruled[one.name]) is not None and shares[one.name].parts
    }


def asked_of(text: str, watch: Sequence[str], source: str | None, heads: Heads) -> dict[str, tuple[Seen, Floats]]:
    """What the model of service is asked with, of each company; for its training."""
    cut, named, language, shares = _shared(text, watch, source)
    ruled = _ruled(cut, named, shares, source, heads if language == "en" else None)
    brands = compared(cut, _meant(named), [by_words(brand, ruled[brand]) for brand in named])
    return _asked(brands, shares, ruled, source)


def worded_of(text: str, watch: Sequence[str], source: str | None) -> dict[str, str]:
    """What is said of each company, as MiniLM is asked; for its heads' training."""
    _, named, _, shares = _shared(text, watch, source)
    return {brand: worded(shares[brand]) for brand in named}


def _shared(
    text: str, watch: Sequence[str], source: str | None
) -> tuple[Tokens, dict[str, list[Mention]], str, dict[str, Share]]:
    """A text's pieces, where each company is named, the language, and what is about each."""
    named = {brand: mentions(text, brand) for brand in watch}
    cut = _named(tokens(text), [one for every in named.values() for one in every if one.about])
    language, found = _found(cut, text)
    return cut, named, language, _shares(cut, named, source, _signals(cut, found, ()))


def labels_of(text: str) -> tuple[set[str], bool]:
    """What the rules alone find to have happened in a text, and whether it asks; for the models' training."""
    cut = tokens(text[:LONGEST])
    signals = _signals(cut, _found(cut, text)[1], ())
    return {one.label for one in signals if one.happened}, any(is_question(cut, one) for one in cut.sentences)


def _found(cut: Tokens, text: str) -> tuple[str, list[Found]]:
    """The language, and the patterns in it; of a text too short to tell, the one that has the most to say."""
    language = language_of(text, otherwise="")
    if language:
        return language, finder(language).find(cut)
    every = {one: finder(one).find(cut) for one in (LANGUAGES if len(cut) <= SHORT else LANGUAGES[:1])}
    best = max(every, key=lambda one: len(every[one]))
    return best, every[best]


def _signals(cut: Tokens, found: Sequence[Found], people: Sequence[Named]) -> list[Signal]:
    """All labels in order; without what only repeats, and without what is only wished for."""
    again = repeated(cut)
    fresh = [one for one in found if cut.sentence_of[one.first] not in again]
    signals = widest([one for one in (_signal(cut, one) for one in fresh) if one.time != "intended"])
    every = [*less_certain(signals), *hopes(signals), *quoted_repeats(cut, again), *kudos(people)]
    return sorted(every, key=lambda one: one.span)


def _shares(
    cut: Tokens, named: Mapping[str, Sequence[Mention]], source: str | None, signals: Sequence[Signal]
) -> dict[str, Share]:
    """Of each company what is said about it."""
    order = sorted((one for every in named.values() for one in every), key=lambda one: one.start)
    at_home = source if source in named else "" if "" in named else None
    watched = [brand for brand in named if _is_about(named[brand], brand, source)]
    shares = {brand: Share(_as_seen(cut, named, brand) if brand in watched else ()) for brand in named}
    parts = pieces(cut, order, at_home, watched)
    begins = [cut.starts[part.first] for part in parts]
    for part in parts:
        for brand in part.brands:
            shares[brand].sentences.append(cut.sentence_of[part.first])
            shares[brand].parts.append((part.first, part.after))
    for span, brands in _several(cut, named):
        for brand in brands:
            shares[brand].around.append(span)
    for one in signals:
        for brand in parts[max(0, bisect_right(begins, one.span[0]) - 1)].brands:
            shares[brand].signals.append(one)
    return shares


def _as_seen(cut: Tokens, named: Mapping[str, Sequence[Mention]], brand: str) -> Sequence[str]:
    """The words of a text, where other companies than this one are "~o"."""
    others = [one for one in _meant(named) if one.brand != brand]
    if not others:
        return cut.words
    words = list(cut.words)
    for one in others:
        for at in range(tokens_at(cut, one), tokens_at(cut, replace(one, start=one.end))):
            words[at] = "~o"
    return words


def _several(cut: Tokens, named: Mapping[str, Sequence[Mention]]) -> Iterator[tuple[tuple[int, int], set[str]]]:
    """The sentences that name more than one company, and which."""
    here: dict[int, set[str]] = {}
    for one in _meant(named):
        here.setdefault(cut.sentence_of[tokens_at(cut, one)], set()).add(one.brand)
    return ((cut.sentences[number], brands) for number, brands in here.items() if len(brands) > 1)


def _meant(named: Mapping[str, Sequence[Mention]]) -> list[Mention]:
    """All places at which a company is meant, in order."""
    return sorted((one for every in named.values() for one in every if one.about), key=lambda one: one.start)


def _all_meant(text: str, named: dict[str, list[Mention]]) -> dict[str, list[Mention]]:
    """Beside one company that is surely meant, a word with a capital is another's name."""
    if sum(any(one.about for one in every) for every in named.values()) in (0, len(named)):
        return named
    return {
        brand: [replace(one, about=one.about or text[one.start].isupper()) for one in every]
        for brand, every in named.items()
    }


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
    polarity: Polarity = "±" if label.polarity == "±" else "-" if (label.polarity == "+") is (time == "denied") else "+"
    return Signal(label.name, polarity, label.felt, 0.9 if time == "happened" else 0.2, span, time)
