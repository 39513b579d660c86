"""Keep what was heard: bytes and row are durable before anything is acknowledged (reliability §4.1)."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from amends.cases.models import Unneeded
from amends.channels.models import Account, Kept
from amends.channels.personal import marked_hash, marked_id
from amends.kit import blobs, disk, erasures, wake

_TRACE = re.compile(rb"^(?:received|return-path|delivered-to|x-[^:]*|authentication-results|arc-[^:]*)$", re.I)
_MESSAGE_ID = re.compile(rb"^message-id:[ \t]*(?:\r?\n[ \t]+)?(<[^\r\n<>\x00]{1,250}>)", re.I | re.M)
HEADER_MOST = 256 * 1024


def keep(
    account: Account,
    raw: bytes,
    *,
    source: str,
    now: datetime,
    cut: bool = False,
    size: int | None = None,
) -> Kept:
    """Store a raw message and return its row; a copy of one that we have returns the first row.

    After this returns, the caller may tell the other side that we have it. Raises kit.disk.NoRoom: it does not.
    """
    disk.want_room()
    digest = blobs.put(raw)
    message_id = message_id_of(raw)
    key = {"account": account, "message_id": message_id, "canonical": canonical(raw)}
    known = Kept.objects.filter(**key).first() or _erased(key, digest)
    if known is not None:
        return known
    try:
        with transaction.atomic():
            kept = Kept.objects.create(
                **key,
                sha256=digest,
                size=len(raw) if size is None else size,
                cut=cut,
                source=source[:120],
                kept_at=now,
            )
            wake.nudge()
    except IntegrityError:  # another process kept its copy a moment ago
        return Kept.objects.get(**key)
    return kept


def _erased(key: dict[str, Any], digest: str) -> Kept | None:
    """A copy of a mail whose person was erased: it was had, and is not taken again."""
    if not erasures.any_yet():
        return None
    marks = {"message_id": marked_id(key["message_id"]), "canonical": marked_hash(key["canonical"])}
    known = Kept.objects.filter(account=key["account"], **marks).first()
    if known is not None:  # the copy lies on disk by now, and nobody may have it
        Unneeded.objects.bulk_create([Unneeded(sha256=digest)], ignore_conflicts=True)
    return known


def channel_of(account: Account) -> str:
    """The channel's name on the timeline: every kind of mailbox is mail."""
    return "form" if account.kind == Account.Kind.WEBFORM else "email"


def message_id_of(raw: bytes) -> str:
    """The Message-ID in the header, or an empty string when there is none that a database takes. Never raises."""
    found = _MESSAGE_ID.search(header_of(raw))
    return found.group(1).decode("ascii", "replace")[:255] if found else ""


def canonical(raw: bytes) -> str:
    """SHA-256 of what every copy of a message shares: trace headers differ from mailbox to mailbox."""
    header = header_of(raw)
    body = raw[len(header) :]
    lines = re.sub(rb"\r?\n[ \t]+", b" ", header).split(b"\n")
    shared = sorted(line.strip() for line in lines if line.strip() and not _TRACE.match(line.split(b":", 1)[0].strip()))
    digest = hashlib.sha256(b"\n".join(shared))
    digest.update(b"\n\n" + body.replace(b"\r\n", b"\n").strip())
    return digest.hexdigest()


def header_of(raw: bytes) -> bytes:
    """The header as sent, at most `HEADER_MOST` of it."""
    ends = [end for end in (raw.find(b"\n\n"), raw.find(b"\n\r\n")) if end >= 0]
    return raw[: min(ends, default=HEADER_MOST)][:HEADER_MOST]
