"""Write on the timeline, and read it. Nothing else ever writes an entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from amends.cases import search
from amends.cases.models import Case, Entry, File, Letter, MessageId
from amends.kit import blobs, wake
from amends.people.models import Customer, Member

KINDS = {
    "case.opened": "A case began.",
    "case.closed": "It ended, with a reason.",
    "case.reopened": "It began again.",
    "case.merged": "Another case was taken in, or this one went into another.",
    "case.split": "A part became a case of its own.",
    "case.retitled": "It has another title.",
    "contact.in": "A customer said something.",
    "contact.out": "A person here said something to a customer.",
    "contact.failed": "A letter of ours did not arrive.",
    "contact.doubtful": "Nobody can say whether a letter of ours left.",
    "contact.settled": "Somebody decided what becomes of a letter that did not arrive.",
    "contact.held": "The desk did not write by itself: somebody had such a note already, or a machine answers machines.",
    "contact.call": "A call was written up.",
    "note.written": "A note that only we see.",
    "owner.set": "The case has another owner.",
    "contact.transferred": "Handed over with a summary.",
    "step.set": "The next step: who, what, by when.",
    "step.done": "A step was done.",
    "step.moved": "A step waits for a later time, with a reason.",
    "promise.made": "Something is owed.",
    "promise.kept": "It was done.",
    "promise.broken": "Its time passed.",
    "promise.rescheduled": "It has another time.",
    "promise.released": "The customer lets us off.",
    "case.erased": "What was said on it is gone; why, and that it was there, stays.",
    "page.taken_back": "Links to the case page that were given out before open nothing any more.",
}
"""Kinds of entries in use, after the service model C0.2."""


class KindError(ValueError):
    """The kind is not in KINDS."""


@dataclass(frozen=True)
class Words:
    """What goes into the letter of an entry."""

    new_text: str
    text: str = ""
    html: str = ""
    subject: str = ""
    sender: dict[str, str] = field(default_factory=dict)
    to: Sequence[dict[str, str]] = ()
    cc: Sequence[dict[str, str]] = ()
    message_id: str = ""
    in_reply_to: str = ""
    raw_sha256: str = ""


@dataclass(frozen=True)
class Enclosure:
    """A file for an entry; its bytes are in `kit.blobs` already."""

    name: str
    content_type: str
    size: int
    sha256: str
    inline: bool = False
    content_id: str = ""

    @classmethod
    def of(cls, name: str, content_type: str, content: bytes) -> Enclosure:
        """Keep `content` and describe it."""
        return cls(name, content_type, len(content), blobs.put(content))


def record(
    case: Case,
    kind: str,
    *,
    at: datetime,
    by: Member | Customer | None = None,
    channel: str = "",
    words: Words | None = None,
    files: Sequence[Enclosure] = (),
    **data: Any,
) -> Entry:
    """Append one entry to the case, in the caller's transaction.

    `by` None means the desk itself. `data` must be JSON. Raises KindError for an unknown kind.
    """
    if kind not in KINDS:
        raise KindError(f"{kind!r} is not a kind of entry; see cases.timeline.KINDS.")
    entry = Entry.objects.create(
        case=case,
        kind=kind,
        at=at,
        recorded_at=timezone.now(),
        channel=channel,
        data=data,
        **_actor(by),
    )
    if words is not None:
        _write_letter(entry, words)
    File.objects.bulk_create(File(entry=entry, **vars(enclosure)) for enclosure in files)
    wake.nudge()
    return entry


def entries_of(case: Case) -> Sequence[Entry]:
    """The whole timeline with letters, files and names, oldest first, in three queries."""
    return list(
        Entry.objects.filter(case=case)
        .select_related("letter", "member", "customer")
        .prefetch_related("files")
        .order_by("at", "pk")
    )


def last_letter(case: Case, kind: str) -> Letter | None:
    """The newest letter of a kind (``contact.in`` or ``contact.out``) on the case."""
    return (
        Letter.objects.select_related("entry")
        .filter(entry__case=case, entry__kind=kind)
        .order_by("-entry__at", "-entry_id")
        .first()
    )


def _actor(by: Member | Customer | None) -> dict[str, Any]:
    if isinstance(by, Member):
        return {"actor": Entry.Actor.MEMBER, "member": by}
    if isinstance(by, Customer):
        return {"actor": Entry.Actor.CUSTOMER, "customer": by}
    return {"actor": Entry.Actor.SYSTEM}


def _write_letter(entry: Entry, words: Words) -> None:
    parts = {**vars(words), "to": list(words.to), "cc": list(words.cc)}
    parts = {key: _storable(value) for key, value in parts.items()}
    letter = Letter.objects.create(entry=entry, **parts)
    if words.message_id:
        MessageId.objects.get_or_create(
            value=words.message_id[:255],
            case_id=entry.case_id,
            defaults={"ours": entry.kind == "contact.out"},
        )
    search.add_letter(letter)


def _storable(value: Any) -> Any:
    """PostgreSQL keeps no NUL in text."""
    return value.replace("\x00", "") if isinstance(value, str) else value
