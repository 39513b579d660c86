"""Rules that ask for a skill: added, changed, tried on past cases, thrown away (RO1)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from amends.audit.models import Record
from amends.cases.models import Case
from amends.desk.tests.desk_time import SignIn
from amends.people.models import Skill, SkillRule
from tests.cast import Cast, complaint

pytestmark = pytest.mark.usefixtures("tuesday")
PAGE = "/settings/rules/"


@pytest.fixture
def admin(cast: Cast, signed_in: SignIn) -> Client:
    return signed_in(cast.marguerite)


@pytest.fixture
def repairs(cast: Cast) -> Skill:
    return Skill.objects.create(name="Repairs")


def typed(skill: Skill, **parts: Any) -> dict[str, Any]:
    return {
        "skill": skill.pk,
        "words": " boiler \n\nwill  not start\nboiler",
        "channel": "",
        "language": "",
        "severity": "0",
        **parts,
    }


def standing() -> tuple[str, str]:
    rule = SkillRule.objects.get()
    return ", ".join(rule.any_of), rule.channel


@pytest.mark.parametrize("name", ["ines", "delphine", "carline"])
def test_s07_only_admins_see_and_set_them(cast: Cast, repairs: Skill, signed_in: SignIn, name: str) -> None:
    rule = SkillRule.objects.create(skill=repairs, words="boiler")
    browser = signed_in(getattr(cast, name))
    for url in (PAGE, f"{PAGE}new/", f"{PAGE}{rule.pk}/"):
        assert browser.get(url).status_code == 403
    assert browser.post(f"{PAGE}{rule.pk}/delete/").status_code == 403
    assert SkillRule.objects.exists()


def test_a_rule_is_added_changed_put_back_and_thrown_away_and_the_log_names_it(admin: Client, repairs: Skill) -> None:
    assert "None yet." in admin.get(PAGE).content.decode()
    assert admin.post(f"{PAGE}new/", typed(repairs)).status_code == 303
    rule = SkillRule.objects.get()
    assert standing() == ("boiler, will not start", "")
    assert "boiler, will not start" in admin.get(PAGE).content.decode()
    admin.post(f"{PAGE}{rule.pk}/", typed(repairs, words="oven", channel="form"))
    assert standing() == ("oven", "form")
    admin.post("/settings/undo/")
    assert standing() == ("boiler, will not start", "")
    assert admin.post(f"{PAGE}{rule.pk}/delete/").status_code == 303
    assert not SkillRule.objects.exists()
    told = list(Record.objects.filter(verb__startswith="rule.").order_by("number").values_list("verb", "facts"))
    assert [verb for verb, _facts in told] == ["rule.made", "rule.changed", "rule.deleted"]
    assert told[1][1] == {"name": "Repairs", "fields": ["words", "channel"]}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"words": ""}, "Say what asks for it: words, a topic, a severity, a channel or a language."),
        ({"words": "of"}, "would stand in nearly every letter"),
        ({"words": "boiler\n!!!"}, "would stand in nearly every letter"),
        ({"skill": ""}, "Choose the skill."),
        ({"channel": "pigeon"}, "Select a valid choice"),
        ({"topic": "weather"}, "Select a valid choice"),
        ({"severity": "6"}, "Select a valid choice"),
    ],
)
def test_a_rule_that_says_nothing_is_refused_with_a_sentence(
    admin: Client, repairs: Skill, wrong: dict[str, str], sentence: str
) -> None:
    refused = admin.post(f"{PAGE}new/", {**typed(repairs), **wrong})
    assert refused.status_code == 422 and sentence in refused.content.decode()
    assert not SkillRule.objects.exists()


def test_ro1_a_rule_is_tried_on_past_cases_before_it_holds_and_changes_nothing(
    cast: Cast, admin: Client, repairs: Skill
) -> None:
    fits = complaint(cast, text="The boiler leaks.", subject="It drips")
    complaint(cast, key="2", sender="Gus <gus@example.com>", subject="The vase")
    owner = fits.owner
    for _twice in range(2):
        page = admin.post(f"{PAGE}new/", typed(repairs, **{"try": "yes"}))
        assert page.status_code == 200
        text = page.content.decode()
        assert "1 of the newest 2 cases of ninety days would have asked for it." in text
        assert "It drips" in text and "boiler" in text and "The vase" not in text
        assert "Nobody has this skill." in text
    assert not SkillRule.objects.exists()
    assert Case.objects.get(pk=fits.pk).owner == owner
    cast.bo.skills.add(repairs)
    assert "Bo Adeyemi" in admin.post(f"{PAGE}new/", typed(repairs, **{"try": "yes"})).content.decode()


def test_ro1_a_rule_by_topic_and_severity_is_tried_saved_and_told_in_words(
    cast: Cast, admin: Client, repairs: Skill
) -> None:
    case = complaint(cast, text="It will not do.", subject="It drips")
    Case.objects.filter(pk=case.pk).update(severity=5)
    grave = typed(repairs, words="", severity="4")
    text = admin.post(f"{PAGE}new/", {**grave, "try": "yes"}).content.decode()
    assert "1 of the newest 1 cases" in text and "<td>Its purpose failed or graver</td>" in text
    text = admin.post(f"{PAGE}new/", {**typed(repairs, words="", topic="money"), "try": "yes"}).content.decode()
    assert "Of 1 case no letter was read" in text
    assert not SkillRule.objects.exists()
    assert admin.post(f"{PAGE}new/", {**grave, "topic": "money"}).status_code == 303
    rule = SkillRule.objects.get()
    assert (rule.topic, rule.severity, rule.words) == ("money", 4, "")
    assert "<td>money, Its purpose failed or graver</td>" in admin.get(PAGE).content.decode()
