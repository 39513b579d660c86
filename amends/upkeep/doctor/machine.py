"""The machine and the installation: disk, files, keys, upgrades, the worker, the settings."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import WARNING, run_checks

from amends.channels.models import Delivery, Kept
from amends.kit import beats, disk, pausing, secrets
from amends.upkeep import keys, readiness
from amends.upkeep.doctor.finding import Finding, fail, ok, warn

OLD_MAIL = timedelta(minutes=10)
OLD_LETTER = timedelta(hours=1)
LOCAL = {"127.0.0.1", "localhost", "::1"}


def files() -> Iterator[Finding]:
    """Room, and who may read the data and the keys."""
    room = disk.room()
    free = f"{room.free // 1024**2} MB free"
    if room.short:
        yield fail("disk", f"{free}: no mail is taken in.", "Make room; it goes on by itself.")
    elif disk.trouble():
        yield fail(
            "disk", "it cannot be written on: no mail is taken in.", "Look at the disk and at who owns the folder."
        )
    elif room.free < 2 * room.floor:
        yield warn("disk", f"{free}; below {room.floor // 1024**2} MB no mail is taken in.", "Make room soon.")
    else:
        yield ok("disk", f"{free}.")
    yield _private("data folder", Path(settings.DATA_DIR), "chmod 700")
    folder = Path(settings.SECRETS_KEY_FILE).parent
    for path in sorted(folder.glob("*.key")):
        yield _private(f"key file {path.name}", path, "chmod 600")


def _private(check: str, path: Path, do: str) -> Finding:
    if not path.exists():
        return fail(check, f"{path} is not there.", "AMENDS_DATA names another folder, or the desk was never started.")
    if not os.access(path, os.R_OK | (os.W_OK if path.is_dir() else 0)):
        return fail(check, f"{path} cannot be used by this user.", "Run the desk and this command as the same user.")
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        return warn(check, "other users of this machine may read it.", f"{do} {path}")
    return ok(check, "private.")


def installation(now: datetime) -> Iterator[Finding]:
    """What the database tells of upgrades, workers and work that lies about."""
    pending = readiness.pending()
    if pending:
        yield fail("migrations", f"{len(pending)} are missing, first {pending[0]}.", "Run amends migrate.")
        return
    yield ok("migrations", "all applied.")
    yield _worker(now)
    pause = pausing.current()
    if pause:
        yield warn("pause", f"{pause.why} Nothing is sent.", "Run amends resume once you are sure.")
    yield _secrets()
    yield _waiting(now)
    yield _outbox(now)


def _worker(now: datetime) -> Finding:
    if beats.alive(now):
        return ok("worker", "gave a sign of life within a minute.")
    last = beats.last(now)
    since = f"none since {last:%Y-%m-%d %H:%M} UTC" if last else "none ever"
    return fail("worker", f"no sign of life, {since}.", "Start amends run, or amends worker.")


def _secrets() -> Finding:
    try:
        secrets.known()
        trouble = keys.trouble()
    except secrets.SecretError as error:
        trouble = str(error)
    return fail("secrets", trouble) if trouble else ok("secrets", f"{sum(keys.in_use().values())} can be opened.")


def _waiting(now: datetime) -> Finding:
    old = Kept.objects.filter(state=Kept.State.WAITING, kept_at__lt=now - OLD_MAIL).count()
    if old:
        return warn("mail that waits", f"{old} messages were kept more than 10 minutes ago.", "The log says why.")
    return ok("mail that waits", "none is old.")


def _outbox(now: datetime) -> Finding:
    old = Delivery.objects.filter(state=Delivery.State.WAITING, next_try_at__lt=now - OLD_LETTER).count()
    if old:
        return warn("outbox", f"{old} letters have been due for more than an hour.", "Does a worker run?")
    return ok("outbox", "nothing is late.")


def web() -> Iterator[Finding]:
    """Address, hosts and what Django's own check for deployment says."""
    base = urlsplit(settings.BASE_URL)
    local = base.hostname in LOCAL
    if base.scheme == "https":
        yield ok("address", f"{settings.BASE_URL}.")
    elif local:
        yield warn("address", f"{settings.BASE_URL} opens on this machine only.", "Set AMENDS_URL for customers.")
    else:
        yield fail("address", f"{settings.BASE_URL} is not encrypted.", "Put HTTPS before it; AMENDS_URL=https://…")
    if settings.DEMO or settings.DEBUG:
        name = "AMENDS_DEMO" if settings.DEMO else "AMENDS_DEBUG"
        say = warn if local else fail
        yield say(name, "is on: anyone who reaches the desk gets in, or sees its insides.", f"{name}=no in public.")
    if "*" in settings.ALLOWED_HOSTS:
        yield fail("hosts", "every name is answered to.", "Name them in AMENDS_HOSTS.")
    problems = [found for found in run_checks(include_deployment_checks=True) if found.level >= WARNING]
    if local:  # without HTTPS its warnings about cookies say the same once more
        problems = [found for found in problems if not str(found.id).startswith("security.")]
    for problem in problems:
        yield warn(f"check {problem.id}", " ".join(str(problem.msg).split()), str(problem.hint or ""))
    if not problems:
        yield ok("check --deploy", "no objections.")
