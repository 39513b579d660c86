"""What an upgrade leaves behind besides the tables; that it survives being killed is a story of its own."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.audit.models import Record
from amends.upkeep import readiness, upgrading

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("missing", [1, 0])
def test_postgresql_counts_anew_what_is_in_its_columns_after_an_upgrade(
    monkeypatch: pytest.MonkeyPatch, missing: int
) -> None:
    """It has never seen a new column, and would read whole tables where an index has the answer."""
    monkeypatch.setattr(readiness, "pending", lambda: ["cases.0002_more"] * missing)
    with CaptureQueriesContext(connection) as asked:
        upgrading.upgrade()
    counted = any(one["sql"] == "ANALYZE" for one in asked.captured_queries)
    assert counted == (connection.vendor == "postgresql" and missing == 1)
    assert Record.objects.filter(verb="desk.upgraded").count() == missing
