"""What guards a reading against traps that no single pattern sees: repeats, hopes, names (C6). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from amends.triage.reader.staff import Named
from amends.triage.reader.tokens import LINE, Tokens
from amends.triage.reader.told import Signal

_SHORTEST = 4
"""Words of a sentence that is told twice on purpose."""


def repeated(cut: Tokens) -> frozenset[int]:
    """The numbers of sentences that stood there before, and of lines that are quoted with ">"."""
    seen: set[tuple[str, ...]] = set()
    found = set()
    quoted = False
    for number, (first, after) in enumerate(cut.sentences):
        words = tuple(word for word in cut.words[first:after] if word != LINE)
        begins = first == 0 or cut.words[first - 1] == LINE
        quoted = words[:1] == (">",) if begins else quoted
        if quoted or (len(words) >= _SHORTEST and words in seen):
            found.add(number)
        seen.add(words)
    return frozenset(found)


def quoted_repeats(cut: Tokens, numbers: frozenset[int]) -> list[Signal]:
    """A label for each run of sentences that only repeat."""
    found: list[Signal] = []
    for number in sorted(numbers):
        start, end = cut.span(*cut.sentences[number])
        if found and number - 1 in numbers:
            found[-1] = replace(found[-1], span=(found[-1].span[0], end))
        else:
            found.append(Signal("quoted_repeat", "±", 1, 0.9, (start, end)))
    return found


def widest(signals: Sequence[Signal]) -> list[Signal]:
    """Of the same label at the same words only one, with all its words. `signals` in the order of their words."""
    found: list[Signal] = []
    last: dict[tuple[str, str], int] = {}
    for one in signals:
        at = last.get((one.label, one.time))
        if at is not None and one.span[0] < found[at].span[1]:
            before = found[at]
            found[at] = replace(before, span=(before.span[0], max(before.span[1], one.span[1])))
        else:
            last[one.label, one.time] = len(found)
            found.append(one)
    return found


def hopes(signals: Sequence[Signal]) -> list[Signal]:
    """ "Hypothetical" beside whatever was expected or imagined."""
    said = {one.span[0] for one in signals if one.label == "hypothetical"}
    return [
        Signal("hypothetical", "±", 1, 0.8, one.span)
        for one in signals
        if one.time in ("expected", "hypothetical") and one.label != "hypothetical" and one.span[0] not in said
    ]


def less_certain(signals: Sequence[Signal]) -> list[Signal]:
    """The same, where what pleases is not sure yet: "so far"."""
    if not any(one.label == "unconfirmed" for one in signals):
        return list(signals)
    return [replace(one, certainty=min(one.certainty, 0.5)) if one.polarity == "+" else one for one in signals]


def kudos(named: Sequence[Named]) -> list[Signal]:
    """A label for each of the staff who is named."""
    return [Signal("kudos_person", "+", 2, 0.7, (one.start, one.end)) for one in named]
