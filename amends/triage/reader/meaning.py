"""What the optional language model adds: heads over what an English text means, each beside one over its words.

Where `amends[semantic]` is not installed, or is left out, there is none of it, and the reader reads by words alone.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from amends.triage.reader import extra, model_file
from amends.triage.reader.extra import ExtraError
from amends.triage.reader.features import bare
from amends.triage.reader.intents import LISTS
from amends.triage.reader.labels import CLUES
from amends.triage.reader.minilm import KEPT, WIDTH, Floats, Meant, MiniLM
from amends.triage.reader.service import OUTPUTS, Told
from amends.triage.reader.use import Use

logger = logging.getLogger(__name__)

FILE = Path(__file__).with_name("reader-semantic.model")
SIZE = len(KEPT) * WIDTH
"""Numbers that stand for what a text, or a thing in it, means."""
LONGEST = 1500
"""Characters of a text that are looked at: more than MiniLM has pieces for."""
AROUND = 240
"""Characters on each side of a thing that are looked at."""
HEADS = {"complaint": 1, "sentiment": 3, "politeness": 1, "target": 3, "service": len(OUTPUTS)}
"""Heads and how many outputs each has; besides, one for each list of intents."""


class Meaning:
    """MiniLM, and heads over what it says. `own`: how much the head over words counts beside each."""

    def __init__(self, about: Mapping[str, Any], arrays: model_file.Arrays, encoder: MiniLM) -> None:
        self._own: dict[str, float] = about["own"]
        self._arrays = {name: array.astype(np.float32) for name, array in arrays.items()}
        self.outputs: dict[str, list[str]] = about["outputs"]
        self._encoder = encoder
        self._last: tuple[str, Floats] | None = None

    def beside(self, head: str, words: Floats, text: str) -> Floats:
        """What the head over words says and what the text means, in one."""
        return self._summed(head, words, self._of(text))

    def of_text(self, words: Floats, text: str) -> Floats:
        """The same of the heads complaint (1), sentiment (3) and politeness (1), one after the other."""
        meant = self._of(text)
        parts = (("complaint", words[:1]), ("sentiment", words[1:4]), ("politeness", words[4:]))
        return np.concatenate([self._summed(head, own, meant) for head, own in parts])

    def around(self, words: Floats, text: str, start: int, end: int) -> Floats:
        """The same of a thing that stands at `text[start:end]`."""
        return self._summed("target", words, thing(self._encoder, [(text, start, end)])[0])

    def told(self, told: Told, text: str) -> Told:
        """What the model of service says of a short text, and what the text means."""
        both = self._summed("service", np.concatenate([told.clues, told.stances]), self._of(text))
        return replace(told, clues=both[: len(CLUES)], stances=both[len(CLUES) :])

    def _summed(self, head: str, words: Floats, meant: Floats) -> Floats:
        said = meant @ self._arrays[f"{head}_weights"] + self._arrays[f"{head}_bias"]
        both: Floats = words * np.float32(self._own[head]) + said
        return both

    def _of(self, text: str) -> Floats:
        """The last text's is kept: several heads are asked of it."""
        if self._last is None or self._last[0] != text:
            self._last = text, whole(self._encoder, [text])[0]
        return self._last[1]


def whole(encoder: MiniLM, texts: Sequence[str]) -> Floats:
    """What texts mean, [texts, SIZE]."""
    return vectors(encoder.meant([bare(text[:LONGEST]) for text in texts]).means())


def thing(encoder: MiniLM, places: Sequence[tuple[str, int, int]]) -> Floats:
    """What things mean where they stand, [things, SIZE]; a place is a text and where the thing begins and ends in it."""
    begins = [max(0, start - AROUND) for _, start, _ in places]
    meant = encoder.meant([text[at : end + AROUND] for at, (text, _, end) in zip(begins, places, strict=True)])
    where = zip(pairwise(meant.begins), begins, places, strict=True)
    found = [
        meant.states[:, _pieces(meant, first, after, start - at, end - at)].mean(1)
        for (first, after), at, (_, start, end) in where
    ]
    return vectors(np.stack(found))


def vectors(means: Floats) -> Floats:
    """Means [texts, kept layers, WIDTH] as one vector each, where every layer is of length one."""
    every: Floats = (means / np.linalg.norm(means, axis=2, keepdims=True)).reshape(len(means), SIZE)
    return every


def _pieces(meant: Meant, first: int, after: int, start: int, end: int) -> list[int]:
    """The pieces of a thing; the mark before the text where it lies beyond the last piece."""
    inner = range(first + 1, after - 1)
    return [at for at in inner if meant.spans[at][0] < end and start < meant.spans[at][1]] or [first]


def checked() -> tuple[Path, dict[str, Any], model_file.Arrays] | None:
    """Where MiniLM lies, and the heads over it; None where the extra is not installed.

    Raises ExtraError where it is another one than the heads were trained over, ModelError where the heads are not those
    of this release.
    """
    place = extra.folder()
    if place is None:
        return None
    about, arrays = model_file.read(FILE)
    _refuse_others(about, arrays)
    extra.refuse_others(place, about["version"], about["sha256"])
    return place, about, arrays


@lru_cache(maxsize=1)
def meaning() -> Meaning | None:
    """What is installed, can be used and is not left out. Raises ModelError where the heads are of another release."""
    try:
        found = checked() if Use.meaning else None
        return Meaning(found[1], found[2], extra.encoder(found[0])) if found else None
    except ExtraError as error:
        logger.warning("%s Until then it is read by words alone.", error)
        return None


def _refuse_others(about: Mapping[str, Any], arrays: model_file.Arrays) -> None:
    """Raises ModelError where these are not the heads that this release asks."""
    outputs = about.get("outputs", {})
    names = {*HEADS, *LISTS}
    counts = {name: len(outputs.get(name, ())) for name in names}
    sizes: dict[str, tuple[int, ...]] = {f"{name}_weights": (SIZE, count) for name, count in counts.items()}
    sizes |= {f"{name}_bias": (count,) for name, count in counts.items()}
    if (
        {name: counts[name] for name in HEADS} != HEADS
        or tuple(outputs["service"]) != OUTPUTS
        or set(about.get("own", {})) != names
        or not {"version", "sha256"} <= about.keys()
        or {name: array.shape for name, array in arrays.items()} != sizes
    ):
        raise model_file.ModelError(
            f"The heads in {FILE.name} are not those of this release. Take it from the release again, or train it with"
            " amends[semantic] installed: python -m amends.triage.training --data FOLDER"
        )
