"""Write on the timeline, and read it. Nothing else ever writes an entry."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KeyTransform
from django.utils import timezone

from amends.cases import search
from amends.cases.models import Case, Entry, File, Letter, MessageId
from amends.cases.outcome import ELSEWHERE
from amends.kit import blobs, inspected, wake
from amends.kit.prepared import prepared
from amends.kit.rows import insert, insert_new
from amends.people.models import Customer, Member

KINDS = {
    "case.opened": "A case began.",
    "case.closed": "It ended, with a reason.",
    "case.reopened": "It began again.",
    "case.merged": "Another case was taken in, or this one went into another.",
    "case.split": "A part became a case of its own.",
    "case.retitled": "It has another title.",
    "contact.in": "A customer said something.",
    "contact.out": "A person here said something to a customer.",
    "contact.failed": "A letter of ours did not arrive.",
    "contact.doubtful": "Nobody can say whether a letter of ours left.",
    "contact.settled": "Somebody decided what becomes of a letter that did not arrive.",
    "contact.held": "The desk did not write by itself: somebody had such a note already, or a machine answers machines.",
    "contact.call": "A call was written up.",
    "contact.tried": "We rang, and nobody answered.",
    "coach.moment": "A letter waited a moment before it may leave, because it quarrels or answers rage poorly: until when.",
    "coach.second_asked": "A letter blames or insults: a second person is asked to read it before it leaves.",
    "coach.released": "A second person has read such a letter and lets it go.",
    "coach.nobody_reads": "Nobody else was at work to read such a letter: it may leave with a reason alone.",
    "note.written": "A note that only we see.",
    "owner.set": "The case has another owner.",
    "contact.transferred": "Handed over with a summary.",
    "step.set": "The next step: who, what, by when.",
    "step.done": "A step was done.",
    "step.moved": "A step waits for a later time, with a reason.",
    "promise.made": "Something is owed.",
    "promise.acknowledged": "A partner said yes.",
    "promise.tried": "A call that was promised reached nobody.",
    "promise.attempted": "It was tried as promised, in vain; a new window is offered.",
    "promise.kept": "It was done.",
    "promise.broken": "Its time passed.",
    "promise.rescheduled": "It has another time.",
    "promise.recounted": "Its clock was counted anew: what it is counted by has changed.",
    "promise.taken_over": "Whoever promised it is away; somebody else keeps it.",
    "promise.released": "The customer lets us off.",
    "complaint.returned": "It was said that it is not right, or not right again; as what kind, and where.",
    "escalated": "It came to a higher rung: why, who joined, by when they decide.",
    "rung.joined": "Somebody joined a rung on which nobody stood.",
    "rung.read": "Whoever joined has read it.",
    "rung.decided": "Whoever joined decided.",
    "rung.missed": "A rung's clock ran out.",
    "deescalated": "It left a rung, with a reason.",
    "offer.made": "What would make it right was offered.",
    "offer.accepted": "The customer said yes to it.",
    "offer.rejected": "The customer said no to it.",
    "offer.countered": "The customer asked for something else.",
    "offer.silent": "Nobody answered an offer in its time: a person calls.",
    "status.silent": "Nobody has told the customer how it stands in its time: somebody does.",
    "contract.ended": "The customer ended the contract, or said goodbye.",
    "chargeback": "The customer had their bank take the money back.",
    "external_case.opened": "It went to an ombudsman, a regulator or a court.",
    "kudos.given": "The customer praised us, or somebody here, to others.",
    "thanks.passed_on": "A colleague heard of the customer's thanks.",
    "case.matter_set": "What it is about, how grave it is, for which occasion, who may see it.",
    "abuse.warned": "The customer was asked to treat the people here as people.",
    "abuse.paused": "Nobody must answer for a while; what comes in is kept.",
    "abuse.resumed": "Answers are owed again.",
    "abuse.joined": "A second person stands by.",
    "case.severity": "How grave it is was judged anew.",
    "case.occasion": "It must be right for a day: which, or none any more.",
    "case.erased": "What was said on it is gone; why, and that it was there, stays.",
    "file.held": "The scanner says that a file is harmful, or could not look at it: nobody can open it.",
    "file.released": "An admin lets such a file be opened after all.",
    "letter.blackened": "Words of a letter went for good; who, when and why, never what.",
    "suggestion.asked": "Words of the case went to a connector for a suggestion: who asked, whom, for what.",
    "suggestion.taken": "Somebody took a suggestion over into a draft of theirs.",
    "mood.noted": "What a letter tells of its writer's mood, where the risk of loss goes by it; read, or corrected.",
    "reading.corrected": "Somebody said what a letter says, or does not say, where it was read wrongly.",
    "page.taken_back": "Links to the case page that were given out before open nothing any more.",
}
"""Kinds of entries in use, after the service model C0.2."""

TALK = ("contact.in", "contact.out", "contact.call", "step.done")
"""Kinds that tell whose turn it is."""


class KindError(ValueError):
    """The kind is not in KINDS."""


@dataclass(frozen=True)
class Words:
    """What goes into the letter of an entry."""

    new_text: str
    text: str = ""
    html: str = ""
    subject: str = ""
    sender: dict[str, str] = field(default_factory=dict)
    to: Sequence[dict[str, str]] = ()
    cc: Sequence[dict[str, str]] = ()
    message_id: str = ""
    in_reply_to: str = ""
    raw_sha256: str = ""
    folded: str | None = None
    """`new_text` as the search wants it (`kit.folding`), where somebody has folded it already."""


@dataclass(frozen=True)
class Enclosure:
    """A file for an entry; its bytes are in `kit.blobs` already."""

    name: str
    content_type: str
    size: int
    sha256: str
    inline: bool = False
    content_id: str = ""

    @classmethod
    def of(cls, name: str, content_type: str, content: bytes) -> Enclosure:
        """Keep `content` and describe it."""
        return cls(name, content_type, len(content), blobs.put(content))


@dataclass(frozen=True)
class Event:
    """One thing to write down. `by` None means the desk itself; `data` must be JSON."""

    case: Case
    kind: str
    at: datetime
    by: Member | Customer | None = None
    channel: str = ""
    words: Words | None = None
    files: Sequence[Enclosure] = ()
    data: dict[str, Any] = field(default_factory=dict)


def record(
    case: Case,
    kind: str,
    *,
    at: datetime,
    by: Member | Customer | None = None,
    channel: str = "",
    words: Words | None = None,
    files: Sequence[Enclosure] = (),
    **data: Any,
) -> Entry:
    """Append one entry to the case, in the caller's transaction. Raises KindError for an unknown kind."""
    (entry,) = record_all([Event(case, kind, at, by, channel, words, files, data)])
    return entry


