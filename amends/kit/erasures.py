"""Marks of what was erased, apart from the database: a restored backup or a mailbox read anew brings nobody back.

A mark is a keyed hash: it tells only whoever knows the address already, and has the key, that it was erased.
"""

from __future__ import annotations

import hmac
import json
import os
import secrets
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from amends.kit.disk import sync
from amends.kit.key_files import made_once


def mark(kind: str, value: str) -> str:
    """What stands for `value` (an address, a Message-ID, a hash): 160 bits in hex."""
    key = made_once(_folder() / "erased.key", lambda: secrets.token_urlsafe(48))
    return hmac.new(key.encode(), f"{kind}\0{value}".encode(), sha256).hexdigest()[:40]


def note(marks: list[str], at: datetime) -> None:
    """Write marks down for good: they are on disk when this returns."""
    path = ledger()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a", encoding="ascii") as file:
        file.writelines(json.dumps({"mark": one, "at": at.isoformat()}) + "\n" for one in marks)
        file.flush()
        os.fsync(file.fileno())
    sync(path.parent)


def noted() -> dict[str, datetime]:
    """Every mark, and when it was last made. A line that a power cut left half is passed over."""
    found: dict[str, datetime] = {}
    if not any_yet():
        return found
    for line in ledger().read_text("ascii", errors="replace").splitlines():
        try:
            said = json.loads(line)
            found[str(said["mark"])] = datetime.fromisoformat(said["at"])
        except (ValueError, KeyError, TypeError):
            continue
    return found


def any_yet() -> bool:
    """Whether anybody was ever erased here: cheap enough to ask for every mail."""
    return ledger().exists()


def ledger() -> Path:
    """The file of marks, beside the keys."""
    return _folder() / "erased.jsonl"


def _folder() -> Path:
    return Path(settings.SECRETS_KEY_FILE).parent
