"""Every address that the desk answers, found by walking the URL configuration."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter

_PLACE = re.compile(r"<(?:(\w+):)?(\w+)>")
_GROUP = re.compile(r"\(\?P<(\w+)>[^)]*\)")


@dataclass(frozen=True)
class Route:
    """One address of the desk: its shape has a `{place}` for every object."""

    name: str
    shape: str
    view: Any
    numbers: frozenset[str] = frozenset()
    """Places that take whole numbers only."""

    @property
    def places(self) -> list[str]:
        return re.findall(r"\{(\w+)\}", self.shape)

    @property
    def path(self) -> str:
        """With a likely value in every place."""
        return self.filled({place: "1" if place in self.numbers else "x" for place in self.places})

    @property
    def ours(self) -> bool:
        return str(getattr(self.view, "__module__", "")).startswith("amends.desk")

    def filled(self, values: Mapping[str, str]) -> str:
        return self.shape.format(**values)


def routes() -> list[Route]:
    return list(_routes(get_resolver(), "/", frozenset()))


def _routes(resolver: URLResolver, before: str, numbers: frozenset[str]) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        shape = before + _shape(pattern)
        now = numbers | _numbers(pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern, shape, now)
        else:
            yield Route(pattern.name or shape, shape, pattern.callback, now)


def _shape(pattern: URLPattern | URLResolver) -> str:
    text = _PLACE.sub(r"{\2}", str(pattern.pattern)) if pattern.pattern.converters else str(pattern.pattern)
    return _GROUP.sub(r"{\1}", text).strip("^$").replace("\\", "")


def _numbers(pattern: URLPattern | URLResolver) -> frozenset[str]:
    found = pattern.pattern.converters.items()
    return frozenset(name for name, converter in found if isinstance(converter, IntConverter))
