"""One raw mail as a tree of parts that point into its bytes.

The standard library's parser recurses once for each nested part and keeps no original bytes of a forwarded mail; this
one splits from the outside in, goes no deeper and counts no further than the limits, and never copies a part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from amends.channels.email import headers, limits, parameters, transfer
from amends.channels.email.headers import Headers
from amends.channels.email.limits import Problems

_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,100}/[a-z0-9!#$&^_.+-]{1,100}")
_GUESSED_BOUNDARY = re.compile(rb"\n--([^\r\n]{1,200}?)[ \t]{0,8}\r{0,2}\n(?=Content-[A-Za-z-]{1,40}:)", re.IGNORECASE)
_UNKNOWN = "application/octet-stream"


@dataclass(frozen=True)
class Part:
    """A message or one part of it. `start` is where its headers begin, `body_at` where its body does."""

    raw: bytes
    start: int
    body_at: int
    end: int
    headers: Headers
    content_type: str
    parameters: Mapping[str, str]
    disposition: str
    disposition_parameters: Mapping[str, str]
    children: tuple[Part, ...] = ()

    @property
    def body(self) -> bytes:
        """The body as sent, before its transfer encoding is undone."""
        return self.raw[self.body_at : self.end]

    def content(self, problems: Problems) -> bytes:
        """The body with its transfer encoding undone."""
        content, problem = transfer.decode(self.body, self.headers.get("content-transfer-encoding"))
        problems.add(problem)
        return content

    def walk(self) -> Iterator[Part]:
        """This part and all below it, in the order of the mail."""
        yield self
        for child in self.children:
            yield from child.walk()


def parse(raw: bytes, problems: Problems) -> Part:
    """The tree of one mail; deeper and further parts than the limits allow stay leaves or are left out."""
    return _Splitter(raw, problems).part(0, len(raw), depth=0)


class _Splitter:
    def __init__(self, raw: bytes, problems: Problems) -> None:
        self.raw = raw
        self.problems = problems
        self.count = 0
        # Each level is searched for its own delimiters; many levels of a large mail would take too long.
        self.left = limits.SEARCHES * len(raw) + limits.BOUNDARY_SEARCH_BYTES

    def part(self, start: int, end: int, *, depth: int, default: str = "text/plain") -> Part:
        self.count += 1
        found, body_at = headers.split(self.raw, start, end, self.problems)
        content_type, params = _content_type(found, default)
        disposition, disposition_params = parameters.parse(found.get("content-disposition"))
        children: tuple[Part, ...] = ()
        if content_type.startswith("multipart/"):
            children = self.children(content_type, params.get("boundary", ""), body_at, end, depth)
            if not children:
                content_type = _UNKNOWN if depth >= limits.NESTING or self.left < 0 else "text/plain"
        return Part(
            self.raw,
            start,
            body_at,
            end,
            found,
            content_type,
            params,
            disposition,
            disposition_params,
            children,
        )

    def children(self, content_type: str, boundary: str, body_at: int, end: int, depth: int) -> tuple[Part, ...]:
        if depth >= limits.NESTING or self.left < 0:
            self.problems.add("nested_too_deep")
            return ()
        default = "message/rfc822" if content_type == "multipart/digest" else "text/plain"
        parts: list[Part] = []
        for start, stop in self.spans(boundary, body_at, end):
            if self.count >= limits.PARTS:
                self.problems.add("too_many_parts")
                break
            parts.append(self.part(start, stop, depth=depth + 1, default=default))
        return tuple(parts)

    def spans(self, boundary: str, body_at: int, end: int) -> Iterator[tuple[int, int]]:
        """Where each part between the delimiters begins and ends; the line end before a delimiter is not the part's."""
        start: int | None = None
        for found in self.delimiters(boundary, body_at, end):
            if start is not None:
                stop = found.start()
                yield start, max(start, stop - 1 if self.raw[stop - 1 : stop] == b"\r" else stop)
            if found[1]:
                return
            start = min(found.end() + 1, end)
        if start is None:
            self.problems.add("boundary_missing")
        elif start < end:
            yield start, end

    def delimiters(self, boundary: str, body_at: int, end: int) -> Iterator[re.Match[bytes]]:
        begin = max(body_at - 1, 0)
        self.left -= end - begin
        wanted = boundary.encode("utf-8", "replace").rstrip()
        found = _delimiter(wanted).finditer(self.raw, begin, end) if wanted else iter(())
        first = next(found, None)
        if first is None:
            guess = _GUESSED_BOUNDARY.search(self.raw, begin, min(end, begin + limits.BOUNDARY_SEARCH_BYTES))
            if guess is None:
                return
            self.problems.add("boundary_guessed")
            found = _delimiter(guess[1]).finditer(self.raw, begin, end)
        else:
            yield first
        yield from found


def _delimiter(boundary: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"\n--" + re.escape(boundary) + rb"(--)?[ \t]*\r{0,2}(?=\n|\Z)")


def _content_type(found: Headers, default: str) -> tuple[str, Mapping[str, str]]:
    value = found.get("content-type")
    if not value:
        return default, {}
    kind, params = parameters.parse(value)
    match = _TYPE.match(kind) or _TYPE.match(kind.replace(" ", ""))
    if match:
        return match[0], params
    return ("multipart/mixed" if "boundary" in params else "text/plain"), params
