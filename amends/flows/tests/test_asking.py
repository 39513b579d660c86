"""A rule asks for a skill, and whoever has it gets the case; the case says why (RO1, RO3, RO7)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from amends.cases.models import Case
from amends.clock.models import Absence
from amends.flows import asking, draining, rehoming
from amends.flows.decide import decide
from amends.flows.looking import Staff
from amends.people.models import Member, Skill, SkillRule
from amends.triage.routing import Reason, explain
from amends.triage.skills import Asked
from tests.cast import TUESDAY, Cast, complaint

DAY = timedelta(days=1)


@pytest.fixture
def repairs(cast: Cast) -> Skill:
    """Bo Adeyemi knows about repairs, and has less room than Delphine."""
    skill = Skill.objects.create(name="Repairs")
    cast.bo.skills.add(skill)
    cast.bo.capacity = 5
    cast.bo.save()
    return skill


def rule(skill: Skill, **parts: object) -> SkillRule:
    return SkillRule.objects.create(skill=skill, **{"words": "boiler\nwill not start", **parts})


def why_given(case: Case) -> str:
    return explain([Reason(**one) for one in case.entries.filter(kind="owner.set").latest("pk").data["why"]])


def test_ro1_ro7_a_letter_with_the_word_goes_to_who_knows_about_it_and_the_case_says_why(
    cast: Cast, repairs: Skill
) -> None:
    rule(repairs)
    case = complaint(cast, text="My boilers leak, both of them.")
    assert case.owner == cast.bo
    assert "“boiler” asks for Repairs. Bo Adeyemi knows about Repairs." in why_given(case)


def test_without_the_word_it_goes_as_before(cast: Cast, repairs: Skill) -> None:
    rule(repairs)
    case = complaint(cast, text="The roses were brown.")
    assert case.owner != cast.bo
    assert "asks for" not in why_given(case)


@pytest.mark.parametrize(
    ("parts", "to_bo"),
    [
        ({"words": "", "channel": "email"}, True),
        ({"words": "", "channel": "form"}, False),
        ({"words": "", "language": "en"}, True),
        ({"words": "boiler", "language": "de"}, False),
        ({"words": "the flowers for"}, True),
    ],
)
def test_ro1_channel_language_and_the_subject_ask_too(
    cast: Cast, repairs: Skill, parts: dict[str, str], to_bo: bool
) -> None:
    rule(repairs, **parts)
    assert (complaint(cast).owner == cast.bo) is to_bo


def test_ro1_a_rule_of_another_brand_asks_for_nothing(cast: Cast, repairs: Skill) -> None:
    rule(repairs, brand=cast.vantry)
    assert complaint(cast, text="The boiler leaks.").owner != cast.bo


def test_ro3_a_skill_that_nobody_has_is_said_aloud(cast: Cast, repairs: Skill) -> None:
    rule(Skill.objects.create(name="Ovens"), words="oven")
    case = complaint(cast, text="The oven is cold.")
    assert "“oven” asks for Ovens. Nobody here knows all of this: Ovens." in why_given(case)


def test_ro4_who_has_a_case_or_knows_the_customer_is_not_asked_to_give_it_up(cast: Cast, repairs: Skill) -> None:
    case = complaint(cast, text="The boiler leaks.")
    owner = case.owner
    assert owner != cast.bo
    rule(repairs)
    decide(case, TUESDAY)
    assert Case.objects.get(pk=case.pk).owner == owner
    second = complaint(cast, text="The other boiler leaks.", key="2", subject="Another one")
    assert second.owner == owner


def test_ro5_a_case_whose_owner_is_away_goes_to_who_has_the_skill(cast: Cast) -> None:
    """To Ines, though she leads, and Bo has room."""
    case = complaint(cast, text="The boiler leaks.")
    assert case.owner == cast.delphine
    skill = Skill.objects.create(name="Repairs")
    cast.ines.skills.add(skill)
    rule(skill)
    Absence.objects.create(member=cast.delphine, starts=TUESDAY, ends=TUESDAY + 5 * DAY)
    while rehoming.rehome(TUESDAY + timedelta(hours=1), 50):
        pass
    case.refresh_from_db()
    assert case.owner == cast.ines
    assert "“boiler” asks for Repairs. Ines Calder knows about Repairs." in why_given(case)


def test_ro2_a_backlog_drains_to_who_has_the_skill(cast: Cast) -> None:
    """To Ines, though she leads, and Bo has room."""
    skill = Skill.objects.create(name="Repairs")
    cast.ines.skills.add(skill)
    Member.objects.filter(pk__in=[cast.ines.pk, cast.bo.pk]).update(is_active=False)
    case = complaint(cast, text="The boiler leaks.")
    complaint(cast, key="2", subject="Another matter", sender="ada@example.com")
    assert case.owner == cast.delphine
    Member.objects.filter(pk=cast.delphine.pk).update(capacity=1)
    Member.objects.filter(pk__in=[cast.ines.pk, cast.bo.pk]).update(is_active=True)
    rule(skill)
    assert draining.drain(TUESDAY, 50) == 1
    case.refresh_from_db()
    assert case.owner == cast.ines
    assert "“boiler” asks for Repairs. Ines Calder knows about Repairs." in why_given(case)


def test_the_order_and_the_cause_of_a_case_ask_too(cast: Cast, repairs: Skill) -> None:
    rule(repairs)
    case = complaint(cast)
    Case.objects.filter(pk=case.pk).update(about="BOILER-88")
    case.refresh_from_db()
    assert Staff(TUESDAY).asked_on([case]) == {case.pk: (Asked("Repairs", "boiler"),)}


def test_a_rule_is_tried_on_its_brands_cases_of_ninety_days_less_those_one_may_not_see(
    cast: Cast, repairs: Skill
) -> None:
    old = complaint(cast, text="The boiler leaks.", subject="Old")
    Case.objects.filter(pk=old.pk).update(opened_at=TUESDAY - 91 * DAY)
    hidden = complaint(cast, text="The boiler leaks.", subject="Hidden", sender="a@example.com", key="2")
    seen = complaint(cast, text="The boiler leaks.", subject="Seen", sender="b@example.com", key="3")
    complaint(cast, subject="Roses", sender="c@example.com", key="4")
    tried = asking.try_on_past(rule(repairs), {hidden.pk}, TUESDAY + DAY)
    assert (tried.of, [(one.case, one.asked.word) for one in tried.hits]) == (2, [(seen, "boiler")])
    assert asking.try_on_past(rule(repairs, brand=cast.vantry), (), TUESDAY + DAY).of == 0
