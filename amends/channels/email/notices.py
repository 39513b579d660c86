"""Delivery failures told in plain words or JSON: the many shapes that came before, or never heard of, the standard."""

from __future__ import annotations

import json
import re
from typing import Any

from amends.channels.email import addresses, charsets, limits, reports
from amends.channels.email.headers import Headers
from amends.channels.email.notice_words import DELAY, RETURNED
from amends.channels.email.reports import Report

_LONGEST_NOTICE = 20_000
_LONGEST = 256 * 1024
_FAR = 600
_ADDRESS = r"[^\s<>@,;:\"'()\[\]]{1,64}@[^\s<>@,;:\"'()\[\]]{1,200}[^\s<>@,;:\"'()\[\].]"
# From the surest place of a failed recipient to the vaguest; the first that finds anything is believed.
_PLACES = tuple(
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (
        rf"^[ \t>*\"'-]*<?({_ADDRESS})>?[\"']?[ \t]*:?[ \t.]*$",
        rf"^[ \t>]*<({_ADDRESS})>[ \t:]",
        rf"(?:rcpt to|delivered to|unknown user|target mail address|recipients?|errors)[ \t]*:[ \t]*<?({_ADDRESS})",
        rf"^[ \t>*]*({_ADDRESS})[ \t]+(?:on |invalid|\()",
        rf"[45]\d\d[ -][^\n<]{{0,80}}<({_ADDRESS})>",
        rf"(?:to|for|address)[ \t]*:?[ \t]+<?({_ADDRESS})>?",
        rf"<({_ADDRESS})>",
        rf"({_ADDRESS})",
    )
)
_EVENT_KIND = re.compile(r'"(?:notification|event)Type"\s*:\s*"(bounce|complaint|delivery)"', re.IGNORECASE)
_RETURNED_TO = re.compile(rf"^[ \t>]*to[ \t]*:[^\n<]{{0,200}}?<?({_ADDRESS})", re.IGNORECASE | re.MULTILINE)
_MESSAGE_ID = re.compile(r"^[ \t>]*message-id[ \t]*:\s{0,4}(<[^<>\s]{1,998}>)", re.IGNORECASE | re.MULTILINE)


def read(text: str, top: Headers, returned: Headers) -> list[Report]:
    """Who did not get the letter, according to a notice in words, or to whom the letter that came back was sent.

    An empty list when nobody is named.
    """
    written = reports.read_text(text[:_LONGEST_NOTICE])
    if written:
        return written
    notice = _notice(text)
    delayed = bool(DELAY.search(top.text("subject")) or DELAY.search(notice))
    recipients = _addressed(top, "x-failed-recipients") or _recipients(notice, top)
    recipients = recipients or _addressed(returned, "to") or _RETURNED_TO.findall(text[len(notice) : _LONGEST_NOTICE])
    return [_report(recipient, notice, delayed=delayed) for recipient in recipients[: limits.BOUNCES]]


def original_id(text: str) -> str:
    """Message-ID of the letter that is quoted below the notice, or an empty string."""
    start = text[:_LONGEST]
    begin = RETURNED.search(start)
    found = _MESSAGE_ID.search(start, begin.start() if begin else 0)
    return found[1] if found else ""


def read_json(text: str) -> tuple[str, list[Report]]:
    """What a provider's event in JSON is (`bounce`, `complaint`, or empty) and whom it names."""
    try:
        event, _ = json.JSONDecoder(strict=False).raw_decode(text[:_LONGEST].strip())
    except (ValueError, RecursionError):
        named = _EVENT_KIND.search(text, 0, _FAR)
        return (named[1].lower(), []) if named else ("", [])
    if not isinstance(event, dict):
        return "", []
    if isinstance(event.get("Message"), str):
        return read_json(event.pop("Message")) if event.get("Type") == "Notification" else ("", [])
    kind = str(event.get("notificationType") or event.get("eventType") or "").lower()
    if kind not in ("bounce", "complaint", "delivery"):
        return "", []
    return kind, _json_reports(event.get("bounce"))


def _json_reports(bounce: Any) -> list[Report]:
    if not isinstance(bounce, dict) or not isinstance(bounce.get("bouncedRecipients"), list):
        return []
    action = "delayed" if str(bounce.get("bounceType", "")).lower() == "transient" else "failed"
    found = []
    for entry in bounce["bouncedRecipients"][: limits.BOUNCES]:
        if isinstance(entry, dict):
            reason = charsets.tidy(str(entry.get("diagnosticCode", "")))[:_FAR]
            status = reports.status_in(f"{entry.get('status', '')} {reason}")
            found.append(Report(addresses.cleaned(str(entry.get("emailAddress", ""))), action, status, reason))
    return found


def _addressed(headers: Headers, name: str) -> list[str]:
    return [found.address for found in addresses.parse(headers.get(name)).addresses if "@" in found.address]


def _notice(text: str) -> str:
    start = text[:_LONGEST_NOTICE]
    # A marker on the very first lines is a heading, not the end of the notice.
    end = RETURNED.search(start, len(start) - len(start.lstrip()) + 1)
    return start[: end.start()] if end and end.start() > 40 else start


def _recipients(notice: str, top: Headers) -> list[str]:
    ours = {address.lower() for name in ("to", "from") for address in _addressed(top, name)}
    last_choice: list[str] = []
    for place in _PLACES:
        found = dict.fromkeys(addresses.cleaned(match[1]) for match in place.finditer(notice))
        named = [address for address in found if "." in address.rpartition("@")[2]]
        if strangers := [address for address in named if address.lower() not in ours]:
            return strangers
        last_choice = last_choice or named
    return last_choice


def _report(recipient: str, notice: str, *, delayed: bool) -> Report:
    at = max(notice.lower().find(recipient.lower()), 0)
    near = notice[at : at + _FAR]
    status = reports.status_in(near.replace(recipient, "")) or reports.status_in(notice)
    action = "delayed" if delayed and not status.startswith("5") else "failed"
    return Report(recipient, action, status, _reason(near, recipient))


def _reason(near: str, recipient: str) -> str:
    lines = [" ".join(line.split()).strip("<>: *") for line in near.split("\n")]
    told = [line for line in lines if line and line.lower() != recipient.lower()]
    coded = next((line for line in told[:8] if reports.status_in(line)), "")
    return (coded or (told[0] if told else ""))[:300]
