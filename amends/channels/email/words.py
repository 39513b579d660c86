"""Encoded words in headers (RFC 2047), read tolerantly and in linear time."""

from __future__ import annotations

import binascii
from dataclasses import dataclass

from amends.channels.email import charsets, limits, transfer


@dataclass(frozen=True)
class _Word:
    charset: str
    content: bytes
    start: int
    end: int


def decode(value: str) -> str:
    """`value` with its first `limits.ENCODED_WORDS` encoded words decoded; the rest stays as written."""
    if "=?" not in value:
        return value
    words = _words(value)
    out: list[str] = []
    at = 0
    for run in _runs(words, value):
        out.append(value[at : run[0].start])
        text, _ = charsets.decode(b"".join(word.content for word in run), run[0].charset)
        out.append(text)
        at = run[-1].end
        if (following := _next_after(run[-1], words)) and not value[at : following.start].strip():
            at = following.start
    out.append(value[at:])
    return "".join(out)


def _words(value: str) -> list[_Word]:
    found: list[_Word] = []
    at = 0
    while len(found) < limits.ENCODED_WORDS and (start := value.find("=?", at)) >= 0:
        word = _word_at(value, start)
        if word:
            found.append(word)
        at = word.end if word else start + 2
    return found


def _word_at(value: str, start: int) -> _Word | None:
    charset_end = value.find("?", start + 2, start + 80)
    if charset_end <= start + 2 or value[charset_end + 2 : charset_end + 3] != "?":
        return None
    kind = value[charset_end + 1].lower()
    if kind not in "bq":
        return None
    text_at = charset_end + 3
    end = value.find("?=", text_at, text_at + limits.ENCODED_WORD_CHARS)
    if end < 0:
        return None
    content = _content(value[text_at:end], kind)
    charset = value[start + 2 : charset_end].split("*", 1)[0]
    return _Word(charset.lower(), content, start, end + 2)


def _content(text: str, kind: str) -> bytes:
    raw = text.encode("utf-8", "replace")
    if kind == "b":
        return transfer.from_base64(raw)[0]
    return binascii.a2b_qp(raw.replace(b" ", b"_"), header=True)


def _runs(words: list[_Word], value: str) -> list[list[_Word]]:
    """Neighbours in one charset are decoded together: senders split characters between words."""
    runs: list[list[_Word]] = []
    for word in words:
        before = runs[-1][-1] if runs else None
        if before and before.charset == word.charset and not value[before.end : word.start].strip():
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def _next_after(word: _Word, words: list[_Word]) -> _Word | None:
    index = words.index(word) + 1
    return words[index] if index < len(words) else None
