"""A letter that blames or insults is read by a second person before it leaves (C7.2, C7.3).

Whom it waits for, and who let it go, is told by the entries of its case; a release holds for the words that were read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from amends.cases import timeline
from amends.cases.models import Case, Draft, Entry, Naming
from amends.clock import alarms, calendars
from amends.coach.faults import SECOND_PERSON
from amends.flows.holders import second_person
from amends.people.models import Member

ASKED, RELEASED, NOBODY = "coach.second_asked", "coach.released", "coach.nobody_reads"


class SecondError(Exception):
    """The letter cannot be let go; the message says what to do."""


def waits(draft: Draft, *, by: Member, now: datetime) -> str:
    """Whom the letter waits for, in a sentence; empty when these words may leave.

    Somebody is asked with the first try: the caller's transaction must end well, though the letter stays. Where nobody
    else is at work, that is said once, and the same words may leave with the next try.
    """
    if _last(draft, RELEASED) or _last(draft, NOBODY):
        return ""
    if reader := _reader(draft, by, now):
        return _(
            "%(name)s reads it first: the coach wants a second pair of eyes. The letter is kept, and leaves when they "
            "let it go. If you change it, send it again."
        ) % {"name": reader.name}
    timeline.record(draft.case, "coach.nobody_reads", at=now, by=by, draft=draft.pk, mark=words_mark(draft))
    return _(
        "The coach wants a second pair of eyes, and nobody else of this brand is at work. Wait for somebody, or send it "
        "once more: it then leaves with your reason alone."
    )


def waits_for(draft: Draft) -> int | None:
    """The id of the member who was asked to read these words and has not let them go; None: nobody was, or has."""
    asked = None if _last(draft, RELEASED) else _last(draft, ASKED)
    return asked.data["member"] if asked else None


def write_down_release(case: Case, draft: Draft | None, words: str, *, by: Member, now: datetime) -> Draft:
    """A second person has read the letter's words, and it may leave. `words`: the mark of what they read.

    The caller holds the case. Raises SecondError.
    """
    if draft is None:
        raise SecondError(_("The letter has left already, or was thrown away."))
    if draft.author_id == by.pk:
        raise SecondError(_("Somebody else reads your own letter."))
    if words != words_mark(draft):
        raise SecondError(_("%(name)s has changed the letter meanwhile. Read it once more.") % {"name": draft.author})
    asked = _last(draft, ASKED)
    if asked is None:
        raise SecondError(_("%(name)s has not sent this letter yet.") % {"name": draft.author})
    if Entry.objects.filter(case=case, kind="contact.in", pk__gt=asked.pk).exists():
        raise SecondError(
            _("The customer has written since. %(name)s looks at that before the letter leaves.")
            % {"name": draft.author}
        )
    timeline.record(case, "coach.released", at=now, by=by, draft=draft.pk, mark=words, author_name=draft.author.name)
    return draft


def told_of(draft: Draft, flags: Collection[str]) -> dict[str, Any]:
    """Who let these words go, for the entry of the letter; empty where nobody had to.

    `released_by` None: nobody else was at work.
    """
    if SECOND_PERSON.isdisjoint(flags):
        return {}
    released = _last(draft, RELEASED)
    member = released.member if released else None
    return {"released_by": member.pk if member else None, "released_by_name": member.name if member else ""}


def words_mark(draft: Draft) -> str:
    """What tells these words from others."""
    return hashlib.sha256(draft.text.encode()).hexdigest()[:16]


def _reader(draft: Draft, by: Member, now: datetime) -> Member | None:
    """Who was asked to read these words and is at work; else somebody is asked now. None: nobody else is at work."""
    asked = _last(draft, ASKED)
    if asked is not None and (reader := _at_work(asked.data["member"], now)):
        return reader
    reader = second_person(draft.case, by, now)
    if reader is None or not _at_work(reader.pk, now):
        return None
    entry = timeline.record(
        draft.case,
        "coach.second_asked",
        at=now,
        by=by,
        draft=draft.pk,
        mark=words_mark(draft),
        member=reader.pk,
        member_name=reader.name,
    )
    Naming.objects.create(entry=entry, member=reader)
    alarms.raise_alarm(reader, "read_letter", now, case=draft.case, by=by.name)
    return reader


def _last(draft: Draft, kind: str) -> Entry | None:
    told = Entry.objects.filter(case=draft.case_id, kind=kind, data__draft=draft.pk, data__mark=words_mark(draft))
    return told.select_related("member").order_by("-pk").first()


def _at_work(member_id: int, now: datetime) -> Member | None:
    member = Member.objects.filter(pk=member_id, is_active=True).first()
    return member if member is not None and calendars.duties([member], now)[member.pk].on else None
