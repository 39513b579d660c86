"""Make, keep, move, break and release promises; each with its entry, in the caller's transaction (C4).

A promise is settled by a conditional update: of two at once the first wins, whatever they had read before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.cases import timeline
from amends.cases.models import Case, Entry
from amends.clock import evidence as proof
from amends.clock import promising
from amends.clock.models import Escalation, Promise
from amends.clock.models.promise import OWED as OWED
from amends.kit.prepared import prepared
from amends.kit.rows import insert
from amends.people.models import Customer, Member, Partner

REPLIES = (Promise.Kind.FIRST_REPLY, Promise.Kind.NEXT_REPLY)

SETTLED = gettext_lazy("This promise is settled already.")


class PromiseError(Exception):
    """The promise cannot be changed so; the message says why."""


@dataclass(frozen=True)
class Word:
    """What is promised: an act, a kind, a clock time; `visible` on the customer's page or not (C4.1).

    `window`: of a call, how long before `due` it may come. `partner`: whose word it is; `depends_on`: the partner's
    promise that this one asks for. `rule`: of a policy pack, its key.
    """

    act: str
    due: datetime
    kind: str = Promise.Kind.OTHER
    source: str = Promise.Source.PERSON
    visible: bool = True
    words: str = ""
    beneficiary: str = ""
    public: bool = False
    window: timedelta = promising.WINDOW
    partner: Partner | None = None
    depends_on: Promise | None = None
    rule: str = ""
    """Of a policy pack's stage: the pack and its key, as in "uk-fca-disp/final"."""


@dataclass(frozen=True)
class Given:
    """A word that somebody owes from now on: who, to which case, since when, and who wrote it down."""

    case: Case
    word: Word
    promisor: Member
    at: datetime
    by: Member | None = None
    made_in: Entry | None = None


def state_of(promise: Promise, now: datetime) -> promising.State:
    """How a promise stands at `now` (C4.2)."""
    happened = promising.Happened(**{field.name: getattr(promise, field.name) for field in fields(promising.Happened)})
    return promising.state(
        made_at=promise.made_at, due=promise.due, now=now, happened=happened, grace_until=promise.grace_until
    )


def ends_at(promise: Promise) -> datetime:
    """When it is broken if it was not kept: when it is due; of a parcel, when the carrier's day ends (C4.2)."""
    return promise.grace_until or promise.due


def counts_to(promise: Promise, now: datetime) -> datetime:
    """By when it is done on time as of `now`, as `promising.counts_to` says: lists go by it, and say late by it."""
    return promising.counts_to(promise.due, now, promise.grace_until)


def is_owed(promise: Promise) -> bool:
    """Whether it still wants doing."""
    return not (promise.kept_at or promise.released_at or promise.moved_at)


def is_given(promise: Promise) -> bool:
    """Whether it is a word that the customer was given: ours, or a partner's. It is not moved behind their back."""
    return promise.visible and promise.source in (Promise.Source.PERSON, Promise.Source.PARTNER)


def owed(case: Case) -> QuerySet[Promise]:
    """Promises of the case that still want doing, late ones included, earliest first."""
    return Promise.objects.filter(case=case, **OWED).order_by("due", "pk")


def take_along(source: Case, target: Case) -> None:
    """What `source` owes is owed on `target`; what its rules wanted of it, and was done, is not wanted there again."""
    rules = Q(kind=Promise.Kind.MADE_RIGHT) | ~Q(rule="")
    Promise.objects.filter(Q(**OWED) | rules, case=source).update(case=target)


def owed_on(case_ids: Iterable[int]) -> dict[int, list[Promise]]:
    """Case id → what is owed there, earliest first, for many cases in one query."""
    found: dict[int, list[Promise]] = {case_id: [] for case_id in case_ids}
    for promise in _owed_on(list(found)):
        found[promise.case_id].append(promise)
    return found


@prepared
def of_rules(case_ids: Collection[int]) -> QuerySet[Promise]:
    """All that were ever made of making right and of policy packs on these cases, the oldest first."""
    standing = Promise.objects.filter(case__in=case_ids)
    return standing.filter(Q(kind=Promise.Kind.MADE_RIGHT) | ~Q(rule="")).order_by("pk")


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
    promises = insert(_row(one) for one in given)
    timeline.record_all(
        [_event("promise.made", promise, one.at, one.by) for promise, one in zip(promises, given, strict=True)]
    )
    return promises


def keep(promise: Promise, *, at: datetime, by: Member | Customer | None, evidence: str) -> None:
    """It was done; `evidence` says what shows it. Raises PromiseError when it is settled already."""
    if not _keep(promise, at=at, by=by, evidence=evidence):
        raise PromiseError(SETTLED)


