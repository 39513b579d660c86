"""Bytes that lost a row: noted with it, deleted by the worker if no other row names them."""

from __future__ import annotations

from collections.abc import Iterable

from amends.cases.models import Unneeded
from amends.kit.rows import upsert


def note(digests: Iterable[str]) -> None:
    """In the transaction that takes the row: a sweep must not settle the note before it is over.

    Over a note that is there, for it may be about to be settled for a row that went earlier.
    """
    upsert([Unneeded(sha256=one) for one in sorted(set(digests) - {""})], ["sha256"], ["sha256"])
