"""People with something in every table; every personal field of theirs holds a canary of its own."""

from __future__ import annotations

import itertools
from typing import Any

from django.db import models

from amends.cases import search, timeline
from amends.cases.models import Case, Closure, Draft, DraftFile, Hold, Letter, LetterReading, OutsidePicture, Presence
from amends.channels.models import Attempt, Delivery
from amends.clock.models import Alarm, Escalation, Weighing
from amends.flows import note
from amends.flows.registry import TABLES, all_about
from amends.kit import blobs
from amends.kit.personal import Table
from amends.people.models import Customer, Identity
from tests.cast import TUESDAY, Cast, hear, mail

ELSEWHERE = {"sha256", "raw_sha256", "canonical", "folded"}
"""Name bytes, which hold canaries of their own, or repeat the words of a letter."""
_count = itertools.count(10_000)


def furnish(cast: Cast, name: str) -> tuple[Customer, set[str]]:
    """A customer with two cases, letters in and out, a note, files, a draft, a promise; and all their canaries."""
    address = f"{name}@canaries.example"
    in_bytes = canary(name)
    entry = hear(cast.mailbox, mail(f"It came broken. {in_bytes}", sender=f"{name} <{address}>", key=f"{name}1"))
    old = hear(cast.mailbox, mail("Where is it?", subject="Another parcel", sender=address, key=f"{name}2"))
    assert entry and old
    case = Case.objects.get(pk=entry.case_id)
    customer = case.customer
    Identity.objects.create(customer=customer, kind="phone", value=f"{name}-1", shown="1", first_seen_at=TUESDAY)
    note.write(case, "Mind the vase.", by=cast.ines, now=TUESDAY)
    Presence.objects.create(case=case, member=cast.ines, seen_at=TUESDAY)
    files = {canary(name) for _ in range(3)}
    in_letter, in_draft, fetched = (one.encode() for one in files)
    out = timeline.record(
        case,
        "contact.out",
        at=TUESDAY,
        by=cast.ines,
        words=timeline.Words(new_text="Sorry", message_id=f"<{name}-out@thimble.example>"),
        files=[timeline.Enclosure.of("a.txt", "text/plain", in_letter)],
    )
    delivery = Delivery.objects.create(
        entry=out, case=case, account=cast.mailbox, message_id=f"{name}-out", recipients=[], next_try_at=TUESDAY
    )
    Attempt.objects.create(delivery=delivery, started_at=TUESDAY)
    draft = Draft.objects.create(case=case, author=cast.ines, updated_at=TUESDAY)
    DraftFile.objects.create(draft=draft, name="b", content_type="text/plain", size=1, sha256=blobs.put(in_draft))
    OutsidePicture.objects.create(entry=old, mark="x", sha256=blobs.put(fetched), fetched_at=TUESDAY)
    old_case = Case.objects.get(pk=old.case_id)
    if old_case.pk != case.pk:
        old_case.next_step.delete()
    Closure.objects.get_or_create(case=old_case, defaults={"reason": "answered", "by": cast.ines, "at": TUESDAY})
    Escalation.objects.create(case=case, rung=2, trigger="follow_up", at=TUESDAY, member=cast.ines)
    Weighing.objects.update_or_create(case=case, defaults={"marks": []})
    LetterReading.objects.update_or_create(letter_id=entry.pk, defaults={"anger": 0, "at": TUESDAY})
    Alarm.objects.create(member=cast.ines, case=case, code="broken", at=TUESDAY, tell_at=TUESDAY)
    Hold.objects.create(customer=customer, why="a lawsuit", at=TUESDAY)
    return customer, {in_bytes, *files} | _fill(customer, name)


def canary(name: str) -> str:
    return f"c{next(_count)}{name}"  # as much of it as a field takes is found by its number


def personal_tables() -> list[Table]:
    return [table for table in TABLES if table.personal]


def _fill(customer: Customer, name: str) -> set[str]:
    made = set()
    # Rows first: what a field is filled with may be what another table's rows are found by.
    rows = [(table, list(table.of(all_about(customer)))) for table in personal_tables()]
    for table, found in rows:
        assert found, f"{table.label} has no row of {name}: add one here"
        for row in found:
            changes = {}
            for field in table.personal.keys() - ELSEWHERE:
                one = canary(name)[: row._meta.get_field(field).max_length]
                made.add(one)
                changes[field] = _with(one, getattr(row, field), field)
            models.QuerySet(table.model).filter(pk=row.pk).update(**changes)
    for letter in Letter.objects.filter(entry__case__customer=customer).select_related("entry__case__customer"):
        search.add_letter(letter)  # the full-text index holds them, too
    return made


def _with(one: str, value: Any, field: str) -> Any:
    if isinstance(value, dict):
        return {**value, "words": one}
    if isinstance(value, list):
        return [*value, {"name": one}] if field in ("to", "cc", "promises") else [*value, one]
    return one
