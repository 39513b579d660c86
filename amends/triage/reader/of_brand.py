"""What a text says of one company, from the labels that were found about it and from how it is worded. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from amends.triage.reader.happened import is_question
from amends.triage.reader.labels import CLUES, LABELS
from amends.triage.reader.model import SILENT, Heads, Model, Said
from amends.triage.reader.sarcasm import without_sarcasm
from amends.triage.reader.service import MOST, STANCES, Floats, Told, beside
from amends.triage.reader.stance import Evidence, Stance, stance_of
from amends.triage.reader.tokens import LINE, Tokens
from amends.triage.reader.told import OfBrand, Signal
from amends.triage.reader.wording import Seen, seen

REMEDIES = frozenset(("made_right", "quick_repair", "explained"))
"""Clues beside which a trouble is only what they were for."""
CONTRAST = frozenset("but though although however shame pity except aber mais pero ma maar".split())
ALONE, WITH_WORDS = -0.4, -0.9
"""How sure the model must be of a clue by itself, and of one for which there are words in the lists."""
UNREAL = frozenset(("hypothetical", "rhetorical_question", "irony"))
"""Labels of sentences that tell what did not happen so."""
PROVED_BY = {clue: clue if clue in LABELS else max(n for n in LABELS if LABELS[n].clue == clue) for clue in CLUES}
"""The label that a clue is shown as where only the model knows it."""


@dataclass(frozen=True)
class Share:
    """What of a text is about one company.

    Its labels, its sentences' numbers, the parts that are about it, and the sentences that name others beside; `words`
    are those of the text, where the others are "~o".
    """

    words: Sequence[str] = ()
    signals: list[Signal] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)
    parts: list[tuple[int, int]] = field(default_factory=list)
    around: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Ruled:
    """What the lists of words say of one company, and what the older heads are heard to say of its sentences."""

    signals: list[Signal]
    clues: frozenset[str]
    stance: Stance
    heard: Floats | None


def by_rules(brand: str, cut: Tokens, mine: Share, *, at_page: bool, model: Heads | None) -> Ruled:
    """What the lists of words and the older heads find."""
    kept = without_sarcasm(cut, mine.signals, mine.sentences)
    clues = frozenset(LABELS[s.label].clue for s in kept if s.happened and LABELS[s.label].clue)
    asks = any(is_question(cut, cut.sentences[one]) for one in mine.sentences)
    said, heard = SILENT, None
    if model is not None:
        words = _words_of(cut, mine)
        heads = model.heard(words)
        said = model.said(words, {s.label for s in kept if s.happened}, asks=asks, heard=heads)
        heard = np.append(heads, np.float32(said.complains))
        said = model.meant(said, words)
    evidence = replace(_evidence(cut, mine, kept, said), asks=asks, at_its_page=at_page, named=bool(brand))
    return Ruled(kept, clues, stance_of(evidence), heard)


def by_words(brand: str, ruled: Ruled | None) -> OfBrand:
    """A reading by the rules alone; of a word that is not the company, nothing."""
    if ruled is None:
        return OfBrand(brand, False, "none", (), ())
    return _told(brand, ruled.stance, ruled.clues, ruled.signals)


def judged(
    one: OfBrand,
    cut: Tokens,
    mine: Share,
    ruled: Ruled,
    asked: tuple[Seen, Floats],
    model: Model,
) -> OfBrand:
    """The same reading, by how the text is worded; `asked`: what the model of service is asked with."""
    told = model.service.told(*asked)
    if model.meaning is not None and ruled.heard is not None and not told.is_long:
        told = model.meaning.told(told, worded(mine))
    stance = STANCES[int(told.stances.argmax())] if one.name and not told.is_long else one.stance
    clues = _clues(cut, mine, told, ruled)
    kept = _told(one.name, stance, frozenset(clues), ruled.signals)
    proofs = _proofs(told, {clue: clues[clue] for clue in kept.clues})
    return replace(kept, signals=tuple(sorted((*kept.signals, *proofs), key=lambda one: one.span)))


def asked_with(
    mine: Share, ruled: Ruled, stance: Stance, others: list[Stance] | None, *, at_page: bool
) -> tuple[Seen, Floats]:
    """What the model of service sees; `stance`: the rules', `others`: theirs to the other companies that are named."""
    wording = seen(mine.words, _first(mine.parts), _first(mine.around))
    return wording, beside(stance, others, ruled.heard, at_page=at_page)


