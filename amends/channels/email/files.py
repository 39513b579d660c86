"""Raw mails out of files: .eml, mbox, Maildir. Streams; a large mbox never lies in memory whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from amends.channels.email.limits import MESSAGE_BYTES

MAILDIR = ("new", "cur")


def messages_in(path: Path) -> Iterator[bytes]:
    """The raw mails of a file or folder, in the order in which they lie there.

    Raises ValueError with a sentence for what is none of the three, FileNotFoundError for nothing.
    """
    if path.is_dir():
        yield from _maildir(path)
        return
    with path.open("rb") as file:
        start = file.read(5)
    if start == b"From ":
        yield from _mbox(path)
    elif start:
        yield path.read_bytes()
    else:
        raise ValueError(f"{path} is empty.")


def _maildir(folder: Path) -> Iterator[bytes]:
    boxes = [folder / name for name in MAILDIR if (folder / name).is_dir()]
    if not boxes:
        single = sorted(folder.glob("*.eml"))
        if not single:
            raise ValueError(f"{folder} is no Maildir (it has neither new nor cur) and holds no .eml files.")
        for path in single:
            yield path.read_bytes()
        return
    letters = [path for box in boxes for path in box.iterdir() if path.is_file() and not path.name.startswith(".")]
    for path in sorted(letters, key=lambda letter: letter.name):
        yield path.read_bytes()


def _mbox(path: Path) -> Iterator[bytes]:
    """mboxrd: a line "From " after an empty line begins a mail; ">From " inside one loses a ">"."""
    lines: list[bytes] = []
    size, blank, began = 0, True, False
    with path.open("rb") as file:
        for line in file:
            if blank and line.startswith(b"From "):
                if began:
                    yield _joined(lines)
                lines, size, began = [], 0, True
            elif size < MESSAGE_BYTES:
                lines.append(line[1:] if line.lstrip(b">").startswith(b"From ") and line[:1] == b">" else line)
                size += len(line)
            blank = line in (b"\n", b"\r\n")
    if began:
        yield _joined(lines)


def _joined(lines: list[bytes]) -> bytes:
    """Without the empty line that only parts one mail from the next."""
    if lines and lines[-1] in (b"\n", b"\r\n"):
        lines.pop()
    return b"".join(lines)
