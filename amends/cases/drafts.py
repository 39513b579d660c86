"""What is being written: saved on every pause, seen by colleagues, taken over, held, brought back (CV13, CV14)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _

from amends.cases.models import Case, Draft, DraftFile
from amends.kit import blobs, drift, inspected, wake
from amends.kit.prepared import prepared
from amends.people.models import Member
from amends.people.models.desk import LONGEST_HOLD

MOST_HELD = 5
"""Letters about to leave that the rail shows."""
BEGUN = Q(hold_until__isnull=False) | Q(files__isnull=False) | ~Q(text="")
"""Drafts that are about to leave, or in which something stands that somebody wrote."""


class DraftTaken(Exception):
    """A colleague is writing this one; `draft` is as it stands now."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(_("%(name)s is writing here.") % {"name": draft.author.name})
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


def begin(case: Case, kind: str, *, by: Member, now: datetime) -> Draft:
    """The open draft, or a new one without words; words that came in the same moment stay."""
    return open_draft(case, kind) or _begin(case, kind, by, now)


def save(case: Case, kind: str, written: Written, *, by: Member, now: datetime) -> Draft:
    """Save what `by` has written. Raises DraftTaken when a colleague holds the pen, DraftGone when it left just now."""
    with transaction.atomic():
        draft = begin(case, kind, by=by, now=now)
        if draft.author_id != by.pk:
            raise DraftTaken(draft)
        write(draft, written, now)
        wake.nudge()
    return draft


def write(draft: Draft, written: Written, now: datetime) -> None:
    """Write into a draft that was read a moment ago. Raises DraftGone when it is not its author's open draft any more.

    Only then may it be written: a save that comes late must not take a letter out of the outbox.
    """
    own = Draft.objects.filter(pk=draft.pk, author=draft.author_id, hold_until=None)
    if not own.update(**vars(written), version=F("version") + 1, updated_at=now):
        raise DraftGone
    for name, value in vars(written).items():
        setattr(draft, name, value)
    draft.version += 1
    draft.updated_at = now


def mark(draft: Draft, documents: list[str]) -> None:
    """Say from which letters of policy packs an open draft was begun; its words are left alone."""
    Draft.objects.filter(pk=draft.pk, hold_until=None).update(documents=documents)
    draft.documents = documents


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


def attach(draft: Draft, name: str, content_type: str, content: bytes, *, clean: bool = False) -> DraftFile:
    """Add a file; its bytes are kept at once. `clean` when a scanner has just looked at it and found nothing."""
    digest = blobs.put(content)
    with transaction.atomic():
        blobs.hold({digest: content})
        (inspected.looked_at if clean else inspected.want)([digest], timezone.now())
        return DraftFile.objects.create(
            draft=draft,
            name=name[:255],
            content_type=content_type[:120],
            size=len(content),
            sha256=digest,
        )


def hold(draft: Draft, *, until: datetime, by: Member) -> None:
    """Put a draft into the outbox. Raises DraftGone when it is not `by`'s open draft, or not the words of `draft`."""
    own = Draft.objects.filter(pk=draft.pk, author=by, hold_until=None, version=draft.version)
    if not own.update(hold_until=until):
        raise DraftGone
    wake.nudge()


def undo(draft_id: int, *, by: Member) -> Draft:
    """Bring a held draft back to the composer.

    Raises DraftGone when it has left, DraftTaken when a colleague has begun another one there meanwhile.
    """
    try:
        with transaction.atomic():
            won = Draft.objects.filter(pk=draft_id, author=by, hold_until__isnull=False).update(hold_until=None)
    except IntegrityError:  # a new draft was begun meanwhile
        won = _join_newer(draft_id, by)
    if not won:
        raise DraftGone
    wake.nudge()
    return Draft.objects.select_related("case").get(pk=draft_id)


def withdraw(draft_id: int, *, by: Member) -> Draft:
    """Take a held draft out of the outbox for good, with its files; deleted in the caller's transaction.

    Raises DraftGone when it has left.
    """
    draft = _take(Draft.objects.filter(pk=draft_id, author=by, hold_until__isnull=False))
    if draft is None:
        raise DraftGone
    return draft


@prepared
def held_by(member_id: int) -> QuerySet[Draft]:
    """The member's letters that wait in the outbox, the next few to leave."""
    held = Draft.objects.filter(author=member_id, hold_until__isnull=False).select_related("case__customer")
    return held.order_by("hold_until")[:MOST_HELD]


def due(now: datetime, *, limit: int = 50) -> list[int]:
    """Ids of held drafts whose seconds are over."""
    held = Draft.objects.filter(hold_until__lte=now).order_by("hold_until")
    return list(held.values_list("pk", flat=True)[:limit])


def set_right(now: datetime) -> int:
    """Letters held until a time that a clock ahead of ours has written; they are held no shorter than was said."""
    held = Draft.objects.filter(hold_until__isnull=False)
    return drift.bring_back(held, "hold_until", now, timedelta(seconds=LONGEST_HOLD))


def case_of(draft_id: int) -> int | None:
    """The id of the case that the draft belongs to, for always."""
    return Draft.objects.filter(pk=draft_id).values_list("case_id", flat=True).first()


def claim(draft_id: int, now: datetime) -> Draft | None:
    """Take a held draft for good: it is deleted in the caller's transaction, so it can leave only once."""
    return _take(Draft.objects.filter(pk=draft_id, hold_until__lte=now))


def _take(wanted: QuerySet[Draft]) -> Draft | None:
    # The lock, because a DELETE that cascades goes by the keys that were read: an undo in between would be lost.
    draft = (
        wanted.select_for_update(of=("self",))
        .select_related("case__brand", "case__customer", "case__owner", "author")
        .prefetch_related("files")
        .first()
    )
    if draft is None:
        return None
    list(draft.files.all())
    deleted = wanted.delete()[0]
    return draft if deleted else None


def _join_newer(draft_id: int, by: Member) -> int:
    """What was about to leave goes before what its author has begun since; nothing of either is lost."""
    with transaction.atomic():
        held = Draft.objects.select_for_update().filter(pk=draft_id, author=by, hold_until__isnull=False).first()
        if held is None:
            return 0
        newer = (
            Draft.objects.select_for_update(of=("self",))
            .select_related("author")
            .filter(case=held.case_id, kind=held.kind, hold_until=None)
            .first()
        )
        if newer is not None and newer.author_id != by.pk:
            raise DraftTaken(newer)
        if newer is not None:
            _join(held, newer)
        held.hold_until = None
        held.save(update_fields=["text", "html", "promises", "hold_until"])
    return 1


def _join(held: Draft, newer: Draft) -> None:
    if held.html or newer.html:
        held.html = _html(held) + _html(newer)
    held.text = "\n\n".join(filter(None, [held.text.rstrip(), newer.text.strip()]))
    held.promises = [*held.promises, *newer.promises]
    newer.files.update(draft=held)
    newer.delete()


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
