"""`amends keys`: the keys of the secrets at rest."""

from __future__ import annotations

import argparse
import sys
from typing import Any

import django


def add_to(commands: Any) -> None:
    """Add `keys list`, `keys rotate` and `keys forget`."""
    keys = commands.add_parser("keys", help="the keys of mailbox passwords and second factors")
    does = keys.add_subparsers(title="key commands", required=True, metavar="COMMAND")
    for name, do, words in (
        ("list", _list, "number of each key, and how much it sealed"),
        ("rotate", _rotate, "a new key: seal everything anew, drop the old one; the desk may run"),
        ("forget", _forget, "drop what no key opens, when the old key file is lost for good"),
    ):
        does.add_parser(name, help=words).set_defaults(do=do)


def _list(given: argparse.Namespace) -> int:
    django.setup()
    from amends.kit import secrets
    from amends.upkeep import keys

    try:
        found = secrets.known()
    except secrets.SecretError as error:
        print(f"amends: {error}", file=sys.stderr)
        return 1
    used = keys.in_use()
    for key in found:
        print(f"{key.number}  sealed {used.pop(key.number, 0)}")
    for number, count in used.items():
        print(f"{number or 'not sealed'}  {count}, and its key is not in the file")
    return 0


def _rotate(given: argparse.Namespace) -> int:
    django.setup()
    from amends.audit import log
    from amends.kit.secrets import SecretError
    from amends.upkeep import keys

    try:
        number = keys.rotate()
    except (keys.CannotChange, SecretError) as error:
        print(f"amends: {error}", file=sys.stderr)
        return 1
    log.write("secrets.key_rotated", by=log.at_the_command_line(), count=sum(keys.in_use().values()))
    print(f"Everything is sealed with the new key {number}. Back up the folder keys/ again.")
    return 0


def _forget(given: argparse.Namespace) -> int:
    django.setup()
    from amends.audit import log
    from amends.upkeep import keys

    try:
        whose = keys.forget()
    except keys.CannotChange as error:
        print(f"amends: {error}", file=sys.stderr)
        return 1
    if whose:
        log.write("secrets.forgotten", by=log.at_the_command_line(), whose=whose)
    for one in whose:
        print(f"forgotten: {one}")
    print(
        f"{len(whose)} dropped. Type mailbox passwords again in Settings." if whose else "Every secret can be opened."
    )
    return 0
