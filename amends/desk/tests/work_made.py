"""Small rows for the tests of the work's pages: a desk with two brands, members, and cases with a step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count

from django.test import Client
from django.utils import timezone

from amends.cases import next_step, opening, timeline
from amends.cases.models import Case
from amends.cases.next_step import Said, Step
from amends.people import identities
from amends.people.models import Brand, Desk, Member, Role, Team

LONG_AGO = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
_number = count(1)


@dataclass(frozen=True)
class Shop:
    """Alder is ours, Vantry is somebody else's; Priya leads nothing, Hanne works beside her."""

    alder: Brand
    vantry: Brand
    priya: Member
    hanne: Member
    lead: Member
    admin: Member
    reader: Member
    stranger: Member


def open_shop() -> Shop:
    Desk.objects.create(name="Alder & Wren", set_up_at=LONG_AGO)
    alder = Brand.objects.create(name="Alder", slug="alder")
    vantry = Brand.objects.create(name="Vantry", slug="vantry")
    ours, theirs = Team.objects.create(name="Kettles"), Team.objects.create(name="Network")
    ours.brands.add(alder)
    theirs.brands.add(vantry)
    return Shop(
        alder,
        vantry,
        priya=member("Priya Raman", Role.AGENT, ours),
        hanne=member("Hanne Vik", Role.AGENT, ours),
        lead=member("Lena Ode", Role.LEAD, ours),
        admin=member("Ada Quist", Role.ADMIN),
        reader=member("Rita Lund", Role.READER, ours),
        stranger=member("Callum Brae", Role.AGENT, theirs),
    )


def member(name: str, role: str, *teams: Team) -> Member:
    email = f"{name.split()[0].lower()}@desk.example"
    made = Member.objects.create_user(email, "correct horse", name=name, role=role, time_zone="Europe/London")
    made.teams.add(*teams)
    return made


def signed_in(who: Member) -> Client:
    client = Client()
    client.force_login(who)
    return client


def owed(
    brand: Brand,
    who: Member,
    by: datetime,
    *,
    name: str = "",
    title: str = "Cracked teapot",
    said: str = "It is in two pieces.",
    kind: str = "answer",
) -> Case:
    """A case with one thing said and one next step."""
    number = next(_number)
    name = name or f"Customer {number}"
    customer = identities.recognise("email", f"{name.split()[0].lower()}{number}@example.com", name, LONG_AGO)
    case = opening.open_case(brand, customer, title, at=LONG_AGO, kind=Case.Kind.COMPLAINT)
    case.owner = who
    case.save(update_fields=["owner"])
    words = timeline.Words(new_text=said, sender={"name": name})
    timeline.record(case, "contact.in", at=LONG_AGO, by=customer, channel="email", words=words)
    next_step.set_step(case, Step(who, kind, title, by), Said(said, "email"), at=LONG_AGO)
    return case


def soon(minutes: float) -> datetime:
    return timezone.now() + timedelta(minutes=minutes)
