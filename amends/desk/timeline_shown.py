"""The timeline as a page reads it: days, letters, lines; what is old or small is folded."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.cases.family import families
from amends.cases.models import Case, Draft, Entry
from amends.channels.models import Delivery
from amends.clock.models import Promise
from amends.desk.events_shown import EventShown, event_of, is_small
from amends.desk.files_shown import files_of
from amends.desk.letters_shown import LETTERS, LetterShown, Look, held_letter, letter_of
from amends.desk.promises_shown import act_words
from amends.kit.prepared import prepared
from amends.ui.addresses import address
from amends.ui.moments import day_name

SHOWN = 10
"""Telling entries on the page before one unfolds the earlier ones."""
NOT_WORTH_FOLDING = 2
READ = (
    *("case", "kind", "at", "actor", "channel", "data", "member__name", "customer__name"),
    *(
        "letter__reading__signals",
        "letter__reading__turn",
        "letter__reading__turned_by",
        "letter__reading__turner__name",
    ),
    *("letter__text", "letter__new_text", "letter__html", "letter__cc", "letter__raw_sha256"),
)
"""What the timeline tells of an entry; the rest of a letter, its writer and its reader stays where it is."""


@dataclass(frozen=True)
class Fold:
    """Earlier entries behind one line."""

    url: str
    line: str


@dataclass(frozen=True)
class Item:
    """One line of the list: exactly one of these is set."""

    day: str = ""
    letter: LetterShown | None = None
    event: EventShown | None = None
    small: tuple[EventShown, ...] = ()


@dataclass(frozen=True)
class TimelineShown:
    """What `desk/case/timeline.html` draws. `url` asks for the same entries and all newer ones."""

    url: str
    topic: str
    items: list[Item] = field(default_factory=list)
    fold: Fold | None = None


@dataclass(frozen=True)
class Line:
    """One entry as the list of contents knows it."""

    id: int
    at: date
    small: bool


def timeline_of(case: Case, look: Look, since: int | None = None) -> TimelineShown:
    """The newest entries, or all from entry `since` on; 0 shows everything."""
    family = list(families([case.pk]))
    lines = _contents(family)
    start = _start(lines, since)
    entries = _entries([line.id for line in lines[start:]])
    with_letters = [entry.pk for entry in entries if entry.kind in LETTERS]
    knowing = replace(look, deliveries=_deliveries(family), files=files_of(with_letters))
    if _left_meanwhile(look):
        # It is among these entries now, too, or in none of both yet: look anew.
        return timeline_of(case, replace(look), since)
    first = lines[start].id if start else 0
    url = address("case_timeline", case.pk)
    return TimelineShown(
        url=f"{url}?since={first}",
        topic=f"case-{case.pk}",
        items=[*items_of(entries, knowing), *_held(look)],
        fold=_fold(lines[:start], url) if start else None,
    )


def items_of(entries: Sequence[Entry], look: Look) -> list[Item]:
    """Entries in order → the list's lines; pure but for what is loaded with the entries."""
    lines = list(_lines(entries, look))
    for at in reversed(range(len(lines))):
        if (letter := lines[at].letter) and letter.heard:
            lines[at] = Item(letter=replace(letter, heard_key="i"))
            break
    return list(_with_days(lines, timezone.localtime(look.now).date()))


def _contents(family: list[int]) -> list[Line]:
    return [
        Line(pk, timezone.localtime(at).date(), is_small(kind, source, before))
        for pk, kind, at, source, before in _all(family)
    ]


@prepared
def _all(family: Collection[int]) -> QuerySet[Entry, tuple[int, str, datetime, str | None, object]]:
    rows = Entry.objects.filter(case__in=family).order_by("at", "pk")
    return rows.values_list("pk", "kind", "at", "data__source", "data__before")


@prepared
def _entries(ids: Collection[int]) -> QuerySet[Entry]:
    shown = Entry.objects.filter(pk__in=ids).select_related("letter__reading__turner", "member", "customer")
    return shown.only(*READ).order_by("at", "pk")


