"""Every check in its order; one that fails by itself is a finding, and stops no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, connection

from amends.upkeep import readiness
from amends.upkeep.doctor import clocks, database, machine, mail, packs, passwords, reader, scanner
from amends.upkeep.doctor.finding import Finding, fail

Checks = Callable[[], Iterable[Finding]]


def findings(now: datetime, names: mail.Names) -> Iterator[Finding]:
    """Everything. Without a database only what needs none."""
    yield from _safely("files", machine.files)
    yield from _safely("reader", reader.findings)
    yield from _safely(passwords.CHECK, passwords.findings)
    yield from _safely("scanner", lambda: scanner.findings(now))
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        yield fail("database", f"it does not answer: {' '.join(str(error).split())}", "Is AMENDS_DATABASE right?")
    else:
        yield from _safely("database", database.findings)
        yield from _safely("clock of the database", lambda: [database.clock(now)])
        yield from _safely("installation", lambda: machine.installation(now))
        if not readiness.pending():
            yield from _safely("mailboxes", lambda: mail.mailboxes(now))
            yield from _safely("policy packs", packs.findings)
            yield from _safely("dns", lambda: mail.domains(names))
    yield from _safely("web", machine.web)
    yield from _safely("clock of the web server", lambda: [clocks.of_web(settings.BASE_URL, now)])


def _safely(check: str, checks: Checks) -> Iterator[Finding]:
    try:
        yield from checks()
    except Exception as error:
        yield fail(check, f"it could not be looked at ({type(error).__name__}: {' '.join(str(error).split())[:200]}).")