def began_by(case: Case) -> str:
    """The channel of the case's first entry; empty when it came by none."""
    opened = Entry.objects.filter(case=case, kind="case.opened").order_by("pk")
    return opened.values_list("channel", flat=True).first() or ""


def record_all(events: Sequence[Event]) -> list[Entry]:
    """Append many entries, in this order, in as many statements as for one. Raises KindError."""
    for event in events:
        if event.kind not in KINDS:
            raise KindError(f"{event.kind!r} is not a kind of entry; see cases.timeline.KINDS.")
    recorded_at = timezone.now()
    entries = insert(
        Entry(
            case=event.case,
            kind=event.kind,
            at=event.at,
            recorded_at=recorded_at,
            channel=event.channel,
            data=event.data,
            **_actor(event.by),
        )
        for event in events
    )
    written = list(zip(entries, events, strict=True))
    _write_letters([(entry, event.words) for entry, event in written if event.words is not None])
    files = [File(entry=entry, **vars(one)) for entry, event in written for one in event.files]
    if files:
        insert(files)
        inspected.want([file.sha256 for file in files], recorded_at)
    if entries:
        wake.nudge()
    return entries


def entries_of(case: Case) -> Sequence[Entry]:
    """The whole timeline with letters, files and names, oldest first, in three queries."""
    return list(
        Entry.objects.filter(case=case)
        .select_related("letter", "member", "customer")
        .prefetch_related("files")
        .order_by("at", "pk")
    )


