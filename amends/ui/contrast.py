"""Whether words in white can be read on a colour (WCAG 2.2, 1.4.3). Colours are `#rrggbb`."""

from __future__ import annotations

READABLE = 4.5


def with_white(colour: str) -> float:
    """The contrast of `colour` with white: 1 is none, 21 is black."""
    return 1.05 / (_luminance(_channels(colour)) + 0.05)


def darkened(colour: str) -> str:
    """The nearest darker colour of the same hue on which white words can be read."""
    channels = _channels(colour)
    while 1.05 / (_luminance(channels) + 0.05) < READABLE:
        channels = [channel * 0.97 for channel in channels]
    return "#" + "".join(f"{int(channel * 255):02x}" for channel in channels)


def _channels(colour: str) -> list[float]:
    return [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]


def _luminance(channels: list[float]) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
