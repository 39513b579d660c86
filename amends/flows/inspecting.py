"""What happens when a scanner looks at files: what it finds is in quarantine, and its case says so (ASVS 5.4.3).

Nothing waits for the scanner but the files themselves: mail is taken in without it.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.utils.translation import gettext as _

from amends.audit import log as audit
from amends.cases import ownership, timeline
from amends.cases.models import Case, Draft, DraftFile, Entry, File, Letter
from amends.channels.models import Kept
from amends.flows.alone import alone
from amends.kit import clamd, inspected
from amends.kit.inspected import HELD, State, Verdict
from amends.kit.models import Inspection
from amends.people.models import Member

BATCH = 20

log = structlog.get_logger("amends.inspecting")


def look_at_waiting(now: datetime) -> int:
    """Have the scanner look at what waits; how many it settled. A scanner that is away ends the round, not the waiting."""
    if not inspected.switched_on():
        return 0
    began, settled = time.monotonic(), 0
    for inspection_id in inspected.due(now, limit=BATCH):
        at = now + timedelta(seconds=time.monotonic() - began)
        with alone("a file could not be looked at", inspection=inspection_id):
            one = inspected.claim(inspection_id, at)
            if one is None:
                continue
            done = _look_at(one, at)
            if done is None:
                break
            settled += done
    return settled


def release(one: Inspection, *, by: Member, now: datetime) -> bool:
    """Let what was found be opened after all, a false alarm; False when it is not in quarantine any more.

    Whoever calls writes it into the audit log, in the same transaction.
    """
    with transaction.atomic():
        if not inspected.let_out([one.sha256], now):
            return False
        for file in _files(one):
            case = ownership.hold(file.entry.case_id)
            timeline.record(
                case, "file.released", at=now, by=by, file=file.pk, name=file.name, signature=_signature(one)
            )
        inspected.let_out(_raws_without_held(one), now)
    return True


def subject_of(one: Inspection) -> Case | tuple[str, object]:
    """Whose it is, for the audit log: a case; else the mail that stayed outside, or the bytes themselves."""
    case_id = (
        File.objects.filter(sha256=one.sha256).values_list("entry__case", flat=True).first()
        or DraftFile.objects.filter(sha256=one.sha256).values_list("draft__case", flat=True).first()
        or Letter.objects.filter(raw_sha256=one.sha256).values_list("entry__case", flat=True).first()
    )
    if case_id:
        return Case(pk=case_id)
    kept_id = Kept.objects.filter(sha256=one.sha256).values_list("pk", flat=True).first()
    return ("kept", kept_id) if kept_id else ("file", one.sha256)


def hindering(draft: Draft, now: datetime) -> str:
    """Why a draft may not leave with its files, and what to do; empty when it may."""
    files = list(draft.files.all())
    if not files:
        return ""
    shut = inspected.shut([file.sha256 for file in files], now)
    held = next((file for file in files if file.sha256 in shut and shut[file.sha256].state in HELD), None)
    if held is not None:
        return _("“%(name)s” is in quarantine: the virus scanner objects to it. Take it out, then send.") % {
            "name": held.name
        }
    waiting = next((file for file in files if file.sha256 in shut), None)
    if waiting is None:
        return ""
    return _(
        "The virus scanner has not looked at “%(name)s” yet. Your letter is kept: send it again in a minute, "
        "or take the file out."
    ) % {"name": waiting.name}


def held_of(digests: Iterable[str]) -> set[str]:
    """Those of these bytes that are in quarantine: they go to nobody."""
    held = Inspection.objects.filter(inspected.held_ones(), sha256__in=set(digests))
    return set(held.values_list("sha256", flat=True))


def _look_at(one: Inspection, now: datetime) -> int | None:
    """How many were settled; None when the scanner is away: there is no use in asking it about the next one."""
    try:
        return _settle(one, inspected.look(one), now)
    except FileNotFoundError:
        inspected.forget(one.sha256)
        return 1
    except clamd.Unanswered as error:
        return _put_off(one, error, now)


def _put_off(one: Inspection, error: clamd.Unanswered, now: datetime) -> int | None:
    there = inspected.answers()
    log.warning("the scanner gave no verdict", why=str(error), answers=there)
    if there and one.tries + 1 >= inspected.TRIES:
        return _settle(one, Verdict(State.UNKNOWN, inspected.UNFINISHED), now)
    inspected.try_later(one, now, counts=there)
    return 0 if there else None


def _settle(one: Inspection, verdict: Verdict, now: datetime) -> bool:
    """The verdict, what the cases say of it, and the audit log, in one transaction."""
    with transaction.atomic():
        if not inspected.settle(one, verdict, now):
            return False
        if verdict.state in HELD:
            _tell(one, verdict, now)
        return True


def _tell(one: Inspection, verdict: Verdict, now: datetime) -> None:
    files = list(_files(one))
    told, signature = _told({file.entry.case_id for file in files}), _signature(verdict)
    for file in files:
        if file.pk not in told:
            case, why = ownership.hold(file.entry.case_id), "" if signature else verdict.said
            timeline.record(case, "file.held", at=now, file=file.pk, name=file.name, signature=signature, why=why)
    raws = Letter.objects.filter(entry__in=[file.entry_id for file in files]).exclude(raw_sha256="")
    inspected.lock_in(raws.values_list("raw_sha256", flat=True), verdict.said, now)
    if verdict.state != one.state or any(file.pk not in told for file in files):
        audit.write("file.held", by=audit.THE_DESK, subject=subject_of(one), found=verdict.said)


def _signature(one: Verdict | Inspection) -> str:
    return one.said if one.state == State.FOUND else ""


def _told(case_ids: Collection[int]) -> set[int]:
    """Files of which a case says already that they are in quarantine."""
    rows = Entry.objects.filter(case__in=case_ids, kind__in=["file.held", "file.released"]).order_by("pk")
    told: set[int] = set()
    for kind, data in rows.values_list("kind", "data"):
        (told.add if kind == "file.held" else told.discard)(data.get("file"))
    return told


def _files(one: Inspection) -> Iterable[File]:
    return File.objects.filter(sha256=one.sha256).select_related("entry").order_by("entry__case", "pk")


def _raws_without_held(one: Inspection) -> list[str]:
    """Raw mails that hold this file, and no other that stays in quarantine."""
    entries = File.objects.filter(sha256=one.sha256).values("entry")
    held = Inspection.objects.filter(inspected.held_ones()).values("sha256")
    others = File.objects.filter(entry__in=entries, sha256__in=held).values("entry")
    letters = Letter.objects.filter(entry__in=entries).exclude(entry__in=others).exclude(raw_sha256="")
    return list(letters.values_list("raw_sha256", flat=True))
