"""A note that only we see; a colleague named in it is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from amends.cases import drafts, timeline
from amends.cases.models import Case, Draft, Entry, Naming
from amends.flows import looking
from amends.people.models import Member

_NAMED = re.compile(r"@([^\W\d_][\w'’-]{1,40}(?: [^\W\d_][\w'’-]{1,40})?)")


class EmptyNote(Exception):
    """There is nothing to write down."""


def write(case: Case, text: str, *, by: Member, now: datetime, files: Sequence[timeline.Enclosure] = ()) -> Entry:
    """Record a note and tell everybody named in it as @Name. Raises EmptyNote."""
    with transaction.atomic():
        entry = _record(case, text, by, now, files)
        drafts.throw_away(case, Draft.Kind.NOTE, by=by)
    return entry


def write_draft(case: Case, text: str, *, by: Member, now: datetime) -> Entry:
    """Record a note with the files of its draft. Raises EmptyNote, or DraftTaken when a colleague writes it."""
    draft = drafts.open_draft(case, Draft.Kind.NOTE)
    if draft is not None and draft.author_id != by.pk:
        raise drafts.DraftTaken(draft)
    return write(case, text, by=by, now=now, files=_enclosures(draft))


def keep_letter(case: Case, text: str, *, by: Member, now: datetime) -> Entry:
    """A colleague was faster: the words of one's letter become a note. Raises EmptyNote, DraftTaken."""
    draft = drafts.open_draft(case, Draft.Kind.LETTER)
    if draft is not None and draft.author_id != by.pk:
        raise drafts.DraftTaken(draft)
    with transaction.atomic():
        entry = _record(case, text, by, now, _enclosures(draft))
        drafts.throw_away(case, Draft.Kind.LETTER, by=by)
    return entry


def keep_held(draft_id: int, *, by: Member, now: datetime) -> Entry:
    """A letter on hold becomes a note: in its place a colleague has begun another. Raises drafts.DraftGone."""
    with transaction.atomic():
        draft = drafts.withdraw(draft_id, by=by)
        return _record(draft.case, draft.text, by, now, _enclosures(draft))


def _record(case: Case, text: str, by: Member, now: datetime, files: Sequence[timeline.Enclosure]) -> Entry:
    if not text.strip() and not files:
        raise EmptyNote(_("The note is empty."))
    named = named_in(text, looking.brand_members(case.brand))
    entry = timeline.record(
        case,
        "note.written",
        at=now,
        by=by,
        words=timeline.Words(new_text=text.strip(), sender={"name": by.name}),
        files=files,
        named=[member.pk for member in named],
    )
    Naming.objects.bulk_create(Naming(entry=entry, member=member) for member in named if member != by)
    return entry


def _enclosures(draft: Draft | None) -> list[timeline.Enclosure]:
    files = draft.files.all() if draft else ()
    return [timeline.Enclosure(file.name, file.content_type, file.size, file.sha256) for file in files]


def named_in(text: str, members: Sequence[Member]) -> list[Member]:
    """The members named with an @, by whole name or by a first name that only one of them has."""
    wanted = [match.casefold() for match in _NAMED.findall(text)]
    return [member for member in members if any(_means(name, member, members) for name in wanted)]


def _means(name: str, member: Member, members: Sequence[Member]) -> bool:
    if name == member.name.casefold():
        return True
    first = name.split(" ", 1)[0]
    if name.startswith(f"{first} ") and any(name == other.name.casefold() for other in members):
        return False
    namesakes = [other for other in members if other.first_name.casefold() == first]
    return namesakes == [member]
