"""Checking: whatever is changed by other means shows."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amends.audit import log
from amends.audit.chain import verdict_on, verify
from amends.audit.models import Head, Record

FIELDS = [field.attname for field in Record._meta.concrete_fields]


def some_log(rows: int = 4) -> None:
    for number in range(rows):
        log.write("team.made", by=log.Who("command line", "root"), subject=("team", number), name=f"Team {number}")


@contextlib.contextmanager
def as_an_intruder() -> Iterator[Any]:
    """Somebody who reached the database past the desk, and its triggers."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE audit_record DISABLE TRIGGER audit_record_written_once")
        else:
            cursor.execute("DROP TRIGGER audit_record_written_once")
        yield cursor


def changed(value: Any, by: int) -> Any:
    if value is None or isinstance(value, int):
        return (value or 0) + by
    if isinstance(value, str):
        at = by % (len(value) + 1)
        return value[:at] + ("1" if value[at : at + 1] == "0" else "0") + value[at + 1 :]
    if isinstance(value, dict):
        return {**value, "name": f"{value.get('name')}{by}"}
    return value + timedelta(microseconds=by)


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(row=st.integers(0, 3), field=st.sampled_from(FIELDS), by=st.integers(1, 1000))
def test_changing_any_field_of_any_row_breaks_the_chain(row: int, field: str, by: int) -> None:
    if not Record.objects.exists():
        some_log()
    rows = list(Record.objects.order_by("number"))
    assert verdict_on(rows, Head.objects.get()).good
    setattr(rows[row], field, changed(getattr(rows[row], field), by))
    verdict = verdict_on(rows, Head.objects.get())
    assert verdict.broken in (rows[row].number, row + 1, row + 2)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_record SET who = 'nobody' WHERE number = 2",
        "UPDATE audit_record SET at = '2020-01-01 00:00:00+00:00' WHERE number = 2",
        "DELETE FROM audit_record WHERE number = 2",
        "DELETE FROM audit_record WHERE number >= 2",
        "DELETE FROM audit_record WHERE number = 4",
        "DELETE FROM audit_record",
        "UPDATE audit_record SET number = 9 WHERE number = 4",
        "UPDATE audit_head SET number = 3",
        "UPDATE audit_head SET hash = previous FROM audit_record WHERE audit_record.number = 4",
        "DELETE FROM audit_head",
    ],
)
def test_what_an_intruder_changes_or_cuts_off_is_found(statement: str) -> None:
    some_log()
    assert verify().good
    with as_an_intruder() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount
    assert not verify().good


@pytest.mark.django_db
def test_a_log_that_was_written_anew_does_not_go_through_a_head_noted_before() -> None:
    some_log()
    noted = verify().head
    with as_an_intruder() as cursor:
        cursor.execute("DELETE FROM audit_record")
        cursor.execute("DELETE FROM audit_head")
    some_log(6)
    assert verify().good
    assert not verify(noted).good
