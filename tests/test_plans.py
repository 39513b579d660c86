"""What is asked again and again is one indexed probe, however many rows there are (reliability §6)."""

from __future__ import annotations

from copy import copy
from datetime import timedelta
from inspect import unwrap
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q, QuerySet

from amends.cases import next_step
from amends.cases.models import Case, Closure, Entry, MessageId, NextStep
from amends.cases.threading import open_lately
from amends.channels import inbox, undelivered
from amends.channels.models import Account, Delivery, Kept
from amends.clock import agenda, calendars, promises
from amends.clock.agenda import Asked
from amends.clock.models import Escalation, Promise, Weighing
from amends.clock.promises import OWED
from amends.desk.views.settings.post import listed as listed_outside
from amends.flows import keeping, lawful, recounting, telling
from amends.people.models import Customer, Identity
from tests.cast import TUESDAY, Cast, complaint

pytestmark = pytest.mark.django_db

LATER = TUESDAY + timedelta(hours=1)
ASKED: dict[str, QuerySet[Any]] = {
    "the list of one person": NextStep.objects.filter(who=1, brand__in=[1, 2]).order_by(*next_step.ORDER)[:50],
    "the list of a brand": NextStep.objects.filter(brand=1).order_by(*next_step.ORDER)[:50],
    "steps to score anew": NextStep.objects.filter(score_turns_at__lte=LATER).order_by("score_turns_at")[:50],
    "the timeline of a case": Entry.objects.filter(case=1).order_by("at", "pk"),
    "what became of a letter": Entry.objects.filter(case=1, kind="contact.failed", data__letter=1),
    "where a mail belongs": MessageId.objects.filter(value__in=["<a@b>", "<c@d>"]),
    "the same matter again": open_lately(range(1, 61), LATER)[:1200],
    "who wrote": Identity.objects.filter(kind="email", value__in=["a@example.com", "b@example.com"]),
    "mail that waits": Kept.objects.filter(state="waiting").order_by("pk")[:50],
    "the same mail in another mailbox": Kept.objects.filter(account__in=[1, 2], message_id__in=["<a@b>"]),
    "mail that stays on its server": inbox.only_headers(Account(pk=1)).values_list("source", flat=True),
    "letters that wait": Delivery.objects.filter(state="waiting", next_try_at__lte=LATER).order_by("next_try_at")[:50],
    "letters that want a person": undelivered.in_trouble(),
    "letters whose owner must be told": Delivery.objects.filter(state__in=["failed", "doubt"], told=False),
    "cases whose time has come to be weighed": Weighing.objects.filter(at__lte=LATER).order_by("at")[:50],
    "the rungs of a case": Escalation.objects.filter(case__in=[1, 2], ended_at=None).order_by("rung"),
    "the guarded cases": Case.objects.filter(~Q(guard="")).values_list("pk"),
    "what runs beside the talk": unwrap(promises.of_rules)([1, 2]),
    "the packs of a brand": unwrap(calendars.packs_of)([1, 2]),
    "complaints that a pack is to bind": lawful.unbound(1, 7)[:50],
    "open cases whose clocks are counted anew": recounting.open_after(1, 7)[:500],
    "clocks that are counted anew": recounting.clocks_of(range(1, 501)),
    "promises to remind of": Promise.objects.filter(remind_at__lte=LATER, **OWED).order_by("remind_at")[:50],
    "cases that may have heard nothing": NextStep.objects.filter(tell_by__lte=LATER).order_by("tell_by")[:50],
    "what members are to be told": telling.waiting(LATER)[:50],
    "what cannot wait": telling.urgent(telling.waiting(LATER))[:50],
    "for whom more is gathered": telling.told_lately(LATER),
    "what one person owes": Promise.objects.filter(promisor=1, **OWED).order_by("due", "pk")[:50],
    "what is broken and owed": Promise.objects.filter(broken_at__isnull=False, **OWED).order_by("due", "pk")[:50],
    "what partners owe": Promise.objects.filter(partner__isnull=False, **OWED).order_by("due", "pk")[:50],
    "promises whose time has come": Promise.objects.filter(due__lte=LATER, broken_at=None, **OWED).order_by("due")[:50],
    "what one rule removes": keeping.due(LATER, {"email": 30})[:20],
    "what all rules remove": keeping.due(LATER, {"email": 30, "form": 60, "phone": 90}),
}


