"""Raw mails out of files: one .eml, an mbox, a Maildir, or a folder of .eml files. Never a whole mbox in memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

_SEPARATOR = re.compile(rb"From \S+.*\d{2}:\d{2}(?::\d{2})?.*\d{4}")
_ESCAPED = re.compile(rb">+From ")
_FIELD = re.compile(rb"(?:[!-9;-~]{1,100}[ \t]*:|From )")
_FIRST_LINE = 2_000


def messages_in(path: Path) -> Iterator[bytes]:
    """Each raw mail in `path`, in a fixed order. Raises ValueError, with a sentence, for what holds no mail.

    An mbox is read in the mboxrd way: `>From ` at the start of a line loses one `>`.
    """
    if path.is_dir():
        return _in_folder(path)
    if not path.is_file():
        raise ValueError(_("There is no file or folder at %(path)s.") % {"path": path})
    with path.open("rb") as file:
        start = file.readline(_FIRST_LINE)
    if path.suffix.lower() == ".eml":
        return iter([path.read_bytes()])
    if _SEPARATOR.match(start):
        return _in_mbox(path)
    if not _FIELD.match(start):
        raise ValueError(_("%(path)s is neither a mail (.eml), nor an mbox, nor a Maildir folder.") % {"path": path})
    return iter([path.read_bytes()])


def _in_folder(folder: Path) -> Iterator[bytes]:
    if (folder / "cur").is_dir() or (folder / "new").is_dir():
        found = [file for name in ("cur", "new") if (folder / name).is_dir() for file in (folder / name).iterdir()]
    else:
        found = list(folder.glob("*.eml"))
        if not found:
            raise ValueError(
                _("%(folder)s is no Maildir: it has neither a cur nor a new folder, and no .eml files.")
                % {"folder": folder}
            )
    files = [file for file in found if file.is_file() and not file.name.startswith(".")]
    return (file.read_bytes() for file in sorted(files, key=lambda file: (file.name, str(file))))


def _in_mbox(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from _split(file)


def _split(file: BinaryIO) -> Iterator[bytes]:
    lines: list[bytes] = []
    begun, after_blank = False, True
    for line in file:
        if after_blank and _SEPARATOR.match(line[:_FIRST_LINE]):
            if begun:
                yield _joined(lines)
            lines, begun = [], True
            after_blank = False
            continue
        after_blank = line.strip(b"\r\n") == b""
        lines.append(line[1:] if _ESCAPED.match(line) else line)
    if begun:
        yield _joined(lines)


def _joined(lines: list[bytes]) -> bytes:
    # The blank line before the next separator belongs to the mbox, not to the mail.
    if lines and not lines[-1].strip(b"\r\n"):
        lines.pop()
    return b"".join(lines)