@prepared
def _on_their_way(family: Collection[int]) -> QuerySet[Delivery]:
    told = Delivery.objects.filter(entry__case__in=family)
    return told.only("entry", "state", "in_doubt", "said", "sent_at", "next_try_at", "settled_at", "settled_by")


def _start(lines: Sequence[Line], since: int | None) -> int:
    """Where the page begins: at `since`, or so that the last ten telling entries show."""
    if since is not None:
        return next((at for at, line in enumerate(lines) if line.id == since), 0)
    telling = [at for at, line in enumerate(lines) if not line.small]
    if len(telling) <= SHOWN + NOT_WORTH_FOLDING:
        return 0
    return telling[-SHOWN]


def _fold(hidden: Sequence[Line], url: str) -> Fold:
    telling = [line for line in hidden if not line.small] or list(hidden)
    words = ngettext("Show %(count)s earlier, %(days)s", "Show %(count)s earlier, %(days)s", len(telling))
    first, last = (date_format(line.at, "j F") for line in (telling[0], telling[-1]))
    days = first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}
    return Fold(f"{url}?since=0", words % {"count": len(telling), "days": days})


def _deliveries(family: list[int]) -> dict[int, Delivery]:
    return {delivery.entry_id: delivery for delivery in _on_their_way(family)}


def _left_meanwhile(look: Look) -> bool:
    held = [draft.pk for draft in look.held]
    return bool(held) and len(_still_held(held)) < len(held)


@prepared
def _still_held(draft_ids: Collection[int]) -> QuerySet[Draft, int]:
    return Draft.objects.filter(pk__in=draft_ids, hold_until__isnull=False).order_by().values_list("pk", flat=True)


def _held(look: Look) -> Iterator[Item]:
    for draft in look.held:
        yield Item(letter=held_letter(draft, look))


def _lines(entries: Sequence[Entry], look: Look) -> Iterator[Item]:
    """Small entries gather; a promise that a letter kept stands under that letter."""
    small: list[EventShown] = []
    kept = _kept_by_letters(entries)
    attached = {entry.pk for found in kept.values() for entry in found}
    for entry in entries:
        if entry.pk in attached or _said_already(entry, entries):
            continue
        if is_small(entry.kind, entry.data.get("source"), entry.data.get("before")):
            small.append(event_of(entry, look))
            continue
        if small:
            yield Item(small=tuple(small))
            small = []
        if entry.kind in LETTERS:
            name = look.case.customer.first_name
            acts = tuple(act_words(str(one.data["act"]), name) for one in kept.get(entry.pk, ()))
            yield Item(letter=letter_of(entry, look, acts))
        else:
            yield Item(event=event_of(entry, look))
    if small:
        yield Item(small=tuple(small))


def _kept_by_letters(entries: Sequence[Entry]) -> dict[int, list[Entry]]:
    """Letter → the given words it kept, written down in the same moment."""
    found: dict[int, list[Entry]] = {}
    letter: Entry | None = None
    for entry in entries:
        if entry.kind in ("contact.out", "contact.call"):
            letter = entry
        elif letter is not None and entry.at == letter.at and _is_kept_word(entry):
            found.setdefault(letter.pk, []).append(entry)
    return found


def _is_kept_word(entry: Entry) -> bool:
    data = entry.data
    return entry.kind == "promise.kept" and data.get("source") == Promise.Source.PERSON and not data.get("late")


def _said_already(entry: Entry, entries: Sequence[Entry]) -> bool:
    """A hand-over tells the new owner itself, but not the new team."""
    return (
        entry.kind == "owner.set"
        and "team" not in entry.data
        and any(other.kind == "contact.transferred" and other.at == entry.at for other in entries)
    )


def _with_days(items: Iterable[Item], today: date) -> Iterator[Item]:
    day: date | None = None
    for item in items:
        if item.letter is not None:
            at = item.letter.at
        elif item.event is not None:
            at = item.event.at
        else:
            yield item
            continue
        if (its_day := timezone.localtime(at).date()) != day:
            day = its_day
            yield Item(day=day_name(day, today))
        yield item
