"""Every verb, every role, own and other brand, active or not: the whole table in words."""

from __future__ import annotations

import itertools

import pytest

from amends.people.models import Role
from amends.people.permissions import TABLE, Actor, can

OWN, OTHER = 1, 2

EXPECTED: dict[str, str] = {
    "case.see": "admin lead agent reader",
    "case.open": "admin lead agent",
    "case.reply": "admin lead agent",
    "case.note": "admin lead agent",
    "case.promise": "admin lead agent",
    "case.hand_over": "admin lead agent",
    "case.escalate": "admin lead agent",
    "case.matter": "admin lead agent",
    "case.close": "admin lead agent",
    "case.reopen": "admin lead agent",
    "case.merge": "admin lead agent",
    "case.split": "admin lead agent",
    "case.raw": "admin lead agent",
    "case.pictures": "admin lead agent",
    "case.blacken": "admin lead",
    "case.suggest": "admin lead agent",
    "reading.correct": "admin lead agent",
    "person.see": "admin lead agent reader",
    "person.edit": "admin lead agent",
    "you.edit": "admin lead agent reader",
    "answers.edit": "admin lead",
    "reader.learn": "admin lead",
    "coach.edit": "admin lead",
    "connector.edit": "admin",
    "hours.edit": "admin lead",
    "targets.edit": "admin lead",
    "packs.edit": "admin",
    "absence.edit": "admin lead",
    "partners.edit": "admin lead",
    "teams.edit": "admin",
    "members.edit": "admin",
    "brands.edit": "admin",
    "mailboxes.edit": "admin",
    "mail.reread": "admin",
    "file.release": "admin",
    "desk.edit": "admin",
    "log.read": "admin",
    "person.export": "admin",
    "person.erase": "admin",
    "person.hold": "admin",
    "retention.edit": "admin",
}
"""Written out by hand, so that a verb given to one more role by mistake is seen here."""


def actor(role: str, *, active: bool = True) -> Actor:
    return Actor(1, role, active, frozenset({OWN}))


def test_every_verb_of_the_table_has_its_case_here() -> None:
    assert TABLE.keys() == EXPECTED.keys()


@pytest.mark.parametrize(("verb", "role"), list(itertools.product(EXPECTED, Role.values)))
def test_a_role_may_do_exactly_what_is_written(verb: str, role: str) -> None:
    assert can(actor(role), verb) == (role in EXPECTED[verb].split())


@pytest.mark.parametrize(("verb", "role"), list(itertools.product(EXPECTED, Role.values)))
def test_a_role_may_do_it_to_its_own_brand(verb: str, role: str) -> None:
    assert can(actor(role), verb, OWN) == (role in EXPECTED[verb].split())


@pytest.mark.parametrize(("verb", "role"), list(itertools.product(EXPECTED, Role.values)))
def test_another_brand_is_open_to_admins_and_leads_only(verb: str, role: str) -> None:
    may = role in EXPECTED[verb].split() and role in ("admin", "lead")
    assert can(actor(role), verb, OTHER) == may


@pytest.mark.parametrize(("verb", "role"), list(itertools.product(EXPECTED, Role.values)))
def test_nobody_who_was_switched_off_may_do_anything(verb: str, role: str) -> None:
    assert not can(actor(role, active=False), verb)
    assert not can(actor(role, active=False), verb, OWN)


@pytest.mark.parametrize("role", Role.values)
def test_a_verb_that_nobody_wrote_down_is_nobodys(role: str) -> None:
    assert not can(actor(role), "case.erase")
    assert not can(actor(role), "")


def test_an_unknown_role_may_do_nothing() -> None:
    assert not any(can(actor("owner"), verb) for verb in TABLE)
