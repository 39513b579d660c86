"""What must be true after a restart and a rest, whatever was killed (reliability §4.3). Each finding is a sentence."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count, Q

from amends.cases.models import Case, Closure, Draft, DraftFile, Entry, File, Letter, NextStep, OutsidePicture
from amends.channels.models import Attempt, Delivery, Kept
from amends.clock import promises
from amends.clock.models import Promise
from amends.people.models import Notice
from amends.people.permissions import actors_of, can
from tests.faults.journal import Line
from tests.faults.ledger import TOKEN, Ledger

IN_DOUBT = Q(ended_at=None) | Q(said__contains="may have arrived") | Q(said__startswith="It was cut off")
"""Tries of which nobody knows how far they came."""


def broken(ledger: Ledger, arrived: list[Line]) -> list[str]:
    """Every invariant that does not hold, in words; none when all is well."""
    return [
        *_mails(ledger),
        *_letters(ledger, arrived),
        *_deeds(ledger),
        *_timeline(),
        *_law(),
        *_storage(),
        *_files(),
        *_leases(),
    ]


def _mails(ledger: Ledger) -> Iterator[str]:
    """I1, I2: what was acknowledged is one row, and so is what was offered again. And each is on a timeline once."""
    rows = Counter(Kept.objects.values_list("sha256", flat=True))
    for mail in ledger.mails.values():
        if mail.acked and rows[mail.sha256] != 1:
            yield f"I1 mail {mail.n} was acknowledged and is {rows[mail.sha256]} rows"
        if not mail.acked:
            yield f"I2 mail {mail.n} was offered until the end and never acknowledged"
    for kept in Kept.objects.filter(state=Kept.State.WAITING):
        yield f"I2 {kept} still waits after the rest: {kept.reason}"
    for kept in Kept.objects.filter(state=Kept.State.TAKEN, entry=None):
        yield f"I2 {kept} counts as taken in and is on no timeline"
    told = Counter(Kept.objects.exclude(entry=None).values_list("entry_id", flat=True))
    yield from (f"I2 entry {entry} is told by {count} mails" for entry, count in told.items() if count > 1)
    heard = Entry.objects.filter(kind="contact.in", channel="email")
    copies = heard.filter(data__has_key="split_from_entry").count()
    aside = Kept.objects.exclude(aside=None).count()
    if heard.count() - copies - aside != len(told):
        yield f"I2 {heard.count() - copies} messages on timelines, but {len(told)} mails"


def _told(told: Collection[str], copies: Mapping[str, int]) -> Iterator[str]:
    """I3: what members are told by mail is a row of its own, and comes no more often than it was tried."""
    for message_id in told:
        notice = Notice.objects.filter(pk=int(message_id.split(".")[1])).first()
        if notice is None or copies[message_id] > notice.tries:
            yield f"I3 {message_id} arrived {copies[message_id]} times, tried {notice.tries if notice else 0} times"


def _letters(ledger: Ledger, arrived: list[Line]) -> Iterator[str]:
    """I3: one row and one Message-ID for each reply; more copies only where a try was in doubt."""
    rows: dict[str, list[Delivery]] = {}
    for delivery in Delivery.objects.select_related("entry__letter"):
        for token in _replies(_tokens(delivery.entry.letter.new_text)):
            rows.setdefault(token, []).append(delivery)
    for token, found in rows.items():
        if len(found) != 1:
            yield f"I3 {token} has {len(found)} rows in the outbox"
    for token in ledger.said - ledger.taken_back:
        if token not in rows and not Draft.objects.filter(text__contains=token).exists():
            yield f"I3 {token} was sent and is gone"
    ids: dict[str, set[str]] = {}
    for letter in arrived:
        for token in _replies(letter["tokens"]):
            ids.setdefault(token, set()).add(letter["id"])
    for token, different in ids.items():
        if len(different) > 1:
            yield f"I3 {token} arrived under {len(different)} Message-IDs"
    copies = Counter(letter["id"] for letter in arrived)
    known = {delivery.message_id: delivery for delivery in Delivery.objects.all()}
    told = {message_id for message_id in copies if message_id.startswith("<notice.")}
    yield from _told(told, copies)
    for message_id in copies.keys() - known.keys() - told:
        yield f"I3 {message_id} arrived, but the outbox knows no such letter"
    for message_id, delivery in known.items():
        yield from _copies(delivery, copies[message_id])


def _copies(delivery: Delivery, count: int) -> Iterator[str]:
    doubts = delivery.attempts.filter(IN_DOUBT).count()
    if delivery.state == Delivery.State.WAITING:
        yield f"I3 {delivery} still waits after the rest: {delivery.said}"
    if delivery.state == Delivery.State.SENT and not count:
        yield f"I3 {delivery} counts as sent and never arrived"
    if count > 1 + doubts:
        yield f"I3 {delivery} arrived {count} times, and only {doubts} tries were in doubt"
    if count > 1 and not delivery.in_doubt:
        yield f"I3 {delivery} arrived {count} times and is not marked"


def _deeds(ledger: Ledger) -> Iterator[str]:
    """What was answered has happened once; what was not, once at most."""
    found = Counter(token for text in _written() for token in _tokens(text))
    for token, answered in ledger.deeds.items():
        if found[token] > 1 or (answered and not found[token]):
            yield f"I5 {token} was {'answered' if answered else 'asked for'} and is there {found[token]} times"


def _written() -> Iterator[str]:
    for kind in ("note.written", "contact.transferred"):
        yield from Letter.objects.filter(entry__kind=kind).values_list("new_text", flat=True)
    closed = Entry.objects.filter(kind__in=["case.closed", "case.reopened", "case.opened"])
    yield from (str(data) for data in closed.values_list("data", flat=True))


def _timeline() -> Iterator[str]:
    """I5: every state has its entry, and every entry its state."""
    last_owner: dict[int, Any] = {}
    last_end: dict[int, str] = {}
    for entry in Entry.objects.filter(kind__in=["owner.set", "case.closed", "case.reopened", "case.merged"]):
        if entry.kind == "owner.set":
            last_owner[entry.case_id] = entry.data["owner"]
        elif entry.kind != "case.merged":
            last_end[entry.case_id] = entry.kind
        elif "into" in entry.data:
            last_end[entry.case_id] = f"into {entry.data['into']}"
    closed = set(Closure.objects.values_list("case_id", flat=True))
    for case in Case.objects.all():
        if last_owner.get(case.pk) != case.owner_id:
            yield f"I5 {case.pk} belongs to {case.owner_id}, its timeline says {last_owner.get(case.pk)}"
        merged = f"into {case.merged_into_id}" if case.merged_into_id else ""
        state = merged or ("case.closed" if case.pk in closed else "")
        said = last_end.get(case.pk, "").replace("case.reopened", "")
        if state != said:
            yield f"I5 {case.pk} is {state or 'open'}, its timeline says {said or 'open'}"
    yield from _promises_told()
    for letter in Entry.objects.filter(kind="contact.out", delivery=None):
        yield f"I5 the letter {letter.pk} was said and is not in the outbox"


def _promises_told() -> Iterator[str]:
    told: Counter[tuple[str, int]] = Counter()
    for kind, data in Entry.objects.filter(kind__startswith="promise.").values_list("kind", "data"):
        told[kind, data["promise"]] += 1
    moved_to = set(Promise.objects.exclude(moved_to=None).values_list("moved_to", flat=True))
    for one in Promise.objects.all():
        states = {
            "promise.made": None if one.pk in moved_to else one.made_at,
            "promise.kept": one.kept_at,
            "promise.broken": one.broken_at,
            "promise.released": one.released_at,
            "promise.rescheduled": one.moved_at,
        }
        for kind, at in states.items():
            if told[kind, one.pk] != (at is not None):
                yield f"I5 {kind} of {one.pk} is told {told[kind, one.pk]} times, its time is {at}"


def _law() -> Iterator[str]:
    """Laws 1 and 2: an open case owes one thing, and one person who can has its step."""
    actors = actors_of(set(NextStep.objects.values_list("who_id", flat=True)))
    steps = {step.case_id: step for step in NextStep.objects.all()}
    closed = set(Closure.objects.values_list("case_id", flat=True))
    earliest: dict[int, Promise] = {}
    for one in Promise.objects.filter(**promises.OWED).order_by("-due", "-pk"):
        earliest[one.case_id] = one
    for case in Case.objects.all():
        step = steps.get(case.pk)
        if case.merged_into_id or case.pk in closed:
            if step is not None and step.kind != NextStep.Kind.REACH:
                yield f"law 1: {case.pk} has ended and has a step"
            continue
        owed = earliest.get(case.pk)
        if step is None or owed is None:
            yield f"laws 1, 2: {case.pk} is open and has {step and 'a'} step and owes {owed}"
        elif step.promise_id != owed.pk or not can(actors[step.who_id], "case.reply", case.brand_id):
            yield f"law 1: {case.pk}'s step is not for its earliest promise, or its person cannot act"


def _storage() -> Iterator[str]:
    """I6: the database is whole."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA integrity_check")
            if (said := [row[0] for row in cursor.fetchall()]) != ["ok"]:
                yield f"I6 integrity_check: {said}"
            cursor.execute("PRAGMA foreign_key_check")
            yield from (f"I6 foreign_key_check: {row}" for row in cursor.fetchall())
            return
        cursor.execute("CREATE EXTENSION IF NOT EXISTS amcheck")
        cursor.execute(
            "SELECT bt_index_check(c.oid, true) FROM pg_class c JOIN pg_am a ON a.oid = c.relam "
            "JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE a.amname = 'btree' AND c.relkind = 'i' AND n.nspname = 'public'"
        )
    for index in Kept.objects.values("account", "message_id", "canonical").annotate(n=Count("pk")).filter(n__gt=1):
        yield f"I6 {index} is there more than once"


