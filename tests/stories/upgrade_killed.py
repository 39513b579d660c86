"""Run in a desk's environment: bring its database up to date, killed in every migration, and go on each time.

Forks from one process that has imported everything. `all`: at every point of every migration; else one point each,
in turn. Prints how many kills there were.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.config.settings")
django.setup()

from django.db.migrations import Migration  # noqa: E402
from django.db.migrations.executor import MigrationExecutor  # noqa: E402
from django.db.migrations.operations.base import Operation  # noqa: E402

from amends.upkeep import upgrading  # noqa: E402

POINTS = ("start", "middle", "end", "recorded")


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def kill_at(point: str) -> None:
    """From now on this process dies in the next migration."""
    if point == "start":
        Migration.apply = _before(Migration.apply, kill)  # type: ignore[method-assign]
    elif point == "end":
        MigrationExecutor.record_migration = _before(MigrationExecutor.record_migration, kill)  # type: ignore[method-assign]
    elif point == "recorded":
        upgrading.WholeExecutor.apply_migration = _after(upgrading.WholeExecutor.apply_migration, kill)  # type: ignore[method-assign]
    else:
        for kind in _kinds(Operation):
            if "database_forwards" in vars(kind):
                kind.database_forwards = _after(kind.database_forwards, kill)  # type: ignore[method-assign]


def _kinds(kind: type[Operation]) -> list[type[Operation]]:
    return [one for sub in kind.__subclasses__() for one in (sub, *_kinds(sub))]


def _before(does: Callable[..., Any], first: Callable[[], None]) -> Callable[..., Any]:
    def instead(*arguments: Any, **named: Any) -> Any:
        first()
        return does(*arguments, **named)

    return instead


def _after(does: Callable[..., Any], then: Callable[[], None]) -> Callable[..., Any]:
    def instead(*arguments: Any, **named: Any) -> Any:
        done = does(*arguments, **named)
        then()
        return done

    return instead


def upgraded(point: str) -> bool:
    """Try it in a child; False when it was killed on the way."""
    child = os.fork()
    if not child:
        status = 1
        try:
            kill_at(point)
            upgrading.upgrade()
            status = 0
        finally:
            os._exit(status)
    end = os.waitpid(child, 0)[1]
    if os.WIFSIGNALED(end) and os.WTERMSIG(end) == signal.SIGKILL:
        return False
    assert end == 0, "an upgrade that followed a kill failed"
    return True


def main(every_point: bool) -> int:
    kills, turn = 0, 0
    while True:
        # The first three leave nothing behind, so the same migration is met again; the last one has been kept.
        wanted = POINTS if every_point else (POINTS[turn % 3], "recorded")
        turn += 1
        for point in wanted:
            if upgraded(point):
                return kills
            kills += 1


if __name__ == "__main__":
    sys.stdout.write(f"{main(sys.argv[1:] == ['all'])}\n")
