"""Keys that the desk makes for itself on its first start."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def make_key(path: Path) -> str:
    """The key kept at `path`; made with mode 0600 when absent.

    Two processes may start at once: whoever creates the file first wins, the other reads it.
    """
    try:
        return path.read_text("ascii").strip()
    except FileNotFoundError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_suffix(f".{os.getpid()}")
    with draft.open("x", encoding="ascii") as file:
        draft.chmod(0o600)
        file.write(secrets.token_urlsafe(48))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text("ascii").strip()
