"""What texts mean, kept in a folder while heads are trained: to ask MiniLM takes minutes, to learn from it seconds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from amends.triage.reader.meaning import SIZE, thing, whole
from amends.triage.reader.minilm import Floats, MiniLM
from amends.triage.training.data import Row

CHUNK, BATCH = 1000, 16
"""Texts of one kept file; texts that are asked for at once, so that what they need stays in the processor's cache."""


class Vectors:
    """MiniLM as the training asks it. `digest`: the SHA-256 of its weights; `kept`: a folder that is made."""

    def __init__(self, encoder: MiniLM, digest: str, kept: Path) -> None:
        self._encoder, self.digest, self._kept = encoder, digest, kept
        kept.mkdir(parents=True, exist_ok=True)

    def whole(self, texts: Sequence[str]) -> Floats:
        """Of texts, [texts, SIZE]."""
        return self._each("whole", list(texts), whole)

    def things(self, rows: Sequence[Row]) -> Floats:
        """Of what each row names in its text, [rows, SIZE]."""
        return self._each("thing", [(row["text"], row["from"], row["to"]) for row in rows], thing)

    def _each(self, kind: str, asked: list[Any], of: Callable[[MiniLM, Any], Floats]) -> Floats:
        found = [self._chunk(kind, asked[at : at + CHUNK], of) for at in range(0, len(asked), CHUNK)]
        return np.concatenate(found).astype(np.float32) if found else np.zeros((0, SIZE), np.float32)

    def _chunk(self, kind: str, asked: list[Any], of: Callable[[MiniLM, Any], Floats]) -> Any:
        name = hashlib.sha256(json.dumps([self.digest, kind, asked]).encode()).hexdigest()
        path = self._kept / f"{name}.npy"
        if not path.exists():
            every = [of(self._encoder, asked[at : at + BATCH]) for at in range(0, len(asked), BATCH)]
            part = path.with_suffix(".part.npy")
            np.save(part, np.concatenate(every).astype(np.float16))
            part.rename(path)  # whole or not at all: a run may be stopped
        return np.load(path)
