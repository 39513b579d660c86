"""Which case does a message belong to? One indexed probe; a sender who does not fit gets a new case (S4)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from amends.cases.models import Case, Letter, MessageId, Participant
from amends.people.models import Customer

REOPEN_WITHIN = timedelta(days=30)
SAME_SUBJECT_WITHIN = timedelta(days=7)
LETTERS_LOOKED_AT = 100
MOST_RECENT = 20
SHORTEST_SUBJECT = 4
_REFERENCE = re.compile(r"\[A-(\d{1,12})\]")


@dataclass(frozen=True)
class Found:
    """The case a message belongs to, or only the one it points at."""

    case: Case | None
    may_belong_to: Case | None = None


@dataclass(frozen=True)
class Asked:
    """What a message tells of where it belongs.

    A subject that is not `telling`, such as "Question", may be about anything.
    """

    customer: Customer
    references: Sequence[str]
    subject: str
    brand_ids: Sequence[int]
    telling: bool = True


def case_for(
    customer: Customer,
    references: Sequence[str],
    subject: str,
    brand_ids: Sequence[int],
    now: datetime,
    *,
    telling: bool = True,
) -> Found:
    """The open (or lately closed) case that a message from `customer` continues; see `cases_for`."""
    (found,) = cases_for([Asked(customer, references, subject, brand_ids, telling)], now)
    return found


def cases_for(asked: Sequence[Asked], now: datetime) -> list[Found]:
    """Where each message belongs; for many in as many look-ups as for one, each of them one indexed probe.

    The ladder: Message-IDs we know; then the reference at the end of the subject; then the same subject
    from the same person within a week. The first two may only lead into a case that the sender takes part in.
    """
    named = _by_message_ids([one.references for one in asked])
    numbered = _by_references([one.subject for one in asked])
    pointed = [by_id or by_number for by_id, by_number in zip(named, numbered, strict=True)]
    alike = _same_subjects([one for one, case in zip(asked, pointed, strict=True) if case is None], now)
    return [
        _pointed_at(one, case, now) if case is not None else Found(alike[one.customer.pk, one.subject])
        for one, case in zip(asked, pointed, strict=True)
    ]


def _pointed_at(asked: Asked, case: Case, now: datetime) -> Found:
    if case.brand_id not in asked.brand_ids:
        return Found(None)
    if not _takes_part(asked.customer, case):
        return Found(None, may_belong_to=case)
    return Found(case if _still_open(case, now) else None, case)


def tag(subject: str, case: Case) -> str:
    """The subject with the case's reference at its end, once."""
    return f"{without_tag(subject)} [{case.reference}]".strip()


def without_tag(subject: str) -> str:
    """The subject without our reference."""
    return _REFERENCE.sub("", subject).strip()


def bare(subject: str) -> str:
    """The subject without our reference and without any Re:, Fwd:, AW: …"""
    text = _REFERENCE.sub("", subject)
    while (shorter := _PREFIX.sub("", text, count=1)) != text:
        text = shorter
    return " ".join(text.split())


_PREFIX = re.compile(
    r"^\s*(?:re|aw|antw|sv|vs|odp|res|rif|ref|fwd?|wg|tr|rv|enc|doorst|vl|pd)\s*(?:\[\d+\])?\s*:\s*", re.I
)


def where_it_went(case: Case) -> Case:
    """The case that this one was merged into, at the end of the chain."""
    while case.merged_into is not None:
        case = case.merged_into
    return case


def _by_message_ids(written: Sequence[Sequence[str]]) -> list[Case | None]:
    values = {reference[:255] for references in written for reference in references if reference}
    if not values:
        return [None] * len(written)
    known = MessageId.objects.filter(value__in=values).select_related("case__merged_into", "case__closure")
    by_value = {row.value: row.case for row in known.order_by("ours", "pk")}
    return [_nearest(references, by_value) for references in written]


def _nearest(references: Sequence[str], by_value: Mapping[str, Case]) -> Case | None:
    """The nearest ancestor stands last."""
    known = (by_value[reference[:255]] for reference in reversed(references) if reference[:255] in by_value)
    return next((where_it_went(case) for case in known), None)


def _by_references(subjects: Sequence[str]) -> list[Case | None]:
    numbers = [int(found[-1]) if (found := _REFERENCE.findall(subject)) else 0 for subject in subjects]
    if not any(numbers):
        return [None] * len(numbers)
    cases = Case.objects.select_related("merged_into", "closure").in_bulk({number for number in numbers if number})
    return [where_it_went(cases[number]) if number in cases else None for number in numbers]


def _takes_part(customer: Customer, case: Case) -> bool:
    return (
        case.customer_id == customer.pk
        or Participant.objects.filter(case=case, customer=customer).exists()
        or Case.objects.filter(merged_into=case, customer=customer).exists()
        or _was_in_copy(customer, case)
    )


def _was_in_copy(customer: Customer, case: Case) -> bool:
    """Somebody who was written to, or copied in, on a letter of the case."""
    own = set(customer.identities.filter(kind="email").values_list("value", flat=True))
    letters = Letter.objects.filter(entry__case=case, entry__kind__in=["contact.in", "contact.out"])
    recent = letters.order_by("-entry_id").values_list("to", "cc")[:LETTERS_LOOKED_AT]
    return any(address["address"].lower() in own for to, cc in recent for address in (*to, *cc))


def _still_open(case: Case, now: datetime) -> bool:
    closure = getattr(case, "closure", None)
    return closure is None or now - closure.at <= REOPEN_WITHIN


def _same_subjects(asked: Sequence[Asked], now: datetime) -> dict[tuple[int, str], Case | None]:
    """C3.3 "multiple": the same matter sent twice, to two addresses or on two channels.

    By what the customer wrote: a title is shorter, or a colleague's. A case from the phone has only its title.
    """
    telling = [one for one in asked if one.telling and len(bare(one.subject)) >= SHORTEST_SUBJECT]
    recent = _recent({one.customer.pk for one in telling}, now)
    heard = Letter.objects.filter(entry__case__in=recent, entry__kind="contact.in")
    subjects: dict[int, set[str]] = {case_id: {case.title.casefold()} for case_id, case in recent.items()}
    for case_id, written in heard.values_list("entry__case", "subject") if recent else ():
        subjects[case_id].add(bare(written).casefold())
    found: dict[tuple[int, str], Case | None] = {(one.customer.pk, one.subject): None for one in asked}
    for one in telling:
        words = bare(one.subject).casefold()
        theirs = (case for case in recent.values() if case.customer_id == one.customer.pk)
        same = (case for case in theirs if case.brand_id in one.brand_ids and words in subjects[case.pk])
        found[one.customer.pk, one.subject] = next(same, None)
    return found


def _recent(customer_ids: Collection[int], now: datetime) -> dict[int, Case]:
    """Open cases of the last days, the newest first."""
    if not customer_ids:
        return {}
    since = now - SAME_SUBJECT_WITHIN
    open_ones = Case.objects.filter(Q(closure=None), customer__in=customer_ids, merged_into=None, opened_at__gte=since)
    return {case.pk: case for case in open_ones.order_by("-opened_at")[: MOST_RECENT * len(customer_ids)]}
