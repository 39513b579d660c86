"""What the writer added: a letter's text without the older letters below (or above) it.

Nothing is deleted, this only decides what is folded. When in doubt the text stays whole: answers written between the
quoted lines, forwarded letters, and letters that seem to be nothing but quotation. One pass over the lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

from mailparser_reply.constants import MAIL_LANGUAGES

from amends.channels.email.quote_words import LABEL_KINDS, ORIGINAL, WROTE_END

_LONGEST_LINE = 400
_LONGEST_ATTRIBUTION = 4
_MOST_LINES = 10_000
_MOST_SECOND_OPINIONS = 40
_LABEL_WINDOW = 10
_LABEL = re.compile(r"[*_\s]*([^\W\d_][^:：*\n]{0,20}?)[*\s]*[:：][*\s]*")
_DASHED = re.compile(r"[-_=*]{2,}+\s*+(.{4,60}?)\s*+[-_=*]{2,}+\s*+\Z")
_RULE = re.compile(r"[-_=]{8,}\Z")
_ADDRESS = re.compile(r"[^\s<>@]{1,64}@[^\s<>@]{1,255}")
_TIME = re.compile(r"\d{1,2}\s?[:.h時시]\s?\d{2}")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)|\d{1,2}[./-]\d{1,2}[./-]\d{2}(?!\d)")
_BEGINNING = re.compile(
    r"\s*(?:on|am|le|el|il|op|em|no dia|a|den|dnia|w dniu|dne|dňa|på|en|de|da|kl|du|от|во?|on|ma|ti|ke|to|pe|la|su|"
    r"mon|tue|wed|thu|fri|sat|sun|man|tir|ons|tor|fre|lør|søn|mån|tis|lör|sön|pon|wt|śr|czw|pt|sob|niedz|пн|вт|ср|"
    r"чт|пт|сб|вс|\d)[\s.,\d]",
    re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"(?:-{2,}\s*)?(?:begin forwarded message|forwarded message|weitergeleitete nachricht|message transféré|"
    r"mensaje reenviado|messaggio inoltrato|doorgestuurd bericht|mensagem encaminhada|videresendt meddelelse|"
    r"vidarebefordrat meddelande|przekazana wiadomość)\s*:?\s*(?:-{2,})?\Z",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"(?:--|__|—)\s*\Z|(?:sent from|gesendet (?:von|mit)|envoyé de|enviado desde|inviato da|_{10,})", re.IGNORECASE
)
_SECOND_OPINION = tuple(
    re.compile(words["wrote_header"], re.IGNORECASE) for words in MAIL_LANGUAGES.values() if words.get("wrote_header")
)


@dataclass
class _Page:
    """The lines of a text and what is known of each: own words, a quotation, or the line that leads one in."""

    lines: list[str]
    quoted: list[bool]

    @property
    def length(self) -> int:
        return len(self.lines)

    def blank(self, at: int) -> bool:
        return not self.lines[at].strip()


def new_text(text: str) -> str:
    """The part of `text` that its writer wrote for this letter; never empty unless `text` is."""
    lines = text.split("\n", _MOST_LINES)
    page = _Page(lines, [line.lstrip().startswith(">") for line in lines])
    end = _older_letter(page)
    if len(lines) > _MOST_LINES and end == len(lines):
        return text
    own = _without_quotations(_Page(page.lines[:end], page.quoted[:end]))
    found = "\n".join(own).strip("\n").rstrip()
    return found if found.strip() else text


def _older_letter(page: _Page) -> int:
    """The line from which on everything is an older letter, or the number of lines."""
    opinions = _MOST_SECOND_OPINIONS
    for at in range(page.length):
        line = page.lines[at].strip()
        if not line or page.quoted[at] or len(line) > _LONGEST_LINE:
            continue
        if _FORWARDED.match(line):
            page.quoted[at:] = [False] * (page.length - at)
            return page.length
        if _is_divider(line) or _is_label_block(page, at):
            return _with_rule_above(page, at)
        start, end = _attribution(page, at, second_opinion=opinions > 0)
        opinions -= line.endswith((":", "："))
        if start == end:
            continue
        if _next_is_quoted(page, end):
            page.quoted[start:end] = [True] * (end - start)
        elif _is_strong(" ".join(page.lines[start:end])):
            return start
    return page.length


def _is_divider(line: str) -> bool:
    dashed = _DASHED.match(line)
    return dashed is not None and dashed[1].strip().lower() in ORIGINAL


def _is_label_block(page: _Page, at: int) -> bool:
    """The From, Sent, To and Subject lines that Outlook puts above the older letter."""
    if "from" not in _label(page.lines[at]):
        return False
    kinds: set[str] = set()
    addressed = "@" in page.lines[at]
    for line in page.lines[at + 1 : at + _LABEL_WINDOW]:
        found = _label(line)
        if not found and not line.strip() and kinds:
            break
        kinds |= found
        addressed = addressed or (bool(found) and "@" in line)
    # A traveller's "From: Berlin, To: Rome, Date: 3 May" has no subject and no address.
    return "sent" in kinds and bool(kinds & {"to", "subject"}) and ("subject" in kinds or addressed)


def _label(line: str) -> frozenset[str]:
    match = _LABEL.match(line[:60])
    return LABEL_KINDS.get(match[1].strip().lower(), frozenset()) if match else frozenset()


def _with_rule_above(page: _Page, at: int) -> int:
    above = at - 1
    while above >= 0 and page.blank(above):
        above -= 1
    return above if above >= 0 and _RULE.match(page.lines[above].strip()) else at


def _attribution(page: _Page, at: int, *, second_opinion: bool) -> tuple[int, int]:
    """The first and the next line of those, from `at` on, that say who wrote what follows; equal if none do."""
    for end in range(at + 1, min(at + _LONGEST_ATTRIBUTION, page.length) + 1):
        if page.quoted[end - 1] or page.blank(end - 1):
            break
        if len(page.lines[end - 1]) > _LONGEST_LINE:
            break
        if page.lines[end - 1].rstrip().endswith((":", "：")):
            leads_in = _leads_in(page, end, _joined(page, at, end), second_opinion=second_opinion)
            return (_first_line(page, at, end), end) if leads_in else (at, at)
    return at, at


def _first_line(page: _Page, at: int, end: int) -> int:
    """Own words may stand right above: the lead-in begins where its last line with a usual beginning is."""
    for start in range(end - 1, at - 1, -1):
        if _BEGINNING.match(page.lines[start]) and _says_when_or_who(_joined(page, start, end)):
            return start
    return at if _says_when_or_who(page.lines[at]) else end - 1


def _joined(page: _Page, at: int, end: int) -> str:
    return " ".join(line.strip() for line in page.lines[at:end])


def _says_when_or_who(text: str) -> bool:
    return bool(_ADDRESS.search(text) or _TIME.search(text) or _YEAR.search(text))


def _leads_in(page: _Page, after: int, joined: str, *, second_opinion: bool) -> bool:
    if not _says_when_or_who(joined):
        return False
    if WROTE_END.search(joined.lower()):
        return True
    if _next_is_quoted(page, after):
        # Whatever the language: a line with a date or an address and a colon, right above a quotation.
        return True
    return second_opinion and any(pattern.match(joined) for pattern in _SECOND_OPINION)


def _is_strong(joined: str) -> bool:
    """Enough to believe in an older letter whose lines carry no quotation marks."""
    return bool(_ADDRESS.search(joined)) or bool(_TIME.search(joined) and re.search(r"\d{1,4}[^\d:]", joined))


def _next_is_quoted(page: _Page, at: int) -> bool:
    while at < page.length and page.blank(at) and not page.quoted[at]:
        at += 1
    return at < page.length and page.quoted[at]


def _without_quotations(page: _Page) -> list[str]:
    runs = _runs(page)
    own = [index for index, (quoted, lines) in enumerate(runs) if not quoted and _says_something(lines)]
    quotations = [index for index, (quoted, _) in enumerate(runs) if quoted]
    if not quotations or not own:
        return page.lines
    if any(own[0] < index < own[-1] for index in quotations):
        return page.lines
    return [line for quoted, lines in runs if not quoted for line in lines]


def _runs(page: _Page) -> list[tuple[bool, list[str]]]:
    numbered = groupby(range(page.length), key=lambda at: page.quoted[at])
    return [(quoted, [page.lines[at] for at in group]) for quoted, group in numbered]


def _says_something(lines: list[str]) -> bool:
    """Whether there is more than blank lines and a signature, which may follow a quotation."""
    for line in lines:
        if _SIGNATURE.match(line.strip()):
            return False
        if line.strip():
            return True
    return False
