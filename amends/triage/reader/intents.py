"""What a short message wants, out of a list of intents: those of a bank's customers, or of an assistant's users."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amends.triage.reader.features import BITS as ALL_BITS
from amends.triage.reader.features import Slots, distinct, plain, slots

BITS = 15
"""Slots are two to the power of it: fewer than of the other heads, as there are many outputs."""
LISTS = ("bank", "assistant")


class Intents:
    """One list of intents: `names`, and a linear head for each."""

    def __init__(self, list_name: str, names: Sequence[str], arrays: Mapping[str, NDArray[Any]]) -> None:
        self.names = tuple(names)
        self._arrays = {part: arrays[f"{list_name}_{part}"] for part in ("idf", "weights", "scale", "bias")}

    @cached_property
    def _idf(self) -> NDArray[np.float32]:
        return self._arrays["idf"].astype(np.float32)

    def said(self, text: str) -> NDArray[np.float32]:
        """How much the words of an English message speak for each intent."""
        found = few(slots(plain(text)))
        values = self._idf[found]
        length = float(np.sqrt(values @ values)) or 1.0
        said = (values / length) @ self._arrays["weights"][found].astype(np.float32) * self._arrays["scale"]
        whole: NDArray[np.float32] = said + self._arrays["bias"]
        return whole

    def likeliest(self, said: NDArray[np.float32]) -> tuple[str, float]:
        """The intent for which most speaks, and by how much it is likelier than the next."""
        best = int(said.argmax())
        return self.names[best], round(float(said[best] - np.partition(said, -2)[-2]), 3)


def few(found: Slots) -> Slots:
    """The slots of this smaller table, each once, in order."""
    return distinct(found >> np.uint32(ALL_BITS - BITS))
