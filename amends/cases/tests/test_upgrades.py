"""What a migration writes into rows that are there."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

from django.apps import apps

from amends.cases import timeline
from amends.cases.models import Case, Closure
from tests.cast import TUESDAY, Cast, complaint

lists = import_module("amends.cases.migrations.0007_what_lists_ask")
closures = import_module("amends.cases.migrations.0010_closed_since")


def test_cases_that_began_again_before_the_column_was_there_say_when(cast: Cast) -> None:
    again, never = (
        complaint(cast),
        complaint(cast, text="The vase is blue.", subject="A vase", sender="Bo <bo@example.com>", key="2"),
    )
    for hours in (1, 5):
        timeline.record(again, "case.reopened", at=TUESDAY + timedelta(hours=hours), by=cast.delphine, why="More came.")
    timeline.record(never, "case.closed", at=TUESDAY, by=cast.delphine, reason="answered")
    lists.told_by_the_timeline(apps, None)
    again.refresh_from_db()
    never.refresh_from_db()
    assert again.reopened_at == TUESDAY + timedelta(hours=5)
    assert never.reopened_at is None


def test_closures_from_before_the_column_was_there_say_by_what_their_cases_began(cast: Cast) -> None:
    whole, erased = (complaint(cast, subject=f"Vase {key}", key=key) for key in ("2", "3"))
    Case.objects.filter(pk=erased.pk).update(erased_at=TUESDAY)
    for case in (whole, erased):
        Closure.objects.create(case=case, reason="answered", by=cast.ines, at=TUESDAY)
    closures.told_by_the_timeline(apps, None)
    assert [Closure.objects.get(case=case).channel for case in (whole, erased)] == ["email", ""]
