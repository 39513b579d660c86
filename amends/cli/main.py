"""`amends …`: run the desk, take mail in, look at mail."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from amends.cli import clock, coach, promises, read

ALONE = (["clock"], ["coach"], ["promises"], ["read"])
"""Commands that count and read without Django, and are there at once."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Parse and run; the exit status is 0 for done, 2 for wrong use, 75 for "try again later"."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.config.settings")
    words = clock.with_sign(sys.argv[1:] if arguments is None else list(arguments))
    alone = words[:1] in ALONE
    given = parser(alone=alone).parse_args(words)
    if arguments is None and not alone:
        from amends.config import logs

        logs.set_up("INFO")  # on standard error: what a command prints is its answer
    try:
        status: int = given.do(given)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    return status


def parser(*, alone: bool = False) -> argparse.ArgumentParser:
    """The whole command line; `alone`, only the commands of ALONE."""
    top = argparse.ArgumentParser(prog="amends", description="A customer-service desk that makes amends.")
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")
    clock.add_to(commands)
    coach.add_to(commands)
    promises.add_to(commands)
    read.add_to(commands)
    if alone:
        return top
    from amends.cli import audit, backup, doctor, keys, learn, mail, packs, person, run, user

    run.add_to(commands)
    mail.add_to(commands)
    audit.add_to(commands)
    backup.add_to(commands)
    doctor.add_to(commands)
    person.add_to(commands)
    keys.add_to(commands)
    user.add_to(commands)
    packs.add_to(commands)
    learn.add_to(commands)
    return top
