"""`amends packs`: is a policy pack as it should be? For whoever writes one."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import django


def add_to(commands: Any) -> None:
    """Add `packs check`."""
    packs = commands.add_parser("packs", help="policy packs: check FILE")
    does = packs.add_subparsers(title="packs commands", required=True, metavar="COMMAND")
    check = does.add_parser("check", help="say ok, or which key of which file is wrong and why; 1 when one is")
    check.add_argument("file", nargs="+", type=Path, help="a .toml or .json file")
    check.set_defaults(do=_check)


def _check(given: argparse.Namespace) -> int:
    """One line a file. Asks no database."""
    django.setup()
    from amends.clock.packs.read import BadPack, read_file

    wrong = 0
    for path in given.file:
        try:
            pack = read_file(path)
        except BadPack as error:
            wrong = 1
            print(error)
        else:
            print(f"{path.name}: ok ({pack.id})")
    return wrong
