"""Secrets at rest: authenticated encryption with a key file of mode 0600 (reliability §7)."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class SecretError(Exception):
    """A secret cannot be opened: the key file is another one, or the text was changed."""


def seal(values: dict[str, str]) -> str:
    """Encrypt `values` with the newest key."""
    return _box(Path(settings.SECRETS_KEY_FILE)).encrypt(json.dumps(values).encode()).decode("ascii")


def unseal(text: str) -> dict[str, str]:
    """Decrypt what `seal` made. Empty text is an empty dict; raises SecretError otherwise."""
    if not text:
        return {}
    try:
        opened = _box(Path(settings.SECRETS_KEY_FILE)).decrypt(text.encode("ascii"))
    except InvalidToken as error:
        raise SecretError(
            "A kept password cannot be opened with this key file. Put the old keys/secrets.key back, "
            "or enter the password again in Settings."
        ) from error
    values: dict[str, str] = json.loads(opened)
    return values


@cache
def _box(path: Path) -> MultiFernet:
    """One key a line, the newest first: old ones still open what they sealed."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_suffix(f".{os.getpid()}")
        draft.write_bytes(Fernet.generate_key() + b"\n")
        draft.chmod(0o600)
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return MultiFernet([Fernet(line) for line in path.read_bytes().split() if line])
