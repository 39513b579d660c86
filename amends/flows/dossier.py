"""All that a case is weighed by, read for many cases in a few queries: what happened, what was said, who stands where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from django.db.models import F, QuerySet
from django.db.models.functions import Substr

from amends.cases import outcome
from amends.cases.family import families
from amends.cases.models import Case, Entry, Letter
from amends.clock import ladder, promises
from amends.clock.models import Escalation, Promise, Weighing
from amends.people.models import Member, Rung

READ = 2500
"""Characters of a letter that are looked over."""
FAILURES_WITHIN = timedelta(days=90)

KINDS = (
    *("contact.in", "contact.out", "contact.call", "contact.transferred", "complaint.returned"),
    *("offer.made", "offer.accepted", "offer.rejected", "offer.countered", "offer.silent"),
    *("promise.made", "promise.kept", "promise.broken", "promise.rescheduled", "promise.released"),
    *("case.reopened", "case.closed", "case.merged", "case.matter_set", "case.severity", "case.occasion"),
    *("promise.recounted", "survey.answered", "kudos.given", "referral", "mood.noted"),
    *("contract.ended", "chargeback", "external_case.opened"),
)
"""Kinds of entries that are weighed; none of them is one that weighing itself goes on and on about."""


class Told(NamedTuple):
    """An entry as it is weighed; `case_id` may be a case that was taken in."""

    pk: int
    kind: str
    at: datetime
    actor: str
    channel: str
    member_id: int | None
    case_id: int
    data: dict[str, object]

    @property
    def is_ours(self) -> bool:
        """A person here spoke to the customer."""
        spoke = self.kind in ("contact.out", "contact.call") and self.actor == Entry.Actor.MEMBER
        return spoke and self.data.get("human") is not False and not self.data.get(outcome.ELSEWHERE)

    @property
    def is_heard(self) -> bool:
        """The customer said something that could be read, here and not in a case that this was parted from."""
        return self.kind == "contact.in" and not self.data.get("unreadable") and "split_from_entry" not in self.data


class Said(NamedTuple):
    """What stands in a letter: the writer's new words, and every address it went to."""

    text: str
    addresses: frozenset[str]


NO_LETTER = Said("", frozenset())


@dataclass(frozen=True)
class Dossier:
    """One case with all that it is weighed by."""

    case: Case
    entries: Sequence[Told] = ()
    said: Mapping[int, Said] = field(default_factory=dict)
    rungs: Sequence[Escalation] = ()
    """All there ever were, the oldest first."""
    marks: frozenset[str] = frozenset()
    look_at: datetime | None = None
    laws: Sequence[Promise] = ()
    failures: int = 0
    """Which complaint of this customer within 90 days it is."""
    posts: int = 0
    """Posts in public on the case's cause within a day, with its own; 0: it has none."""
    seniors: Mapping[str, Member] = field(default_factory=dict)
    """Address → who stands on a rung."""

    @cached_property
    def closed(self) -> bool:
        return getattr(self.case, "closure", None) is not None

    @property
    def open_rungs(self) -> list[Escalation]:
        return [one for one in self.rungs if one.ended_at is None]

    @property
    def rung(self) -> int:
        """The highest that the case has come to and not left."""
        return max((one.rung for one in self.open_rungs), default=0)

    def outcome(self, now: datetime) -> outcome.Outcome | None:
        """How it stands (C5.1)."""
        return outcome.of(self.entries, now)


def gather(case_ids: Collection[int], now: datetime) -> list[Dossier]:
    """The dossiers of these cases; a case that was taken into another is left out."""
    cases = Case.objects.filter(pk__in=case_ids, merged_into=None).select_related(
        "brand", "customer", "owner", "closure", "next_step"
    )
    found = {case.pk: case for case in cases}
    entries, said = _entries(families(found))
    rungs, laws, weighed = _rungs(found), _laws(found), Weighing.objects.in_bulk(list(found))
    failures, seniors, posts = _failures(found.values(), now), _seniors(), _posts(found.values())
    return [
        Dossier(
            case=case,
            entries=entries[pk],
            said=said,
            rungs=rungs[pk],
            marks=frozenset(weighed[pk].marks if pk in weighed else ()),
            look_at=weighed[pk].at if pk in weighed else None,
            laws=laws[pk],
            failures=sum(at <= case.opened_at for at in failures[case.customer_id]),
            posts=posts[pk],
            seniors=seniors,
        )
        for pk, case in found.items()
    ]


