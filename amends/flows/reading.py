"""Customers' letters are read: what was done to them, how they stand to us, what turned it (C6, A191, A232).

A sweep reads the timeline forward, so that no mail waits for it. A correction of a person stands above the reader.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from amends.cases.models import Entry, Lesson, LetterReading
from amends.flows.following import Following
from amends.kit.rows import upsert
from amends.triage import corrections, local, turning
from amends.triage.local import Layer
from amends.triage.reader.beside import Asked, read_beside
from amends.triage.reader.labels import LABELS
from amends.triage.turning import Deed, Heard

BATCH = 200
"""Cases whose letters are read in one go: a process is started for each."""
RECENT = timedelta(days=30)
"""So far back letters are read whatever became of their case; older ones, which an upgrade finds, where it is open."""
VERSION = "1"
SURE = 0.7
"""Certainty from which on a label can have turned a story."""
HEARD, BLACKENED, CORRECTED = "contact.in", "letter.blackened", "reading.corrected"
SPOKE = ("contact.out", "contact.call", "contact.transferred")
DEEDS = (*SPOKE, "promise.broken")
FIELDS = ("version", "stance", "anger", "topic", "signals", "kudos", "turn", "turned_by", "turner_id", "at")
FELT = {name: (str(one.polarity), one.felt) for name, one in LABELS.items()}
"""Label → polarity and strength."""
_follows = Following("reading", (HEARD, BLACKENED))


class Told(NamedTuple):
    """An entry of a case whose letters are read."""

    pk: int
    case_id: int
    kind: str
    at: datetime
    member_id: int | None
    data: Mapping[str, Any]


def read_new(now: datetime) -> int:
    """Read the letters that came since the last look; how many entries were looked at."""
    rows = _follows.unread(BATCH)
    if rows:
        cases, fresh = {row.case_id for row in rows}, {row.pk for row in rows}
        story = _stories(cases)
        letters = {_letter_of(told) for case in cases for told in story[case] if told.pk in fresh}
        read(_worth_reading(letters, now), story)
    _follows.has_read(rows, now)
    return len(rows)


def correct(letter_id: int, said: Mapping[str, Any]) -> None:
    """What somebody says of a reading holds at once, and for what it turned (`triage.corrections`)."""
    reading = LetterReading.objects.select_related("letter__entry").get(pk=letter_id)
    reading.stance, reading.signals = corrections.applied(reading.stance, reading.signals, [said])
    case_id = reading.letter.entry.case_id
    known = {one.pk: one for one in LetterReading.objects.filter(letter__entry__case=case_id)} | {letter_id: reading}
    _tell_turn(reading, _stories([case_id])[case_id], known)
    reading.save()


def read(letter_ids: Collection[int], story: Mapping[int, Sequence[Told]]) -> None:
    """Read these letters, and tell what each of them turned. `story`: what happened on their cases."""
    letters = {entry.pk: entry for entry in _letters(letter_ids)}
    told = read_beside([_asked(entry) for entry in letters.values() if text_of(entry).strip()])
    before = {one.pk: one for one in LetterReading.objects.filter(letter__entry__case__in=story)}
    layer = _layer()
    fresh = [_reading(letters[pk], one, layer, story[letters[pk].case_id]) for pk, one in told.items()]
    known = before | {one.pk: one for one in fresh}
    for one in fresh:
        _tell_turn(one, story[letters[one.pk].case_id], known)
    upsert(fresh, ("letter",), FIELDS)


def text_of(entry: Entry) -> str:
    """The customer's own words, as the spans of a reading count them."""
    return entry.letter.new_text or entry.letter.text


def _asked(entry: Entry) -> Asked:
    return Asked(entry.pk, text_of(entry), entry.case.brand.name)


def _letter_of(told: Told) -> int:
    return int(told.data.get("letter") or told.pk) if told.kind == BLACKENED else told.pk


def _worth_reading(letter_ids: Collection[int], now: datetime) -> set[int]:
    letters = Entry.objects.filter(Q(at__gte=now - RECENT) | Q(case__closure=None), pk__in=letter_ids)
    return set(letters.values_list("pk", flat=True))


def _letters(letter_ids: Collection[int]) -> QuerySet[Entry]:
    found = Entry.objects.filter(pk__in=letter_ids, kind=HEARD, actor=Entry.Actor.CUSTOMER, letter__isnull=False)
    return found.select_related("letter", "case__brand")


def _stories(case_ids: Iterable[int]) -> dict[int, list[Told]]:
    """Case id → what happened on it that has to do with readings, in order."""
    story: dict[int, list[Told]] = defaultdict(list)
    found = Entry.objects.filter(case__in=list(case_ids), kind__in=(HEARD, BLACKENED, CORRECTED, *DEEDS))
    for row in found.order_by("at", "pk").values_list(*Told._fields):
        story[row[1]].append(Told(*row))
    return story


def _layer() -> Layer:
    """What the desk's own corrections have taught."""
    return Lesson.objects.filter(in_use=True).values_list("layer", flat=True).first() or {}


def _reading(entry: Entry, told: Mapping[str, Any], layer: Layer, story: Sequence[Told]) -> LetterReading:
    said = [one.data for one in story if one.kind == CORRECTED and one.data["letter"] == entry.pk]
    text = text_of(entry)
    learned = local.applied(layer, told["brands"][0]["signals"], text, FELT)
    stance, signals = corrections.applied(told["brands"][0]["stance"], learned, said)
    return LetterReading(
        letter_id=entry.pk,
        version=VERSION,
        stance=stance,
        anger=told["anger"],
        topic=told["topic"],
        signals=signals,
        kudos=[[at, at + len(name)] for name in told["kudos"] if (at := text.find(name)) >= 0],
        at=entry.at,
    )


def _tell_turn(reading: LetterReading, story: Sequence[Told], known: Mapping[int, LetterReading]) -> None:
    earlier = [known[one.pk] for one in story if one.pk in known and one.at < reading.at]
    before = _heard(earlier[-1]) if earlier else None
    since = before.at if before else reading.at
    between = [_deed(one) for one in story if one.kind in DEEDS and since <= one.at < reading.at]
    found = turning.turn(before, _heard(reading), between)
    reading.turn, reading.turned_by, reading.turner_id = found.side, found.by, found.member_id


def _heard(reading: LetterReading) -> Heard:
    sure = (one for one in reading.signals if one["time"] == "happened" and one["certainty"] >= SURE)
    labels = frozenset(one["label"] for one in sure)
    return Heard(reading.at, reading.stance, reading.anger, labels)


def _deed(told: Told) -> Deed:
    by_hand = told.kind in SPOKE and told.data.get("human") is not False
    return Deed(told.at, told.kind, told.member_id if by_hand else None)
