"""Keys that the desk makes for itself on its first start."""

from __future__ import annotations

import secrets
from pathlib import Path

from amends.config.environment import SettingError
from amends.kit.key_files import made_once

SHORTEST = 32
"""Signs: 128 bits, if they are hexadecimal digits."""
FEWEST_SIGNS = 5
"""Different ones: the same letter many times over is long and no secret."""


def make_key(path: Path) -> str:
    """The key kept at `path`; made when absent. Raises SettingError for a file that holds none."""
    key = made_once(path, lambda: secrets.token_urlsafe(48))
    if not key:
        raise SettingError(f"{path} holds no key. Put the old file back; or delete it, and everybody signs in again.")
    return key


def session_keys(given: str, path: Path) -> list[str]:
    """What the setting gives, else what is kept at `path`; the first signs, the others are still accepted.

    Raises SettingError for one that could be guessed: whoever has it signs in as anybody.
    """
    keys = listed(given or make_key(path))
    if any(len(key) < SHORTEST or len(set(key)) < FEWEST_SIGNS for key in keys):
        raise SettingError(
            f"{'AMENDS_SECRET_KEY' if given else path} is too easily guessed; write at least {SHORTEST} letters and "
            "digits, such as from `openssl rand -hex 32`."
        )
    return keys


def listed(text: str) -> list[str]:
    """One key a line: the first signs, the others are still accepted until their lines are taken out."""
    return [line.strip() for line in text.splitlines() if line.strip()]
