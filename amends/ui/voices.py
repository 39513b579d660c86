"""Plain text that a person wrote, as safe HTML: paragraphs in the voice face, quotes set off, links.

One pass over the text, so that a very long mail costs no more than its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

DEEPEST_QUOTE = 3
# Marks that turn the reading direction could make a link look like another one.
LINK = re.compile(r"https?://[^\s<>\"\u200e\u200f\u202a-\u202e\u2066-\u2069]+", re.IGNORECASE)
TRAILING = ".,;:!?'»”’"
PAIRS = {")": "(", "]": "[", "}": "{"}


def paragraphs(text: str) -> SafeString:
    """`<p class="voice">` for each paragraph, `<blockquote>` for lines that begin with ">"."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return mark_safe("\n".join(_blocks(lines, 0)))  # noqa: S308 - every piece of it is escaped below


def _blocks(lines: list[str], depth: int) -> Iterator[str]:
    for quoted, group in groupby(lines, lambda line: line.startswith(">") and depth < DEEPEST_QUOTE):
        if quoted:
            inner = "\n".join(_blocks([_unquoted(line) for line in group], depth + 1))
            yield f'<blockquote class="quoted">{inner}</blockquote>'
        else:
            yield from _paragraphs(list(group))


def _unquoted(line: str) -> str:
    rest = line[1:]
    return rest[1:] if rest.startswith(" ") else rest


def _paragraphs(lines: list[str]) -> Iterator[str]:
    for filled, group in groupby(lines, lambda line: bool(line.strip())):
        if filled:
            inner = "<br>".join(_linked(line.rstrip()) for line in group)
            yield f'<p class="voice" dir="auto">{inner}</p>'


def _linked(line: str) -> str:
    pieces: list[str] = []
    end = 0
    for found in LINK.finditer(line):
        address = _without_tail(found[0])
        pieces += [escape(line[end : found.start()]), _anchor(address)]
        end = found.start() + len(address)
    return "".join([*pieces, escape(line[end:])])


def _without_tail(address: str) -> str:
    """The address without the punctuation of the sentence around it."""
    opened = {closing: address.find(opening) for closing, opening in PAIRS.items()}
    end = len(address)
    while end and (address[end - 1] in TRAILING or opened.get(address[end - 1]) == -1):
        end -= 1
    return address[:end]


def _anchor(address: str) -> str:
    safe = escape(address)
    return f'<a class="link" href="{safe}" rel="noopener noreferrer nofollow" target="_blank">{safe}</a>'
