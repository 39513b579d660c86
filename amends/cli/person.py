"""`amends person` and `amends retention`: export, erase and hold one person; how long cases are kept."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

import django

WRONG = 2


def add_to(commands: Any) -> None:
    """Add `person …` and `retention …`."""
    person = commands.add_parser("person", help="export, erase or hold what is known of one person")
    does = person.add_subparsers(title="person commands", required=True, metavar="COMMAND")
    export = _one(does, "export", "write everything about a person into one zip file", _export)
    export.add_argument("dest", type=Path, metavar="DEST", help="the file to write; it must not be there yet")
    erase = _one(does, "erase", "forget a person for good", _erase)
    erase.add_argument("--yes", action="store_true", help="do not ask first")
    hold = _one(does, "hold", "a legal hold: nothing of the person is erased until it is taken off", _hold)
    hold.add_argument("--why", default="", help="a few words for colleagues")
    _one(does, "let-go", "take the legal hold off", _let_go)
    scrub = does.add_parser("scrub", help="take deleted words off the disk as well (SQLite; it takes a while)")
    scrub.set_defaults(do=_scrub)
    keeping = commands.add_parser("retention", help="how long closed cases are kept")
    kept = keeping.add_subparsers(title="retention commands", required=True, metavar="COMMAND")
    kept.add_parser("list", help="the days of each channel, and what is due now").set_defaults(do=_list)
    days = kept.add_parser("set", help="keep closed cases of a channel for so many days")
    days.add_argument("channel", help="such as email, form or phone")
    days.add_argument("days", help="a whole number, or off to keep them for good")
    days.set_defaults(do=_set)


def _one(does: Any, name: str, words: str, do: Any) -> Any:
    command = does.add_parser(name, help=words)
    command.add_argument("address", help="a mail address or phone number of the person")
    command.set_defaults(do=do)
    return command


def _export(given: argparse.Namespace) -> int:
    customer = _customer(given.address)
    from django.utils import timezone

    from amends.audit import log
    from amends.flows import exporting

    if customer is None:
        return _nobody(given.address)
    try:
        handle = os.open(given.dest, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        return _said(f"{given.dest} cannot be written ({error.strerror}). Name a file that is not there yet.")
    with os.fdopen(handle, "wb") as file:
        done = exporting.export(customer, file, timezone.now())
    size = given.dest.stat().st_size
    log.write("person.exported", by=log.at_the_command_line(), subject=customer, files=done.files, bytes=size)
    print(f"{done.rows} rows and {done.files} files written to {given.dest}.")
    return 0


def _erase(given: argparse.Namespace) -> int:
    customer = _customer(given.address)
    from django.utils import timezone

    from amends.audit import log
    from amends.flows import bytes_of, erasing, scrubbing

    if customer is None:
        return _nobody(given.address)
    if not given.yes and input(f"Everything about person {customer.pk} goes for good. Type the address: ") != (
        given.address
    ):
        return _said("Nothing was erased: that was another address.")
    try:
        gone = erasing.erase(customer, by=log.at_the_command_line(), now=timezone.now())
    except erasing.ErasingError as error:
        return _said(str(error))
    while bytes_of.sweep():
        pass
    scrubbing.scrub()
    print(f"Erased: {gone.letters} letters and {gone.files} files on {gone.cases} cases.")
    print("Backups made before today still hold them, and so may the mailbox's server.")
    return 0


def _scrub(given: argparse.Namespace) -> int:
    django.setup()
    from amends.flows import scrubbing

    scrubbing.scrub()
    print("Scrubbed.")
    return 0


def _hold(given: argparse.Namespace) -> int:
    customer = _customer(given.address)
    from django.utils import timezone

    from amends.audit import log
    from amends.flows import holding

    if customer is None:
        return _nobody(given.address)
    holding.hold(customer, given.why, by=log.at_the_command_line(), now=timezone.now())
    print("Held. Nothing of this person is erased until `amends person let-go`.")
    return 0


def _let_go(given: argparse.Namespace) -> int:
    customer = _customer(given.address)
    from amends.audit import log
    from amends.flows import holding

    if customer is None:
        return _nobody(given.address)
    holding.let_go(customer, by=log.at_the_command_line())
    print("Let go. It may be erased again.")
    return 0


def _list(given: argparse.Namespace) -> int:
    django.setup()
    from django.utils import timezone

    from amends.cases.models import Retention
    from amends.flows import keeping

    for rule in Retention.objects.order_by("channel"):
        print(f"{rule.channel}: {rule.days} days after a case was closed")
    if not Retention.objects.exists():
        print("Everything is kept for good.")
    for case in keeping.due(timezone.now()).select_related("closure"):
        print(f"due: {case.reference}, closed {case.closure.at:%Y-%m-%d}")
    return 0


def _set(given: argparse.Namespace) -> int:
    django.setup()
    from amends.audit import log
    from amends.flows import keeping

    if given.days != "off" and not (given.days.isdecimal() and 0 < int(given.days) < 100_000):
        return _said(f"{given.days} is not a number of days. Write a whole number from 1, or off.")
    if given.channel not in keeping.CHANNELS:
        return _said(f"There is no channel {given.channel}. Take one of: {', '.join(keeping.CHANNELS)}.")
    days = None if given.days == "off" else int(given.days)
    keeping.set_days(given.channel, days, by=log.at_the_command_line())
    return _list(given)


def _customer(address: str) -> Any:
    django.setup()
    from amends.people import identities

    kind = "email" if "@" in address else "phone"
    try:
        return identities.find(kind, identities.normalise(kind, address))
    except identities.IdentityError:
        return None


def _nobody(address: str) -> int:
    return _said(f"Nobody here has {address}. Give an address or a number as it stands on the person's page.")


def _said(words: str) -> int:
    print(f"amends: {words}", file=sys.stderr)
    return WRONG
