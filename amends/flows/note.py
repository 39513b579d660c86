"""A note that only we see; a colleague named in it is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from amends.cases import drafts, timeline
from amends.cases.models import Case, Draft, Entry, Naming
from amends.flows import guarded, looking
from amends.people.models import Member

_NAMED = re.compile(r"(?<![\w.+-])@([^\W\d_][\w'’-]{1,40}(?: [^\W\d_][\w'’-]{1,40})?)")


class NoteRefused(Exception):
    """The note is not written down; the message says what to do first.

    NoteRefused
    ├─ EmptyNote       there is nothing to write down
    └─ NamedInVain     who is named may not see the case, and would never hear of it
    """


class EmptyNote(NoteRefused):
    """There is nothing to write down."""


class NamedInVain(NoteRefused):
    """A colleague is named who may not see the case."""


def write(case: Case, text: str, *, by: Member, now: datetime, files: Sequence[timeline.Enclosure] = ()) -> Entry:
    """Record a note and tell everybody named in it as @Name. Raises NoteRefused."""
    seeing = _who_see(case, text)
    _want_told(text, seeing)
    with transaction.atomic():
        entry = _record(case, text, by, now, files, seeing)
        drafts.throw_away(case, Draft.Kind.NOTE, by=by)
    return entry


def write_draft(case: Case, text: str, *, by: Member, now: datetime) -> Entry:
    """Record a note with the files of its draft. Raises NoteRefused, or DraftTaken when a colleague writes it."""
    draft = drafts.open_draft(case, Draft.Kind.NOTE)
    if draft is not None and draft.author_id != by.pk:
        raise drafts.DraftTaken(draft)
    return write(case, text, by=by, now=now, files=_enclosures(draft))


def keep_letter(case: Case, text: str, *, by: Member, now: datetime) -> Entry:
    """A colleague was faster: the words of one's letter become a note. Raises EmptyNote, DraftTaken.

    It tells whom it can of those named: a letter's words must be kept.
    """
    draft = drafts.open_draft(case, Draft.Kind.LETTER)
    if draft is not None and draft.author_id != by.pk:
        raise drafts.DraftTaken(draft)
    with transaction.atomic():
        entry = _record(case, text, by, now, _enclosures(draft), _who_see(case, text))
        drafts.throw_away(case, Draft.Kind.LETTER, by=by)
    return entry


def keep_held(draft_id: int, *, by: Member, now: datetime) -> Entry:
    """A letter on hold becomes a note: in its place a colleague has begun another. Raises drafts.DraftGone."""
    with transaction.atomic():
        draft = drafts.withdraw(draft_id, by=by)
        return _record(draft.case, draft.text, by, now, _enclosures(draft), _who_see(draft.case, draft.text))


def _record(
    case: Case,
    text: str,
    by: Member,
    now: datetime,
    files: Sequence[timeline.Enclosure],
    seeing: Sequence[Member],
) -> Entry:
    if not text.strip() and not files:
        raise EmptyNote(_("The note is empty."))
    named = named_in(text, seeing)
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


def _who_see(case: Case, text: str) -> Sequence[Member]:
    """Who may see the case, of whom the text may name some; nobody is looked for where it names none."""
    if not _names_in(text):
        return ()
    needed = guarded.who_needs([case.pk]).get(case.pk) if case.guard else None
    members = looking.brand_members(case.brand)
    return [one for one in members if needed is None or guarded.sees_all(one) or one.pk in needed]


def _want_told(text: str, seeing: Sequence[Member]) -> None:
    """Raises NamedInVain, with the names that were typed anyway, unless everybody named is among those who see it."""
    names = _names_in(text)
    missed = [name for name in names if not any(_means(name, member, seeing) for member in seeing)]
    others = [member for member in looking.colleagues() if member not in seeing] if missed else []
    in_vain = [member.first_name for member in others if any(_means(name, member, others) for name in missed)]
    if in_vain:
        raise NamedInVain(
            _(
                "%(names)s may not see this case, so nobody would tell them. Take out the @, or name somebody who serves "
                "the brand and may see it."
            )
            % {"names": ", ".join(in_vain)}
        )


def _enclosures(draft: Draft | None) -> list[timeline.Enclosure]:
    files = draft.files.all() if draft else ()
    return [timeline.Enclosure(file.name, file.content_type, file.size, file.sha256) for file in files]


def named_in(text: str, members: Sequence[Member]) -> list[Member]:
    """The members named with an @, by whole name or by a first name that only one of them has."""
    wanted = _names_in(text)
    return [member for member in members if any(_means(name, member, members) for name in wanted)]


def _names_in(text: str) -> list[str]:
    return [match.casefold() for match in _NAMED.findall(text)]


def _means(name: str, member: Member, members: Sequence[Member]) -> bool:
    if name == member.name.casefold():
        return True
    first = name.split(" ", 1)[0]
    if name.startswith(f"{first} ") and any(name == other.name.casefold() for other in members):
        return False
    namesakes = [other for other in members if other.first_name.casefold() == first]
    return namesakes == [member]
