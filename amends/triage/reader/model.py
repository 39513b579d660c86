"""The trained models: what they say of a text, as plain numbers. Loaded once, when a text is first read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amends.triage.reader import model_file
from amends.triage.reader.features import BITS, Slots, plain, slots
from amends.triage.reader.intents import BITS as FEW
from amends.triage.reader.intents import LISTS, Intents
from amends.triage.reader.labels import LABELS
from amends.triage.reader.meaning import Meaning, meaning
from amends.triage.reader.opinions import AROUND, COUNTS, Opinions
from amends.triage.reader.service import OUTPUTS, SIDES, STANCES, Service
from amends.triage.reader.shape import SIZE, shape
from amends.triage.reader.target import sides, slots_around
from amends.triage.reader.wording import BITS as WORDING

Floats = NDArray[np.float32]
FILE = Path(__file__).with_name("reader.model")
RULES = tuple(sorted(LABELS))
"""The labels in the order in which a model knows them."""
HEADS = {"complaint": 1, "sentiment": 3, "politeness": 1}
"""Heads that are asked by name, and how many outputs each has."""


@dataclass(frozen=True)
class Said:
    """`complains`, `pleased`, `hurt`, `polite`: above 0 is yes. `pleased` and `hurt` are of the text as a whole."""

    complains: float
    pleased: float
    hurt: float
    polite: float


SILENT = Said(0.0, 0.0, 0.0, 0.0)


class Heads:
    """Linear heads over one set of features; small whole numbers, and for each head its scale and its bias."""

    def __init__(self, about: dict[str, Any], arrays: model_file.Arrays) -> None:
        self.heads: dict[str, list[int]] = about["heads"]
        self._idf = arrays["idf"].astype(np.float32)
        self._weights, self._scale, self._bias = arrays["weights"], arrays["scale"], arrays["bias"]
        self.opinions = Opinions(arrays)
        self._tones = arrays["opinion_weights"]
        self._stack = {name: arrays[f"stack_{name}"] for name in ("mean", "spread", "weights")}

    def heard(self, text: str) -> Floats:
        """What every head says, one number each."""
        seen = plain(text)
        return self.of_slots(slots(seen), self.opinions.counts(seen))

    def of_slots(self, found: Slots, opinions: Floats) -> Floats:
        """The same, from slots and what `opinions` counts."""
        values = self._idf[found]
        length = float(np.sqrt(values @ values)) or 1.0
        heard: Floats = (values / length) @ self._weights[found].astype(np.float32) * self._scale + self._bias
        return heard + opinions @ self._tones

    def said(self, text: str, labels: Collection[str], *, asks: bool, heard: Floats | None = None) -> Said:
        """`labels`: what the rules found to have happened; `asks`: a question is among the sentences."""
        heard = self.heard(text) if heard is None else heard
        own = self.heads["complaint"][0]
        beside = np.concatenate((np.delete(heard, own), rules_vector(labels, text, asks=asks)))
        stack = self._stack
        complains = heard[own] + float(((beside - stack["mean"]) / stack["spread"]) @ stack["weights"])
        negative, _, positive = (heard[at] for at in self.heads["sentiment"])
        polite = heard[self.heads["politeness"][0]]
        return Said(float(complains), float(positive), float(negative), float(polite))

    def meant(self, said: Said, text: str) -> Said:
        """The same, by what the text means, too, where the language model is there."""
        return said


class Model(Heads):
    """All that is in the file: the heads, the model of service, and that of targets.

    `meaning`: the heads over what a text means, where the language model is there.
    """

    def __init__(self, about: dict[str, Any], arrays: model_file.Arrays, meaning: Meaning | None = None) -> None:
        _refuse_others(about, arrays)
        super().__init__(about, arrays)
        self.meaning = meaning
        self.service = Service(arrays)
        self.intents = {name: Intents(name, names, arrays) for name, names in about["intents"].items()}
        if meaning is not None and any(meaning.outputs[name] != about["intents"][name] for name in LISTS):
            raise model_file.ModelError(f"The reader's two models have other intents. {model_file.AGAIN}")
        self.targets: list[str] = about["target"]
        self._target = {name: arrays[f"target_{name}"] for name in ("idf", "weights", "scale", "bias", "opinions")}

    def meant(self, said: Said, text: str) -> Said:
        if self.meaning is None:
            return said
        own = np.array([said.complains, said.hurt, 0.0, said.pleased, said.polite], np.float32)
        complains, hurt, _, pleased, polite = self.meaning.of_text(own, text).tolist()
        return Said(complains, pleased, hurt, polite)

    def intent(self, name: str, text: str) -> tuple[str, float]:
        """The likeliest intent of a list for an English message, and by how much it is likelier than the next."""
        said = self.intents[name].said(text)
        if self.meaning is not None:
            said = self.meaning.beside(name, said, text)
        return self.intents[name].likeliest(said)

    def of_target(self, text: str, start: int, end: int) -> Floats:
        """How `text[start:end]` is spoken of: negative, neutral, positive; the largest is meant."""
        found, target = slots_around(text, start, end), self._target
        values = target["idf"][found].astype(np.float32)
        length = float(np.sqrt(values @ values)) or 1.0
        said = (values / length) @ target["weights"][found].astype(np.float32) * target["scale"] + target["bias"]
        said = said + self.opinions.around(*sides(text, start, end)) @ target["opinions"]
        return said if self.meaning is None else self.meaning.around(said, text, start, end)


def _refuse_others(about: dict[str, Any], arrays: model_file.Arrays) -> None:
    """Raises ModelError where a model is not of these labels, these heads and these sizes."""
    if tuple(about.get("labels", ())) != RULES:
        raise model_file.ModelError(
            "The reader's model was trained with other labels than words/labels.toml has. Train it again:"
            " python -m amends.triage.training --data FOLDER"
        )
    outputs, targets = len(about.get("outputs", ())), len(about.get("target", ()))
    heads = about.get("heads", {})
    if any(len(heads.get(name, ())) != count or max(heads[name]) >= outputs for name, count in HEADS.items()):
        raise model_file.ModelError(f"The reader's model has other heads than this release reads. {model_file.AGAIN}")
    intents = about.get("intents", {})
    if tuple(sorted(intents)) != tuple(sorted(LISTS)):
        raise model_file.ModelError(f"The reader's model has other intents than this release. {model_file.AGAIN}")
    slots, beside = 1 << BITS, outputs - 1 + len(RULES) + 1 + SIZE
    known = SIDES + outputs + 1
    sizes = {
        "idf": (slots,),
        "weights": (slots, outputs),
        "target_idf": (slots,),
        "target_weights": (slots, targets),
        **dict.fromkeys(("scale", "bias"), (outputs,)),
        "opinion_weights": (COUNTS, outputs),
        "target_opinions": (AROUND, targets),
        **dict.fromkeys(("target_scale", "target_bias"), (targets,)),
        **dict.fromkeys(("stack_mean", "stack_spread", "stack_weights"), (beside,)),
        "service_idf": (1 << WORDING,),
        "service_weights": (1 << WORDING, len(OUTPUTS)),
        **dict.fromkeys(("service_scale", "service_bias"), (len(OUTPUTS),)),
        **dict.fromkeys(("beside_mean", "beside_spread"), (known,)),
        "beside_weights": (known, len(STANCES)),
        **{f"{name}_idf": (1 << FEW,) for name in LISTS},
        **{f"{name}_weights": (1 << FEW, len(intents[name])) for name in LISTS},
        **{f"{name}_{part}": (len(intents[name]),) for name in LISTS for part in ("scale", "bias")},
    }
    lists = {"opinion_good", "opinion_bad"}
    if lists - arrays.keys() or {name: array.shape for name, array in arrays.items() if name not in lists} != sizes:
        raise model_file.ModelError(f"The reader's model has other sizes than this release reads. {model_file.AGAIN}")


def rules_vector(labels: Collection[str], text: str, *, asks: bool) -> Floats:
    """What the rules found and how the text is made, as a model sees it."""
    return np.array([*(name in labels for name in RULES), asks, *shape(text)], np.float32)


def quantised(weights: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Weights [slots, heads] as whole numbers from -127 to 127, and what each head's are to be multiplied with."""
    largest = np.maximum(np.abs(weights).max(axis=0), 1e-9)
    scale: Floats = (largest / 127).astype(np.float32)
    return np.rint(weights / scale).astype(np.int8), scale


@lru_cache(maxsize=1)
def model() -> Model:
    """The model of this release. Raises ModelError when its file is missing, damaged or made for other labels."""
    return Model(*model_file.read(FILE), meaning())
