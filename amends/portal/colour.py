"""The shop's one colour, moved as little as needed until white words on it can be read (WCAG 1.4.3). Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

READABLE = 4.5
SEEN_ON_DARK = 7.0
"""The most contrast with white that still lets a button stand out from a dark page (3:1 there)."""

Channels = tuple[float, float, float]
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
    light = _darkened(_parse(colour))
    dark = _lightened(light)
    return Pair(_write(light), _write(dark), _write(_mixed(light, (0, 0, 0), 0.15)))


def contrast_with_white(colour: str) -> float:
    """1 for white itself, 21 for black."""
    return 1.05 / (_luminance(_parse(colour)) + 0.05)


def rule(pair: Pair) -> str:
    """The stylesheet of one rule."""
    return (
        f".portal{{--pen-solid:light-dark({pair.light},{pair.dark});"
        f"--pen-solid-hover:light-dark({pair.hover},{pair.dark})}}\n"
    )


def _darkened(colour: Channels) -> Channels:
    step = 0.0
    while contrast_with_white(_write(mixed := _mixed(colour, (0, 0, 0), step))) < READABLE:
        step += 0.02
    return mixed


def _lightened(colour: Channels) -> Channels:
    step = 0.0
    while contrast_with_white(_write(mixed := _mixed(colour, (1, 1, 1), step))) > SEEN_ON_DARK:
        step += 0.02
    return mixed if contrast_with_white(_write(mixed)) >= READABLE else colour


def _mixed(colour: Channels, other: Channels, share: float) -> Channels:
    red, green, blue = ((1 - share) * one + share * two for one, two in zip(colour, other, strict=True))
    return red, green, blue


def _luminance(colour: Channels) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parse(colour: str) -> Channels:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _write(colour: Channels) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in colour)
