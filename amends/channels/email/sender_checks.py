"""What hosts on the way wrote about a mail's sender: Authentication-Results (RFC 8601) and marks of spam filters.

Pure. Anybody can write these fields; who is believed is decided in `channels.senders`.
"""

from __future__ import annotations

import re

from amends.channels.email.headers import Headers
from amends.channels.message import UNNAMED, SenderCheck

MOST = 20
_FIELD = "authentication-results"
_LONGEST = 8_000
_PIECE = re.compile(r'(?P<quoted>"(?:[^"\\]|\\.)*")|(?P<end>;)|(?P<plain>[^";]+)|(?P<broken>")')
_DMARC = re.compile(r"dmarc(?:\s*/\s*\d+)?\s*=\s*([a-z]+)", re.IGNORECASE)
_FROM = re.compile(r"header\s*\.\s*from\s*=\s*([^\s;\"]+|\"[^\"]*\")", re.IGNORECASE)
_MARKED = re.compile(r"\s*(?:yes|true)\b", re.IGNORECASE)
_CHECKER = re.compile(r"\bon ([a-z0-9.-]+\.[a-z0-9-]+)\s*\Z", re.IGNORECASE)
_MICROSOFT = re.compile(r"(?:^|;)\s*SFV:(?:SPM|SKB)\s*;", re.IGNORECASE)


def read(top: Headers) -> tuple[SenderCheck, ...]:
    """Every Authentication-Results field, the topmost first. One that cannot be read says that the check failed."""
    found: list[SenderCheck] = []
    hop = 0
    for name, value in top.fields:
        if name == "received":
            hop += 1
        elif name == _FIELD and len(found) < MOST:
            found.append(_check(value[:_LONGEST], hop))
    return tuple(found)


def spam_marks(top: Headers) -> tuple[str, ...]:
    """The hosts whose filters call the mail spam; an empty name when a mark names none."""
    marked = any(_MARKED.match(top.get(name)) for name in ("x-spam-flag", "x-spam-status", "x-spam"))
    if not marked and not _MICROSOFT.search(top.get("x-forefront-antispam-report")):
        return ()
    checker = _CHECKER.search(top.get("x-spam-checker-version"))
    return (checker[1].lower() if checker else "",)


def _check(value: str, hop: int) -> SenderCheck:
    clean, whole = _without_comments(value)
    pieces, closed = _pieces(clean)
    first = pieces[0].strip()
    if "=" in first:  # Exchange Online names no host
        host, results = UNNAMED, pieces
    else:
        words = first.strip('"').split()
        host, results = (words[0].strip('"').lower() if words else ""), pieces[1:]
    verdicts = [(found[1].lower(), part) for part in results if (found := _DMARC.match(part.strip()))]
    domains = {name for _said, part in verdicts if (name := _domain(part))}
    broken = not (whole and closed) or len(domains) > 1
    return SenderCheck(host, "fail" if broken else _worst([said for said, _ in verdicts]), "".join(domains), hop)


def _worst(said: list[str]) -> str:
    if any(word in ("fail", "reject", "quarantine") for word in said):
        return "fail"
    return "pass" if said and all(word == "pass" for word in said) else "none"


def _domain(part: str) -> str:
    found = _FROM.search(part)
    return found[1].strip('"').rpartition("@")[2].lower().rstrip(".") if found else ""


def _without_comments(value: str) -> tuple[str, bool]:
    """The value with every comment a space (they nest, and may stand anywhere), and whether all were closed."""
    out: list[str] = []
    depth, quoted, at = 0, False, 0
    while at < len(value):
        char = value[at]
        if char == "\\" and (quoted or depth):
            out.append("" if depth else value[at : at + 2])
            at += 2
            continue
        if char == '"' and not depth:
            quoted = not quoted
        if not quoted and char == "(":
            depth += 1
        elif not quoted and char == ")" and depth:
            depth -= 1
            char = " "
        if not depth:
            out.append(char)
        at += 1
    return "".join(out), depth == 0 and not quoted


def _pieces(clean: str) -> tuple[list[str], bool]:
    """What stands between semicolons outside of quotes, and whether every quote was closed. Quotes keep no result."""
    pieces, closed = [""], True
    for found in _PIECE.finditer(clean):
        if found["end"]:
            pieces.append("")
        elif found["broken"]:
            closed = False
        else:
            pieces[-1] += found[0]
    return pieces, closed
