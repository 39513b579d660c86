"""Pictures of a letter that lie on somebody else's server: held back until a member asks, then fetched once (S33).

Whoever asks sees them from then on; for anybody else they stay held back. No browser fetches one: it gets the bytes
that we keep.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from urllib.parse import urlsplit

from django.db import transaction

from amends.cases.models import Entry, OutsidePicture, PicturesAsked
from amends.kit import blobs, inspected, outside
from amends.kit.html import HELD
from amends.people.models import Member

_HELD_SOURCE = re.compile(rf'\bsrc="{re.escape(HELD)}([^"<>]*)"')


@dataclass(frozen=True)
class Pictures:
    """What is known of a letter's pictures elsewhere: their addresses, and of those that were fetched the rows."""

    urls: tuple[str, ...]
    rows: dict[str, OutsidePicture]
    """By the mark of the address."""
    asked_at: datetime | None
    """When the member who looks asked for them."""

    @property
    def hosts(self) -> list[str]:
        """Whose servers they lie on, each once, in the order of the letter."""
        return list(dict.fromkeys(urlsplit(url).hostname or "" for url in self.urls))

    @property
    def there(self) -> dict[str, OutsidePicture]:
        """Address → what the member may see."""
        rows = {url: self.rows.get(mark(url)) for url in self.urls if self.asked_at}
        return {url: row for url, row in rows.items() if row and row.sha256}

    @property
    def missing(self) -> list[str]:
        """Addresses that were not fetched, or in vain."""
        return [url for url in self.urls if not (row := self.rows.get(mark(url))) or not row.sha256]


def held(html: str) -> tuple[str, ...]:
    """The addresses of the pictures that clean HTML holds back, each once; pure."""
    return tuple(dict.fromkeys(unescape(found) for found in _HELD_SOURCE.findall(html)))


def mark(url: str) -> str:
    """What an address is known by."""
    return hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()


def of(entry: Entry, member: Member) -> Pictures:
    """As this member may see them."""
    urls = held(entry.letter.html)
    if not urls:
        return Pictures((), {}, None)
    rows = {row.mark: row for row in entry.outside_pictures.all()}
    asked = PicturesAsked.objects.filter(entry=entry, member=member).first()
    return Pictures(urls, rows, asked.at if asked else None)


def fetch(pictures: Pictures) -> dict[str, outside.Fetched]:
    """Those that are not here yet, from where they lie; outside of any transaction. Raises outside.BusyError."""
    return outside.fetch_all(pictures.missing) if pictures.missing else {}


def keep(entry: Entry, found: dict[str, outside.Fetched], *, by: Member, now: datetime) -> int:
    """Note that `by` asked, and keep what was found; how many pictures."""
    there = [one for one in found.values() if one.content]
    contents = [one.content for one in there]
    digests = blobs.put_all(contents)
    with transaction.atomic():
        blobs.hold(dict(zip(digests, contents, strict=True)))
        clean = {digest for digest, one in zip(digests, there, strict=True) if one.clean}
        inspected.looked_at(clean, now)
        inspected.want(set(digests) - clean, now)
        PicturesAsked.objects.get_or_create(entry=entry, member=by, defaults={"at": now})
        left = iter(digests)
        for url, one in found.items():
            said = {"sha256": next(left) if one.content else "", "why": one.why, "fetched_at": now}
            OutsidePicture.objects.update_or_create(entry=entry, mark=mark(url), defaults=said)
    return len(digests)


def asked_for(entry: Entry, one: str, member: Member) -> OutsidePicture | None:
    """The picture of that mark, if `member` asked for those of this letter."""
    if not PicturesAsked.objects.filter(entry=entry, member=member).exists():
        return None
    return OutsidePicture.objects.filter(entry=entry, mark=one).exclude(sha256="").first()
