"""`amends mail`: take mail in from a pipe or from files, and show how a mail is read."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

import django
from django.db import Error

from amends.channels.email import files, parsed

TEMPORARY_FAILURE = 75
"""EX_TEMPFAIL: the mail server keeps the mail and tries again."""
NO_SUCH_ADDRESS = 67
MOST_BYTES = 35 * 1024 * 1024


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
    try:
        django.setup()
        from amends.flows import taking

        if given.path == "-":
            taking.take_pipe(sys.stdin.buffer.read(MOST_BYTES + 1), given.to)
            return 0
        count = taking.take_path(Path(given.path), given.to)
        print(f"{count} kept; the worker takes them in.")
    except (Error, OSError) as error:
        print(f"amends: not now, try again later: {error}", file=sys.stderr)
        return TEMPORARY_FAILURE
    except taking.TakingError as error:
        print(f"amends: {error}", file=sys.stderr)
        return error.status
    except ValueError as error:
        print(f"amends: {error}", file=sys.stderr)
        return 2
    return 0


def _reread(given: argparse.Namespace) -> int:
    django.setup()
    from amends.channels.models import Kept
    from amends.flows import quarantine

    waiting = list(Kept.objects.filter(state=Kept.State.UNREADABLE))
    for kept in waiting:
        quarantine.try_again(kept)
    print(f"{len(waiting)} to be read again.")
    return 0


__all__ = ["add_to", "files"]
