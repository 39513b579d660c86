"""Keys that the desk makes for itself on its first start."""

from __future__ import annotations

import secrets
from pathlib import Path

from amends.config.environment import SettingError
from amends.kit.key_files import made_once


def make_key(path: Path) -> str:
    """The key kept at `path`; made when absent. Raises SettingError for a file that holds none."""
    key = made_once(path, lambda: secrets.token_urlsafe(48))
    if not key:
        raise SettingError(f"{path} holds no key. Put the old file back; or delete it, and everybody signs in again.")
    return key


def listed(text: str) -> list[str]:
    """One key a line: the first signs, the others are still accepted until their lines are taken out."""
    return [line.strip() for line in text.splitlines() if line.strip()]
