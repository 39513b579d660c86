"""Customers' letters are read: what was done to them, how they stand to us, what turned it (C6, A191, A232).

A sweep reads the timeline forward, so that no mail waits for it. A correction of a person stands above the reader.
What is read may ask for somebody else (`rerouting`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from amends.cases import timeline
from amends.cases.models import Entry, Lesson, LetterReading
from amends.cases.risk import MOODS_THAT_LOSE
from amends.flows import rerouting
from amends.flows.following import Following
from amends.kit.rows import upsert
from amends.triage import corrections, local, turning
from amends.triage.local import Layer
from amends.triage.reader.beside import Asked, read_beside
from amends.triage.turning import Deed, Heard

BATCH = 200
"""Cases whose letters are read in one go: a process is started for each."""
RECENT = timedelta(days=30)
"""So far back letters are read whatever became of their case; older ones, which an upgrade finds, where it is open."""
SURE = 0.7
"""Certainty from which on a label can have turned a story."""
NAME = "reading"
HEARD, BLACKENED, CORRECTED = "contact.in", "letter.blackened", "reading.corrected"
NOTED = "mood.noted"
SPOKE = ("contact.out", "contact.call", "contact.transferred")
DEEDS = (*SPOKE, "promise.broken")
FIELDS = ("stance", "anger", "topic", "signals", "kudos", "turn", "turned_by", "turner_id", "at")
_follows = Following(NAME, (HEARD, BLACKENED))


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
    entries = Entry.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", "kind", "data__letter")
    read(_worth_reading({letter if kind == BLACKENED else pk for pk, kind, letter in entries}, now))
    rerouting.route_read({row.case_id for row in rows}, now)
    _follows.has_read(rows, now)
    return len(rows)


def read(letter_ids: Collection[int]) -> None:
    """Read these letters, and tell what was turned on their cases."""
    letters = {entry.pk: entry for entry in _letters(letter_ids)}
    told = read_beside([_asked(entry) for entry in letters.values() if text_of(entry).strip()])
    # Only now: what somebody corrected while they were read counts, too.
    stories, layer = _stories({letters[pk].case_id for pk in told}), _layer()
    fresh = [_reading(letters[pk], one, layer, stories[letters[pk].case_id]) for pk, one in told.items()]
    _keep(fresh, stories)
    _note_moods([(reading, letters[reading.pk]) for reading in fresh], stories)


def correct(entry: Entry, said: Mapping[str, Any]) -> None:
    """What somebody says of a reading holds at once, and for what it turned (`triage.corrections`)."""
    reading = LetterReading.objects.get(pk=entry.pk)
    reading.stance, reading.signals = corrections.applied(reading.stance, reading.signals, [said])
    stories = _stories([entry.case_id])
    _keep([reading], stories)
    _note_moods([(reading, entry)], stories)


def _note_moods(fresh: Sequence[tuple[LetterReading, Entry]], stories: Mapping[int, Sequence[Told]]) -> None:
    """Write on the timeline what of their mood the risk of loss goes by (A042, A188): where it differs from before."""
    noted: dict[int, dict[int, Sequence[str]]] = defaultdict(dict)
    for case_id, story in stories.items():
        noted[case_id] = {one.data.get("letter", 0): one.data.get("labels", ()) for one in story if one.kind == NOTED}
    events = []
    for reading, entry in sorted(fresh, key=lambda one: one[0].at):
        known = noted[entry.case_id]
        labels = [one for one in MOODS_THAT_LOSE if one in _heard(reading).labels]
        before = known.get(reading.pk, None if any(known.values()) else [])
        if before is None or list(before) != labels:
            known[reading.pk] = labels
            data = {"letter": reading.pk, "labels": labels}
            events.append(timeline.Event(entry.case, "mood.noted", reading.at, data=data))
    timeline.record_all(events)


def _keep(fresh: Sequence[LetterReading], stories: Mapping[int, Sequence[Told]]) -> None:
    """Write them down, with what each letter of their cases turned: the next one after such a letter tells another turn."""
    known = {one.pk: one for one in LetterReading.objects.filter(letter__entry__case__in=stories)}
    before = {pk: _turn_of(one) for pk, one in known.items()} | {one.pk: None for one in fresh}
    known |= {one.pk: one for one in fresh}
    for story in stories.values():
        for told in story:
            if told.pk in known:
                _tell_turn(known[told.pk], story, known)
    upsert([one for pk, one in known.items() if _turn_of(one) != before[pk]], ("letter",), FIELDS)


def _turn_of(reading: LetterReading) -> tuple[int, str, int | None]:
    return reading.turn, reading.turned_by, reading.turner_id


def text_of(entry: Entry) -> str:
    """The customer's own words, as the spans of a reading count them."""
    return entry.letter.new_text or entry.letter.text


def _asked(entry: Entry) -> Asked:
    return Asked(entry.pk, text_of(entry), entry.case.brand.name)


def _worth_reading(letter_ids: Collection[int], now: datetime) -> set[int]:
    letters = Entry.objects.filter(Q(at__gte=now - RECENT) | Q(case__closure=None), pk__in=letter_ids)
    return set(letters.values_list("pk", flat=True))


def _letters(letter_ids: Collection[int]) -> QuerySet[Entry]:
    found = Entry.objects.filter(pk__in=letter_ids, kind=HEARD, actor=Entry.Actor.CUSTOMER, letter__isnull=False)
    # Of a message that was set aside the words are the desk's own: what to do with it.
    return found.exclude(data__has_key="unreadable").select_related("letter", "case__brand")


def _stories(case_ids: Iterable[int]) -> dict[int, list[Told]]:
    """Case id → what happened on it that has to do with readings, in order."""
    story: dict[int, list[Told]] = defaultdict(list)
    found = Entry.objects.filter(case__in=list(case_ids), kind__in=(HEARD, CORRECTED, NOTED, *DEEDS))
    for row in found.order_by("at", "pk").values_list(*Told._fields):
        story[row[1]].append(Told(*row))
    return story


def _layer() -> Layer:
    """What the desk's own corrections have taught."""
    return Lesson.objects.filter(in_use=True).values_list("layer", flat=True).first() or {}


def _reading(entry: Entry, told: Mapping[str, Any], layer: Layer, story: Sequence[Told]) -> LetterReading:
    said = [one.data for one in story if one.kind == CORRECTED and one.data["letter"] == entry.pk]
    text = text_of(entry)
    learned = local.applied(layer, told["brands"][0]["signals"], text)
    stance, signals = corrections.applied(told["brands"][0]["stance"], learned, said)
    return LetterReading(
        letter_id=entry.pk,
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
