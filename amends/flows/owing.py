"""The right time: what the house owes on a case, as promises with a clock (C0.3, Appendix 1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from amends.cases.models import Case, Entry
from amends.clock import calendars, promises
from amends.clock.models import Promise
from amends.people.models import Member

HEAR_AFTER_DAYS = 2
"""Working days after our last word until we ask whether it is right now (`confirm.ask_after`)."""

OUR_WORD = ("contact.out", "contact.call", "step.done")
LETTERS_AND_CALLS = ("contact.out", "contact.call")


def right_time(case: Case, owner: Member, now: datetime) -> Promise:
    """The earliest promise owed on the case; made here when the house owes one that nobody wrote down."""
    unanswered = first_unanswered(case)
    if unanswered is not None:
        _owe_answer(case, unanswered, owner, now)
    owed = promises.owed(case).select_related("promisor").first()
    return owed or _owe_question(case, owner, now)


def first_unanswered(case: Case) -> Entry | None:
    """The first thing we heard from the customer since we last spoke to them; None when the turn is theirs.

    In the order of the timeline, not of the clock: nobody answered what nobody had read yet. What could not be
    read asks for reading; nobody can be answered.
    """
    spoken = _by_people(case, OUR_WORD).order_by("-pk").first()
    heard = Entry.objects.filter(case=case, kind="contact.in", data__unreadable__isnull=True).order_by("pk")
    if spoken is not None:
        heard = heard.filter(pk__gt=spoken.pk)
    return heard.first()


def _owe_answer(case: Case, unanswered: Entry, owner: Member, now: datetime) -> None:
    owed = list(promises.owed(case))
    for promise in owed:
        if promise.kind == Promise.Kind.HEAR:
            promises.release(promise, at=now, by=None, reason="the customer wrote first")
    if any(promise.kind in promises.REPLIES for promise in owed):
        return
    first = not _by_people(case, LETTERS_AND_CALLS).exists()
    due = calendars.answer_due(case.brand, unanswered.channel, unanswered.at, first=first)
    word = promises.Word(
        act=case.title,
        due=due,
        kind=Promise.Kind.FIRST_REPLY if first else Promise.Kind.NEXT_REPLY,
        source=Promise.Source.POLICY,
    )
    promises.make(case, word, promisor=owner, at=unanswered.at, by=None)


def _owe_question(case: Case, owner: Member, now: datetime) -> Promise:
    spoken = _by_people(case, LETTERS_AND_CALLS).order_by("-at").first()
    due = calendars.days_on(case.brand, spoken.at if spoken else now, HEAR_AFTER_DAYS)
    word = promises.Word(
        act=case.title,
        due=max(due, calendars.days_on(case.brand, now, 1)),
        kind=Promise.Kind.HEAR,
        source=Promise.Source.POLICY,
        visible=False,
    )
    return promises.make(case, word, promisor=owner, at=now, by=None)


def _by_people(case: Case, kinds: Sequence[str]) -> QuerySet[Entry]:
    """What members said or did; a letter that the desk sent by itself answers nobody."""
    return Entry.objects.filter(case=case, kind__in=kinds, actor=Entry.Actor.MEMBER)
