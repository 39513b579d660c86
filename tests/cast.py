"""The named cast: everybody knows who may see what.

Delphine answers for Thimble & Thorn, Bo works beside her, Ines leads, Marguerite is the admin, Carline only reads.
Callum serves another brand and must see nothing of theirs. Rosalind bought flowers for Winifred.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from amends.cases.models import Case, Entry
from amends.channels import accounts, inbox
from amends.channels.models import Account
from amends.flows import intake
from amends.people import identities
from amends.people.models import Brand, Customer, Desk, Member, Role, Team

TUESDAY = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)
"""The moment at which most tests begin: a working Tuesday."""


@dataclass(frozen=True)
class Cast:
    """Two brands, their people, one customer each."""

    thimble: Brand
    vantry: Brand
    mailbox: Account
    other_mailbox: Account
    florists: Team
    delphine: Member
    bo: Member
    ines: Member
    marguerite: Member
    carline: Member
    callum: Member
    rosalind: Customer

    def at_the_desk(self) -> list[Member]:
        return [self.marguerite, self.ines, self.delphine, self.bo, self.carline, self.callum]


def assemble() -> Cast:
    """Make the cast in the database."""
    Desk.objects.create(name="Thimble & Co", set_up_at=TUESDAY)
    thimble = Brand.objects.create(name="Thimble & Thorn", slug="thimble", time_zone="Europe/London")
    vantry = Brand.objects.create(name="Vantry Broadband", slug="vantry", time_zone="Europe/London")
    florists = Team.objects.create(name="Florists")
    florists.brands.add(thimble)
    network = Team.objects.create(name="Network")
    network.brands.add(vantry)

    def member(name: str, role: str, *teams: Team) -> Member:
        email = f"{name.split(' ')[0].lower()}@desk.example"
        made = Member.objects.create_user(
            email, None, name=name, role=role, languages=["en"], time_zone="Europe/London"
        )
        made.teams.add(*teams)
        return made

    cast = Cast(
        thimble=thimble,
        vantry=vantry,
        mailbox=_mailbox(thimble, "help@thimble.example"),
        other_mailbox=_mailbox(vantry, "help@vantry.example"),
        florists=florists,
        delphine=member("Delphine Marsh", Role.AGENT, florists),
        bo=member("Bo Adeyemi", Role.AGENT, florists),
        ines=member("Ines Calder", Role.LEAD, florists),
        marguerite=member("Marguerite Sol", Role.ADMIN),
        carline=member("Carline Duvet", Role.READER, florists),
        callum=member("Callum Brae", Role.AGENT, network),
        rosalind=identities.recognise("email", "rosalind@example.com", "Rosalind Achterberg", TUESDAY),
    )
    florists.lead = cast.ines
    florists.save()
    return cast


def mail(
    text: str = "It looks nothing like the picture, and I look foolish.",
    *,
    subject: str = "The flowers for Winifred",
    sender: str = "Rosalind Achterberg <rosalind@example.com>",
    to: str = "help@thimble.example",
    key: str = "1",
    headers: str = "",
) -> bytes:
    """A plain mail; `key` makes its Message-ID, `headers` are added as they stand (each line ended by \\n)."""
    return (
        f"From: {sender}\nTo: {to}\nSubject: {subject}\nDate: Tue, 03 Mar 2026 09:58:00 +0000\n"
        f"Message-ID: <{key}@mail.example.com>\n{headers}"
        f"Content-Type: text/plain; charset=utf-8\n\n{text}\n"
    ).encode()


def hear(account: Account, raw: bytes, now: datetime = TUESDAY) -> Entry | None:
    """Keep a raw message and take it in, as the worker does."""
    return intake.take_in(inbox.keep(account, raw, source="test", now=now).pk, now)


def complaint(cast: Cast, now: datetime = TUESDAY, **parts: str) -> Case:
    """Rosalind's mail, taken in."""
    entry = hear(cast.mailbox, mail(**parts), now)
    assert entry is not None
    return Case.objects.get(pk=entry.case_id)


def _mailbox(brand: Brand, address: str) -> Account:
    accounts.form_of(brand)
    return Account.objects.create(brand=brand, kind=Account.Kind.LOCAL, name=brand.name, address=address)
