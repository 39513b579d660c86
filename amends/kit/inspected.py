"""Which bytes from outside may be opened: where a scanner is named it looks at each of them first (ASVS 5.4.3).

Bytes are known by their SHA-256, so that the same picture in a thousand letters is looked at once. What was found stays
shut until an admin lets it out, also when the scanner is named no more.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

import structlog
from django.conf import settings
from django.db.models import Q

from amends.kit import blobs, clamd, drift, wake
from amends.kit.models import Inspection
from amends.kit.rows import insert_new, upsert

State = Inspection.State
HELD = (State.FOUND, State.UNKNOWN)
"""In quarantine."""
LARGE, UNFINISHED = "large", "unfinished"
"""Why something could not be looked at."""
TRIES = 5
"""After so many a daemon that answers, but finishes with everything except this, is not asked again."""
PATIENCE = 150.0
"""Seconds for one file that is kept; the daemon itself gives up after 120."""
LEASE = timedelta(seconds=PATIENCE + 30)
AGAIN_AFTER = timedelta(seconds=15)
AT_ONCE = 10.0
"""Seconds that somebody who uploads a file waits for its verdict."""
SILENT = 30.0
"""Seconds for which nobody who uploads waits, after one of them has waited in vain."""

log = structlog.get_logger("amends.inspected")

_silent_until = float("-inf")


class Verdict(NamedTuple):
    """What came of a look."""

    state: Inspection.State
    said: str = ""


def switched_on() -> bool:
    """Whether the house has named a scanner."""
    return settings.CLAMD is not None


def want(digests: Iterable[str], now: datetime) -> None:
    """In the transaction that writes rows that name these bytes: the scanner is to look at those it has not seen.

    What is in quarantine is asked about once more: its signature may have been withdrawn, and whoever it came to now is
    told of it.
    """
    # In one order, so that two transactions with the same files do not wait for each other.
    if not switched_on() or not (wanted := sorted(set(digests) - {""})):
        return
    new = insert_new([Inspection(sha256=one, since=now, next_try_at=now) for one in wanted], ["sha256"])
    if len(new) < len(wanted):
        Inspection.objects.filter(sha256__in=wanted, state__in=HELD).update(next_try_at=now, tries=0)


def looked_at(digests: Iterable[str], now: datetime) -> None:
    """These were found clean a moment ago, before they were kept."""
    rows = [Inspection(sha256=one, state=State.CLEAN, since=now) for one in sorted(set(digests))]
    upsert(rows, ["sha256"], ["state", "said", "since", "tries", "next_try_at"])


def shut(digests: Iterable[str], now: datetime) -> dict[str, Inspection]:
    """SHA-256 → why nobody may open it, of those that must not be opened; asks for a look at what nobody looked at."""
    wanted = set(digests) - {""}
    known = {one.sha256: one for one in Inspection.objects.filter(sha256__in=wanted)}
    if switched_on() and (unseen := wanted - known.keys()):
        want(unseen, now)
        wake.nudge()
        known |= {one.sha256: one for one in Inspection.objects.filter(sha256__in=unseen)}
    return {digest: one for digest, one in known.items() if _keeps_shut(one)}


def known_shut(digests: Iterable[str]) -> dict[str, Inspection]:
    """The same for a page that only tells of them: without a scanner it asks nothing."""
    wanted = set(digests) - {""}
    if not switched_on() or not wanted:
        return {}
    return {one.sha256: one for one in Inspection.objects.filter(sha256__in=wanted) if _keeps_shut(one)}


def ask_now(content: bytes) -> Verdict:
    """The verdict on what somebody is about to hand in; WAITING when the scanner does not say it at once.

    Outside of any transaction. Once it was silent, nobody waits for it for half a minute.
    """
    global _silent_until
    if not switched_on() or time.monotonic() < _silent_until:
        return Verdict(State.WAITING)
    try:
        return _verdict(clamd.found_in(content, _scanner(), within=AT_ONCE))
    except clamd.TooLarge:
        return Verdict(State.UNKNOWN, LARGE)
    except clamd.Unanswered as error:
        _silent_until = time.monotonic() + SILENT
        log.warning("a file that was handed in could not be looked at yet", why=str(error))
        return Verdict(State.WAITING)


def due(now: datetime, *, limit: int) -> list[int]:
    """Ids of what the scanner is to look at, the longest due first."""
    waiting = Inspection.objects.filter(next_try_at__lte=now).order_by("next_try_at")
    return list(waiting.values_list("pk", flat=True)[:limit])


def claim(inspection_id: int, now: datetime) -> Inspection | None:
    """Lease one, so that no other worker looks at it meanwhile; None when another has it."""
    mine = Inspection.objects.filter(pk=inspection_id, next_try_at__lte=now).update(next_try_at=now + LEASE)
    return Inspection.objects.filter(pk=inspection_id).first() if mine else None


def look(one: Inspection) -> Verdict:
    """Ask the scanner, outside of any transaction. Raises clamd.Unanswered, or FileNotFoundError for bytes that went."""
    with blobs.path_of(one.sha256).open("rb") as content:
        try:
            return _verdict(clamd.found_in(content, _scanner(), within=PATIENCE))
        except clamd.TooLarge:
            return Verdict(State.UNKNOWN, LARGE)


def answers() -> bool:
    """Whether the scanner is there at all, when it gave no verdict on something."""
    return clamd.answers(_scanner())


def settle(one: Inspection, verdict: Verdict, now: datetime) -> bool:
    """Write a verdict down; False when an admin has decided meanwhile."""
    mine = Inspection.objects.filter(pk=one.pk, state=one.state)
    said = {"state": verdict.state, "said": verdict.said[:200], "tries": 0, "next_try_at": None}
    since = one.since if verdict.state == one.state else now
    return bool(mine.update(since=since, **said))


def try_later(one: Inspection, now: datetime, *, counts: bool) -> None:
    """There was no verdict; `counts` when the scanner answers and it is the file's own doing."""
    tries = one.tries + counts
    wait = AGAIN_AFTER * 2**tries
    Inspection.objects.filter(pk=one.pk).update(tries=tries, next_try_at=now + wait)


