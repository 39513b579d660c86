"""Who is in the demo: one house with eight brands, all of them invented (model C8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

from django.conf import settings

from amends.channels import accounts
from amends.channels.models import Account
from amends.clock.models import Period, Target
from amends.coach.models import SavedAnswer
from amends.people.models import Brand, Desk, Member, Role, Skill, Team

BRANDS = [
    ("Kestrelight Cameras", "kestrelight", "Europe/London", "#1d4f73"),
    ("Vantry Broadband", "vantry", "Europe/London", "#6a2c91"),
    ("Thimble & Thorn", "thimble", "Europe/London", "#2f6b3c"),
    ("Maison Aubrelle Audio", "aubrelle", "Europe/Paris", "#7a3b1d"),
    ("Fennimore Footwear", "fennimore", "America/New_York", "#8a2f2f"),
    ("Orbita Mobile", "orbita", "America/Toronto", "#0b5c8a"),
    ("Quillmark Ledgers", "quillmark", "Europe/London", "#3d3d7a"),
    ("Tessaly Computers", "tessaly", "America/Toronto", "#1f5f5b"),
]

TEAMS = {
    "Cameras and audio": ["kestrelight", "aubrelle"],
    "Lines and ledgers": ["vantry", "orbita", "quillmark"],
    "Flowers and shoes": ["thimble", "fennimore"],
    "Computers": ["tessaly"],
}

MEMBERS = [
    ("Ines Calder", Role.ADMIN, ["Lines and ledgers"], ["billing"], ["en"]),
    ("Marguerite Sol", Role.LEAD, ["Lines and ledgers"], [], ["en", "fr"]),
    ("Arthur Fennimore", Role.LEAD, ["Flowers and shoes"], [], ["en"]),
    ("Tobias Renn", Role.AGENT, ["Cameras and audio"], ["repairs"], ["en", "de"]),
    ("Élodie Marchand", Role.AGENT, ["Cameras and audio"], ["returns"], ["fr", "en"]),
    ("Bastien Roy", Role.AGENT, ["Cameras and audio"], ["repairs"], ["fr"]),
    ("Callum Brae", Role.AGENT, ["Lines and ledgers"], ["billing"], ["en"]),
    ("Delphine Marsh", Role.AGENT, ["Flowers and shoes"], [], ["en"]),
    ("Hannah Brightwater", Role.AGENT, ["Computers", "Lines and ledgers"], [], ["en"]),
    ("Carline Duvet", Role.READER, ["Flowers and shoes"], [], ["en", "fr"]),
]

RUNGS = {
    "Tobias": (1, ""),
    "Élodie": (1, ""),
    "Ines": (2, "Head of service"),
    "Marguerite": (3, "VP Product"),
    "Arthur": (4, "President"),
}
"""Who stands above the first rung of the ladder, with the title under their letters."""

ANSWERS = [
    (
        "A first answer to a complaint",
        SavedAnswer.Use.LETTER,
        "Dear {customer},\n\nthank you for telling me. … is not what you should have had, and that was our "
        "mistake; I am sorry that it …\n\nToday I … You have it by … o'clock, and I write to you then.\n\n"
        "You can reach me directly at this address.",
    ),
    (
        "Is it right now?",
        SavedAnswer.Use.OTHER,
        "Dear {customer},\n\nbefore I put this away: is it right now? If anything is still wrong, one line is "
        "enough and I take it up again.",
    ),
]


@dataclass(frozen=True)
class Cast:
    """The demo's people by first name, its brands by short name."""

    brands: dict[str, Brand]
    members: dict[str, Member]


def assemble(now: datetime) -> Cast:
    """Make the house, its brands with local mailboxes, its teams and members."""
    Desk.objects.create(name="The Long Counter", set_up_at=now)
    brands = {slug: _brand(name, slug, zone, colour) for name, slug, zone, colour in BRANDS}
    teams = {name: Team.objects.create(name=name) for name in TEAMS}
    for name, slugs in TEAMS.items():
        teams[name].brands.add(*(brands[slug] for slug in slugs))
    members = {}
    for row in MEMBERS:
        member = _member(*row, teams=teams)
        member.rung, member.title = RUNGS.get(member.first_name, (0, ""))
        member.save(update_fields=["rung", "title"])
        members[member.first_name] = member
    _lead(teams, members)
    for name, use, body in ANSWERS:
        SavedAnswer.objects.create(name=name, use=use, body=body, language="en")
    return Cast(brands, members)


def _brand(name: str, slug: str, zone: str, colour: str) -> Brand:
    brand = Brand.objects.create(name=name, slug=slug, time_zone=zone, colour=colour)
    Account.objects.create(
        brand=brand,
        kind=Account.Kind.LOCAL,
        name=name,
        address=f"care@{slug}.example",
        settings={"folder": str(letters_folder())},
    )
    accounts.form_of(brand)
    Period.objects.bulk_create(Period(brand=brand, weekday=day, opens=time(8), closes=time(20)) for day in range(7))
    Target.objects.create(brand=brand, channel="email")
    Target.objects.create(brand=brand, channel="form")
    return brand


def letters_folder() -> Path:
    """Where the local mailboxes put what customers would receive."""
    return Path(settings.DATA_DIR) / "local-mail"


def _member(
    name: str,
    role: str,
    team_names: list[str],
    skills: list[str],
    languages: list[str],
    *,
    teams: dict[str, Team],
) -> Member:
    email = f"{name.split(' ')[0].lower().replace('é', 'e')}@desk.example"
    member = Member.objects.create_user(
        email, None, name=name, role=role, languages=languages, time_zone="Europe/London"
    )
    member.teams.add(*(teams[team] for team in team_names))
    member.skills.add(*(Skill.objects.get_or_create(name=skill)[0] for skill in skills))
    Period.objects.bulk_create(Period(member=member, weekday=day, opens=time(7), closes=time(22)) for day in range(7))
    return member


def _lead(teams: dict[str, Team], members: dict[str, Member]) -> None:
    leads = {"Lines and ledgers": "Marguerite", "Flowers and shoes": "Arthur"}
    for team, name in leads.items():
        teams[team].lead = members[name]
        teams[team].save(update_fields=["lead"])
