"""What a text says of one company, from the labels that were found about it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from amends.triage.reader.happened import is_question
from amends.triage.reader.labels import CLUES, LABELS
from amends.triage.reader.model import SILENT, Model
from amends.triage.reader.sarcasm import without_sarcasm
from amends.triage.reader.stance import Evidence, stance_of
from amends.triage.reader.tokens import Tokens
from amends.triage.reader.told import OfBrand, Signal

REMEDIES = frozenset(("made_right", "quick_repair", "explained"))
"""Clues beside which a trouble is only what they were for."""
CONTRAST = frozenset("but though although however shame pity except aber mais pero ma maar".split())


@dataclass(frozen=True)
class Share:
    """What of a text is about one company: its labels, and the numbers of its sentences."""

    signals: list[Signal] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)


def of_brand(brand: str, cut: Tokens, mine: Share, *, about: bool, at_page: bool, model: Model | None) -> OfBrand:
    """Its stance and its clues; nothing of a word that is not the company."""
    if not about:
        return OfBrand(brand, False, "none", (), ())
    kept = without_sarcasm(cut, mine.signals, mine.sentences)
    clues = sorted({LABELS[s.label].clue for s in kept if s.happened and LABELS[s.label].clue})
    evidence = _evidence(cut, mine, kept, at_page=at_page, model=model)
    stance = stance_of(replace(evidence, named=bool(brand)))
    if stance in ("none", "question"):
        clues = []
    return OfBrand(brand, True, stance, tuple(clues), tuple(kept))


def _evidence(cut: Tokens, mine: Share, signals: Sequence[Signal], *, at_page: bool, model: Model | None) -> Evidence:
    sums: dict[str, dict[str, float]] = {"+": {}, "-": {}}
    for s in signals:
        label = LABELS[s.label]
        if label.polarity in sums:
            if s.time == "denied":
                _most(sums["-" if label.polarity == "+" else "+"], f"not {label.name}", label.weight * 0.6)
            elif s.time == "happened":
                _most(sums[label.polarity], label.clue or label.name, label.weight)
    mended = not REMEDIES.isdisjoint(sums["+"])
    asks = any(is_question(cut, cut.sentences[one]) for one in mine.sentences)
    happened = {s.label for s in signals if s.happened}
    said = model.said(_words_of(cut, mine), happened, asks=asks) if model else SILENT
    return Evidence(
        good=sum(weight for key, weight in sums["+"].items() if key not in CLUES),
        bad=sum(weight for key, weight in sums["-"].items() if key not in CLUES) * (0.4 if mended else 1.0),
        good_clues=sum(weight for key, weight in sums["+"].items() if key in CLUES),
        bad_clues=sum(weight for key, weight in sums["-"].items() if key in CLUES),
        complains=said.complains,
        pleased=said.pleased - said.hurt,
        asks=asks,
        contrast=not mended
        and any(not CONTRAST.isdisjoint(cut.words[slice(*cut.sentences[one])]) for one in mine.sentences),
        only_named=any(s.label == "mentioned_only" for s in signals),
        at_its_page=at_page,
    )


def _most(sums: dict[str, float], key: str, weight: float) -> None:
    sums[key] = max(sums.get(key, 0.0), weight)


def _words_of(cut: Tokens, mine: Share) -> str:
    """The text of a company's sentences; of a text about one only, all of it."""
    numbers = dict.fromkeys(mine.sentences)
    if len(numbers) == len(cut.sentences):
        return cut.text
    return " ".join(cut.text[slice(*cut.span(*cut.sentences[one]))] for one in numbers)
