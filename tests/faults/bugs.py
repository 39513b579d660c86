"""Eight bugs that somebody might write, planted in a child: the harness must find each (reliability §4.3)."""

from __future__ import annotations

import contextlib
import hashlib
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from amends.channels import accounts, inbox, outbox
from amends.channels.email import adapter as email
from amends.channels.models import Account, Attempt, Delivery, Kept
from amends.flows import listening
from amends.kit import blobs


@contextlib.contextmanager
def acknowledged_before_kept() -> Iterator[None]:
    """The mail is marked as seen, and then written down."""

    def fetch_all(account: Account) -> int:
        with email.fetching(accounts.opened(account)) as mails:
            for fetched in mails:
                fetched.acknowledge()
                inbox.keep(account, fetched.raw or b"", source=fetched.key, now=timezone.now())
        return 0

    with _instead(listening, fetch_all=fetch_all):
        yield


@contextlib.contextmanager
def no_unique_key() -> Iterator[None]:
    """A mail that is offered again is another row."""
    with _instead(inbox, canonical=lambda raw: secrets.token_hex(32)):
        yield


@contextlib.contextmanager
def new_message_id_for_each_try() -> Iterator[None]:
    """The letter gets its Message-ID when it is put together."""
    message_of = outbox.message_of

    def anew(delivery: Delivery) -> Any:
        return replace(message_of(delivery), message_id=f"<{secrets.token_hex(8)}@thimble.example>")

    with _instead(outbox, message_of=anew):
        yield


@contextlib.contextmanager
def no_lease() -> Iterator[None]:
    """Who finds a letter that waits, sends it."""

    def claim(delivery_id: int, now: datetime) -> Delivery | None:
        waiting = Delivery.objects.filter(pk=delivery_id, state=Delivery.State.WAITING)
        return waiting.select_related("account", "case", "entry__letter").first()

    def mine(delivery: Delivery) -> Any:
        return Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.WAITING)

    with _instead(outbox, claim=claim, _mine=mine):
        yield


@contextlib.contextmanager
def file_after_commit() -> Iterator[None]:
    """The row is committed, and then the bytes are written."""
    put_all, keep_all = blobs.put_all, inbox.keep_all

    def named_only(contents: Sequence[bytes]) -> list[str]:
        return [hashlib.sha256(content).hexdigest() for content in contents]

    def kept(account: Account, offered: Sequence[Any], *, now: datetime) -> list[Kept]:
        with _instead(blobs, put_all=named_only):
            rows = keep_all(account, offered, now=now)
        put_all([one.raw for one in offered])
        return rows

    with _instead(inbox, keep_all=kept):
        yield


@contextlib.contextmanager
def tried_again_without_a_mark() -> Iterator[None]:
    """What became of the try before is not asked."""
    attempt = outbox.attempt

    def forgetful(delivery: Delivery, now: datetime) -> Delivery:
        Attempt.objects.filter(delivery=delivery, ended_at=None).update(ended_at=now, ok=False)
        return attempt(delivery, now)

    with _instead(outbox, attempt=forgetful):
        yield


@contextlib.contextmanager
def order_trusted() -> Iterator[None]:
    """The worker remembers the last message that it began with, and goes on behind it."""
    mark = Path(settings.DATA_DIR) / "sink" / "mark"
    lease = inbox.lease

    def behind(now: datetime, *, limit: int) -> list[Kept]:
        last = int(mark.read_text()) if mark.exists() else 0
        found = [kept for kept in lease(now, limit=limit) if kept.pk > last]
        if found:
            draft = mark.with_suffix(".new")
            draft.write_text(str(max(kept.pk for kept in found)))
            draft.replace(mark)
        return found

    with _instead(inbox, lease=behind):
        yield


@contextlib.contextmanager
def known_by_message_id_alone() -> Iterator[None]:
    """Another mail under a known Message-ID is taken for a copy."""
    with _instead(inbox, canonical=lambda raw: "0" * 64):
        yield


BUGS: dict[str, Callable[[], contextlib.AbstractContextManager[None]]] = {
    "acknowledged before kept": acknowledged_before_kept,
    "no unique key": no_unique_key,
    "new Message-ID for each try": new_message_id_for_each_try,
    "no lease": no_lease,
    "file after commit": file_after_commit,
    "tried again without a mark": tried_again_without_a_mark,
    "order trusted": order_trusted,
    "known by Message-ID alone": known_by_message_id_alone,
}
ON_THE_WAY_OUT = {"new Message-ID for each try", "no lease", "tried again without a mark"}
"""The others harm what comes in."""


@contextlib.contextmanager
def _instead(module: Any, **functions: Any) -> Iterator[None]:
    before = {name: getattr(module, name) for name in functions}
    vars(module).update(functions)
    try:
        yield
    finally:
        vars(module).update(before)
