"""Invitations and visiting cards that came with a letter, in words for its page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from amends.cases.models import File
from amends.kit import blobs, cards
from amends.ui.moments import clock_time, day_name

_TYPES = {"text/calendar", "application/ics", "text/vcard", "text/x-vcard", "text/directory", "application/vcard"}
_ENDINGS = (".ics", ".vcf", ".vcard")


@dataclass(frozen=True)
class CardShown:
    """The inputs of `ui/components/cards.html`: an icon's name, a title, and lines of plain text."""

    icon: str
    title: str
    lines: tuple[str, ...]


def of(files: Iterable[File], now: datetime) -> tuple[CardShown, ...]:
    """The cards in the files of a letter, times in the zone of `now`. A file whose bytes are gone has none."""
    found = [card for file in files if _may_hold_cards(file) for card in cards.read(_beginning(file))]
    return tuple(_shown(card, now) for card in dict.fromkeys(found[: cards.MOST_CARDS]))


def _may_hold_cards(file: File) -> bool:
    return file.content_type.lower() in _TYPES or file.name.lower().endswith(_ENDINGS)


def _beginning(file: File) -> bytes:
    try:
        with blobs.path_of(file.sha256).open("rb") as stored:
            return stored.read(cards.MOST_BYTES)
    except FileNotFoundError:
        return b""


def _shown(card: cards.Card, now: datetime) -> CardShown:
    if isinstance(card, cards.VisitingCard):
        lines = (card.organisation, ", ".join(card.phones), ", ".join(card.addresses))
        return CardShown("user-round", card.name or card.organisation, tuple(filter(None, lines)))
    title = card.title or _("An invitation")
    if card.cancelled:
        title = _("Cancelled: %(title)s") % {"title": title}
    lines = (_when(card, now), card.place, ", ".join(card.people))
    return CardShown("calendar", title, tuple(filter(None, lines)))


def _when(card: cards.Invitation, now: datetime) -> str:
    if card.start is None:
        return ""
    start, end = _here(card.start, now), _here(card.end or card.start, now)
    words = _moment(start, now)
    if end != start:
        same_day = isinstance(end, datetime) and _day(end) == _day(start)
        last = clock_time(end) if same_day and isinstance(end, datetime) else _moment(end, now)
        words = _("%(start)s to %(end)s") % {"start": words, "end": last}
    return f"{words} ({card.zone})" if card.zone else words


def _here(moment: date, now: datetime) -> date:
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        return moment
    try:
        return moment.astimezone(now.tzinfo)
    except OverflowError:
        return moment


def _moment(moment: date, now: datetime) -> str:
    day = day_name(_day(moment), now.date())
    return f"{day} {clock_time(moment)}" if isinstance(moment, datetime) else day


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
