"""One raw mail as an `IncomingMessage`. Pure, bounded in time and memory, and never raising."""

from __future__ import annotations

from amends.channels.email import (
    addresses,
    attachments,
    body,
    ids,
    limits,
    machine,
    notices,
    parts,
    quotes,
    reports,
    sender_checks,
    winmail,
)
from amends.channels.email.limits import Problems
from amends.channels.email.machine import Evidence
from amends.channels.email.parts import Part
from amends.channels.message import Address, Bounce, IncomingMessage

UNREADABLE = IncomingMessage(sender=Address("", ""), problems=("unreadable",))
"""What is known of a mail that defeats the reader."""


def read(raw: bytes) -> IncomingMessage:
    """What `raw` says, as far as it can be told; what was odd stands in `problems` (see `limits.Problems`).

    Any bytes give a message. One that defeats the reader is empty but for the problem ``unreadable``; its raw bytes are
    kept elsewhere and can be read again later.
    """
    try:
        return read_or_raise(raw)
    except Exception:
        # The last line of defence: a mail must never block a mailbox, so there is no error here that may pass.
        return UNREADABLE


def read_or_raise(raw: bytes) -> IncomingMessage:
    """The same, for a reader that tells why: raises whatever defeats it."""
    problems = Problems()
    return _read(limits.bounded(raw, problems), problems)


def _read(raw: bytes, problems: Problems) -> IncomingMessage:
    root = parts.parse(raw, problems)
    if not root.headers.fields:
        problems.add("header_missing")
    letter = body.read(root, problems)
    text, lifted = attachments.lift_uuencoded(letter.text)
    files, wrapped = winmail.unpack(attachments.read(letter.rest, letter.html, problems))
    text = text if text.strip() else wrapped.text
    own_text = quotes.new_text(text)
    evidence = _evidence(root, text, own_text, problems)
    automatic = machine.kind(evidence)
    top = root.headers
    date = ids.date(top.get("date"))
    if date is None and top.get("date"):
        problems.add("date_unreadable")
    return IncomingMessage(
        sender=_sender(root, problems),
        to=_people(root, "to", problems),
        cc=_people(root, "cc", problems),
        reply_to=_people(root, "reply-to", problems),
        subject=top.text("subject")[: limits.SUBJECT_CHARS],
        date=date,
        message_id=ids.first_id(top.get("message-id")),
        in_reply_to=ids.first_id(top.get("in-reply-to")),
        references=ids.references(top.get("references")),
        text=text,
        html=letter.html or wrapped.html,
        new_text=own_text,
        attachments=(*files, *lifted),
        automatic=automatic,
        bounces=_bounces(evidence, problems) if automatic == "bounce" else (),
        problems=problems.codes(),
        checks=sender_checks.read(top),
        spam_marks=sender_checks.spam_marks(top),
    )


def _evidence(root: Part, text: str, own_text: str, problems: Problems) -> Evidence:
    event, told = notices.read_json(text) if text.lstrip().startswith("{") else ("", [])
    found = reports.read(root, problems) or told
    evidence = Evidence(root, text, own_text, found, event)
    if any(report.recipient for report in found) or machine.kind(evidence) != "bounce":
        return evidence
    returned = reports.returned_headers(root, problems)
    return Evidence(root, text, own_text, notices.read(text, root.headers, returned) or found, event)


def _bounces(evidence: Evidence, problems: Problems) -> tuple[Bounce, ...]:
    returned = reports.returned_headers(evidence.root, problems)
    original_id = reports.original_id(returned, evidence.top) or notices.original_id(evidence.text)
    return reports.bounces(evidence.reports, original_id)


def _sender(root: Part, problems: Problems) -> Address:
    written = root.headers.all("from") or root.headers.all("sender")[:1]
    lists = [addresses.parse(value) for value in written]
    found = [address for one in lists for address in one.addresses]
    if any(one.ambiguous for one in lists) or len({address.address for address in found}) > 1:
        problems.add("from_ambiguous")
    named = [address for address in found if address.address] or found
    if not named or not named[0].address:
        problems.add("from_missing")
    return named[0] if named else Address("", "")


def _people(root: Part, name: str, problems: Problems) -> tuple[Address, ...]:
    found: list[Address] = []
    for value in root.headers.all(name):
        one = addresses.parse(value)
        problems.add("addresses_cut" if one.cut else "")
        found.extend(address for address in one.addresses if address.address)
    return tuple(dict.fromkeys(found))[: limits.ADDRESSES]
