"""What stands in a desk before its first case: two brands, four teams, thirty agents, a lead, an admin."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from amends.channels import accounts
from amends.channels.models import Account
from amends.people.models import Brand, Desk, Member, Role, Team

AGENTS = 30
TEAMS = 4
ZONE = "Europe/London"


@dataclass(frozen=True)
class Furniture:
    """Ids: brands, their teams, their mailboxes, and the agents of each team."""

    brands: list[int]
    mailboxes: list[int]
    teams: list[int]
    agents: dict[int, list[int]]

    def brand_of(self, team: int) -> int:
        """Two teams serve one brand."""
        return self.brands[self.teams.index(team) * len(self.brands) // len(self.teams)]


def furnish() -> Furniture:
    """Make it in an empty database."""
    Desk.objects.create(pk=1, name="The measured desk", set_up_at=timezone.now())
    brands = [_brand(number) for number in (1, 2)]
    teams = [_team(brands[number * len(brands) // TEAMS], number + 1) for number in range(TEAMS)]
    agents: dict[int, list[int]] = {team.pk: [] for team in teams}
    for number in range(AGENTS):
        team = teams[number % TEAMS]
        agents[team.pk].append(_member(f"Agent {number + 1}", Role.AGENT, team).pk)
    _member("Lead", Role.LEAD, *teams)
    _member("Admin", Role.ADMIN)
    return Furniture(
        brands=[brand.pk for brand in brands],
        mailboxes=[brand.accounts.get(kind=Account.Kind.LOCAL).pk for brand in brands],
        teams=[team.pk for team in teams],
        agents=agents,
    )


def _brand(number: int) -> Brand:
    brand = Brand.objects.create(name=f"Shop {number}", slug=f"shop{number}", time_zone=ZONE)
    accounts.form_of(brand)
    Account.objects.create(
        brand=brand, kind=Account.Kind.LOCAL, name=brand.name, address=f"help@shop{number}.example", settings={}
    )
    return brand


def _team(brand: Brand, number: int) -> Team:
    team = Team.objects.create(name=f"Team {number}")
    team.brands.add(brand)
    return team


def _member(name: str, role: str, *teams: Team) -> Member:
    address = f"{name.lower().replace(' ', '')}@desk.example"
    member = Member.objects.create_user(
        address, None, name=name, role=role, languages=["en", "de", "fr"], time_zone=ZONE, capacity=30_000
    )
    member.teams.add(*teams)
    return member
