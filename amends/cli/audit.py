"""`amends audit`: is the log whole, and what does it say?"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from typing import Any

import django


def add_to(commands: Any) -> None:
    """Add `audit verify` and `audit list`."""
    audit = commands.add_parser("audit", help="check the log of who did what, or read it")
    does = audit.add_subparsers(title="audit commands", required=True, metavar="COMMAND")
    verify = does.add_parser("verify", help="check every record; exit status 1 when one was changed or is missing")
    verify.add_argument("--noted", metavar="NUMBER:HASH", default="", help="a head that you wrote down earlier")
    verify.set_defaults(do=_verify)
    show = does.add_parser("list", help="print records, newest first")
    show.add_argument("--since", metavar="TIME", type=_moment, help="such as 2026-03-01 or 2026-03-01T12:00 (UTC)")
    show.add_argument("--verb", default="", help="such as sign_in.failed, or sign_in for all of them")
    show.add_argument("--json", action="store_true", help="one JSON object a line")
    show.set_defaults(do=_list)


def _verify(given: argparse.Namespace) -> int:
    django.setup()
    from amends.audit import chain

    verdict = chain.verify(given.noted)
    if verdict.good:
        print(f"{verdict.rows} records, all as they were written. Head: {verdict.head}")
        return 0
    where = f"Record {verdict.broken}: " if verdict.broken else ""
    print(f"amends: {where}{verdict.why}. The log was changed by other means than the desk.", file=sys.stderr)
    return 1


def _list(given: argparse.Namespace) -> int:
    django.setup()
    from amends.audit import log, reading

    count = 0
    for record in reading.records(verb=given.verb, since=given.since).iterator(chunk_size=500):
        count += 1
        if given.json:
            print(json.dumps(reading.as_json(record), ensure_ascii=False))
        else:
            place = f" from {record.ip}" if record.ip else ""
            print(f"{record.at:%Y-%m-%d %H:%M:%S} {reading.who(record)}: {reading.sentence(record)}{place}")
    log.write("audit.read", by=log.at_the_command_line(), count=count)
    return 0


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} is not a time; write 2026-03-01 or 2026-03-01T12:00") from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)
