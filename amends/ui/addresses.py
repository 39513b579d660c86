"""Addresses of pages, which stand on every page by the dozen (docs/decisions/0012)."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain

from django.urls import get_script_prefix, reverse

NUMBER = 2_147_000_000
"""Where stand-ins begin: numbers that stand in no address of its own."""


def address(page: str, *args: object) -> str:
    """What `reverse` says, looked up once for a page whose path holds nothing but numbers. Raises NoReverseMatch."""
    if not all(type(one) is int and one >= 0 for one in args):
        return reverse(page, args=args)
    first, *others = _shape(page, len(args), get_script_prefix())
    return first + "".join(chain.from_iterable(zip(map(str, args), others, strict=True)))


@lru_cache(1024)
def _shape(page: str, numbers: int, prefix: str) -> tuple[str, ...]:
    """The address between its numbers. The prefix differs with the place where the desk is mounted."""
    stand_ins = range(NUMBER, NUMBER + numbers)
    left = reverse(page, args=stand_ins)
    parts = []
    for one in stand_ins:
        part, left = left.split(str(one), 1)
        parts.append(part)
    return (*parts, left)