def worded(mine: Share) -> str:
    """What is said of one company, as MiniLM is asked: names make no difference."""
    words = " ".join(word for first, after in mine.parts for word in mine.words[first:after] if word != LINE)
    return words.replace("~b", "the company").replace("~o", "the other company")


def _first(parts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The parts that begin within the words that are looked at."""
    return [(first, min(after, first + MOST)) for first, after in parts if first < MOST]


def _told(brand: str, stance: Stance, clues: frozenset[str], signals: Sequence[Signal]) -> OfBrand:
    """Without the clues that do not go with the stance."""
    spared = {"praise": "-", "complaint": "+", "mixed": ""}.get(stance, "+-")
    kept = sorted(clue for clue in clues if LABELS[PROVED_BY[clue]].polarity not in spared)
    return OfBrand(brand, True, stance, tuple(kept), tuple(sorted(signals, key=lambda one: one.span)))


def _clues(cut: Tokens, mine: Share, told: Told, ruled: Ruled) -> dict[str, tuple[int, int] | None]:
    """Those that words and model agree on, and those of which the model is sure, each of these with its sentence.

    Not what the words say was only feared or denied; in a sentence that imagines, the model must be surer.
    """
    doubted = {LABELS[s.label].clue for s in ruled.signals if not s.happened}
    unreal = [s.span for s in ruled.signals if s.label in UNREAL]
    parts = [*_first(mine.parts), *_first(mine.around)]
    alone = 0.0 if told.is_long else ALONE  # of many windows, one is soon mistaken
    found: dict[str, tuple[int, int] | None] = {}
    for number, (clue, sure) in enumerate(zip(CLUES, told.clues.tolist(), strict=True)):
        if clue in ruled.clues and sure > WITH_WORDS:
            found[clue] = None
        elif clue not in ruled.clues and clue not in doubted and sure > alone:
            span = cut.span(*parts[told.part_of(number)])
            if sure > 0 or not any(start < span[1] and span[0] < end for start, end in unreal):
                found[clue] = span
    return found


def _proofs(told: Told, clues: Mapping[str, tuple[int, int] | None]) -> list[Signal]:
    """For each clue that only the model knows, the sentence that speaks for it."""
    found = []
    for number, clue in enumerate(CLUES):
        span = clues.get(clue)
        if span is not None:
            label = LABELS[PROVED_BY[clue]]
            certainty = round(float(0.5 + 0.4 * np.tanh(max(0.0, told.clues[number] - ALONE))), 2)
            found.append(Signal(label.name, label.polarity, label.felt, certainty, span))
    return found


def _evidence(cut: Tokens, mine: Share, signals: Sequence[Signal], said: Said) -> Evidence:
    sums: dict[str, dict[str, float]] = {"+": {}, "-": {}}
    for s in signals:
        label = LABELS[s.label]
        if label.polarity in sums:
            if s.time == "denied":
                _most(sums["-" if label.polarity == "+" else "+"], f"not {label.name}", label.weight * 0.6)
            elif s.time == "happened":
                _most(sums[label.polarity], label.clue or label.name, label.weight)
    mended = not REMEDIES.isdisjoint(sums["+"])
    return Evidence(
        good=sum(weight for key, weight in sums["+"].items() if key not in CLUES),
        bad=sum(weight for key, weight in sums["-"].items() if key not in CLUES) * (0.4 if mended else 1.0),
        good_clues=sum(weight for key, weight in sums["+"].items() if key in CLUES),
        bad_clues=sum(weight for key, weight in sums["-"].items() if key in CLUES),
        complains=said.complains,
        pleased=said.pleased - said.hurt,
        contrast=not mended
        and any(not CONTRAST.isdisjoint(cut.words[slice(*cut.sentences[one])]) for one in mine.sentences),
        only_named=any(s.label == "mentioned_only" for s in signals),
    )


def _most(sums: dict[str, float], key: str, weight: float) -> None:
    sums[key] = max(sums.get(key, 0.0), weight)


def _words_of(cut: Tokens, mine: Share) -> str:
    """The text of a company's sentences; of a text about one only, all of it."""
    numbers = dict.fromkeys(mine.sentences)
    if len(numbers) == len(cut.sentences):
        return cut.text
    return " ".join(cut.text[slice(*cut.span(*cut.sentences[one]))] for one in numbers)
