"""Delivery reports in the standard shape (RFC 3464): who did not get the letter, and for good or for now."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from amends.channels.email import addresses, headers, ids, limits, parts
from amends.channels.email.headers import Headers
from amends.channels.email.limits import Problems
from amends.channels.email.parts import Part
from amends.channels.message import Bounce

STATUS_TYPES = {"message/delivery-status", "message/global-delivery-status"}
RETURNED_TYPES = {
    "message/rfc822",
    "message/global",
    "text/rfc822-headers",
    "message/rfc822-headers",
    "message/global-headers",
}
ARRIVED = ("deliver", "relayed", "expanded")

_CODE = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_REPLY = re.compile(r"(?<![\d.\[@])([45])(\d\d)(?=[ -])")
_FIELD = re.compile(
    r"^[ \t>]*((?:final|original)-recipient|action|status|diagnostic-code|x-actual-recipient)[ \t]*:(.{0,2000})$",
    re.IGNORECASE | re.MULTILINE,
)
_REASON_CHARS = 500
_ONCE = {"final-recipient", "original-recipient", "action", "status"}


@dataclass(frozen=True)
class Report:
    """One recipient's group of a delivery report, before it is known to be a failure."""

    recipient: str
    action: str
    status: str
    reason: str

    @property
    def failed(self) -> bool:
        """Whether the letter has not arrived (yet)."""
        if self.action.startswith(ARRIVED):
            return False
        return bool(self.action) or self.status[:1] in ("4", "5")

    @property
    def permanent(self) -> bool:
        """Whether the letter will not arrive any more.

        A server that gave up on a temporary fault says failed with class 4: the letter is lost all the same, and only
        the status tells that the address may be good.
        """
        if self.action.startswith("delay"):
            return False
        return bool(self.action) or self.status[:1] == "5"


def read(root: Part, problems: Problems) -> list[Report]:
    """Every recipient's group in the delivery-status parts of a mail, in order."""
    found: list[Report] = []
    for part in root.walk():
        if part.content_type in STATUS_TYPES:
            for group in _groups(part.content(problems)[: limits.STATUS_BYTES]):
                found.extend(_of_fields(iter(group)))
    return found[: limits.BOUNCES]


def read_text(text: str) -> list[Report]:
    """The same fields where a server (or a person who forwards) has put them into the text."""
    fields = ((name.lower(), value.strip()) for name, value in _FIELD.findall(text))
    return [report for report in _of_fields(fields) if report.recipient][: limits.BOUNCES]


def bounces(reports: list[Report], original_id: str) -> tuple[Bounce, ...]:
    """The failures among the reports, each recipient once."""
    unique = {report.recipient.lower(): report for report in reversed(reports) if report.failed and report.recipient}
    return tuple(
        Bounce(report.recipient, report.permanent, report.status, report.reason, original_id)
        for report in reversed(unique.values())
    )


def returned_headers(root: Part, problems: Problems) -> Headers:
    """Headers of the letter that came back with the report, empty when none did."""
    for part in root.walk():
        if part.content_type in RETURNED_TYPES:
            content = part.content(problems).lstrip(b"\r\n")
            found = parts.parse(content, Problems()).headers
            if found.fields:
                return found
    return Headers()


def original_id(returned: Headers, top: Headers) -> str:
    """Message-ID of the letter that came back, from its headers or from what the notice refers to."""
    for value in (
        returned.get("message-id"),
        returned.get("x-original-message-id"),
        top.get("x-original-message-id"),
        top.get("in-reply-to"),
        top.get("references"),
    ):
        if found := ids.first_id(value):
            return found
    return ""


def status_in(text: str) -> str:
    """The first enhanced status code in `text`, else one made of its first SMTP reply, else an empty string."""
    if code := next((found for found in _CODE.finditer(text) if found[1] != "2"), None):
        return code[0]
    reply = _REPLY.search(text)
    return f"{reply[1]}.0.0" if reply else ""


def _groups(content: bytes) -> Iterator[tuple[tuple[str, str], ...]]:
    for group in re.split(rb"\n[ \t\r]*\n", content.strip(b"\r\n \t")):
        yield headers.parse(group.lstrip(b"\r\n")).fields


def _of_fields(fields: Iterator[tuple[str, str]]) -> Iterator[Report]:
    current: dict[str, str] = {}
    for name, value in fields:
        begins_anew = name == "original-recipient" and {"final-recipient", "action"} <= current.keys()
        if name in _ONCE and (name in current or begins_anew):
            yield from _of_group(current)
            current = {}
        current.setdefault(name, value)
    yield from _of_group(current)


def _of_group(group: Mapping[str, str]) -> Iterator[Report]:
    recipient = _recipient(group.get("original-recipient", "")) or _recipient(group.get("final-recipient", ""))
    recipient = recipient or _recipient(group.get("x-actual-recipient", ""))
    if not recipient and "action" not in group:
        return
    reason = headers.readable(group.get("diagnostic-code", "")).partition(";")[2].strip()
    reason = (reason or headers.readable(group.get("diagnostic-code", "")))[:_REASON_CHARS]
    action = headers.readable(group.get("action", "")).lower()[:20]
    yield Report(recipient, action, _status(group.get("status", ""), reason), reason)


def _recipient(value: str) -> str:
    kind, semicolon, rest = value.partition(";")
    written = rest if semicolon else kind
    found = addresses.parse(written.strip()).addresses
    address = found[0].address if found else ""
    return address if "@" in address else ""


def _status(written: str, reason: str) -> str:
    found = _CODE.search(written)
    if found is None:
        return status_in(reason)
    # "5.0.0" says nothing; the server's own words often hold the real code.
    if found[2] == "0" and found[3] == "0":
        detailed = _CODE.search(reason)
        if detailed and detailed[1] == found[1]:
            return detailed[0]
    return found[0]
