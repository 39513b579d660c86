"""Is the desk ready to serve? Every reason why not, in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from amends.kit import beats, disk, secrets


def reasons(now: datetime) -> list[str]:
    """Why the desk is not ready, one sentence each; none when it is."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        missing = pending()
    except Error as error:
        return [_("The database does not answer: %(said)s.") % {"said": str(error).strip().rstrip(".")}, *_of(_disk)]
    if missing:
        what = {"count": len(missing), "first": missing[0]}
        return [_("The database is not up to date (%(count)d missing, first %(first)s): amends migrate.") % what]
    return [*_of(_disk), *_of(_key), *_of(lambda: _worker(now))]


def pending() -> list[str]:
    """Names of the migrations that this version has and the database has not, as `app.name`."""
    applied = {f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()}
    return sorted(shipped() - applied)


@cache
def shipped() -> frozenset[str]:
    """The migrations of this version, as `app.name`; read from disk once a process."""
    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    return frozenset(f"{app}.{name}" for app, name in loader.disk_migrations)


def _of(check: Callable[[], str]) -> list[str]:
    found = check()
    return [found] if found else []


def _disk() -> str:
    trouble, room = disk.trouble(), disk.room()
    if not trouble:
        return ""
    if trouble == "shut":
        return _("The disk cannot be written on. No mail is taken in.")
    return _("The disk is almost full: %(free)d MB are free, %(floor)d MB are needed. No mail is taken in.") % {
        "free": room.free // 1024**2,
        "floor": room.floor // 1024**2,
    }


def _key() -> str:
    try:
        secrets.known()
    except secrets.SecretError as error:
        return str(error)
    return ""


def _worker(now: datetime) -> str:
    if beats.alive(now):
        return ""
    last = beats.last(now)
    if last is None:
        return _("No worker has run yet: amends worker, or amends run.")
    return _("No worker has given a sign of life since %(at)s UTC: amends worker, or amends run.") % {
        "at": f"{last:%Y-%m-%d %H:%M:%S}"
    }
