"""Bring the database up to date: one process at a time, each migration whole or not at all."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from amends.audit import log
from amends.kit import locks
from amends.upkeep import readiness

LOCK = 7_264_105
"""The number of PostgreSQL's advisory lock."""


def upgrade() -> None:
    """Apply what is missing. Killed at any point, it goes on from there when it is run again.

    Whoever comes second waits, and finds nothing left to do.
    """
    with locks.exclusive("upgrade", LOCK):
        missing = len(readiness.pending())
        _migrate()
        call_command("createcachetable", verbosity=0)
        if missing:
            _count_anew()
            log.write("desk.upgraded", by=log.THE_DESK, count=missing)


def _count_anew() -> None:
    """PostgreSQL knows nothing of a new column until something has counted what is in it, and would read whole tables
    where an index has the answer; its own counting begins only when many rows have changed.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


class WholeExecutor(MigrationExecutor):
    """A migration and the note that it was applied are one transaction.

    Django's own writes the note afterwards when indexes are made last: killed in between, it never goes on.
    """

    def apply_migration(self, *arguments: Any, **named: Any) -> Any:
        # SQLite rebuilds tables only with its foreign keys off, which cannot be done inside a transaction.
        self.connection.disable_constraint_checking()
        try:
            with transaction.atomic():
                return super().apply_migration(*arguments, **named)
        finally:
            self.connection.enable_constraint_checking()


def _migrate() -> None:
    """What Django's command does, with the executor above."""
    executor = WholeExecutor(connection)
    executor.loader.check_consistent_history(connection)
    targets = executor.loader.graph.leaf_nodes()
    plan = executor.migration_plan(targets)
    before = executor._create_project_state(with_applied_migrations=True)  # type: ignore[attr-defined]
    emit_pre_migrate_signal(0, False, connection.alias, apps=before.apps, plan=plan)
    after = executor.migrate(targets, plan=plan, state=before.clone())
    after.clear_delayed_apps_cache()
    emit_post_migrate_signal(0, False, connection.alias, apps=after.apps, plan=plan)
