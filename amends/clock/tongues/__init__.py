"""What a language says when it says by when, and how it gives its word. One file for times, one for acts of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from functools import cache
from importlib import import_module
from typing import Any

from amends.clock.tongues.patterns import plain
from amends.clock.tongues.tongue import Acting, Kind, Kinds, Times, Tongue

TONGUES = {"de": "german", "en": "english", "fr": "french"}
"""Code of each language → its folder here. Another language is a folder and a line."""


@cache
def tongue(code: str) -> Tongue:
    """The language of that code, made when it is first asked for. KeyError for one that is not in `TONGUES`.

    What is looked up is looked up without umlauts and accents.
    """
    folder = f"{__name__}.{TONGUES[code]}"
    times: Times = import_module(f"{folder}.times").TIMES
    acting: Acting = import_module(f"{folder}.acts").ACTING
    return Tongue(replace(times, **{field.name: _typed(getattr(times, field.name)) for field in fields(times)}), acting)


def _typed(words: Any) -> Any:
    return {plain(word): meaning for word, meaning in words.items()} if isinstance(words, Mapping) else words


__all__ = ["TONGUES", "Acting", "Kind", "Kinds", "Times", "Tongue", "tongue"]
