"""Is the database one that keeps what it was given, through a power cut?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection

from amends.upkeep.doctor.finding import Finding, fail, ok, warn

NETWORK = {"nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "fuse.glusterfs", "ceph", "afs", "ncpfs"}
OLDEST_POSTGRES = 140000
OLDEST_SQLITE = (3, 35)
CLOCK_MOST = 5.0
"""Seconds between two clocks that still count as the same."""


def findings() -> Iterator[Finding]:
    """Durability as it is really in force, not as it was asked for."""
    yield from _postgres() if connection.vendor == "postgresql" else _sqlite()


def clock(now: datetime) -> Finding:
    """This machine's clock against the database's; with SQLite they are one."""
    if connection.vendor != "postgresql":
        return ok("clock of the database", "SQLite uses this machine's.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return compare("the database", cursor.fetchone()[0], now)


def compare(whose: str, theirs: datetime, now: datetime) -> Finding:
    """Two clocks."""
    apart = abs((theirs.astimezone(UTC) - now).total_seconds())
    check = f"clock of {whose}"
    if apart <= CLOCK_MOST:
        return ok(check, "the same as here.")
    return fail(check, f"{apart:.0f} s away from this machine's.", "Set both by NTP: promises and leases go by it.")


def _sqlite() -> Iterator[Finding]:
    with connection.cursor() as cursor:

        def pragma(name: str) -> str:
            cursor.execute(f"PRAGMA {name}")
            return str(cursor.fetchone()[0]).lower()

        wanted = {"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1"}
        found = {name: pragma(name) for name in wanted}
        cursor.execute("SELECT sqlite_version()")
        version = str(cursor.fetchone()[0])
    for name, value in wanted.items():
        if found[name] == value or (name == "synchronous" and found[name] == "3"):
            yield ok(f"sqlite {name}", f"{found[name]}.")
        else:
            yield fail(
                f"sqlite {name}",
                f"{found[name]}, not {value}: a power cut may lose mail that was acknowledged.",
                "Another program changed it; start the desk with its own settings.",
            )
    if tuple(int(part) for part in version.split(".")[:2]) < OLDEST_SQLITE:
        yield fail("sqlite version", f"{version} is too old.", "Install 3.35 or newer.")
    else:
        yield ok("sqlite version", f"{version}.")
    yield _local(Path(str(connection.settings_dict["NAME"])))


def _local(database: Path) -> Finding:
    kind = file_system(database.parent)
    if kind in NETWORK:
        return fail(
            "sqlite file system",
            f"{kind} is on another machine, and does not keep SQLite's locks.",
            "Move the data folder to a local disk, or use PostgreSQL.",
        )
    return ok("sqlite file system", f"{kind or 'local'}.")


def file_system(folder: Path, mounts: str | None = None) -> str:
    """The kind of file system under a folder, such as `ext4`; empty where the system does not tell."""
    try:
        lines = (Path("/proc/self/mounts").read_text("utf-8", "replace") if mounts is None else mounts).splitlines()
    except OSError:
        return ""
    found, longest = "", -1
    for line in lines:
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        at = parts[1].replace("\\040", " ")
        inside = folder.resolve().is_relative_to(at)
        if inside and len(at) >= longest:
            found, longest = parts[2], len(at)
    return found


def in_force(name: str, value: str) -> Finding:
    """One setting of PostgreSQL on which durability hangs. What waits for a standby waits for this disk as well."""
    if value in ("on", "local", "remote_write", "remote_apply"):
        return ok(f"postgresql {name}", f"{value}.")
    said = f"{value}: a power cut may lose mail that was acknowledged."
    return fail(f"postgresql {name}", said, f"Set {name} = on in postgresql.conf.")


def _postgres() -> Iterator[Finding]:
    with connection.cursor() as cursor:

        def show(name: str) -> str:
            cursor.execute("SELECT current_setting(%s)", [name])
            return str(cursor.fetchone()[0])

        found = {name: show(name) for name in ("fsync", "synchronous_commit", "full_page_writes", "server_encoding")}
        number, version = int(show("server_version_num")), show("server_version")
    for name in ("fsync", "synchronous_commit", "full_page_writes"):
        yield in_force(name, found[name])
    if found["server_encoding"] != "UTF8":
        yield fail("postgresql encoding", f"{found['server_encoding']}.", "Create the database with ENCODING 'UTF8'.")
    if number < OLDEST_POSTGRES:
        yield warn("postgresql version", f"{version} is older than those that are tested.", "Use 14 or newer.")
    else:
        yield ok("postgresql version", f"{version}.")
