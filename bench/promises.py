"""The queue of what is owed: `python -m bench.promises 1000000`, in the environment of an empty desk.

So many open promises on a twentieth as many cases, of 30 agents and 8 partners, due from two days ago on; 1 % are
broken, 2 % a partner's, 200 of each kind have their time now. Prints JSON: milliseconds and the plan of each query.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.config.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from amends.cases.models import Case  # noqa: E402
from amends.clock import agenda, promises  # noqa: E402
from amends.clock.models import Promise  # noqa: E402
from amends.people.models import Brand, Customer, Member, Partner  # noqa: E402
from bench.bulk import Table, in_bulk, moment  # noqa: E402
from bench.measuring import percentile  # noqa: E402
from bench.words import SEED  # noqa: E402

TIMES = 200
ON_A_CASE = 20
DUE_NOW = 200
PARTNERS = 8
CASES = Table(Case, "id", "brand_id", "customer_id", "owner_id", "title", "opened_at")
OWED = Table(
    Promise,
    *("id", "case_id", "source", "kind", "promisor_id", "promisee_id", "act", "due", "made_at"),
    *("broken_at", "remind_at", "partner_id"),
)


def measure(count: int) -> list[dict[str, Any]]:
    """Fill, then ask as the screen and the worker ask."""
    now = timezone.now()
    agent = _fill(count, now)
    mine = agenda.Asked("mine", "day", agent)
    everyone = agenda.Asked("all", "day", agent)
    partners = agenda.Asked("partners", "day", agent)
    brand = agenda.Asked("all", "day", agent, frozenset(Brand.objects.values_list("pk", flat=True)[:1]))
    asked: dict[str, Callable[[], list[Any]]] = {
        "next 50 of one agent": lambda: agenda.page(mine, None, 50),
        "50 more, far down": lambda: agenda.page(mine, agenda.Key(now + timedelta(days=20), 0), 50),
        "next 50 of everyone": lambda: agenda.page(everyone, None, 50),
        "next 50 of one brand": lambda: agenda.page(brand, None, 50),
        "next 50 of partners": lambda: agenda.page(partners, None, 50),
        "sweep: time is over": lambda: promises.past_due(now, limit=50),
        "sweep: to remind of": lambda: promises.to_remind_of(now, limit=50),
    }
    return [{"page": name, **_timed(ask)} for name, ask in asked.items()]


def _fill(count: int, now: datetime) -> int:
    brands = list(Brand.objects.values_list("pk", flat=True))
    agents = list(Member.objects.filter(role="agent").values_list("pk", flat=True))
    customer = Customer.objects.create(name="Marta Oyelaran", created_at=now)
    firms = [Partner.objects.create(name=f"Firm {number}").pk for number in range(PARTNERS)]
    draw = random.Random(SEED)
    cases = range(1, count // ON_A_CASE + 1)
    with in_bulk():
        CASES.add((pk, draw.choice(brands), customer.pk, draw.choice(agents), "A vase", moment(now)) for pk in cases)
        OWED.add(_row(pk, draw, (now, len(cases), customer.pk), agents, firms) for pk in range(1, count + 1))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return agents[0]


def _row(
    pk: int, draw: random.Random, about: tuple[datetime, int, int], agents: list[int], firms: list[int]
) -> tuple[Any, ...]:
    now, cases, customer = about
    broken, theirs, is_now = pk % 100 == 0, pk % 50 == 1, pk <= DUE_NOW
    due = now + timedelta(minutes=-draw.randint(60, 2880) if broken else draw.randint(60, 60 * 24 * 60))
    due = now - timedelta(seconds=1) if is_now and not broken else due
    remind = now if DUE_NOW < pk <= 2 * DUE_NOW else now + timedelta(minutes=draw.randint(30, 9000))
    return (
        *(pk, 1 + pk % cases, "partner" if theirs else "person", "partner" if theirs else "other"),
        *(draw.choice(agents), customer, "ring you", moment(due), moment(now - timedelta(days=3))),
        *(moment(due) if broken else None, moment(remind), draw.choice(firms) if theirs else None),
    )


def _timed(ask: Callable[[], list[Any]]) -> dict[str, Any]:
    with CaptureQueriesContext(connection) as queries:
        rows = len(ask())
    took = []
    for _time in range(TIMES):
        began = time.perf_counter()
        ask()
        took.append((time.perf_counter() - began) * 1000)
    plans = [_plan(query["sql"]) for query in queries.captured_queries]
    return {"rows": rows, "p50_ms": percentile(took, 0.5), "p95_ms": percentile(took, 0.95), "plans": plans}


def _plan(sql: str) -> list[str]:
    how = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    with connection.cursor() as cursor:
        cursor.execute(f"{how} {sql.replace('%', '%%')}")
        return [str(row[-1]) for row in cursor.fetchall()]


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