@pytest.mark.parametrize("name", ASKED)
def test_no_table_is_read_from_end_to_end(name: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")  # a small table is read whole otherwise
    plan = ASKED[name].explain()
    whole = [line for line in plan.splitlines() if "Seq Scan" in line or ("SCAN" in line and "INDEX" not in line)]
    assert not whole, plan
    assert "index" in plan.lower()


def test_what_stays_on_its_server_is_found_among_all_that_was_kept(cast: Cast) -> None:
    """By account alone, every look into a mailbox would read all mail that ever came by it."""
    numbers = [f"{number:064}" for number in range(1_000)]
    rows = [
        Kept(account=cast.mailbox, kept_at=TUESDAY, message_id=one, canonical=one, sha256=one, size=9)
        for one in numbers
    ]
    Kept.objects.bulk_create(rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE channels_kept")  # PostgreSQL chooses by how many rows there are
    plan = inbox.only_headers(cast.mailbox).values_list("source", flat=True).explain()
    assert "kept_only_header" in plan, plan


OUTSIDE: dict[str, QuerySet[Any]] = {
    "a page of it": listed_outside(TUESDAY)[:25],
    "how much there is": listed_outside(TUESDAY).order_by().values("pk"),
    "what could not be read": inbox.outside().filter(state="unreadable"),
}


@pytest.mark.parametrize("counted", [False, True])
@pytest.mark.parametrize("name", OUTSIDE)
def test_mail_that_stayed_outside_is_found_among_the_few_without_an_entry(cast: Cast, name: str, counted: bool) -> None:
    case = complaint(cast)
    heard = [Entry(case=case, kind="contact.in", at=TUESDAY, recorded_at=TUESDAY, actor="customer")] * 1_000
    taken = Entry.objects.bulk_create([copy(one) for one in heard])
    rows = [
        Kept(account=cast.mailbox, kept_at=TUESDAY, canonical=str(one.pk), size=9, state=Kept.State.TAKEN, entry=one)
        for one in taken
    ]
    Kept.objects.bulk_create(rows)
    if counted or connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE channels_kept")  # PostgreSQL chooses by how many rows there are
    plan = OUTSIDE[name].explain()
    assert "channels_kept_entry_id" in plan, plan
    assert "Seq Scan on channels_kept" not in plan and "SCAN channels_kept" not in plan, plan


def test_a_customers_cases_are_not_looked_up_among_all_that_were_not_merged() -> None:
    """PostgreSQL has counted them; SQLite took "none" for rare, and read every case there is."""
    plan = ASKED["the same matter again"].explain()
    assert "INDEX cases_case_merged_into" not in plan, plan
    assert connection.vendor == "postgresql" or "case_by_customer" in plan, plan


def test_what_happened_since_the_last_look_is_read_from_where_it_ended() -> None:
    """The sweep that weighs cases reads the timeline forward by its key."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    plan = Entry.objects.filter(pk__gt=1, kind__in=["contact.in"]).order_by("pk")[:50].explain()
    assert "cases_entry_pkey" in plan or "INTEGER PRIMARY KEY (rowid>?)" in plan, plan


@pytest.mark.parametrize("brands", [None, [1], [1, 2, 3]])
@pytest.mark.parametrize("member", [None, 1])
def test_the_first_steps_stand_in_an_index_in_their_order(member: int | None, brands: list[int] | None) -> None:
    """Read as far as the list counts, sorted already; SQLite does not look at the rows."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off"
            )
    plan = unwrap(next_step._first)(member, brands, False, False, *[LATER] * 4).explain()
    # PostgreSQL chooses among them by how many rows there are, and here are none.
    wanted = "USING COVERING INDEX steps_of" if connection.vendor == "sqlite" else "using steps_of"
    assert wanted in plan, plan
    assert "TEMP B-TREE" not in plan and "Sort" not in plan, plan


@pytest.mark.long
@pytest.mark.parametrize("brands", [1, 2])
def test_what_a_brand_owes_is_read_in_the_order_of_an_index(cast: Cast, brands: int) -> None:
    """However many promises there are, nothing is sorted, and no database thinks that so little is a brand's."""
    cases = Case.objects.bulk_create(
        Case(brand=(cast.thimble, cast.vantry)[number % 2], customer=cast.rosalind, title="Vase", opened_at=TUESDAY)
        for number in range(1_000)
    )
    Promise.objects.bulk_create(
        Promise(
            case=cases[number % 1_000],
            source="person",
            kind="other",
            promisor=cast.bo,
            promisee=cast.rosalind,
            act="ring you",
            due=TUESDAY + timedelta(minutes=number * 7919 % 5_000),
            made_at=TUESDAY,
            broken_at=TUESDAY if number % 10 < 2 else None,
        )
        for number in range(10_000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # PostgreSQL chooses by how many rows there are
    asked = Asked("all", "day", cast.bo.pk, frozenset([cast.thimble.pk, cast.vantry.pk][:brands]))
    for rows, index in zip(agenda._parts(asked), ("broken_and_owed", "not_yet_broken"), strict=True):
        plan = agenda._shown(rows.order_by("due", "pk")[:50]).explain()
        assert f"promises_{index}" in plan, plan
        sorts = [line for line in plan.splitlines() if "Sort  (" in line and "Incremental" not in line]
        assert not sorts and "TEMP B-TREE" not in plan, plan


def test_what_one_rule_removes_is_read_in_the_order_of_an_index_as_far_as_is_wanted(cast: Cast) -> None:
    """Neither what is kept for good nor what was erased long ago is read, however much there is."""
    person = Customer.objects.create(created_at=TUESDAY)
    cases = Case.objects.bulk_create(
        Case(brand=cast.thimble, customer=person, title="Vase", opened_at=TUESDAY) for _number in range(1_000)
    )
    Closure.objects.bulk_create(
        Closure(case=case, reason="answered", by=cast.ines, at=TUESDAY, channel=("", "email", "phone")[number % 3])
        for number, case in enumerate(cases)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":  # it chooses by how many rows there are, and here are few
            cursor.execute(
                "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off"
            )
    plan = keeping.due(LATER, {"email": 30})[:20].explain()
    assert "closed_since" in plan, plan
    assert "TEMP B-TREE" not in plan and "Sort" not in plan and "SCAN cases_c" not in plan, plan


@pytest.mark.parametrize("brands", [None, [1], [1, 2, 3]])
@pytest.mark.parametrize("lost", [True, False])
def test_whoever_may_be_lost_stands_in_an_index_of_their_own(lost: bool, brands: list[int] | None) -> None:
    """A054, A106: a handful among a million."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off"
            )
    for query in (
        unwrap(next_step._first)(None, brands, lost, not lost, *[LATER] * 4),
        unwrap(next_step._counted)(None, brands, lost, not lost),
        unwrap(next_step._perils)(brands),
    ):
        plan = query.explain()
        assert "steps_in_peril" in plan and "TEMP B-TREE" not in plan, plan
