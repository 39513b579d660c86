"""A complaint that comes back is found on any channel, and counted as what it is (C3.3, ES4, ES5, A084)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db.models import Q

from amends.cases import ownership, timeline
from amends.cases.models import Case, Entry, Letter
from amends.channels.models import Account
from amends.flows import closing, merging
from amends.flows import dossier as dossiers
from amends.flows.dossier import NO_LETTER, READ, Dossier, Told
from amends.triage import returning
from amends.triage.returning import Earlier, Matter, Return, Words

log = structlog.get_logger("amends.returning")

MOST_EARLIER = 20
COUNTED = ("follow_up", "reopened")


@dataclass(frozen=True)
class Found:
    """That an entry is a complaint come back; `case_id` is the earlier case when it began one of its own."""

    entry_id: int
    at: datetime
    kind: Return
    case_id: int | None = None


def found_in(dossier: Dossier) -> list[Found]:
    """What came back on its own case and is not written down yet, the oldest first."""
    known = {one.data.get("entry") for one in dossier.entries if one.kind == "complaint.returned"}
    return [one for one in _on_its_case(dossier) if one.entry_id not in known]


def turns(dossier: Dossier) -> int:
    """How often the customer had to write: once, and again after each answer of ours that did not do."""
    return 1 + sum(
        returning.is_word_more(_words(one, dossier), asked=asked)
        for one, answered, asked, _closed in _heard(dossier)
        if answered
    )


def write_down(case: Case, found: Sequence[Found]) -> list[Told]:
    """Write on the timeline what came back; a case in which somebody is not content is a complaint."""
    events = [
        timeline.Event(case, "complaint.returned", one.at, data={"return": one.kind, "entry": one.entry_id})
        for one in found
    ]
    entries = timeline.record_all(events)
    if any(one.kind in COUNTED for one in found) and case.kind != Case.Kind.COMPLAINT:
        case.kind = Case.Kind.COMPLAINT
        case.save(update_fields=["kind"])
    return [Told(one.pk, one.kind, one.at, one.actor, "", None, case.pk, one.data) for one in entries]


def earlier_of(dossier: Dossier, now: datetime) -> tuple[Return, Earlier] | None:
    """The earlier case that a complaint belongs to which began a case of its own; None when it is new.

    Looked for as long as nobody here has answered.
    """
    case = dossier.case
    if case.kind != Case.Kind.COMPLAINT or case.repeats_id or dossier.closed or _is_told(dossier):
        return None
    heard = [one for one in dossier.entries if one.is_heard]
    if not heard or any(one.is_ours or one.kind == "case.merged" for one in dossier.entries):
        return None
    text = "\n".join(dossier.said.get(one.pk, NO_LETTER).text for one in heard)
    matter = Matter(_about(case) | returning.numbers_in(f"{case.title}\n{text}"), case.cause)
    if not (matter.numbers or matter.cause or returning.says_again(text)):
        return None
    within = timedelta(days=case.brand.reopen_days)
    kind, belongs = returning.among(Words(text), matter, _earlier(case, now), now, reopen_within=within)
    return None if belongs is None else (kind, belongs)


def bring_home(case: Case, belongs: Earlier, now: datetime) -> Case:
    """Join the new case to the earlier one, or link them; the case on which it goes on. The caller holds none yet.

    It is asked anew once both are held: another worker may have brought it home, somebody may have answered.
    What came by a form proves no address, so it only says where it belongs (S4); a repeat stays a case of its own.
    """
    held = ownership.hold_all({case.pk, belongs.case_id})
    case, target = held[case.pk], held[belongs.case_id]
    if case.merged_into_id is not None:
        return ownership.hold_home(case.pk)
    found = earlier_of(dossiers.of_case(case, now), now)
    if found is None:
        return case
    kind, belongs = found
    if belongs.case_id != target.pk:
        return bring_home(case, belongs, now)
    first = Entry.objects.filter(case=case, kind="contact.in").order_by("at", "pk").first()
    told: dict[str, Any] = {"return": kind, "entry": first.pk if first else None, "of": target.pk}
    if kind == "repeat":
        case.repeats = target
        case.save(update_fields=["repeats"])
        timeline.record(case, "complaint.returned", at=now, **told)
        return case
    if first is None or _unproven(first) or merging.writing_on(case) is not None:
        case.may_belong_to = target
        case.save(update_fields=["may_belong_to"])
        timeline.record(case, "complaint.returned", at=now, **told)
        return case
    closing.reopen_if_closed(target, first, now)
    merging.join(case, target, by=None, now=now)
    timeline.record(target, "complaint.returned", at=first.at, **told)
    merging.go_on(target, now, by=None)
    return target


def _is_told(dossier: Dossier) -> bool:
    """It is written down already where it belongs, or how it came back."""
    return any(one.kind == "complaint.returned" for one in dossier.entries)


def _on_its_case(dossier: Dossier) -> Iterator[Found]:
    for one, answered, asked, was_closed in _heard(dossier):
        kind = returning.on_its_case(_words(one, dossier), answered=answered, asked=asked, was_closed=was_closed)
        if kind is not None:
            yield Found(one.pk, one.at, kind)


def _heard(dossier: Dossier) -> Iterator[tuple[Told, bool, bool, bool]]:
    """Each thing the customer said after the first: whether we had answered, our last word asked, it was closed."""
    answered = asked = closed = first = False
    for one in dossier.entries:
        if one.is_ours:
            answered, asked = True, "?" in dossier.said.get(one.pk, NO_LETTER).text
        elif one.kind == "case.closed":
            closed = True
        elif one.kind == "case.reopened":
            closed = False
        elif one.is_heard:
            if first:
                yield one, answered, asked, closed
            first = True


def _words(one: Told, dossier: Dossier) -> Words:
    doors = [_door(other) for other in dossier.entries if other.is_heard and other.pk < one.pk]
    text = dossier.said.get(one.pk, NO_LETTER).text
    return Words(text, bool(one.data.get("trouble")), bool(doors) and _door(one) not in doors)


def _door(one: Told) -> tuple[str, object]:
    """A number, an address, a form that the customer tried (C0.1)."""
    return one.channel, one.data.get("door") or one.data.get("account")


def doors_without_an_answer(dossier: Dossier) -> int:
    """How many doors the customer tried before somebody here answered, at the worst: then they are sent around (RUNAROUND)."""
    most = 0
    doors: set[tuple[str, object]] = set()
    for one in dossier.entries:
        if one.is_ours:
            doors.clear()
        elif one.is_heard:
            doors.add(_door(one))
            most = max(most, len(doors))
    return most


def _about(case: Case) -> frozenset[str]:
    return returning.numbers_in(case.about) | ({case.about.upper()} if case.about else frozenset())


def _earlier(case: Case, now: datetime) -> list[Earlier]:
    since = now - returning.REPEAT_WINDOW - timedelta(days=30)
    others = Case.objects.filter(
        Q(closure=None) | Q(closure__at__gte=since),
        customer=case.customer_id,
        brand=case.brand_id,
        merged_into=None,
        opened_at__lte=case.opened_at,
    ).exclude(pk=case.pk)
    found = list(others.exclude(kind=Case.Kind.PRAISE).select_related("closure").order_by("-opened_at")[:MOST_EARLIER])
    texts, answered = _texts_of(found), _answered(found)
    return [
        Earlier(
            one.pk,
            Matter(_about(one) | returning.numbers_in(f"{one.title}\n{texts.get(one.pk, '')}"), one.cause),
            one.pk in answered,
            one.opened_at,
            one.closure.at if getattr(one, "closure", None) else None,
            hurt=one.kind == Case.Kind.COMPLAINT,
        )
        for one in found
    ]


def _texts_of(cases: Sequence[Case]) -> dict[int, str]:
    rows = Letter.objects.filter(entry__case__in=cases, entry__kind="contact.in").order_by("entry")
    texts: dict[int, str] = {}
    for case_id, text in rows.values_list("entry__case", "new_text"):
        texts[case_id] = f"{texts.get(case_id, '')}\n{text[:READ]}"
    return texts


def _answered(cases: Sequence[Case]) -> set[int]:
    ours = Entry.objects.filter(case__in=cases, kind__in=("contact.out", "contact.call"), actor=Entry.Actor.MEMBER)
    return set(ours.values_list("case", flat=True))


def _unproven(entry: Entry) -> bool:
    """Anybody can type anybody's address into a form, or forge a sender (S4)."""
    account = Account.objects.filter(pk=entry.data.get("account") or 0).first()
    return bool(entry.data.get("unconfirmed")) or (account is not None and account.kind == Account.Kind.WEBFORM)
