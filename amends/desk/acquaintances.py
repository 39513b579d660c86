"""The people whom we serve, those who wrote last first; read backwards from the timeline, by key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from amends.cases.models import Case, Entry
from amends.desk import saying
from amends.people.models import Identity

SIZE = 30


@dataclass(frozen=True)
class Acquaintance:
    """A person, and the last thing they said."""

    id: int
    name: str
    url: str
    reach: str
    said: str
    said_icon: str
    said_label: str
    at: datetime
    open_cases: int


@dataclass(frozen=True)
class People:
    """One page, and where the next one is."""

    people: list[Acquaintance]
    more_url: str = ""


def lately(
    brand_ids: Collection[int] | None, before: int | None, size: int = SIZE, hidden: Collection[int] = ()
) -> People:
    """People by their last words, of the entries before `before` (an entry id), in four queries."""
    last = list(_last_words(brand_ids, before, hidden)[: size + 1])
    page = last[:size]
    ids = [entry.customer_id for entry in page if entry.customer_id]
    opened = _opened(ids, brand_ids, hidden)
    reach: dict[int, str] = {}
    for identity in Identity.objects.filter(customer__in=ids):
        reach.setdefault(identity.customer_id, identity.shown)
    more = f"{reverse('people')}?before={page[-1].pk}" if len(last) > size else ""
    return People([_person(entry, reach, opened) for entry in page], more)


def _last_words(brand_ids: Collection[int] | None, before: int | None, hidden: Collection[int]) -> QuerySet[Entry]:
    """Each person's newest words: those after which they said nothing more, in the brands that one serves."""
    said = Entry.objects.filter(kind="contact.in", customer__isnull=False).exclude(case__in=hidden)
    if brand_ids is not None:
        said = said.filter(case__brand__in=brand_ids)
    later = said.filter(customer=OuterRef("customer"), pk__gt=OuterRef("pk"))
    newest = said.filter(~Exists(later)).order_by("-pk").select_related("customer", "letter")
    return newest if before is None else newest.filter(pk__lt=before)


def _opened(customer_ids: Collection[int], brand_ids: Collection[int] | None, hidden: Collection[int]) -> Counter[int]:
    opened = Case.objects.filter(customer__in=customer_ids, closure=None, merged_into=None).exclude(pk__in=hidden)
    if brand_ids is not None:
        opened = opened.filter(brand__in=brand_ids)
    return Counter(opened.values_list("customer_id", flat=True))


def _person(entry: Entry, reach: dict[int, str], opened: Counter[int]) -> Acquaintance:
    assert entry.customer is not None
    icon, label = saying.channel(entry.channel)
    words = entry.letter.new_text if hasattr(entry, "letter") else ""
    return Acquaintance(
        id=entry.customer.pk,
        name=str(entry.customer),
        url=reverse("person", args=[entry.customer.pk]),
        reach=reach.get(entry.customer.pk, ""),
        said=" ".join(words.split())[:200],
        said_icon=icon,
        said_label=label,
        at=entry.at,
        open_cases=opened[entry.customer.pk],
    )