def without_files() -> list[str]:
    """I6, at any moment: no row without its file."""
    return [f"I6 {name} has a row and no file" for name in _wanted() - _there().keys()]


def _wanted() -> set[str]:
    return {
        *Kept.objects.values_list("sha256", flat=True),
        *File.objects.values_list("sha256", flat=True),
        *DraftFile.objects.values_list("sha256", flat=True),
        *OutsidePicture.objects.exclude(sha256="").values_list("sha256", flat=True),
        *Letter.objects.exclude(raw_sha256="").values_list("raw_sha256", flat=True),
    }


def _there() -> dict[str, Path]:
    return {path.name: path for path in Path(settings.BLOBS_DIR).rglob("*") if path.is_file()}


def _files() -> Iterator[str]:
    """I6: and a file without a row is one that a sweep may take."""
    yield from without_files()
    wanted = _wanted()
    for name, path in _there().items():
        if name.startswith(".new-") and path.parent.name != "unfinished":
            yield f"I6 {name} is half written where no sweep finds it"
        whole = not name.startswith(".new-") and hashlib.sha256(path.read_bytes()).hexdigest() == name
        if not whole and not name.startswith(".new-"):
            yield f"I6 {name} does not hold what its name says"
        if whole and name not in wanted:
            yield f"I6 {name} has a file and no row, though all was offered again"


def _leases() -> Iterator[str]:
    """I7: nobody holds anything, and what a dead process began is told."""
    for delivery in Delivery.objects.exclude(claimed_until=None):
        yield f"I7 {delivery} is claimed until {delivery.claimed_until} after the rest"
    for trying in Attempt.objects.filter(ended_at=None, delivery__in_doubt=False):
        yield f"I7 a try of {trying.delivery_id} has no end, and its letter is not in doubt"


def _replies(tokens: Iterable[str]) -> list[str]:
    """What people answered: the token of a case's title stands in every letter that names the case."""
    return [token for token in tokens if token.startswith("reply-")]


def _tokens(text: str) -> set[str]:
    return set(TOKEN.findall(text))


def waiting() -> bool:
    """Whether anything waits for its time."""
    return (
        Kept.objects.filter(state=Kept.State.WAITING).exists()
        or Delivery.objects.filter(state=Delivery.State.WAITING).exists()
        or Draft.objects.exclude(hold_until=None).exists()
    )
