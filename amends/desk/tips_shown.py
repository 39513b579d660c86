"""All that the coach looks for, each with its tip, a good and a bad example, as the settings show it (A091, A157)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from amends.coach.registry import Entry, entries, words_of


@dataclass(frozen=True)
class TipShown:
    """One thing that it looks for; `own` are the shop's words, "" where the coach's hold."""

    code: str
    name: str
    tip: str
    own: str
    good: str
    bad: str
    editable: bool = True


@dataclass(frozen=True)
class Group:
    """What a draft is held for, or what it should have."""

    title: str
    line: str
    tips: tuple[TipShown, ...]


def groups_of(own: Mapping[str, str]) -> list[Group]:
    """What an answer has, what stops one, what is only advised, and the names for many drafts at once."""
    return [
        Group(str(title), str(line), tuple(_tip(one, own) for one in entries() if belongs(one)))
        for title, line, belongs in GROUPS
    ]


GROUPS: list[tuple[Any, Any, Callable[[Entry], bool]]] = [
    (
        gettext_lazy("What a good answer has"),
        gettext_lazy("Said first of what a first letter lacks."),
        lambda one: one.kind == "item",
    ),
    (
        gettext_lazy("What stops a letter"),
        gettext_lazy("Until it is mended or, for most, a reason says why it must go so."),
        lambda one: one.kind == "flag" and one.gate != "tip",
    ),
    (
        gettext_lazy("What is only advised"),
        gettext_lazy("A letter leaves with it all the same."),
        lambda one: one.kind == "flag" and one.gate == "tip",
    ),
    (
        gettext_lazy("Labels"),
        gettext_lazy("The names under which many drafts are checked at once; their tips are those above."),
        lambda one: one.kind == "label",
    ),
]


def _tip(one: Entry, own: Mapping[str, str]) -> TipShown:
    words = "" if one.kind == "label" else own.get(one.code, "")
    return TipShown(one.code, words_of(one), words or str(one.tip), words, one.good, one.bad, one.kind != "label")
