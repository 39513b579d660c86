"""The letters that a link opens: to and from this customer, nothing else of the timeline ever (S4, S5)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from amends.cases import cards
from amends.cases.models import Case, Entry, File
from amends.flows.page_links import Opened
from amends.kit import inspected, uploads
from amends.kit.models import Inspection
from amends.people.models import Identity
from amends.portal import times

LONGEST = 3000
"""Characters of one letter on the first page; everything is on the page with everything."""


@dataclass(frozen=True)
class FileShown:
    """A file of a letter, for `ui/components/letter.html`-like lists."""

    name: str
    url: str
    size: int
    held: bool


@dataclass(frozen=True)
class Shown:
    """One letter: who wrote it, when, the words they wrote."""

    id: int
    who: str
    ours: bool
    at: datetime
    when: str
    text: str
    cut: bool
    files: tuple[FileShown, ...]
    cards: tuple[cards.CardShown, ...]


def visible_ids(opened: Opened, family: Sequence[int]) -> list[int]:
    """Ids of the entries that the link opens, oldest first; two queries however many there are."""
    if opened.entry_id is not None:
        return [opened.entry_id]
    addresses = _addresses(opened.case)
    rows = (
        Entry.objects.filter(case__in=family, kind__in=["contact.in", "contact.out"], letter__isnull=False)
        .order_by("at", "pk")
        .values("pk", "kind", "customer_id", "data", "letter__to", "letter__cc")
    )
    return [row["pk"] for row in rows if _theirs(row, opened.case, addresses)]


def letters(ids: Sequence[int], token: str, now: datetime, *, whole: bool) -> list[Shown]:
    """The letters of these entries, oldest first; two queries, and one of what a scanner says where there is one."""
    entries = list(
        Entry.objects.filter(pk__in=ids)
        .select_related("letter", "member")
        .defer("letter__html")
        .prefetch_related("files")
        .order_by("at", "pk")
    )
    shut = inspected.known_shut(file.sha256 for entry in entries for file in entry.files.all())
    return [_shown(entry, token, shut, now, whole=whole) for entry in entries]


def _theirs(row: Mapping[str, Any], case: Case, addresses: Collection[str]) -> bool:
    data = row["data"]
    if row["kind"] == "contact.in":
        written_by_us = data.get("written_up_by") or data.get("unreadable")
        return row["customer_id"] == case.customer_id and not written_by_us
    to = {item.get("address", "").lower() for item in (*row["letter__to"], *row["letter__cc"])}
    return not data.get("page_link") and not to.isdisjoint(addresses)


def _addresses(case: Case) -> set[str]:
    own = Identity.objects.filter(customer=case.customer_id, kind=Identity.Kind.EMAIL)
    return set(own.values_list("value", flat=True))


def _shown(entry: Entry, token: str, shut: Mapping[str, Inspection], now: datetime, *, whole: bool) -> Shown:
    ours = entry.kind == "contact.out"
    text = entry.letter.new_text or entry.letter.text
    cut = not whole and len(text) > LONGEST
    at = entry.at.astimezone(now.tzinfo)
    return Shown(
        id=entry.pk,
        who=_who(entry) if ours else _("You"),
        ours=ours,
        at=at,
        when=times.at(at, now),
        text=text[:LONGEST].rpartition(" ")[0] + " …" if cut else text,
        cut=cut,
        files=tuple(_file(file, token, shut.get(file.sha256)) for file in entry.files.all()),
        cards=cards.of((file for file in entry.files.all() if file.sha256 not in shut), now),
    )


def _who(entry: Entry) -> str:
    return entry.member.first_name if entry.member else entry.letter.sender.get("name", "")


def _file(file: File, token: str, shut: Inspection | None) -> FileShown:
    name = uploads.safe_name(file.name)
    held = shut is not None and shut.state in inspected.HELD
    return FileShown(name, reverse("case_page_file", args=[token, file.pk, name]), file.size, held)
