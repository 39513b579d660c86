"""The file of the trained models: a header in JSON and plain numbers. Reading it can run nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Arrays = dict[str, NDArray[Any]]

MAGIC = b"AMENDS-READER-1\n"
TYPES = ("int8", "int32", "float16", "float32")
LARGEST_HEADER = 1_000_000


class ModelError(RuntimeError):
    """The file cannot be used; says why and what to do."""


def write(path: Path, about: Mapping[str, Any], arrays: Arrays) -> None:
    """Write a model: magic, length of the header (8 bytes, little-endian), header, the arrays one after the other."""
    table, at = {}, 0
    for name, array in arrays.items():
        table[name] = {"type": array.dtype.name, "shape": list(array.shape), "at": at}
        at += array.nbytes
    header = json.dumps({"about": about, "arrays": table}, sort_keys=True).encode()
    body = b"".join(np.ascontiguousarray(array).tobytes() for array in arrays.values())
    path.write_bytes(MAGIC + len(header).to_bytes(8, "little") + header + body)


def read(path: Path) -> tuple[dict[str, Any], Arrays]:
    """What `write` wrote. Raises ModelError for a file that is not there, is cut off or is another file."""
    try:
        whole = path.read_bytes()
    except OSError as error:
        raise ModelError(f"The reader's model {path} cannot be read: {error.strerror}. {AGAIN}") from error
    begin = len(MAGIC) + 8
    length = int.from_bytes(whole[len(MAGIC) : begin], "little")
    if not whole.startswith(MAGIC) or length > LARGEST_HEADER:
        raise ModelError(f"{path} is no model of this reader. {AGAIN}")
    try:
        header = json.loads(whole[begin : begin + length])
        arrays = {name: _array(whole, begin + length, told) for name, told in dict(header["arrays"]).items()}
        return dict(header["about"]), arrays
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ModelError(f"The reader's model {path} is damaged. {AGAIN}") from error


AGAIN = "Take it from the release again, or train it: python -m amends.triage.training --data FOLDER"


def _array(whole: bytes, begin: int, told: Mapping[str, Any]) -> NDArray[Any]:
    if told["type"] not in TYPES:
        raise ValueError(told["type"])
    count = int(np.prod(told["shape"]))
    return np.frombuffer(whole, told["type"], count, begin + told["at"]).reshape(told["shape"])