def of_case(case: Case, now: datetime) -> Dossier:
    """The dossier of one case."""
    (found,) = gather([case.pk], now)
    return found


def _entries(home: Mapping[int, int]) -> tuple[dict[int, list[Told]], dict[int, Said]]:
    rows = Entry.objects.filter(case__in=list(home), kind__in=KINDS).order_by("at", "pk")
    entries: dict[int, list[Told]] = defaultdict(list)
    for row in rows.values_list("pk", "kind", "at", "actor", "channel", "member", "case", "data"):
        entries[home[row[6]]].append(Told(*row))
    talk = [one.pk for told in entries.values() for one in told if one.kind in ("contact.in", "contact.out")]
    return entries, _said(talk)


def _said(entry_ids: Sequence[int]) -> dict[int, Said]:
    letters = Letter.objects.filter(pk__in=entry_ids).annotate(begins=Substr(F("new_text"), 1, READ))
    return {
        pk: Said(text, frozenset(str(one.get("address", "")).lower() for one in (*to, *cc)))
        for pk, text, to, cc in letters.values_list("pk", "begins", "to", "cc")
    }


def _rungs(case_ids: Iterable[int]) -> dict[int, list[Escalation]]:
    found: dict[int, list[Escalation]] = defaultdict(list)
    for one in Escalation.objects.filter(case__in=list(case_ids)).select_related("member").order_by("pk"):
        found[one.case_id].append(one)
    return found


def _laws(case_ids: Iterable[int]) -> dict[int, list[Promise]]:
    found: dict[int, list[Promise]] = defaultdict(list)
    for one in Promise.objects.filter(case__in=list(case_ids), source=Promise.Source.LAW, **promises.OWED):
        found[one.case_id].append(one)
    return found


def _failures(cases: Iterable[Case], now: datetime) -> dict[int, list[datetime]]:
    customers = {case.customer_id for case in cases}
    hurt = Case.objects.filter(customer__in=customers, kind=Case.Kind.COMPLAINT, merged_into=None)
    found: dict[int, list[datetime]] = defaultdict(list)
    for customer_id, at in hurt.filter(opened_at__gt=now - FAILURES_WITHIN).values_list("customer", "opened_at"):
        found[customer_id].append(at)
    return found


def _posts(cases: Iterable[Case]) -> dict[int, int]:
    """Case → posts within a day on its cause; a question to the database only where somebody posted."""
    counted: dict[int, int] = defaultdict(int)
    for case in cases:
        if case.post and case.posted_at is not None:
            others = posts_on_the_cause(case).values_list("posted_at", flat=True)
            counted[case.pk] = ladder.posts_within_a_day(case.posted_at, filter(None, others))
    return counted


def posts_on_the_cause(case: Case) -> QuerySet[Case]:
    """The brand's other cases with a post on the same cause, a day before or after this one's; none without a cause."""
    if case.posted_at is None or not case.cause:
        return Case.objects.none()
    near = (case.posted_at - ladder.SAME_CAUSE_WITHIN, case.posted_at + ladder.SAME_CAUSE_WITHIN)
    same = Case.objects.filter(brand=case.brand_id, posted_at__range=near, cause__iexact=case.cause, merged_into=None)
    return same.exclude(pk=case.pk)


def _seniors() -> dict[str, Member]:
    standing = Member.objects.filter(is_active=True, rung__gt=Rung.FIRST)
    return {member.email.lower(): member for member in standing}
