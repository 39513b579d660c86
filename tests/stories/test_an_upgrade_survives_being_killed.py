"""An upgrade that is killed in any migration goes on when it is started again (reliability §4.3).

`UPGRADE_KILLS=all` kills at every point of every migration, else at one point each, in turn.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.peers.desk import ROOT, Desk, desk_folder

SCHEMA = {
    "sqlite": "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY 1, 2",
    "postgresql": (
        "SELECT table_name, column_name, data_type || is_nullable FROM information_schema.columns"
        " WHERE table_schema = 'public' UNION ALL"
        " SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' UNION ALL"
        " SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2, 3"
    ),
}


def schema(desk: Desk) -> list[tuple[object, ...]]:
    return desk.rows(SCHEMA["sqlite" if desk.environ["AMENDS_DATABASE"] == "sqlite" else "postgresql"])


def applied(desk: Desk) -> list[tuple[object, ...]]:
    return desk.rows("SELECT app, name, COUNT(*) FROM django_migrations GROUP BY app, name ORDER BY app, name")


def test_an_upgrade_killed_in_every_migration_ends_as_one_that_was_not(tmp_path: Path) -> None:
    with desk_folder(tmp_path / "killed") as killed, desk_folder(tmp_path / "whole") as whole:
        words = [sys.executable, "-m", "tests.stories.upgrade_killed", os.environ.get("UPGRADE_KILLS", "")]
        done = subprocess.run(words, cwd=ROOT, env=dict(killed.environ), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert whole.amends("migrate").returncode == 0
        assert int(done.stdout.split()[-1]) >= 2 * len(applied(whole)) - 2
        assert applied(killed) == applied(whole)
        assert {count for _app, _name, count in applied(killed)} == {1}
        assert schema(killed) == schema(whole)
        assert killed.amends("migrate").returncode == 0


def test_two_upgrades_at_once_are_one(tmp_path: Path) -> None:
    with desk_folder(tmp_path / "desk") as desk:
        words = [sys.executable, "-m", "amends.cli", "migrate"]
        both = [
            subprocess.Popen(words, cwd=ROOT, env=dict(desk.environ), stderr=subprocess.PIPE) for _process in range(2)
        ]
        said = [process.communicate(timeout=120)[1] for process in both]
        assert [process.returncode for process in both] == [0, 0], said
        assert desk.rows("SELECT COUNT(*) FROM audit_record WHERE verb = 'desk.upgraded'") == [(1,)]
