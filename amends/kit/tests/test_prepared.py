"""A prepared query answers as Django's own would, and is put together once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q, QuerySet
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from amends.kit.models import Beat, JobRun, Tally
from amends.kit.prepared import prepared

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 3, 10, 0, 0, 123456, tzinfo=UTC)
made: list[tuple[object, ...]] = []


@prepared
def _tallies(keys: Collection[str], least: int, *, before: datetime) -> QuerySet[Tally]:
    made.append((keys, least, before))
    return Tally.objects.filter(key__in=keys, count__gte=least, until__lt=before).order_by("key")


@prepared
def _counts(number: int | None) -> QuerySet[Tally, int]:
    rows = (
        Tally.objects.all() if number is None else Tally.objects.filter(Q(count=number) | Q(key="", count__lte=number))
    )
    return rows.order_by("count").values_list("count", flat=True)[:2]


@pytest.fixture
def tallies() -> list[Tally]:
    rows = [Tally(key=f"t{n}", count=n, until=NOW + timedelta(hours=n)) for n in range(1, 8)]
    return list(Tally.objects.bulk_create(rows))


@pytest.mark.parametrize("keys", [[], ["t2"], ["t2", "t5", "t7"], {"t1", "t2", "t3", "t4", "t5", "t6"}])
@pytest.mark.parametrize("least", [0, 3])
def test_it_answers_as_django_would(tallies: list[Tally], keys: Collection[str], least: int) -> None:
    until = NOW + timedelta(hours=6)
    wanted = Tally.objects.filter(key__in=keys, count__gte=least, until__lt=until).order_by("key")
    for _turn in range(2):
        found = _tallies(keys, least, before=until)
        assert [(one.pk, one.key, one.count, one.until) for one in found] == [
            (one.pk, one.key, one.count, one.until) for one in wanted
        ]


def test_it_is_put_together_once_for_collections_of_like_length(
    tallies: list[Tally], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    _tallies(["t1", "t2", "t3"], 0, before=NOW + timedelta(days=1))
    made.clear()
    with django_assert_num_queries(2):
        assert len(_tallies(["t1", "t2", "t3", "t4"], 0, before=NOW + timedelta(days=1))) == 4
        assert [one.key for one in _tallies(["t7", "t6", "none"], 7, before=NOW + timedelta(days=1))] == ["t7"]
    assert not made


def test_none_makes_a_query_of_its_own(tallies: list[Tally]) -> None:
    assert _counts(None) == [1, 2]
    assert _counts(7) == [7]
    assert _counts(None) == [1, 2]


def test_a_value_that_the_query_does_not_take_as_it_is_is_refused() -> None:
    @prepared
    def rounded(number: int) -> QuerySet[Tally]:
        return Tally.objects.filter(count=number + 1)

    @prepared
    def sliced(most: int) -> QuerySet[Tally]:
        return Tally.objects.all()[:most]

    for query in (rounded, sliced):
        with pytest.raises(TypeError, match="not every value"):
            query(3)


def test_what_is_no_plain_value_is_refused(tallies: list[Tally]) -> None:
    @prepared
    def same(tally: Tally) -> QuerySet[Tally]:
        return Tally.objects.filter(pk=tally.pk)

    with pytest.raises(TypeError, match="Tally is no number"):
        same(tallies[0])


def test_what_it_gives_can_be_saved(tallies: list[Tally]) -> None:
    (one,) = _tallies(["t3"], 0, before=NOW + timedelta(days=1))
    one.count = 30
    one.save()
    assert Tally.objects.get(key="t3").count == 30


def test_its_plan_is_kept_whatever_the_width_of_its_numbers(tallies: list[Tally]) -> None:
    """SQLite keeps statements by itself; PostgreSQL says which plans it has."""
    for number in (begin + more for begin in (1, 70_000, 3_000_000_000) for more in range(4)):
        assert _counts(number) == ([number] if number < 8 else [])
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM pg_prepared_statements WHERE statement LIKE '%kit_tally%'")
            assert cursor.fetchone() == (1,)


def test_whoever_reads_the_queries_sees_their_values(tallies: list[Tally]) -> None:
    for _turn in range(4):
        with CaptureQueriesContext(connection) as seen:
            assert _counts(7) == [7]
        assert " = 7" in seen.captured_queries[0]["sql"]


@prepared
def _beats(worker: str) -> QuerySet[Beat]:
    return Beat.objects.filter(worker=worker)


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_over_its_own_connection() -> None:
    Beat.objects.create(worker="a", started_at=NOW, at=NOW)
    assert [one.at for one in _beats("a")] == [NOW]
    answers: list[object] = []

    def other() -> None:
        answers.extend(one.at for one in _beats("a"))
        connection.close()

    thread = Thread(target=other)
    thread.start()
    thread.join()
    assert answers == [NOW]


def test_a_job_that_never_ran_has_no_time() -> None:
    @prepared
    def runs(jobs: Collection[str]) -> QuerySet[JobRun, tuple[str, datetime | None]]:
        return JobRun.objects.filter(job__in=jobs).order_by("job").values_list("job", "ran_at")

    JobRun.objects.create(job="new")
    JobRun.objects.create(job="old", ran_at=NOW)
    assert runs(("new", "old")) == [("new", None), ("old", NOW)]


@pytest.mark.parametrize("number", [10**30, -(10**30)])
def test_a_number_that_no_column_holds_is_nobodys(tallies: list[Tally], number: int) -> None:
    assert _counts(number) == []


def test_what_is_the_querys_own_is_written_in_it_for_a_database_that_plans_for_any_values() -> None:
    """PostgreSQL cannot use a partial index while it does not know that its condition holds."""
    asked: list[tuple[str, object]] = []

    def hear(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    @prepared
    def odd(count: int) -> QuerySet[Tally, str]:
        odd_key = Q(key__in=["", "100% o'clock", r"back\slash %s"])
        return Tally.objects.filter(odd_key, count=count).order_by("key").values_list("key", flat=True)[:5]

    Tally.objects.create(key="100% o'clock", count=3, until=NOW)
    Tally.objects.create(key=r"back\slash %s", count=3, until=NOW)
    with connection.execute_wrapper(hear):
        assert sorted(odd(3)) == ["100% o'clock", r"back\slash %s"]
        assert odd(4) == []
    written = connection.vendor == "postgresql"
    assert [("'100%% o''clock'" in sql, len(list(params))) for sql, params in asked] == [  # type: ignore[call-overload]
        (written, 1 if written else 4)
    ] * 2
