"""How much of one mail we are ready to look at, and the first look at its bytes.

Everything here bounds time and memory before any parsing begins; what lies beyond a limit stays in the raw mail, which
is kept untouched elsewhere. Source: the table of structural horrors (nesting, parts, header sizes, …).
"""

from __future__ import annotations

MESSAGE_BYTES = 35 * 1024 * 1024
MESSAGE_LINES = 1_000_000
HEADER_BLOCK_BYTES = 256 * 1024
HEADER_BYTES = 64 * 1024
HEADER_COUNT = 1_000
HEADER_NAME_BYTES = 200
HEADER_STRAYS = 100
NESTING = 50
SEARCHES = 6
PARTS = 500
ENCODED_WORDS = 200
ENCODED_WORD_CHARS = 4_000
PARAMETERS = 100
ADDRESSES = 500
REFERENCES = 50
MESSAGE_ID_CHARS = 998
SUBJECT_CHARS = 2_000
FILENAME_CHARS = 200
HTML_CHARS = 2 * 1024 * 1024
BOUNCES = 500

STATUS_BYTES = 256 * 1024
BOUNDARY_SEARCH_BYTES = 4 * 1024 * 1024

_FIRST_LOOK = 4_096


class Problems:
    """What was odd in one mail: short codes in the order found, each once.

    Codes: ``message_cut headers_cut header_missing bare_cr nested_too_deep too_many_parts boundary_missing
    boundary_guessed charset_guessed charset_refused base64_broken html_too_large html_too_deep from_missing
    from_ambiguous addresses_cut date_unreadable unreadable``.
    """

    def __init__(self) -> None:
        self._codes: dict[str, None] = {}

    def add(self, code: str) -> None:
        """Remember a code; an empty one means nothing was wrong."""
        if code:
            self._codes[code] = None

    def codes(self) -> tuple[str, ...]:
        """All codes in the order found."""
        return tuple(self._codes)


def bounded(raw: bytes, problems: Problems) -> bytes:
    """The bytes to parse: at most `MESSAGE_BYTES`, with line ends that a line-wise reader can see."""
    if len(raw) > MESSAGE_BYTES:
        problems.add("message_cut")
        raw = raw[:MESSAGE_BYTES]
    lines = with_line_feeds(raw)
    if lines is not raw:
        problems.add("bare_cr")
        raw = lines
    if raw.count(b"\n") > MESSAGE_LINES:
        problems.add("message_cut")
        raw = raw[: _end_of_line(raw, MESSAGE_LINES)]
    return raw


def with_line_feeds(raw: bytes) -> bytes:
    """The same bytes, unless their lines end as on an old Mac (CR): then with line ends that a line-wise reader sees."""
    start = raw[:_FIRST_LOOK]
    if start.count(b"\r") - start.count(b"\r\n") <= start.count(b"\n"):
        return raw
    return raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _end_of_line(raw: bytes, number: int) -> int:
    at = 0
    for _ in range(number):
        at = raw.index(b"\n", at) + 1
    return at
