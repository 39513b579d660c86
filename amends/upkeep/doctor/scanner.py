"""The scanner for files: whether it answers, knows what it should, takes what the desk takes, and is of this week."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from django.conf import settings

from amends.kit import clamd
from amends.upkeep.doctor.finding import Finding, fail, ok, warn

CHECK = "scanner"
OLD = timedelta(days=7)
# In two halves, here and where Python keeps it, so that no scanner takes this file for the test file of all scanners.
HALVES = (b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD", b"-ANTIVIRUS-TEST-FILE!$H+H*")
TEST_FILE = b"".join(HALVES)


def findings(now: datetime) -> Iterator[Finding]:
    """Asks it about its version, the standard test file, and a file as large as any that the desk takes in."""
    at = settings.CLAMD
    if at is None:
        yield ok(CHECK, "none is named in AMENDS_CLAMD; files from outside are not looked at.")
        return
    try:
        version = clamd.version(at)
        known = clamd.found_in(TEST_FILE, at)
    except clamd.ScannerError as error:
        yield fail(CHECK, f"{error}.", "Until it does, files that come in cannot be opened. Does clamd run?")
        return
    if not known:
        yield fail(CHECK, "it does not know the standard test file.", "Its signatures are missing: run freshclam.")
    elif (day := made(version)) is not None and now - day > OLD:
        yield warn(CHECK, f"its signatures are of {day:%Y-%m-%d}.", "Does freshclam run?")
    else:
        yield ok(CHECK, f"{version} at {at} finds what it should.")
    yield from _size(at)


def made(version: str) -> datetime | None:
    """When its signatures were made; None for those without a date, as of one's own."""
    with suppress(ValueError):
        return datetime.strptime(version.rpartition("/")[2], "%a %b %d %H:%M:%S %Y").replace(tzinfo=UTC)
    return None


def _size(at: clamd.Address) -> Iterator[Finding]:
    most = settings.MAX_MESSAGE_BYTES
    try:
        clamd.found_in(bytes(most), at)
    except clamd.TooLarge:
        size = most // 1024 // 1024
        yield warn(
            f"{CHECK} and large files",
            f"it refuses {size} MB, which the desk takes in; such files stay shut.",
            f"Set StreamMaxLength {size + 1}M in clamd.conf, and MaxFileSize and MaxScanSize to as much.",
        )
    except clamd.Unanswered as error:
        yield warn(f"{CHECK} and large files", f"{error}.", "Is the machine of clamd too slow?")
