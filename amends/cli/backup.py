"""`amends backup`, `restore`, `pause`, `resume`: a whole copy of the desk, and a desk made from it."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path
from typing import Any

import django
from django.utils import timezone


def add_to(commands: Any) -> None:
    """Add `backup DEST`, `backup verify SRC`, `restore SRC`, `pause` and `resume`."""
    backup = commands.add_parser("backup", help="copy the whole desk into a folder, while it runs; or check a copy")
    backup.add_argument("words", nargs="+", metavar="FOLDER", help="an empty folder; or: verify FOLDER")
    _add_passphrase(backup, "put the keys in, too, locked with a passphrase")
    backup.set_defaults(do=_backup)
    restore = commands.add_parser("restore", help="make an empty desk the one of a backup; it sends nothing yet")
    restore.add_argument("folder", metavar="FOLDER", type=Path)
    _add_passphrase(restore, "put the keys back, too; asks for their passphrase")
    restore.set_defaults(do=_restore)
    pause = commands.add_parser("pause", help="listen to no mailbox and send no letter until resume; writing goes on")
    pause.add_argument("--why", default="", help="a few words, which every page of the desk shows")
    pause.set_defaults(do=_pause)
    resume = commands.add_parser(
        "resume", help="after a pause or a restore: listen to mailboxes and send letters again"
    )
    resume.set_defaults(do=_resume)


def _add_passphrase(command: Any, words: str) -> None:
    command.add_argument("--keys", action="store_true", help=words)
    command.add_argument("--passphrase-file", metavar="FILE", type=Path, help="read the passphrase from there")


def _backup(given: argparse.Namespace) -> int:
    django.setup()
    from amends.upkeep.backup.manifest import BackupError

    if len(given.words) > 2 or (len(given.words) == 2 and given.words[0] != "verify"):
        return _said("write amends backup FOLDER, or amends backup verify FOLDER.", 2)
    try:
        if len(given.words) == 2:
            return _verify(Path(given.words[1]))
        return _make(Path(given.words[0]), _passphrase(given, twice=True))
    except BackupError as error:
        return _said(error, 1)


def _make(folder: Path, passphrase: str) -> int:
    from amends.audit import log
    from amends.upkeep.backup import make

    made = make.make(folder, timezone.now(), passphrase=passphrase)
    log.write(
        "backup.made",
        by=log.at_the_command_line(),
        files=made.blobs,
        bytes=made.blob_bytes,
        encrypted=bool(passphrase),
    )
    print(f"{folder}: {sum(made.tables.values())} rows, {made.blobs} files ({made.blob_bytes // 1024**2} MB).")
    print(made.note or "The keys are in it, locked. Without the passphrase they cannot be opened.")
    for digest in made.missing:
        print(f"amends: a row names the file {digest}, and the data folder has it not, or damaged.", file=sys.stderr)
    return 1 if made.missing else 0


def _verify(folder: Path) -> int:
    from amends.upkeep.backup import verify

    found, wrong = verify.verify(folder)
    for line in wrong:
        print(f"amends: {line}", file=sys.stderr)
    if not wrong:
        print(f"Whole: {sum(found.tables.values())} rows, {found.blobs} files, made {found.made_at}.")
    return 1 if wrong else 0


def _restore(given: argparse.Namespace) -> int:
    django.setup()
    from amends.upkeep.backup import restore
    from amends.upkeep.backup.manifest import BackupError

    try:
        done = restore.restore(given.folder, timezone.now(), passphrase=_passphrase(given, twice=False))
    except BackupError as error:
        return _said(error, 1)
    print(f"Restored: {sum(done.tables.values())} rows, {done.blobs} files, as they were at {done.made_at}.")
    if not given.keys and not given.passphrase_file:
        print("The keys were not restored: put the folder keys/ back before the start.")
    print("Nothing is sent or fetched until a person says so: amends resume, or the button on every page of the desk.")
    return 0


def _pause(given: argparse.Namespace) -> int:
    django.setup()
    from amends.audit import log
    from amends.kit import pausing

    if pausing.paused():
        print("The desk is paused already.")
        return 0
    pausing.pause(given.why, timezone.now())
    log.write("sending.paused", by=log.at_the_command_line(), reason=given.why)
    print("Paused: nothing is heard or sent until amends resume, or the button on every page of the desk.")
    return 0


def _resume(given: argparse.Namespace) -> int:
    django.setup()
    from amends.audit import log
    from amends.channels.models import Delivery
    from amends.kit import pausing

    waiting = Delivery.objects.filter(state=Delivery.State.WAITING).count()
    if not pausing.resume():
        print("The desk is not paused.")
        return 0
    log.write("sending.resumed", by=log.at_the_command_line(), count=waiting)
    print(f"The desk works again; {waiting} letters leave now.")
    return 0


def _passphrase(given: argparse.Namespace, *, twice: bool) -> str:
    """From the file, or typed; empty only when no keys are wanted. Raises BackupError."""
    from amends.upkeep.backup.manifest import BackupError

    if given.passphrase_file:
        return _from_file(given.passphrase_file)
    if not given.keys:
        return ""
    if not sys.stdin.isatty():
        raise BackupError("Nobody can type a passphrase here: use --passphrase-file.")
    typed = getpass.getpass("Passphrase for the keys: ")
    if not typed:
        raise BackupError("No passphrase was typed. Leave --keys out if the keys are not to go along.")
    if twice and getpass.getpass("Once more: ") != typed:
        raise BackupError("The two were not the same.")
    return typed


def _from_file(path: Path) -> str:
    from amends.upkeep.backup.manifest import BackupError

    try:
        found = path.read_text("utf-8").strip()
    except OSError as error:
        raise BackupError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise BackupError(f"{path} is no text. Write the passphrase into it.") from error
    if not found:
        raise BackupError(f"{path} is empty. Write the passphrase into it.")
    return found


def _said(words: object, status: int) -> int:
    print(f"amends: {words}", file=sys.stderr)
    return status