def acknowledge(promise: Promise, *, at: datetime, by: Member, words: str) -> None:
    """A partner said yes (C4.3). Raises PromiseError when the promise is settled, or they said so before."""
    if not _change(promise, {"acknowledged_at": None}, acknowledged_at=at):
        raise PromiseError(_("They said yes already, or this promise is settled."))
    name = promise.partner.name if promise.partner else ""
    _record("promise.acknowledged", promise, at, by, partner=name, words=words[:300])


def move(
    promise: Promise, *, due: datetime, reason: str, at: datetime, by: Member | None, told_at: datetime | None = None
) -> Promise:
    """Another time, with a reason; the old promise stays on the record as moved. Raises PromiseError.

    `told_at`: when the customer heard of it; where that was too late, or never, a promise they know of is broken (C4.2).
    So it is written down first, as it is where its time is over and no sweep has come yet.
    """
    if ends_at(promise) <= at and promise.broken_at is None and is_owed(promise):
        broke(promise)
    elif promise.broken_at is None and is_given(promise) and not _told_in_time(promise, told_at):
        _break(promise, at, by, {})
    return _give_way(promise, due, reason, at, by, moved_at=at, told_at=told_at or (None if promise.visible else at))


def attempted(promise: Promise, *, due: datetime, at: datetime, by: Member) -> Promise:
    """A call that was tried as promised: neither kept nor broken, and a new window is offered. Raises PromiseError."""
    reason = _("called twice, and left a message")
    return _give_way(promise, due, reason, at, by, moved_at=at, told_at=at, attempted_at=at)


def replace(promise: Promise, after: Promise, *, at: datetime) -> None:
    """Another promise stands in for one that was broken; the customer is still to be told. Raises PromiseError."""
    if not _change(promise, {}, moved_at=at, moved_to=after):
        raise PromiseError(SETTLED)


def count_anew(promise: Promise, due: datetime, *, why: str, at: datetime, by: Member | None) -> bool:
    """Another time for a running clock, because what it is counted by has changed; the same promise goes on (SL3).

    False, and nothing is changed, when it is settled or broken by now, or has that time already.
    """
    before = promise.due
    remind_at = promising.next_reminder(promise.made_at, due, at)
    if due == before or not _change(promise, {"broken_at": None}, due=due, remind_at=remind_at):
        return False
    recounted(promise, before, why=why, at=at, by=by)
    return True


def recounted(
    promise: Promise, before: datetime, *, why: str, at: datetime, by: Member | None = None, **data: Any
) -> None:
    """Write down that a clock was counted anew; it was due at `before`."""
    _record("promise.recounted", promise, at, by, before=before.isoformat(), why=why[:300], **data)


def release(promise: Promise, *, at: datetime, by: Member | Customer | None, reason: str) -> None:
    """The customer lets us off, or the thing it was about is gone. Raises PromiseError when it is settled already."""
    if not _change(promise, {}, released_at=at):
        raise PromiseError(SETTLED)
    _record("promise.released", promise, at, by, reason=reason[:300])


def tell(promise: Promise, *, at: datetime) -> None:
    """The customer heard what became of it."""
    Promise.objects.filter(pk=promise.pk, told_at=None).update(told_at=at)
    promise.told_at = at


def to_remind_of(now: datetime, *, limit: int) -> list[Promise]:
    """Promises of which it is time to remind, the longest waiting first."""
    due = Promise.objects.filter(remind_at__lte=now, **OWED)
    return list(due.select_related("promisor").order_by("remind_at")[:limit])


def reminded(promise: Promise, now: datetime) -> bool:
    """Go on to the next reminder; what was passed over is not made up for. False when somebody was faster."""
    after = promising.next_reminder(promise.made_at, promise.due, now, promise.grace_until)
    return _change(promise, {"remind_at": promise.remind_at}, remind_at=after)


def past_due(now: datetime, *, limit: int) -> list[Promise]:
    """Promises whose time passed undone, and that nobody has written down yet, earliest first."""
    over = Q(grace_until=None) | Q(grace_until__lte=now)
    late = Promise.objects.filter(over, due__lte=now, broken_at=None, **OWED)
    return list(late.select_related("promisor").order_by("due")[:limit])


def broke(promise: Promise) -> bool:
    """Write down that a promise is broken since it was due; it stays owed.

    False when it is settled by now, or has another time than the caller has read.
    """
    return _break(promise, ends_at(promise), None, {"due": promise.due})


def broke_early(promise: Promise, *, at: datetime, by: Member, why: str) -> None:
    """It is known before its time that it will not be kept: a partner said no. Raises PromiseError."""
    if not _break(promise, at, by, {}, why=why[:300]):
        raise PromiseError(SETTLED)


