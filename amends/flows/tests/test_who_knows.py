"""A person who comes back goes to the owner who knows their story, unless that one is away (RO4)."""

from __future__ import annotations

from datetime import timedelta

from amends.cases.models import Case, Entry, NextStep
from amends.clock.models import Absence
from amends.people.models import Member
from tests.cast import TUESDAY, Cast, complaint

DAY = timedelta(days=1)


def owner(case: Case) -> Member:
    assert case.owner is not None
    return case.owner


def reasons(case: Case) -> list[str]:
    return [one["code"] for one in NextStep.objects.get(case=case).why]


def test_ro4_another_matter_goes_to_whoever_has_the_first_though_others_carry_less(cast: Cast) -> None:
    first = complaint(cast)
    stranger = complaint(cast, key="2", sender="Tam <tam@example.org>", subject="A vase")
    assert owner(stranger) != owner(first), "whoever carries less"
    assert owner(complaint(cast, key="3", sender="Uma <uma@example.org>", subject="A lamp")) == owner(first)
    again = complaint(cast, key="4", subject="The bill")
    assert again.pk != first.pk
    assert owner(again) == owner(first)
    assert "knows" in reasons(again) and "knows" not in reasons(stranger)
    given = Entry.objects.get(case=again, kind="owner.set")
    assert given.data["owner"] == owner(first).pk


def test_ro4_whoever_knows_the_story_but_is_away_is_not_waited_for(cast: Cast) -> None:
    first = complaint(cast)
    Absence.objects.create(member=owner(first), starts=TUESDAY - DAY, ends=TUESDAY + DAY)
    again = complaint(cast, key="4", subject="The bill")
    assert owner(again) != owner(first)
    assert "knows_away" in reasons(again) and "knows" not in reasons(again)
