"""S15: however an address is written, nobody becomes somebody of a domain that it is not."""

from __future__ import annotations

from email.header import Header
from itertools import product

import pytest

from amends.channels.email.read import read
from amends.people import identities

BANK = "post@bank.example"
EVIL = "mallory@evil.example"

NAMES = [
    BANK,
    f'"{BANK}"',
    f'"<{BANK}>"',
    f"({BANK})",
    f"(<{BANK}>)",
    f'"Bank <{BANK}>" (really {BANK})',
    f"Bank {BANK}",
    f'"{BANK},"',
    f'"{BANK};"',
    f'"a\\" <{BANK}>"',
    f'"\\\\" ({BANK})',
    f"'{BANK}'",
    f"({BANK}\\)",
    f"((({BANK})))",
    "Bank\u202e",
    str(Header(f"Bank <{BANK}>", "utf-8")),
    str(Header(f"{BANK}", "utf-8")),
    str(Header(f'"{BANK}" <{BANK}>,', "utf-8")),
    str(Header(f"{BANK}\r\nFrom: {BANK}", "utf-8")),
    "=?utf-8?q?post=40bank=2Eexample?=",
    "=?utf-8?b?PHBvc3RAYmFuay5leGFtcGxlPg==?=",
    "=?utf-7?q?+AEA-bank.example?=",
    "post=40bank.example",
    "\x00",
    "",
]
ANGLES = [
    "<{}>",
    "< {} >",
    "<\t{}>",
    "<{}> ",
    "<{}>(post@bank.example)",
    "<{}> (<post@bank.example>)",
    "<(post@bank.example){}>",
    "<@bank.example:{}>",
    "<@bank.example,@x.example:{}>",
    "<{}>;",
    "<{}>,",
    "<{}>.",
    "<{}",
]
ALONE = [
    f"{EVIL} (post@bank.example)",
    f"(post@bank.example) {EVIL}",
    f"Group: {EVIL};",
    '"post@bank.example"@evil.example',
    "post@bank.example@evil.example",
    "post%bank.example@evil.example",
    "bank.example!post@evil.example",
    "post@bank.example.evil.example",
    "post@evil.example\\@bank.example",
    "post@xbank.example",
    "post@ban\u212a.example",
    "post@bank.example\u3002evil.example",
    "post@b\u0430nk.example",
    "po\u212at@evil.example",
    "post@[bank.example]",
    "post\uff20bank.example",
]


def written() -> list[str]:
    angled = [f"{name} {angle.format(EVIL)}" for name, angle in product(NAMES, ANGLES)]
    return [*angled, *ALONE]


def identity_of(line: str) -> str:
    """The identity that a mail with this From would be joined to, or an empty string."""
    message = read(f"From: {line}\r\nSubject: x\r\n\r\nHello.\r\n".encode())
    if "from_ambiguous" in message.problems:  # such a sender is not confirmed and joins nobody's case
        return ""
    try:
        return identities.normalise("email", message.sender.address)
    except identities.IdentityError:
        return ""


def test_there_are_more_than_three_hundred_addresses() -> None:
    assert len(set(written())) >= 300


@pytest.mark.parametrize("name", NAMES)
def test_what_stands_beside_an_address_never_becomes_one(name: str) -> None:
    for angle in ANGLES:
        found = identity_of(f"{name} {angle.format(EVIL)}")
        assert found in (EVIL, ""), (name, angle)


@pytest.mark.parametrize("line", ALONE)
def test_an_address_of_another_domain_is_never_the_banks(line: str) -> None:
    assert identity_of(line).rpartition("@")[2] != "bank.example"


@pytest.mark.parametrize("address", ["Post@Bank.Example", "POST@BANK.EXAMPLE", " post@bank.example "])
def test_large_letters_and_spaces_make_no_other_person(address: str) -> None:
    assert identities.normalise("email", address) == BANK


@pytest.mark.parametrize("address", ["po\u212at@bank.example", "post@ban\u212a.example", "\u0130@bank.example"])
def test_only_plain_letters_are_made_small(address: str) -> None:
    """The Kelvin sign is not a k: `str.lower` would make it one."""
    assert identities.normalise("email", address) == address
