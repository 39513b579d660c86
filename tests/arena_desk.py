"""What a desk of the arena does with a line: takes the mail in, lets the worker's jobs run, gives what left."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

from amends.cases.models import Entry
from amends.channels import inbox
from amends.channels.models import Account
from amends.config.schedule import BESIDE, SCHEDULE
from amends.people.models import Brand, Desk, Member, Role, Team

BEGINS = datetime(2026, 3, 3, 9, tzinfo=UTC)


class Here:
    """One brand, one agent, one local mailbox whose letters lie in a folder."""

    def __init__(self, name: str, domain: str, letters: Path) -> None:
        Desk.objects.create(name=name, set_up_at=BEGINS)
        brand = Brand.objects.create(name=name, slug=name.lower())
        team = Team.objects.create(name="All")
        team.brands.add(brand)
        agent = Member.objects.create_user(f"ann@{domain}", None, name=f"Ann of {name}", role=Role.AGENT)
        agent.teams.add(team)
        settings = {"folder": str(letters)}
        self._account = Account.objects.create(
            brand=brand, kind=Account.Kind.LOCAL, name=name, address=f"help@{domain}", settings=settings
        )
        self._letters = letters
        self._taken: set[Path] = set()

    def hears(self, raw: bytes | None, now: datetime) -> list[tuple[str, bytes]]:
        if raw is not None:
            inbox.keep(self._account, raw, source="smtp", now=now)
        for job in (*SCHEDULE, *BESIDE):
            job.run(now)
        return self._new_letters()

    def warned(self) -> int:
        """Cases that tell their agent about notes that were held back."""
        return Entry.objects.filter(kind="contact.held").values("case").distinct().count()

    def _new_letters(self) -> list[tuple[str, bytes]]:
        found = sorted(set(self._letters.glob("*/new/*")) - self._taken, key=lambda path: path.name)
        self._taken.update(found)
        return [(unquote(path.parent.parent.name), path.read_bytes()) for path in found]
