"""`amends user`: members, from the machine itself. For the first admin, and for whoever is locked out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import Any

import django


def add_to(commands: Any) -> None:
    """Add `user list`, `add`, `role`, `link`, `on`, `off`, `drop-factor` and `sign-out`."""
    user = commands.add_parser("user", help="members: list, add, role, link, on, off, drop-factor, sign-out")
    does = user.add_subparsers(title="user commands", required=True, metavar="COMMAND")
    does.add_parser("list", help="everybody, with role and state").set_defaults(do=_do)
    add = does.add_parser("add", help="a new member; prints a one-time link to choose a password")
    add.add_argument("email")
    add.add_argument("--name", required=True)
    add.add_argument("--role", default="agent", help="admin, lead, agent (unless told) or reader")
    role = does.add_parser("role", help="change what a member may do")
    role.add_argument("email")
    role.add_argument("role", help="admin, lead, agent or reader")
    for name, words in (
        ("link", "a one-time link to choose a new password"),
        ("on", "let a member sign in again"),
        ("off", "let a member sign in no more; every session ends"),
        ("drop-factor", "remove every second factor, when the phone is lost; every session ends"),
        ("sign-out", "end every session of a member"),
    ):
        does.add_parser(name, help=words).add_argument("email")
    for name, command in does.choices.items():
        command.set_defaults(do=_do, deed=name)


def _do(given: argparse.Namespace) -> int:
    django.setup()
    from amends.desk import members

    deeds: dict[str, Callable[[], list[str]]] = {
        "list": members.listed,
        "add": lambda: members.add(given.email, given.name, given.role),
        "role": lambda: members.change_role(given.email, given.role),
        "link": lambda: members.link(given.email),
        "on": lambda: members.switch(given.email, on=True),
        "off": lambda: members.switch(given.email, on=False),
        "drop-factor": lambda: members.drop_factors(given.email),
        "sign-out": lambda: members.sign_out(given.email),
    }
    try:
        lines = deeds[given.deed]()
    except members.CannotDo as error:
        print(f"amends: {error}", file=sys.stderr)
        return 1
    for line in lines:
        print(line)
    return 0