def ask_again(inspection_id: int, now: datetime) -> bool:
    """Have the scanner look once more at what is in quarantine, where it stays meanwhile."""
    held = Inspection.objects.filter(pk=inspection_id, state__in=HELD)
    found = held.update(next_try_at=now, tries=0)
    wake.nudge()
    return bool(found)


def let_out(digests: Iterable[str], now: datetime) -> int:
    """An admin says that what was found is harmless; how many were still held."""
    held = Inspection.objects.filter(sha256__in=set(digests), state__in=HELD)
    return held.update(state=State.RELEASED, since=now, next_try_at=None)


def lock_in(digests: Iterable[str], said: str, now: datetime) -> None:
    """What holds something that was found is in quarantine, too: the raw mail with its attachment."""
    rows = [Inspection(sha256=one, state=State.FOUND, said=said[:200], since=now) for one in sorted(set(digests))]
    upsert(rows, ["sha256"], ["state", "said", "since", "tries", "next_try_at"])


def forget(digest: str) -> None:
    """The bytes are gone."""
    Inspection.objects.filter(sha256=digest).delete()


def waits_since() -> datetime | None:
    """Since when the first of the files waits that nobody has looked at yet."""
    waiting = Inspection.objects.filter(next_try_at__isnull=False, state=State.WAITING)
    return waiting.order_by("since").values_list("since", flat=True).first()


def set_right(now: datetime) -> int:
    """What a clock ahead of ours lets wait is looked at no later than it may be."""
    return drift.bring_back(Inspection.objects.all(), "next_try_at", now, AGAIN_AFTER * 2**TRIES)


def held_ones() -> Q:
    """What is in quarantine."""
    return Q(state__in=HELD)


def _scanner() -> clamd.Address:
    assert settings.CLAMD is not None
    return settings.CLAMD


def _keeps_shut(one: Inspection) -> bool:
    return one.state in HELD or (one.state == State.WAITING and switched_on())


def _verdict(found: str) -> Verdict:
    return Verdict(State.FOUND, found) if found else Verdict(State.CLEAN)
