"""Keep what was heard: bytes and row are durable before anything is acknowledged (reliability §4.1)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Q, QuerySet, Value
from django.db.models.functions import Concat

from amends.cases import unneeded
from amends.channels.email.limits import with_line_feeds
from amends.channels.models import Account, Kept
from amends.channels.personal import marked_hash, marked_id
from amends.kit import blobs, disk, drift, erasures, wake
from amends.kit.rows import insert_new, set_each

_TRACE = re.compile(rb"^(?:received|return-path|delivered-to|x-[^:]*|authentication-results|arc-[^:]*)$", re.I)
_MESSAGE_ID = re.compile(rb"^message-id:[ \t]*(?:\r?\n[ \t]+)?(<[^\r\n<>\x00]{1,250}>)", re.I | re.M)
HEADER_MOST = 256 * 1024
LEASE = timedelta(minutes=1)
"""No message waits longer than this for its next try, either."""


@dataclass(frozen=True)
class Offered:
    """A raw message that somebody wants us to have. `cut`: only its header; `size` is then that of the whole."""

    raw: bytes
    source: str
    cut: bool = False
    size: int | None = None


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
    (kept,) = keep_all(account, [Offered(raw, source, cut, size)], now=now)
    return kept


def keep_all(account: Account, offered: Sequence[Offered], *, now: datetime) -> list[Kept]:
    """Store many and return their rows, in order; all of them are durable then, in one transaction.

    Raises kit.disk.NoRoom as `keep` does.
    """
    disk.want_room()
    digests = blobs.put_all([one.raw for one in offered])
    keys = [key_of(one.raw, digest) for one, digest in zip(offered, digests, strict=True)]
    rows = {
        key: Kept(
            account=account,
            message_id=key[0],
            canonical=key[1],
            sha256=digest,
            size=len(one.raw) if one.size is None else one.size,
            cut=one.cut,
            source=one.source[:120],
            kept_at=now,
        )
        for key, one, digest in reversed(list(zip(keys, offered, digests, strict=True)))
    }
    known = _erased(account, keys, digests)
    with transaction.atomic():
        blobs.hold({digest: one.raw for digest, one in zip(digests, offered, strict=True)})
        written = insert_new([row for key, row in rows.items() if key not in known], ["message_id", "canonical"])
        known |= {(kept.message_id, kept.canonical): kept for kept in written}
        wake.nudge()
    if missing := [key for key in rows if key not in known]:  # copies of what we have
        known |= _known(account, missing)
    return [known[key] for key in keys]


def lease(now: datetime, *, limit: int) -> list[Kept]:
    """The next messages to take in, ours for `LEASE`; a crash gives them back when it is over."""
    ready = Kept.objects.filter(Q(next_try_at=None) | Q(next_try_at__lte=now), state=Kept.State.WAITING)
    if not ready.exists():
        return []
    with transaction.atomic():
        free = ready.select_for_update(skip_locked=True).order_by("pk")
        ids = list(free.values_list("pk", flat=True)[:limit])
        Kept.objects.filter(pk__in=ids).update(next_try_at=now + LEASE)
        return list(Kept.objects.filter(pk__in=ids).prefetch_related("account").order_by("pk"))


def set_right(now: datetime) -> int:
    """Messages that a clock ahead of ours leased: free again when a lease of now is over."""
    return drift.bring_back(Kept.objects.filter(state=Kept.State.WAITING), "next_try_at", now, LEASE)


def outside() -> QuerySet[Kept]:
    """Messages that nobody has got and somebody may still read; of one that was erased only a row is left."""
    states = [Kept.State.IGNORED, Kept.State.UNREADABLE]
    return Kept.objects.filter(state__in=states, entry=None).exclude(sha256="")


def only_headers(account: Account) -> QuerySet[Kept]:
    """Messages of which all but the header still lies on the server. Asked at every look into the mailbox."""
    return Kept.objects.filter(account=account, cut=True)


def taken(entries: Mapping[int, int]) -> None:
    """Kept id → entry id: these were taken in, by whoever holds them."""
    Kept.objects.filter(pk__in=list(entries)).update(state=Kept.State.TAKEN, reason="")
    set_each(Kept, "entry", entries)


def twins(kepts: Sequence[Kept]) -> dict[int, Kept]:
    """Kept id → the same mail, come to another of our addresses and taken in already (CV11)."""
    keys = {(kept.message_id, kept.canonical): kept for kept in kepts if kept.message_id}
    if not keys:
        return {}
    mine = [kept.pk for kept in kepts]
    accounts = Account.objects.values("pk")  # the index begins with the account
    same = _alike(keys).filter(account__in=accounts, entry__isnull=False).exclude(pk__in=mine)
    found = same.select_related("account").order_by("-pk")
    return {
        keys[kept.message_id, kept.canonical].pk: kept for kept in found if (kept.message_id, kept.canonical) in keys
    }


def _known(account: Account, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Kept]:
    found = _alike(keys).filter(account=account) if keys else ()
    return {(kept.message_id, kept.canonical): kept for kept in found}


def _alike(keys: Collection[tuple[str, str]]) -> QuerySet[Kept]:
    """Messages with the id of one of these and the hash of one of these.

    The index is asked for the ids alone: for both it would be asked for each id with each hash.
    """
    ids, hashes = zip(*keys, strict=True)
    by_id = Kept.objects.filter(message_id__in=ids)
    return by_id.alias(its_hash=Concat("canonical", Value(""))).filter(its_hash__in=hashes)


def _erased(account: Account, keys: Sequence[tuple[str, str]], digests: Sequence[str]) -> dict[tuple[str, str], Kept]:
    """Copies of mail whose person was erased: it was had, and is not taken again."""
    if not erasures.any_yet():
        return {}
    marked = {
        (marked_id(message_id), marked_hash(canonical)): (message_id, canonical) for message_id, canonical in keys
    }
    found = {marked[mark]: kept for mark, kept in _known(account, list(marked)).items()}
    gone = [digest for key, digest in zip(keys, digests, strict=True) if key in found]
    # The copies lie on disk by now, and nobody may have them.
    unneeded.note(gone)
    return found


def same_ids(kepts: Sequence[Kept]) -> set[tuple[int, str]]:
    """(Account id, Message-ID) under which other messages came too, which say something else."""
    ids = [kept.message_id for kept in kepts if kept.message_id]
    accounts = {kept.account_id for kept in kepts}
    rows = Kept.objects.filter(account__in=accounts, message_id__in=ids).order_by().values_list("account", "message_id")
    return (
        set(rows.annotate(Count("pk")).filter(pk__count__gt=1).values_list("account", "message_id")) if ids else set()
    )


def channel_of(account: Account) -> str:
    """The channel's name on the timeline: every kind of mailbox is mail."""
    return "form" if account.kind == Account.Kind.WEBFORM else "email"


def key_of(raw: bytes, digest: str) -> tuple[str, str]:
    """What copies of a message have in common: Message-ID and canonical hash; `digest` is the SHA-256 of `raw`.

    Without a Message-ID only the very same bytes are a copy: some device may say the same once more, and mean it.
    """
    message_id = message_id_of(raw)
    return message_id, canonical(raw) if message_id else digest


def message_id_of(raw: bytes) -> str:
    """The Message-ID in the header, or an empty string when there is none that a database takes. Never raises."""
    found = _MESSAGE_ID.search(header_of(with_line_feeds(raw)))
    return found.group(1).decode("ascii", "replace")[:255] if found else ""


def canonical(raw: bytes) -> str:
    """SHA-256 of what every copy of a message shares: trace headers differ from mailbox to mailbox."""
    raw = with_line_feeds(raw)
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
