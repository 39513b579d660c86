"""Which charset unlabelled bytes are in, judged by the letters that each candidate would give."""

from __future__ import annotations

import codecs
from collections.abc import Callable

_SAMPLE = 8_192
_MIN_FOREIGN = 4
_MIN_FOREIGN_SHARE = 0.4


def by_signature(raw: bytes) -> str:
    """A codec whose mark stands in the bytes (byte order mark, ISO-2022 escape), or an empty string."""
    for mark, codec in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if raw.startswith(mark):
            return codec
    if b"\x1b$)C" in raw:
        return "iso2022_kr"
    return "iso2022_jp_ext" if b"\x1b$" in raw or b"\x1b(" in raw else ""


def by_letters(raw: bytes) -> str:
    """The codec under which most letters make sense, or an empty string when none stands out."""
    sample = raw[:_SAMPLE]
    best, best_score = "", 0.0
    for codec, plausible, needed in _CANDIDATES:
        score = _score(sample, codec, plausible)
        if score >= needed and score > best_score:
            best, best_score = codec, score
    return best


def _score(sample: bytes, codec: str, plausible: Callable[[str], bool]) -> float:
    try:
        text = codecs.getincrementaldecoder(codec)().decode(sample)
    except UnicodeError:
        return 0.0
    letters = [char for char in text if char.isalpha()]
    foreign = [char for char in letters if not char.isascii()]
    if len(foreign) < _MIN_FOREIGN or len(foreign) < _MIN_FOREIGN_SHARE * len(letters):
        return 0.0
    return sum(map(plausible, foreign)) / len(foreign)


def _is_kana(char: str) -> bool:
    return "\u3040" <= char <= "\u30ff"


def _is_hangul(char: str) -> bool:
    return "\uac00" <= char <= "\ud7a3"


def _is_common_simplified(char: str) -> bool:
    coded = char.encode("gb2312", "ignore")
    return len(coded) == 2 and 0xB0 <= coded[0] <= 0xD7


def _is_common_traditional(char: str) -> bool:
    coded = char.encode("big5", "ignore")
    return len(coded) == 2 and 0xA4 <= coded[0] <= 0xC6


def _is_small_cyrillic(char: str) -> bool:
    return "\u0430" <= char <= "\u044f"


# The share that is needed differs: Japanese mixes kana with other signs, Korean is nearly all Hangul.
_CANDIDATES: tuple[tuple[str, Callable[[str], bool], float], ...] = (
    ("cp932", _is_kana, 0.35),
    ("euc_jp", _is_kana, 0.35),
    ("cp949", _is_hangul, 0.9),
    ("gb18030", _is_common_simplified, 0.75),
    ("big5", _is_common_traditional, 0.75),
    ("koi8_r", _is_small_cyrillic, 0.6),
    ("cp1251", _is_small_cyrillic, 0.6),
)
