"""The shop's one colour, moved as little as needed until white words on it can be read. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from amends.ui import contrast

SEEN_ON_DARK = 6.0
"""The most contrast with white that still lets a button stand out from a dark page (3:1 there)."""

_HEX = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True)
class Pair:
    """A colour for the light page and for the dark one, as #rrggbb; `hover` a shade deeper."""

    light: str
    dark: str
    hover: str


def readable(colour: str) -> Pair | None:
    """The colour made fit to stand under white words; None when it is no colour."""
    if not _HEX.fullmatch(colour):
        return None
    light = contrast.darkened(colour)
    return Pair(light, _lightened(light), _mixed(light, 0, 0.15))


def rule(pair: Pair) -> str:
    """The stylesheet of one rule."""
    return (
        f".portal{{--pen-solid:light-dark({pair.light},{pair.dark});"
        f"--pen-solid-hover:light-dark({pair.hover},{pair.dark})}}\n"
    )


def _lightened(colour: str) -> str:
    share, lighter = 0.0, colour
    while contrast.with_white(lighter) > SEEN_ON_DARK:
        share += 0.02
        lighter = _mixed(colour, 255, share)
    return lighter


def _mixed(colour: str, with_channel: int, share: float) -> str:
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round((1 - share) * part + share * with_channel):02x}" for part in parts)