@dataclass(frozen=True)
class Spoken:
    """That something was said or done, without its words."""

    entry_id: int
    kind: str
    at: datetime
    channel: str
    by_member: bool
    unreadable: bool
    thanks: bool = False
    """Says thank you and nothing else."""
    elsewhere: bool = False
    """Went to others than the customer."""


def talk_on(case_ids: Iterable[int]) -> dict[int, list[Spoken]]:
    """Case id → what was said and done there, in the order of the timeline: whose turn it is. One query."""
    found: dict[int, list[Spoken]] = {case_id: [] for case_id in case_ids}
    for row in _talk(list(found)):
        case_id, entry_id, kind, at, channel, actor, unreadable, thanks, elsewhere = row
        by_member = actor == Entry.Actor.MEMBER
        said = Spoken(entry_id, kind, at, channel, by_member, unreadable is not None, bool(thanks), bool(elsewhere))
        found[case_id].append(said)
    return found


def last_letter(case: Case, kind: str) -> Letter | None:
    """The newest letter of a kind (``contact.in`` or ``contact.out``) on the case."""
    return last_letters([case.pk], kind).get(case.pk)


def last_letters(case_ids: Iterable[int], kind: str) -> dict[int, Letter]:
    """Case id → its newest letter of a kind, for many cases in two queries."""
    letters = letters_of(newest_letters(case_ids, kind).values())
    return {letter.entry.case_id: letter for letter in letters}


def newest_letters(case_ids: Iterable[int], kind: str) -> dict[int, int]:
    """Case id → the entry of its newest letter of a kind, without reading it."""
    return dict(_newest(list(case_ids), kind))


def letters_of(entry_ids: Iterable[int]) -> Sequence[Letter]:
    """The letters of these entries."""
    return _letters(list(entry_ids))


@prepared
def _talk(case_ids: Collection[int]) -> QuerySet[Entry, tuple[Any, ...]]:
    rows = Entry.objects.filter(case__in=case_ids, kind__in=TALK).order_by("pk")
    # Not "data__unreadable": Django would keep whoever asks, with all that they hold, in a circle of its own.
    facts = [KeyTransform(name, "data") for name in ("unreadable", "thanks", ELSEWHERE)]
    return rows.values_list("case", "pk", "kind", "at", "channel", "actor", *facts)


@prepared
def _newest(case_ids: Collection[int], kind: str) -> QuerySet[Case, tuple[int, int]]:
    newest = Entry.objects.filter(case=OuterRef("pk"), kind=kind, letter__isnull=False).order_by("-at", "-pk")
    chosen = Case.objects.filter(pk__in=case_ids).annotate(newest=Subquery(newest.values("pk")[:1]))
    return chosen.exclude(newest=None).values_list("pk", "newest")


@prepared
def _letters(entry_ids: Collection[int]) -> QuerySet[Letter]:
    return Letter.objects.select_related("entry").filter(pk__in=entry_ids)


def _actor(by: Member | Customer | None) -> dict[str, Any]:
    if isinstance(by, Member):
        return {"actor": Entry.Actor.MEMBER, "member": by}
    if isinstance(by, Customer):
        return {"actor": Entry.Actor.CUSTOMER, "customer": by}
    return {"actor": Entry.Actor.SYSTEM}


def _write_letters(written: Sequence[tuple[Entry, Words]]) -> None:
    if not written:
        return
    letters = insert(_letter(entry, words) for entry, words in written)
    named = [(entry, words.message_id) for entry, words in written if words.message_id]
    if named:
        insert_new(
            (
                MessageId(value=value[:255], case_id=entry.case_id, ours=entry.kind == "contact.out")
                for entry, value in named
            ),
            ["value", "case_id"],
        )
    search.add_letters(letters, {entry.pk: words.folded for entry, words in written if words.folded is not None})


def _letter(entry: Entry, words: Words) -> Letter:
    parts = {**vars(words), "to": list(words.to), "cc": list(words.cc)}
    return Letter(entry=entry, **{key: _storable(value) for key, value in parts.items() if key != "folded"})


def _storable(value: Any) -> Any:
    """PostgreSQL keeps no NUL in text."""
    return value.replace("\x00", "") if isinstance(value, str) else value
