"""`amends mail`: take mail in from a pipe or from files, and show how a mail is read."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import Error

from amends.channels.email import parsed

TEMPORARY_FAILURE = 75
"""EX_TEMPFAIL: the mail server keeps the mail and tries again."""


def add_to(commands: Any) -> None:
    """Add `mail take`, `mail parse` and `mail reread`."""
    mail = commands.add_parser("mail", help="take mail in, or look at it")
    does = mail.add_subparsers(title="mail commands", required=True, metavar="COMMAND")
    take = does.add_parser("take", help="take in a mail from standard input (-), .eml, mbox or Maildir")
    take.add_argument("path", help="- for standard input, or a file or folder")
    take.add_argument("--to", metavar="ADDRESS", help="the address of ours that it came to")
    take.set_defaults(do=_take)
    parse = does.add_parser("parse", help="print how mails are read, one JSON object a line")
    parse.add_argument("paths", nargs="+", metavar="FILE")
    parse.set_defaults(do=lambda given: parsed.main_parse(given.paths, sys.stdout))
    again = does.add_parser("reread", help="read again what could not be read")
    again.set_defaults(do=_reread)


def _take(given: argparse.Namespace) -> int:
    return _take_pipe(given.to) if given.path == "-" else _take_path(Path(given.path), given.to)


def _take_pipe(to: str | None) -> int:
    """Only `TakingError` may be final: a mail server sends the mail back for any other status than 75."""
    try:
        django.setup()
        from amends.flows import taking

        try:
            taking.take_pipe(sys.stdin.buffer.read(settings.MAX_MESSAGE_BYTES + 1), to)
        except taking.TakingError as error:
            return _said(error, error.status)
    except (Exception, SystemExit) as error:
        return _not_now(error)
    return 0


def _take_path(path: Path, to: str | None) -> int:
    django.setup()
    from amends.audit import log
    from amends.flows import taking

    try:
        count = taking.take_path(path, to)
    except taking.TakingError as error:
        return _said(error, error.status)
    except ValueError as error:
        return _said(error, 2)
    except (Error, OSError) as error:
        return _not_now(error)
    log.write("mail.imported", by=log.at_the_command_line(), count=count)
    print(f"{count} kept; the worker takes them in.")
    return 0


def _not_now(error: BaseException) -> int:
    known = isinstance(error, Error | OSError | SystemExit)
    words = str(error).strip().removeprefix("amends: ") if known else repr(error)
    return _said(f"not now, try again later: {words}", TEMPORARY_FAILURE)


def _said(words: object, status: int) -> int:
    print(f"amends: {words}", file=sys.stderr)
    return status


def _reread(given: argparse.Namespace) -> int:
    django.setup()
    from amends.audit import log
    from amends.channels import inbox
    from amends.channels.models import Kept
    from amends.flows import quarantine

    waiting = list(inbox.outside().filter(state=Kept.State.UNREADABLE))
    for kept in waiting:
        quarantine.try_again(kept)
    if waiting:
        log.write("mail.reread", by=log.at_the_command_line(), count=len(waiting))
    print(f"{len(waiting)} to be read again.")
    return 0
