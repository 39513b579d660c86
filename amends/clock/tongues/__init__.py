"""What a language says when it says by when, and how it gives its word. One file for times, one for acts of each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from amends.clock.tongues import english, french, german
from amends.clock.tongues.patterns import either_way, plain
from amends.clock.tongues.tongue import Acting, Kind, Times, Tongue


def _tongue(times: Times, acting: Acting) -> Tongue:
    """A language that is also read without its umlauts and accents; what is looked up is looked up without them."""
    return Tongue(
        replace(times, **{field.name: _typed(getattr(times, field.name)) for field in fields(times)}),
        replace(acting, **{field.name: _typed(getattr(acting, field.name)) for field in fields(acting)}),
    )


def _typed(words: Any) -> Any:
    if isinstance(words, re.Pattern):
        return either_way(words)
    if isinstance(words, Mapping):
        return {plain(word): meaning for word, meaning in words.items()}
    if isinstance(words, tuple):
        return tuple((kind, either_way(said)) for kind, said in words)
    return words


TONGUES = {
    "en": _tongue(english.times.TIMES, english.acts.ACTING),
    "de": _tongue(german.times.TIMES, german.acts.ACTING),
    "fr": _tongue(french.times.TIMES, french.acts.ACTING),
}
"""By language code. Another language is a folder here and a line."""

__all__ = ["TONGUES", "Acting", "Kind", "Times", "Tongue"]
