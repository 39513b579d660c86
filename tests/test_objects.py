"""Objects that a prepared query makes are the ones that the ORM would have made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db.models import Count, F, Model, QuerySet
from django.db.models.signals import post_init

from amends.cases.models import Case, Closure, Draft, Entry
from amends.kit.models import Beat
from amends.kit.objects import Objects
from amends.kit.prepared import prepared
from amends.people.models import Member
from tests.cast import Cast, complaint

NOW = datetime(2026, 3, 3, 10, tzinfo=UTC)

Wanted = Callable[[], QuerySet[Any]]
QUERIES: dict[str, Wanted] = {
    "plain": lambda: Entry.objects.order_by("pk"),
    "related": lambda: Case.objects.select_related("brand", "customer", "owner", "team"),
    "related that is not there": lambda: Case.objects.select_related("owner", "closure", "team"),
    "related of the related": lambda: Draft.objects.select_related("case__customer", "author"),
    "a part of the columns": lambda: Member.objects.only("name", "email").order_by("pk"),
    "less a column": lambda: Case.objects.defer("title"),
    "annotated": lambda: Case.objects.annotate(name=F("customer__name"), said=Count("entries")),
    "prefetched": lambda: Case.objects.prefetch_related("entries__member"),
}


@pytest.fixture
def case(cast: Cast) -> Case:
    case = complaint(cast)
    Draft.objects.create(case=case, author=cast.delphine, kind="reply", text="Dear", updated_at=NOW)
    return case


def _all_of(one: Any) -> Any:
    """All that is known of an object without asking for more."""
    if not isinstance(one, Model):
        return one
    held = {name: value for name, value in vars(one).items() if name not in ("_state", "_prefetched_objects_cache")}
    state = one._state
    hanging = {name: _all_of(other) if name != "case" else other.pk for name, other in state.fields_cache.items()}
    fetched = {name: list(map(_all_of, some)) for name, some in getattr(one, "_prefetched_objects_cache", {}).items()}
    return (type(one), held, state.adding, state.db, hanging, fetched, one.get_deferred_fields())


@pytest.mark.parametrize("name", QUERIES)
@pytest.mark.parametrize("closed", [False, True])
def test_they_are_those_of_the_orm(cast: Cast, case: Case, name: str, closed: bool) -> None:
    if closed:
        Closure.objects.create(case=case, by=cast.delphine, at=NOW, reason="answered")
    wanted = list(map(_all_of, QUERIES[name]()))
    assert wanted
    assert list(map(_all_of, prepared(QUERIES[name])())) == wanted


def test_what_hangs_on_one_knows_it(cast: Cast, case: Case) -> None:
    Closure.objects.create(case=case, by=cast.delphine, at=NOW, reason="answered")
    (found,) = prepared(lambda: Case.objects.select_related("closure"))()
    assert found.closure.case is found


@pytest.fixture
def told() -> Iterator[list[Model]]:
    made: list[Model] = []

    def hear(instance: Model, **_more: object) -> None:
        made.append(instance)

    post_init.connect(hear, sender=Beat)
    yield made
    post_init.disconnect(hear, sender=Beat)


@pytest.mark.django_db
def test_who_listens_for_new_objects_is_told(told: list[Model]) -> None:
    Beat.objects.create(worker="a", started_at=NOW, at=NOW)
    told.clear()
    (found,) = prepared(lambda: Beat.objects.filter(worker="a"))()
    assert told == [found]


@pytest.mark.django_db
def test_a_model_with_a_way_of_its_own_goes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def from_db(cls: type[Beat], *given: Any) -> Any:
        made = Model.from_db.__func__(cls, *given)  # type: ignore[attr-defined]
        made.worker = made.worker.upper()
        return made

    Beat.objects.create(worker="a", started_at=NOW, at=NOW)
    monkeypatch.setattr(Beat, "from_db", classmethod(from_db))
    assert [one.worker for one in prepared(lambda: Beat.objects.all())()] == ["A"]


@pytest.mark.django_db
def test_rows_of_another_shape_are_refused() -> None:
    queryset = Beat.objects.values("worker")
    compiler = queryset.query.get_compiler(using="default")
    compiler.as_sql()
    with pytest.raises(TypeError, match="objects of a model, or values_list"):
        Objects(queryset, compiler)
