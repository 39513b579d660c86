"""The files of letters, and which of them nobody may open."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from amends.cases.models import File
from amends.desk.pictures import is_picture
from amends.kit import inspected
from amends.kit.models import Inspection
from amends.kit.prepared import prepared
from amends.ui.addresses import address


@dataclass(frozen=True)
class FileShown:
    """A file of a letter. `held`: in quarantine; `waits`: the scanner has not looked at it yet."""

    name: str
    url: str
    size: int
    is_image: bool
    held: bool = False
    waits: bool = False


@dataclass(frozen=True)
class Files:
    """Of several entries: the files of each, and by their SHA-256 why some of them are shut."""

    by_entry: Mapping[int, Collection[File]]
    shut: Mapping[str, Inspection]

    def of(self, entry_id: int) -> Collection[File]:
        return self.by_entry.get(entry_id, ())

    def open_of(self, entry_id: int) -> list[File]:
        """Those that may be looked into."""
        return [file for file in self.of(entry_id) if file.sha256 not in self.shut]

    def shown(self, entry_id: int) -> tuple[FileShown, ...]:
        """Those that stand below the letter and not within it; one that is held never stands within."""
        files = (file for file in self.of(entry_id) if not file.inline or self._is_held(file))
        return tuple(file_shown(file, self.shut.get(file.sha256)) for file in files)

    def _is_held(self, file: File) -> bool:
        return file.sha256 in self.shut and self.shut[file.sha256].state in inspected.HELD


NO_FILES = Files({}, {})


def files_of(entry_ids: Collection[int]) -> Files:
    """The files of many entries in one query, and in another what the scanner says of them, where there is one."""
    found: dict[int, list[File]] = {}
    for file in _files(entry_ids):
        found.setdefault(file.entry_id, []).append(file)
    return Files(found, inspected.known_shut(file.sha256 for files in found.values() for file in files))


def file_shown(file: File, shut: Inspection | None = None) -> FileShown:
    url = address("file", file.pk, file.name.replace("/", "_") or "file")
    held = shut is not None and shut.state in inspected.HELD
    return FileShown(
        file.name, url, file.size, is_picture(file.content_type), held=held, waits=shut is not None and not held
    )


@prepared
def _files(entry_ids: Collection[int]) -> QuerySet[File]:
    return File.objects.filter(entry__in=entry_ids)
