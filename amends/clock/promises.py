"""Make, keep, move, break and release promises; each with its entry, in the caller's transaction (C4).

A promise is settled by a conditional update: of two at once the first wins, whatever they had read before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.cases import timeline
from amends.cases.models import Case, Entry
from amends.clock.models import Promise
from amends.kit.prepared import prepared
from amends.kit.rows import insert
from amends.people.models import Customer, Member

REPLIES = (Promise.Kind.FIRST_REPLY, Promise.Kind.NEXT_REPLY)
OWED: dict[str, None] = {"kept_at": None, "released_at": None, "moved_at": None}

SETTLED = gettext_lazy("This promise is settled already.")


class PromiseError(Exception):
    """The promise cannot be changed so; the message says why."""


@dataclass(frozen=True)
class Word:
    """What is promised: an act, a kind, a clock time; `visible` on the customer's page or not."""

    act: str
    due: datetime
    kind: str = Promise.Kind.OTHER
    source: str = Promise.Source.PERSON
    visible: bool = True
    words: str = ""


@dataclass(frozen=True)
class Given:
    """A word that somebody owes from now on: who, to which case, since when, and who wrote it down."""

    case: Case
    word: Word
    promisor: Member
    at: datetime
    by: Member | None = None
    made_in: Entry | None = None


def owed(case: Case) -> QuerySet[Promise]:
    """Promises of the case that still want doing, late ones included, earliest first."""
    return Promise.objects.filter(case=case, **OWED).order_by("due", "pk")


def owed_on(case_ids: Iterable[int]) -> dict[int, list[Promise]]:
    """Case id → what is owed there, earliest first, for many cases in one query."""
    found: dict[int, list[Promise]] = {case_id: [] for case_id in case_ids}
    for promise in _owed_on(list(found)):
        found[promise.case_id].append(promise)
    return found


@prepared
def _owed_on(case_ids: Collection[int]) -> QuerySet[Promise]:
    return Promise.objects.filter(case__in=case_ids, **OWED).select_related("promisor").order_by("due", "pk")


def make(
    case: Case, word: Word, *, promisor: Member, at: datetime, by: Member | None, made_in: Entry | None = None
) -> Promise:
    """Write a promise down. Raises PromiseError when its time is not after `at`."""
    (promise,) = make_all([Given(case, word, promisor, at, by, made_in)])
    return promise


def make_all(given: Sequence[Given]) -> list[Promise]:
    """Write many down, in as many statements as one takes. Raises PromiseError as `make` does."""
    if any(one.word.due <= one.at and one.word.source == Promise.Source.PERSON for one in given):
        raise PromiseError(_("That time has passed. Name a later one."))
    promises = insert(
        Promise(
            case=one.case,
            source=one.word.source,
            kind=one.word.kind,
            promisor=one.promisor,
            promisee_id=one.case.customer_id,
            act=one.word.act[:200],
            due=one.word.due,
            made_at=one.at,
            made_in=one.made_in,
            words=one.word.words,
            visible=one.word.visible,
        )
        for one in given
    )
    timeline.record_all(
        [_event("promise.made", promise, one.at, one.by) for promise, one in zip(promises, given, strict=True)]
    )
    return promises


def keep(promise: Promise, *, at: datetime, by: Member | Customer | None, evidence: str) -> None:
    """It was done; `evidence` says what shows it. Raises PromiseError when it is settled already."""
    if not _keep(promise, at=at, by=by, evidence=evidence):
        raise PromiseError(SETTLED)


def move(promise: Promise, *, due: datetime, reason: str, at: datetime, by: Member) -> Promise:
    """Another time, with a reason; the old promise stays on the record as moved. Raises PromiseError."""
    if due <= at:
        raise PromiseError(_("That time has passed. Name a later one."))
    with transaction.atomic():
        after = Promise.objects.create(
            case_id=promise.case_id,
            source=promise.source,
            kind=promise.kind,
            promisor_id=promise.promisor_id,
            promisee_id=promise.promisee_id,
            act=promise.act,
            due=due,
            made_at=at,
            words=promise.words,
            visible=promise.visible,
        )
        if not _settle(promise, moved_at=at, moved_to=after):
            raise PromiseError(SETTLED)
        _record("promise.rescheduled", promise, at, by, reason=reason[:300], new_due=due.isoformat(), new=after.pk)
    return after


def release(promise: Promise, *, at: datetime, by: Member | Customer | None, reason: str) -> None:
    """The customer lets us off, or the thing it was about is gone. Raises PromiseError when it is settled already."""
    if not _settle(promise, released_at=at):
        raise PromiseError(SETTLED)
    _record("promise.released", promise, at, by, reason=reason[:300])


def break_due(now: datetime, *, limit: int = 200) -> list[Promise]:
    """Write down every promise whose time passed undone, each in a transaction of its own; it stays owed."""
    late = Promise.objects.filter(due__lte=now, broken_at=None, **OWED)
    due = late.select_related("case", "promisor").order_by("due")[:limit]
    return [promise for promise in due if _break(promise)]


def keep_all(promises: Iterable[Promise], *, at: datetime, by: Member | None, evidence: str) -> None:
    """Keep several at once: an answer keeps every promise of an answer. What is settled already stays as it is."""
    for promise in promises:
        _keep(promise, at=at, by=by, evidence=evidence)


def _keep(promise: Promise, *, at: datetime, by: Member | Customer | None, evidence: str) -> bool:
    won = _settle(promise, kept_at=at, evidence=evidence[:300])
    if won:
        _record("promise.kept", promise, at, by, evidence=evidence[:300], late=at > promise.due)
    return won


def _settle(promise: Promise, **how: Any) -> bool:
    """False when the row is settled by now, and then nothing is changed."""
    won = Promise.objects.filter(pk=promise.pk, **OWED).update(**how)
    if won:
        for name, value in how.items():
            setattr(promise, name, value)
    return bool(won)


def _break(promise: Promise) -> bool:
    with transaction.atomic():
        won = Promise.objects.filter(pk=promise.pk, broken_at=None, **OWED).update(broken_at=promise.due)
        if won:
            promise.broken_at = promise.due
            _record("promise.broken", promise, promise.due, None)
    return bool(won)


def _record(kind: str, promise: Promise, at: datetime, by: Member | Customer | None, **data: Any) -> None:
    timeline.record_all([_event(kind, promise, at, by, **data)])


def _event(kind: str, promise: Promise, at: datetime, by: Member | Customer | None, **data: Any) -> timeline.Event:
    told = {
        "promise": promise.pk,
        "act": promise.act,
        "due": promise.due.isoformat(),
        "source": promise.source,
        "promise_kind": promise.kind,
        "promisor": promise.promisor_id,
        "promisor_name": promise.promisor.name,
        "visible": promise.visible,
    }
    return timeline.Event(promise.case, kind, at, by, data={**told, **data})
