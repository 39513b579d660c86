"""Every policy pack there is: those that come with Amends, and the installation's own (`packs` in its data folder)."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from amends.clock.packs.read import BadPack, read_file
from amends.clock.packs.shape import Deadline, Document, Pack

SHIPPED = Path(__file__).parent
SUFFIXES = (".toml", ".json")
MOST = 200
"""Files of one folder that are looked at."""


@dataclass(frozen=True)
class Shelf:
    """The packs that can be used, by id, and why others cannot."""

    packs: dict[str, Pack] = field(default_factory=dict)
    refused: tuple[BadPack, ...] = ()
    own: frozenset[str] = frozenset()

    def stage(self, rule: str) -> tuple[Pack, Deadline] | None:
        """What a promise's rule names (``uk-fca-disp/final``), as its newest version has it; None when it is gone."""
        pack_id, _slash, key = rule.partition("/")
        pack = self.packs.get(pack_id)
        stages = [version.deadlines[key] for version in pack.versions if key in version.deadlines] if pack else []
        return (pack, stages[-1]) if pack and stages else None

    def document(self, mark: str) -> tuple[Pack, Document] | None:
        """The letter that a draft's mark names (``uk-fca-disp/final_response``); None when it is gone."""
        pack_id, _slash, key = mark.partition("/")
        pack = self.packs.get(pack_id)
        document = pack.documents.get(key) if pack else None
        return (pack, document) if pack and document else None


def shelf() -> Shelf:
    """What is on it now: a file that was added or mended is seen without a new start. A bad one stops nothing."""
    return _read(_seen(SHIPPED), _seen(Path(settings.PACKS_DIR)))


def own_files() -> list[Path]:
    """The files of the installation's own packs, those that are refused too."""
    return [Path(name) for name, _changed in _seen(Path(settings.PACKS_DIR))]


def _seen(folder: Path) -> tuple[tuple[str, int], ...]:
    """The pack files of a folder and when each was changed; none when there is no folder."""
    try:
        files = [path for path in folder.iterdir() if path.suffix in SUFFIXES]
        return tuple(sorted((str(path), path.stat().st_mtime_ns) for path in files)[:MOST])
    except OSError:
        return ()


@lru_cache(maxsize=8)
def _read(shipped: tuple[tuple[str, int], ...], own: tuple[tuple[str, int], ...]) -> Shelf:
    packs: dict[str, Pack] = {}
    refused = []
    for name, _changed in (*shipped, *own):
        path = Path(name)
        try:
            pack = read_file(path)
            if pack.id in packs:
                why = _("there is a pack “%(id)s” already; give yours an id of its own.")
                raise BadPack("id", why, file=path.name, id=pack.id)
        except BadPack as error:
            refused.append(error)
        else:
            packs[pack.id] = pack
    theirs = {Path(name).stem for name, _changed in shipped}
    return Shelf(packs, tuple(refused), frozenset(packs.keys() - theirs))
