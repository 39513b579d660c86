"""The words and patterns of each language, read once from `words/*.toml`. Pure after that."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

from amends.triage.reader.labels import LABELS
from amends.triage.reader.patterns import Finder, Pattern, PatternError

LANGUAGES = ("en", "de", "fr", "es", "it", "nl")
"""Those that have patterns here and words of each meaning in `words/concepts.toml`."""


@lru_cache(maxsize=len(LANGUAGES))
def finder(language: str) -> Finder:
    """All patterns of a language; those of English for one that has none."""
    return Finder(patterns(language if language in LANGUAGES else "en"))


def patterns(language: str) -> list[Pattern]:
    """A language's patterns as they are written. Raises PatternError where the registry has no such label."""
    read = tomllib.loads(files(__package__).joinpath(f"words/{language}.toml").read_text("utf-8"))
    found = []
    for label, lines in read["patterns"].items():
        if label not in LABELS:
            raise PatternError(f"words/{language}.toml has patterns for “{label}”, which is no label.")
        found += [Pattern(label, line.strip(), read.get("classes", {})) for line in lines.strip().splitlines()]
    return found
