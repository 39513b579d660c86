"""Run in a desk's environment before it starts: JSON on standard input becomes the desk's rows."""

from __future__ import annotations

import json
import os
import sys
from datetime import time
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.config.settings")
django.setup()

from django.contrib.auth.hashers import make_password  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from amends.channels import accounts  # noqa: E402
from amends.channels.models import Account  # noqa: E402
from amends.clock import weeks  # noqa: E402
from amends.clock.days import MIDNIGHT  # noqa: E402
from amends.people.models import Brand, Desk, Member, Team  # noqa: E402
from tests import schema  # noqa: E402

ALWAYS = {day: ((time(0), MIDNIGHT),) for day in range(7)}
"""Stories are told at any hour."""


def furnish(wanted: dict[str, Any]) -> None:
    """`{hold, password, brands: [{name, slug, team, members: [{name, role, languages}], accounts: [{…}]}]}`."""
    schema.lay(Path(connection.settings_dict["NAME"]))
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    Desk.objects.create(pk=1, name="The corner desk", set_up_at=timezone.now(), hold_seconds=wanted["hold"])
    password = make_password(wanted["password"])
    for brand in wanted["brands"]:
        _brand(brand, password)


def _brand(wanted: dict[str, Any], password: str) -> None:
    brand = Brand.objects.create(name=wanted["name"], slug=wanted["slug"], time_zone="Europe/London")
    weeks.set_week(ALWAYS, brand=brand)
    accounts.form_of(brand)
    team = Team.objects.create(name=f"{brand.name} team")
    team.brands.add(brand)
    for member in wanted["members"]:
        _member(member, team, password)
    for account in wanted["accounts"]:
        secret = account.pop("password", "")
        made = Account(brand=brand, name=brand.name, **account)
        accounts.put_secret(made, password=secret)
        made.save()


def _member(wanted: dict[str, Any], team: Team, password: str) -> None:
    first = wanted["name"].split(" ")[0].lower()
    made = Member.objects.create(
        email=f"{first}@desk.example",
        password=password,
        name=wanted["name"],
        role=wanted["role"],
        languages=wanted["languages"],
        time_zone="Europe/London",
        capacity=100,
    )
    made.teams.add(team)
    weeks.set_week(ALWAYS, member=made)
    if made.role == "lead":
        team.lead = made
        team.save()


if __name__ == "__main__":
    furnish(json.load(sys.stdin))
