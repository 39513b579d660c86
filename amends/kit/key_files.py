"""Files with a key that the desk makes for itself: whole, durable, readable by its owner only."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from amends.kit.disk import sync


def made_once(path: Path, make: Callable[[], str]) -> str:
    """The text kept at `path`; made when absent.

    Two processes may start at once: whoever names the file first wins, the other reads it.
    """
    try:
        return path.read_text("ascii").strip()
    except FileNotFoundError:
        pass
    for folder in (path.parent.parent, path.parent):  # the first key is the first thing in a new data folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".new-")  # mode 0600 from the start
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(make() + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        Path(draft).unlink()
    sync(path.parent)
    return path.read_text("ascii").strip()
