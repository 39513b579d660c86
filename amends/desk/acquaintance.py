"""One person, all the years: what a page about them needs, in a fixed number of queries (CV1)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from amends.cases.models import Case, Closure, Entry
from amends.clock.models import Promise
from amends.people.models import Customer, Identity

MOST_CASES = 100
MOST_LETTERS = 400
SAID = ("contact.in", "contact.out", "contact.call")


@dataclass(frozen=True)
class Acquaintance:
    """A customer with what the member may see of them, newest case first, letters oldest first.

    Of very many cases only the newest are in `cases`; `case_count` and `happy_ends` count all.
    """

    customer: Customer
    identities: list[Identity]
    cases: list[Case]
    case_count: int
    happy_ends: int
    letters: dict[int, list[Entry]]
    broken: frozenset[int]
    """Cases in which a promise was broken."""
    since: datetime

    @property
    def open_cases(self) -> list[Case]:
        return [case for case in self.cases if is_open(case)]


def know(customer: Customer, brand_ids: Collection[int] | None, hidden: Collection[int] = ()) -> Acquaintance:
    """Everything that the member may see of a person."""
    in_sight = _cases(customer, brand_ids, hidden)
    cases = list(in_sight[:MOST_CASES])
    happy = Count("pk", filter=Q(closure__reason=Closure.Reason.HAPPY))
    counted = in_sight.order_by().aggregate(all=Count("pk"), happy=happy)
    broken = Promise.objects.filter(case__in=cases, broken_at__isnull=False, visible=True)
    return Acquaintance(
        customer=customer,
        identities=list(customer.identities.all()),
        cases=cases,
        case_count=counted["all"],
        happy_ends=counted["happy"],
        letters=_letters(cases),
        broken=frozenset(broken.values_list("case_id", flat=True)),
        since=min([customer.created_at, *(case.opened_at for case in cases)]),
    )


def opened_by(customer: Customer, brand_ids: Collection[int] | None, hidden: Collection[int] = ()) -> list[Case]:
    """The person's open cases, for whoever is about to open another one (CV7)."""
    return [case for case in _cases(customer, brand_ids, hidden)[:MOST_CASES] if is_open(case)]


def is_open(case: Case) -> bool:
    return not hasattr(case, "closure") and case.merged_into_id is None


def ended_happily(case: Case) -> bool:
    return hasattr(case, "closure") and case.closure.reason == Closure.Reason.HAPPY


def local_year(moment: datetime) -> int:
    return timezone.localtime(moment).year


def _cases(customer: Customer, brand_ids: Collection[int] | None, hidden: Collection[int]) -> QuerySet[Case]:
    cases = Case.objects.filter(customer=customer).exclude(pk__in=hidden)
    if brand_ids is not None:
        cases = cases.filter(brand__in=brand_ids)
    return cases.select_related("owner", "closure", "next_step__who", "brand").order_by("-opened_at", "-pk")


def _letters(cases: Sequence[Case]) -> dict[int, list[Entry]]:
    entries = Entry.objects.filter(case__in=cases, kind__in=SAID).select_related("letter", "member", "customer")
    letters: dict[int, list[Entry]] = {}
    for entry in reversed(entries.order_by("-at", "-pk")[:MOST_LETTERS]):
        letters.setdefault(entry.case_id, []).append(entry)
    return letters
