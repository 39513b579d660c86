"""The installation's own policy packs go along: a desk without them would owe by rules that nobody can read."""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings

from amends.clock.packs import shelf
from amends.kit.disk import sync
from amends.upkeep.backup.manifest import PACKS, BackupError, Manifest, Part, part_of

UNFINISHED = ".restoring"


def copy(folder: Path) -> dict[str, Part]:
    """Copy them into a backup, the refused ones too; the parts, by name. What is taken away meanwhile is not missed."""
    parts: dict[str, Part] = {}
    for source in shelf.own_files():
        target = folder / PACKS / source.name
        try:
            text = source.read_bytes()
        except FileNotFoundError:
            continue
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(text)
        parts[f"{PACKS}/{source.name}"] = part_of(target)
    return parts


def want_room(found: Manifest) -> None:
    """Raises BackupError where another file has the name of a pack of the backup."""
    for name, part in _packs_of(found).items():
        there = Path(settings.PACKS_DIR) / name
        if there.exists() and (not there.is_file() or part_of(there) != part):
            raise BackupError(f"{there} is there already, and is another than that of the backup. Move it away first.")


def put(folder: Path, found: Manifest) -> None:
    """Put them into the data folder; each is whole there or not at all."""
    place = Path(settings.PACKS_DIR)
    for name in _packs_of(found):
        place.mkdir(parents=True, exist_ok=True)
        draft = place / f".{name}{UNFINISHED}"
        with draft.open("wb") as file:
            file.write((folder / PACKS / name).read_bytes())
            file.flush()
            os.fsync(file.fileno())
        draft.replace(place / name)
        sync(place)


def _packs_of(found: Manifest) -> dict[str, Part]:
    """By the names of their files alone: a manifest names nothing outside its folder."""
    return {name.removeprefix(f"{PACKS}/"): part for name, part in found.parts.items() if name.startswith(f"{PACKS}/")}
