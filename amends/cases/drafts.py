"""What is being written: saved on every pause, seen by colleagues, taken over, held, brought back (CV13, CV14)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.html import escape

from amends.cases.models import Case, Draft, DraftFile
from amends.kit import blobs, wake
from amends.people.models import Member


class DraftTaken(Exception):
    """A colleague is writing this one; `draft` is as it stands now."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(f"{draft.author.name} is writing here.")
        self.draft = draft


class DraftGone(Exception):
    """The draft has left or was thrown away meanwhile."""


@dataclass(frozen=True)
class Written:
    """The fields of a draft as the composer sends them."""

    text: str = ""
    html: str = ""
    to: list[str] = field(default_factory=list)
    cc: list[str] = field(default_factory=list)
    subject: str = ""
    promises: list[dict[str, Any]] = field(default_factory=list)
    reason: str = ""


def open_draft(case: Case, kind: str) -> Draft | None:
    """The draft of this kind that somebody is writing on the case, if any."""
    return (
        Draft.objects.filter(case=case, kind=kind, hold_until=None)
        .select_related("author")
        .prefetch_related("files")
        .first()
    )


def save(case: Case, kind: str, written: Written, *, by: Member, now: datetime) -> Draft:
    """Save what `by` has written. Raises DraftTaken when a colleague holds the pen."""
    with transaction.atomic():
        draft = open_draft(case, kind)
        if draft is None:
            draft = _begin(case, kind, by, now)
        if draft.author_id != by.pk:
            raise DraftTaken(draft)
        for name, value in vars(written).items():
            setattr(draft, name, value)
        draft.version += 1
        draft.updated_at = now
        draft.save()
        wake.nudge()
    return draft


def take_over(case: Case, kind: str, *, by: Member, now: datetime) -> Draft:
    """Take the pen from a colleague, words and files included. Raises DraftGone."""
    taken = Draft.objects.filter(case=case, kind=kind, hold_until=None).update(author=by, updated_at=now)
    draft = open_draft(case, kind)
    if not taken or draft is None:
        raise DraftGone
    wake.nudge()
    return draft


def throw_away(case: Case, kind: str, *, by: Member) -> None:
    """Delete one's own open draft."""
    Draft.objects.filter(case=case, kind=kind, author=by, hold_until=None).delete()
    wake.nudge()


def attach(draft: Draft, name: str, content_type: str, content: bytes) -> DraftFile:
    """Add a file; its bytes are kept at once."""
    return DraftFile.objects.create(
        draft=draft,
        name=name[:255],
        content_type=content_type[:120],
        size=len(content),
        sha256=blobs.put(content),
    )


def hold(draft: Draft, *, until: datetime, by: Member) -> None:
    """Put a draft into the outbox. Raises DraftGone when it is not `by`'s open draft any more."""
    if not Draft.objects.filter(pk=draft.pk, author=by, hold_until=None).update(hold_until=until):
        raise DraftGone
    wake.nudge()


def undo(draft_id: int, *, by: Member) -> Draft:
    """Bring a held draft back to the composer. Raises DraftGone when it has left."""
    try:
        with transaction.atomic():
            won = Draft.objects.filter(pk=draft_id, author=by, hold_until__isnull=False).update(hold_until=None)
    except IntegrityError:  # a new draft was begun meanwhile
        won = _join_newer(draft_id, by)
    if not won:
        raise DraftGone
    wake.nudge()
    return Draft.objects.select_related("case").get(pk=draft_id)


def held_by(member: Member) -> QuerySet[Draft]:
    """The member's letters that wait in the outbox, the next to leave first."""
    return (
        Draft.objects.filter(author=member, hold_until__isnull=False)
        .select_related("case__customer")
        .order_by("hold_until")
    )


def due(now: datetime, *, limit: int = 50) -> list[int]:
    """Ids of held drafts whose seconds are over."""
    held = Draft.objects.filter(hold_until__lte=now).order_by("hold_until")
    return list(held.values_list("pk", flat=True)[:limit])


def claim(draft_id: int, now: datetime) -> Draft | None:
    """Take a held draft for good: it is deleted in the caller's transaction, so it can leave only once."""
    draft = (
        Draft.objects.select_related("case__brand", "case__customer", "case__owner", "author")
        .prefetch_related("files")
        .filter(pk=draft_id, hold_until__lte=now)
        .first()
    )
    if draft is None:
        return None
    list(draft.files.all())
    deleted, _ = Draft.objects.filter(pk=draft_id, hold_until__lte=now).delete()
    return draft if deleted else None


def _join_newer(draft_id: int, by: Member) -> int:
    """What was about to leave goes before what was begun since; nothing of either is lost."""
    with transaction.atomic():
        held = Draft.objects.select_for_update().filter(pk=draft_id, author=by).first()
        if held is None:
            return 0
        newer = Draft.objects.get(case=held.case_id, kind=held.kind, hold_until=None)
        if held.html or newer.html:
            held.html = _html(held) + _html(newer)
        held.text = "\n\n".join(filter(None, [held.text.rstrip(), newer.text.strip()]))
        held.promises = [*held.promises, *newer.promises]
        newer.files.update(draft=held)
        newer.delete()
        held.hold_until = None
        held.save(update_fields=["text", "html", "promises", "hold_until"])
    return 1


def _html(draft: Draft) -> str:
    return draft.html or f"<div>{escape(draft.text).replace(chr(10), '<br>')}</div>"


def _begin(case: Case, kind: str, by: Member, now: datetime) -> Draft:
    try:
        with transaction.atomic():
            return Draft.objects.create(case=case, kind=kind, author=by, updated_at=now)
    except IntegrityError:  # a colleague began in the same moment
        draft = open_draft(case, kind)
        assert draft is not None
        return draft
