"""Bytes to text, whatever the label says: declared, then UTF-8, then a guess, then Latin-1. Text is never lost."""

from __future__ import annotations

import codecs
import re

from amends.channels.email import charset_guess

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:+-]{0,39}\Z")
_SURROGATES = re.compile("[\ud800-\udfff]")
_LINE_ENDS = re.compile(r"\r\n?")

# Labels that lie, or name only a part of what is sent under them. A superset decodes all that the narrow one does.
_MEANT = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso8859-1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "hz-gb-2312": "hz",
    "big5": "big5hkscs",
    "x-big5": "big5hkscs",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "sjis": "cp932",
    "windows-31j": "cp932",
    "iso-2022-jp": "iso2022_jp_ext",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "x-windows-949": "cp949",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "utf8": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
}
# UTF-7 hides markup from every check made on the bytes; the others are Python's own and no charsets at all.
_REFUSED = {"utf-7", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"}
_BROKEN_ONE_IN = 50
_NO_NAME = {"", "us-ascii", "ascii", "ansi_x3.4-1968"}


def decode(raw: bytes, declared: str) -> tuple[str, str]:
    """Text of `raw` and a problem code, empty when there was nothing to doubt.

    No NUL, no lone surrogate and no carriage return comes out of here, so every database can hold it.
    """
    text, problem = _decode(raw, declared.strip().strip("\"'").lower())
    return tidy(text), problem


def decode_unlabelled(raw: bytes) -> str:
    """Text of raw header bytes, which carry no label."""
    try:
        return raw.decode("ascii")
    except UnicodeDecodeError:
        return tidy(_guessed(raw))


def tidy(text: str) -> str:
    """`text` without NUL, lone surrogates, a byte order mark at its start, or carriage returns."""
    return _SURROGATES.sub("\ufffd", _LINE_ENDS.sub("\n", text.replace("\x00", ""))).removeprefix("\ufeff")


def _decode(raw: bytes, label: str) -> tuple[str, str]:
    if label in _NO_NAME and raw.isascii() and b"\x1b" not in raw:
        return raw.decode("ascii"), ""
    codec = _codec(label)
    if codec == "refused":
        return raw.decode("latin-1"), "charset_refused"
    if not codec:
        return _guessed(raw), "charset_guessed"
    try:
        return raw.decode(codec), ""
    except (UnicodeError, ValueError):
        return _mended(raw, codec), "charset_guessed"


def _mended(raw: bytes, codec: str) -> str:
    # A few broken bytes do not make the label a lie: better one replacement mark than a page in a foreign script.
    text = raw.decode(codec, "replace")
    if text.count("\ufffd") * _BROKEN_ONE_IN <= len(text):
        return text
    return _guessed(raw)


def _codec(label: str) -> str:
    if label in _NO_NAME or not _NAME.match(label):
        return ""
    meant = _MEANT.get(label, label)
    try:
        info = codecs.lookup(meant)
    except (LookupError, ValueError):
        return ""
    if info.name.replace("_", "-") in _REFUSED:
        return "refused"
    return info.name if getattr(info, "_is_text_encoding", False) else ""


def _guessed(raw: bytes) -> str:
    for codec in (charset_guess.by_signature(raw), "utf-8", charset_guess.by_letters(raw), "cp1252"):
        if codec:
            try:
                return raw.decode(codec)
            except UnicodeError:
                continue
    return raw.decode("latin-1")
