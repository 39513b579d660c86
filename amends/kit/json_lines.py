"""Questions and answers by the line: one JSON object in, one out, in order; what is wrong says so. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, BinaryIO


class LineError(ValueError):
    """The line cannot be answered; the message says why and what to do."""


def answer(line: str, shape: str, told: Callable[[dict[str, Any]], dict[str, Any]]) -> dict[str, Any]:
    """The line's `id` and what `told` says of its object, or `{id, error}` with what to do. `shape`: how a line looks."""
    given: dict[str, Any] = {}
    try:
        given = _object(line, shape)
        return {"id": given.get("id"), **told(given)}
    except LineError as error:
        return {"id": given.get("id"), "error": str(error)}


def _object(line: str, shape: str) -> dict[str, Any]:
    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise LineError("This line is not JSON. Write one JSON object a line, in UTF-8.") from error
    if not isinstance(given, dict):
        raise LineError(f"This line is JSON, but not an object. Write {shape}.")
    return given


def word(given: dict[str, Any], name: str, otherwise: str | None = None) -> str:
    """The text under `name`, or `otherwise` where there is none. Raises LineError."""
    value = given.get(name)
    if value is None and otherwise is not None:
        return otherwise
    if value is None:
        raise LineError(f"“{name}” is missing. Give it as text.")
    if not isinstance(value, str):
        raise LineError(f"“{name}” is not text. Put it in quotation marks.")
    return value


def answer_each(lines: Iterable[bytes], out: BinaryIO, answered: Callable[[str], dict[str, Any]]) -> None:
    """One answer for each line that is not empty, each handed on at once."""
    for raw in lines:
        line = raw.decode("utf-8", errors="replace").strip().removeprefix("\ufeff")
        if line:
            out.write(_as_line(answered(line)))
            out.flush()


def _as_line(answer: dict[str, Any]) -> bytes:
    try:
        return f"{json.dumps(answer, ensure_ascii=False)}\n".encode()
    except UnicodeEncodeError:  # half a character in it
        return f"{json.dumps(answer)}\n".encode()
