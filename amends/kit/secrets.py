"""Secrets at rest: authenticated encryption with a key file of mode 0600 (reliability §7)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from amends.kit.key_files import made_once


class SecretError(Exception):
    """A secret cannot be opened: the key file is another one or holds no key, or the text was changed."""


def seal(values: dict[str, str]) -> str:
    """Encrypt `values` with the newest key. Raises SecretError."""
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
    try:
        lines = made_once(path, lambda: Fernet.generate_key().decode("ascii")).split()
        return MultiFernet([Fernet(line) for line in lines])
    except ValueError as error:
        raise SecretError(
            f"The file {path} holds no key, or something that is none. Put the old keys/secrets.key back."
        ) from error
