"""winmail.dat unpacked: the words and files that an Exchange server wraps into its own format (MS-OXTNEF).

Nothing in it is compressed but RTF, which is left alone, so what comes out is never more than what came in. Attributes
and properties are read from start to end; a length that points outside ends the reading, with what was found so far.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from struct import Struct

from amends.channels.email import charsets, filenames, limits
from amends.channels.message import Attachment
from amends.kit import html as safe_html

_SIGNATURE = b"\x78\x9f\x3e\x22"
_TYPES = {"application/ms-tnef", "application/vnd.ms-tnef"}
_ATTRIBUTE = Struct("<BII")
_PROPERTY = Struct("<HH")
_NUMBER = Struct("<I")
_CODE_PAGE, _BODY, _MESSAGE = 0x00069007, 0x0002800C, 0x00069003
_NEXT_FILE, _FILE_NAME, _FILE_DATA, _FILE = 0x00069002, 0x00018010, 0x0006800F, 0x00069005
_TEXT, _HTML = 0x1000, 0x1013
_DATA, _SHORT_NAME, _LONG_NAME, _MIME, _CONTENT_ID = 0x3701, 0x3704, 0x3707, 0x370E, 0x3712
_SIZES = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 20: 8, 64: 8, 72: 16}
_VARIABLE = {0x1E, 0x1F, 0x0D, 0x102}
_STRING_8, _STRING_16, _OBJECT = 0x1E, 0x1F, 0x0D
_MANY, _NAMED = 0x1000, 0x8000
_MOST_PROPERTIES = 5_000


@dataclass
class _File:
    name: str = ""
    content_type: str = ""
    content_id: str = ""
    content: bytes | None = None


@dataclass
class Unpacked:
    """The words and files of one winmail.dat; text is made from the HTML where only that is there."""

    text: str = ""
    html: str = ""
    files: tuple[Attachment, ...] = ()


@dataclass
class _Reader:
    code_page: str = ""
    text: str = ""
    html: str = ""
    files: list[_File] = field(default_factory=list)

    def take(self, attribute: int, data: bytes) -> None:
        if attribute == _CODE_PAGE and len(data) >= 4:
            self.code_page = f"cp{_NUMBER.unpack_from(data)[0]}"
        elif attribute == _BODY:
            self.text = self.text or self.words(data)
        elif attribute == _MESSAGE:
            for identity, kind, value in _properties(data):
                self.take_of_message(identity, self.words(value, kind))
        elif attribute == _NEXT_FILE:
            self.files.append(_File())
        elif self.files:
            self.take_of_file(self.files[-1], attribute, data)

    def take_of_message(self, identity: int, words: str) -> None:
        if identity == _TEXT:
            self.text = words
        elif identity == _HTML and len(words) <= limits.HTML_CHARS:
            self.html = words

    def take_of_file(self, file: _File, attribute: int, data: bytes) -> None:
        if attribute == _FILE_NAME:
            file.name = file.name or self.words(data)
        elif attribute == _FILE_DATA:
            file.content = data
        elif attribute == _FILE:
            for identity, kind, value in _properties(data):
                if identity == _LONG_NAME or (identity == _SHORT_NAME and not file.name):
                    file.name = self.words(value, kind)
                elif identity == _MIME:
                    file.content_type = self.words(value, kind).lower()
                elif identity == _CONTENT_ID:
                    file.content_id = self.words(value, kind)
                elif identity == _DATA and file.content is None and kind != _OBJECT:
                    file.content = value

    def words(self, data: bytes, kind: int = _STRING_8) -> str:
        text = charsets.decode(data, "utf-16-le" if kind == _STRING_16 else self.code_page)[0]
        return text.rstrip("\x00").strip()


def unpack(files: Iterable[Attachment]) -> tuple[tuple[Attachment, ...], Unpacked]:
    """The files with each winmail.dat replaced by what is in it; one in which nothing is found stays as it is."""
    kept: list[Attachment] = []
    whole = Unpacked()
    for file in files:
        found = read(file.content) if _is_winmail(file) else Unpacked()
        if not (found.files or found.text):
            kept.append(file)
            continue
        kept += found.files
        whole.text, whole.html = whole.text or found.text, whole.html or found.html
    return tuple(kept[: limits.PARTS]), whole


def read(content: bytes) -> Unpacked:
    """What is in a winmail.dat; nothing when it is none."""
    reader = _Reader()
    for attribute, data in _attributes(content):
        reader.take(attribute, data)
    text = reader.text or (safe_html.to_text(reader.html) if reader.html else "")
    files = [_attachment(file, number) for number, file in enumerate(reader.files, start=1) if file.content]
    return Unpacked(text, reader.html, tuple(files))


def _is_winmail(file: Attachment) -> bool:
    named = file.content_type in _TYPES or file.filename.lower() == "winmail.dat"
    return named and file.content.startswith(_SIGNATURE)


def _attributes(content: bytes) -> Iterator[tuple[int, bytes]]:
    if not content.startswith(_SIGNATURE):
        return
    at = len(_SIGNATURE) + 2
    files = 0
    while at + _ATTRIBUTE.size <= len(content) and files < limits.PARTS:
        _, attribute, length = _ATTRIBUTE.unpack_from(content, at)
        at += _ATTRIBUTE.size
        if length > len(content) - at:
            return
        files += attribute == _NEXT_FILE
        yield attribute, content[at : at + length]
        at += length + 2  # a checksum that many writers get wrong


def _properties(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Identity, type and (first) value of each property."""
    at = _NUMBER.size
    for _ in range(min(_number(data, 0), _MOST_PROPERTIES)):
        if at + _PROPERTY.size > len(data):
            return
        kind, identity = _PROPERTY.unpack_from(data, at)
        at += _PROPERTY.size
        if identity >= _NAMED:
            at = _after_name(data, at)
        values, at = _values(data, at, kind)
        if values is None:
            return
        yield identity, kind & ~_MANY, values


def _after_name(data: bytes, at: int) -> int:
    by_string = _number(data, at + 16) == 1
    at += 20
    return at + 4 + (_padded(_number(data, at)) if by_string else 0)


def _values(data: bytes, at: int, kind: int) -> tuple[bytes | None, int]:
    base = kind & ~_MANY
    varies = base in _VARIABLE
    count = 1
    if varies or kind & _MANY:
        count, at = _number(data, at), at + 4
    first: bytes | None = None if count else b""
    for _ in range(min(count, _MOST_PROPERTIES)):
        size = _number(data, at) if varies else _SIZES.get(base, -1)
        at += 4 if varies else 0
        if size < 0 or at + size > len(data):
            return None, len(data)
        first = data[at : at + size] if first is None else first
        at += _padded(size)
    return first, at


def _number(data: bytes, at: int) -> int:
    return int(_NUMBER.unpack_from(data, at)[0]) if at + 4 <= len(data) else 0


def _padded(size: int) -> int:
    return (size + 3) & ~3


def _attachment(file: _File, number: int) -> Attachment:
    content = file.content or b""
    kind = file.content_type if "/" in file.content_type else "application/octet-stream"
    return Attachment(
        filename=filenames.for_part(file.name, kind, number),
        content_type=kind[:100],
        content=content,
        sha256=sha256(content).hexdigest(),
        inline=False,
        content_id=file.content_id[: limits.FILENAME_CHARS],
    )
