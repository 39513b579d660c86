"""Prometheus' text format, version 0.0.4. *Pure.*"""

from __future__ import annotations

from collections.abc import Iterable

from amends.upkeep.figures import Family, Sample

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def text(families: Iterable[Family]) -> str:
    """All families, each with its help and type."""
    return "".join(f"{line}\n" for family in families for line in _lines(family))


def _lines(family: Family) -> list[str]:
    head = [f"# HELP {family.name} {_escaped(family.does)}", f"# TYPE {family.name} {family.kind}"]
    return [*head, *(_line(family, sample) for sample in family.samples)]


def _line(family: Family, sample: Sample) -> str:
    labels, value = sample
    suffix = labels.get("", "_bucket" if "le" in labels else "")
    shown = ",".join(f'{name}="{_escaped(label)}"' for name, label in labels.items() if name)
    return f"{family.name}{suffix}{f'{{{shown}}}' if shown else ''} {_number(value)}"


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')
