"""What a migration writes into rows that are there."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

from django.apps import apps

from amends.cases import timeline
from tests.cast import TUESDAY, Cast, complaint

lists = import_module("amends.cases.migrations.0007_what_lists_ask")


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