def keep_all(promises: Iterable[Promise], *, at: datetime, by: Member | None, evidence: str) -> None:
    """Keep several at once: an answer keeps every promise of an answer. What is settled already stays as it is."""
    for promise in promises:
        _keep(promise, at=at, by=by, evidence=evidence)


def _keep(promise: Promise, *, at: datetime, by: Member | Customer | None, evidence: str) -> bool:
    won = _change(promise, {}, kept_at=at, evidence=evidence[:300])
    if won:
        _record("promise.kept", promise, at, by, evidence=evidence[:300], late=at > ends_at(promise))
    return won


def _break(promise: Promise, at: datetime, by: Member | None, only: Mapping[str, Any], **data: Any) -> bool:
    """False when the row is broken or settled by now, or is not as `only` says; then nothing is changed."""
    with transaction.atomic():
        won = _change(promise, {"broken_at": None, **only}, broken_at=at)
        if won:
            _record("promise.broken", promise, at, by, **data)
    return won


def _change(promise: Promise, only: Mapping[str, Any], **how: Any) -> bool:
    """False when the row is settled by now, or is not as `only` says; then nothing is changed."""
    won = Promise.objects.filter(pk=promise.pk, **only, **OWED).update(**how)
    if won:
        for name, value in how.items():
            setattr(promise, name, value)
    return bool(won)


def _row(one: Given) -> Promise:
    word, kind = one.word, one.word.kind
    due = word.due if word.source == Promise.Source.PERSON else promising.at_the_minute(word.due)
    opens = max(one.at, due - word.window) if kind == Promise.Kind.CALLBACK else None
    # What a law wants to be sent is a letter.
    grace_until = None if word.rule else _grace(one.case, word.kind, word.partner, due)
    return Promise(
        case=one.case,
        source=word.source,
        kind=kind,
        promisor=one.promisor,
        promisee_id=one.case.customer_id,
        beneficiary=word.beneficiary[:120],
        act=word.act[:200],
        due=due,
        made_at=one.at,
        made_in=one.made_in,
        words=word.words,
        visible=word.visible,
        public=word.public,
        window_opens=opens,
        partner=word.partner,
        depends_on=word.depends_on,
        rule=word.rule,
        evidence_kind=proof.wanted(kind, asks_partner=word.depends_on is not None),
        grace_until=grace_until,
        remind_at=promising.next_reminder(one.at, due, one.at, grace_until),
    )


def _grace(case: Case, kind: str, partner: Partner | None, due: datetime) -> datetime | None:
    """Of a parcel, the end of its day: on the courier's clock where one gave their word, else where it arrives."""
    courier = partner is not None and partner.kind == Partner.Kind.COURIER
    if kind != Promise.Kind.SEND and not courier:
        return None
    theirs = partner.time_zone if partner is not None and courier else case.customer.time_zone
    return promising.end_of_parcels_day(due, ZoneInfo(theirs or case.brand.time_zone))


def _give_way(promise: Promise, due: datetime, reason: str, at: datetime, by: Member | None, **how: Any) -> Promise:
    """A new promise in the place of the old one, which is settled as `how` says."""
    if due <= at:
        raise PromiseError(_("That time has passed. Name a later one."))
    with transaction.atomic():
        after = Promise.objects.create(**_again(promise, due, at))
        if not _change(promise, {}, **how, moved_to=after):
            raise PromiseError(SETTLED)
        Promise.objects.filter(depends_on=promise, **OWED).update(depends_on=after)
        Escalation.objects.filter(promise=promise).update(promise=after)
        told = _told_in_time(promise, how["told_at"])
        data = {"reason": reason[:300], "new_due": due.isoformat(), "new": after.pk, "told_before": told}
        _record("promise.attempted" if "attempted_at" in how else "promise.rescheduled", promise, at, by, **data)
    return after


def _told_in_time(promise: Promise, told_at: datetime | None) -> bool:
    return told_at is not None and promising.told_before(told_at, promise.due, promise.grace_until)


_SAME = (
    *("case_id", "source", "kind", "promisor_id", "promisee_id", "beneficiary", "act", "words", "visible", "public"),
    *("partner_id", "depends_on_id", "acknowledged_at", "rule", "evidence_kind"),
)


def _again(promise: Promise, due: datetime, at: datetime) -> dict[str, Any]:
    # A window that was short because the call was promised late is a whole one the next time.
    window = max(promise.due - promise.window_opens, promising.WINDOW) if promise.window_opens else None
    grace_until = None if promise.rule else _grace(promise.case, promise.kind, promise.partner, due)
    return {
        **{name: getattr(promise, name) for name in _SAME},
        "due": due,
        "made_at": at,
        "window_opens": max(at, due - window) if window is not None else None,
        "grace_until": grace_until,
        "remind_at": promising.next_reminder(at, due, at, grace_until),
    }


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
