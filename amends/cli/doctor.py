"""`amends doctor`: is this desk set up so that nothing is lost? One line a check."""

from __future__ import annotations

import argparse
import json
from typing import Any

import django
from django.utils import timezone


def add_to(commands: Any) -> None:
    """Add `doctor`."""
    doctor = commands.add_parser("doctor", help="check the installation; exit status 1 when something fails")
    doctor.add_argument("--json", action="store_true", help="one JSON object a line")
    doctor.set_defaults(do=_doctor)


def _doctor(given: argparse.Namespace) -> int:
    django.setup()
    from amends.upkeep.doctor import examine
    from amends.upkeep.doctor.finding import Level
    from amends.upkeep.doctor.mail import Names

    failed = False
    for finding in examine.findings(timezone.now(), Names()):
        failed = failed or finding.level == Level.FAIL
        print(json.dumps(finding.as_json(), ensure_ascii=False) if given.json else finding.line(), flush=True)
    return 1 if failed else 0
