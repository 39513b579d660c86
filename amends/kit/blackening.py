"""Find words however they are spelt, wrapped or quoted, and put a black bar over them; pure.

Spaces, line ends, the marks of a quotation and the case of letters do not count; in a number, neither do hyphens, dots
and slashes. Rather a little too much goes than a little too little.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from html import unescape
from itertools import pairwise
from typing import Any

BAR = "█████"
"""Always as long: how long the words were is nobody's business either."""
FEWEST = 4
"""Signs, without what does not count: fewer stand everywhere."""
CUT_SHORT = 6
"""Signs by which the beginning of the words is known at the end of a text that was cut off there."""
WHOLE_WORD, WHOLE_NUMBER = 12, 8
"""Fewer signs than these must stand by themselves: neither "pass" in "passport" nor a code in a telephone number."""
_SILENT = re.compile(r"[\s>|\u00ad\u200b-\u200f\u2060\ufeff]")
_SILENT_IN_NUMBERS = re.compile(r"[\s>|\u00ad\u200b-\u200f\u2060\ufeff\-./\u2010-\u2015·]")
_NUMBER = re.compile(r"[\d\s\-./\u2010-\u2015·]+")
_HTML = re.compile(
    r"""(<(?:[^<>"']|"[^"]*"|'[^']*')*>)|(&(?:\#\d{1,7}|\#x[0-9a-f]{1,6}|[a-z]{2,31});|.)""", re.I | re.S
)
_ANY_TAG = re.compile("<[^<>]*>")
_TAG = re.compile(r"</?[a-z0-9]+", re.I)

Sign = tuple[str, int, int]
"""What is read, and from where to where it stands in the source."""


class Passage:
    """Words that are to be blackened wherever they stand."""

    def __init__(self, words: str) -> None:
        self._is_number = bool(_NUMBER.fullmatch(words.strip()))
        self._sought = "".join(sign for sign, _at in self._squeezed([(one, 0, 0) for one in words]))

    def __bool__(self) -> bool:
        """Whether there is enough of it to look for."""
        return len(self._sought) >= FEWEST

    def __contains__(self, text: str) -> bool:
        return self._may_stand_in(text) and next(self._places(_signs(text)), None) is not None

    def over(self, text: str) -> str:
        """Plain text with a bar in place of each occurrence."""
        if not self._may_stand_in(text):
            return text
        return _barred(text, [(n, n + 1) for n in range(len(text))], self._places(_signs(text)))

    def over_short(self, text: str) -> str:
        """A text that may have been cut off in the middle of the words, such as a title."""
        text = self.over(text)
        end = text.rstrip(" .…")
        read = self._squeezed(_signs(end))
        line = "".join(sign for sign, _at in read)
        for many in range(len(self._sought) - 1, CUT_SHORT - 1 if self else len(self._sought), -1):
            if line.endswith(self._sought[:many]):
                return end[: read[-many][1]] + BAR
        return text

    def is_source_of(self, text: str, fewest: int) -> bool:
        """Whether `text`, of so many signs at least, was taken out of these words, cut off or not."""
        short = "".join(sign for sign, _at in self._squeezed(_signs(text.rstrip(" .…"))))
        return len(short) >= fewest and short in self._sought

    def over_html(self, html: str) -> str:
        """Clean HTML with a bar in each; a tag whose attributes hold the words loses them."""
        if not self._may_stand_in(html, unescape(_ANY_TAG.sub("", html)), unescape(html)):
            return html
        pieces = [*_html_pieces(html, lambda tag: unescape(tag) in self)]
        html = "".join(pieces)
        signs = [
            (unescape(one.group(2)), one.start(), one.end()) for one in _HTML.finditer(html) if one.group(2) is not None
        ]
        return _barred(html, [(start, end) for _sign, start, end in signs], self._places(signs))

    def _may_stand_in(self, *texts: str) -> bool:
        """The quick look: most texts are about something else."""
        silent = _SILENT_IN_NUMBERS if self._is_number else _SILENT
        return bool(self) and any(self._sought in silent.sub("", text).casefold() for text in texts)

    def _places(self, signs: Sequence[Sign]) -> Iterator[tuple[int, int]]:
        """Number of the first sign of each occurrence, and of the one after its last."""
        read = self._squeezed(signs)
        line = "".join(sign for sign, _at in read)
        found = line.find(self._sought)
        while found >= 0:
            last = found + len(self._sought) - 1
            first_sign, last_sign = read[found][1], read[last][1]
            if self._stands_alone(line, found, last, signs, first_sign, last_sign):
                yield first_sign, last_sign + 1
                found = line.find(self._sought, last + 1)
            else:
                found = line.find(self._sought, found + 1)

    def _stands_alone(
        self, line: str, found: int, last: int, signs: Sequence[Sign], first_sign: int, last_sign: int
    ) -> bool:
        if self._is_number:
            around = line[max(found - 1, 0) : found] + line[last + 1 : last + 2]
            return len(self._sought) >= WHOLE_NUMBER or not any(map(str.isdigit, around))
        if len(self._sought) >= WHOLE_WORD:
            return True
        edges = [(first_sign - 1, first_sign), (last_sign, last_sign + 1)]
        return not any(
            one >= 0 and other < len(signs) and signs[one][0].isalnum() and signs[other][0].isalnum()
            for one, other in edges
        )

    def _squeezed(self, signs: Sequence[Sign]) -> list[tuple[str, int]]:
        """What counts, in small letters, each with the number of its sign."""
        return [
            (small, number)
            for number, (sign, _start, _end) in enumerate(signs)
            if not (_SILENT_IN_NUMBERS if self._is_number else _SILENT).match(sign)
            for small in sign.casefold()
        ]


def each_text(value: Any, change: Callable[[str, str], str], name: str = "") -> Any:
    """A JSON value with each text in it changed; `change` is given the name under which it stands, and the text."""
    if isinstance(value, str):
        return change(name, value)
    if isinstance(value, dict):
        return {key: each_text(one, change, str(key)) for key, one in value.items()}
    if isinstance(value, list):
        return [each_text(one, change, name) for one in value]
    return value


def as_text(content: bytes) -> str:
    """What can be read in a file without knowing its kind: of a text all, of others what lies in them as it is."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    return content.decode("utf-8", "replace")


def _signs(text: str) -> list[Sign]:
    return [(one, n, n + 1) for n, one in enumerate(text)]


def _barred(source: str, stands: Sequence[tuple[int, int]], places: Iterator[tuple[int, int]]) -> str:
    """Each sign of an occurrence goes, a bar stands where the first one was; what is between the signs (tags) stays."""
    parts, at = [], 0
    for first, after in places:
        parts += [source[at : stands[first][0]], BAR]
        parts += [source[one[1] : other[0]] for one, other in pairwise(stands[first:after])]
        at = stands[after - 1][1]
    return "".join([*parts, source[at:]])


def _html_pieces(html: str, holds: Callable[[str], bool]) -> Iterator[str]:
    at = 0
    for one in _HTML.finditer(html):
        if (tag := one.group(1)) and holds(tag):
            bare = _TAG.match(tag)
            yield html[at : one.start()] + (f"{bare.group()}>" if bare else "")
            at = one.end()
    yield html[at:]
