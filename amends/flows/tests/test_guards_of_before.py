"""What the upgrade does to cases that took in a guarded one before guards went along (ES8, CV10)."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

from django.apps import apps
from django.utils import timezone

from amends.cases import timeline
from amends.cases.models import Case, Entry, NextStep
from amends.clock.models import Escalation
from amends.flows import scoring, weighing
from amends.flows.guarded import hidden_from
from amends.people.models import Member
from tests.cast import TUESDAY, Cast, complaint

guards = import_module("amends.cases.migrations.0019_guards_of_cases_taken_in")


def taken_in_before_guards_went_along(cast: Cast) -> tuple[Case, Case]:
    """A guarded case and the open one that it went into, by way of a third."""
    source, between, home = (complaint(cast, subject=f"Stairs {key}", key=key) for key in ("4", "5", "6"))
    Case.objects.filter(pk=source.pk).update(guard="vulnerable", severity=5, merged_into=between)
    Case.objects.filter(pk=between.pk).update(merged_into=home)
    NextStep.objects.filter(case__in=[source, between]).delete()
    return source, home


def about(case: Case) -> list[tuple[str, dict[str, object]]]:
    rows = Entry.objects.filter(case=case, kind__in=("case.matter_set", "case.severity")).order_by("pk")
    return list(rows.values_list("kind", "data"))


def test_es8_a_case_that_took_in_a_guarded_one_before_guards_went_along_is_guarded(cast: Cast) -> None:
    source, home = taken_in_before_guards_went_along(cast)
    other = complaint(cast, subject="A vase", key="7")
    outsider = next(one for one in (cast.delphine, cast.bo) if one != home.owner)
    assert hidden_from(outsider) == frozenset(), "it stood open"
    for _again in range(2):
        guards.guard_what_took_them_in(apps, None)
    home.refresh_from_db()
    other.refresh_from_db()
    assert (home.guard, home.severity, other.guard, other.severity) == ("vulnerable", 5, "", 3)
    assert source.pk in hidden_from(outsider) and home.pk in hidden_from(outsider)
    assert about(home) == [
        ("case.matter_set", {"guard": "vulnerable"}),
        ("case.severity", {"before": 3, "severity": 5}),
    ]


def test_es8_a_guard_that_somebody_took_off_since_stays_off(cast: Cast) -> None:
    _source, home = taken_in_before_guards_went_along(cast)
    timeline.record(home, "case.matter_set", at=TUESDAY, by=cast.ines, guard="")
    guards.guard_what_took_them_in(apps, None)
    home.refresh_from_db()
    assert (home.guard, home.severity, len(about(home))) == ("", 3, 1)


def test_es8_what_was_guarded_is_weighed_and_scored_anew_by_the_sweeps(cast: Cast) -> None:
    """C3.2: a vulnerable person comes to a director."""
    Member.objects.filter(pk__in=[cast.ines.pk, cast.marguerite.pk]).update(rung=3)
    _source, home = taken_in_before_guards_went_along(cast)
    while weighing.weigh_changed(TUESDAY):
        pass
    before = NextStep.objects.get(case=home).score
    guards.guard_what_took_them_in(apps, None)
    later = timezone.now() + timedelta(minutes=1)
    while weighing.weigh_changed(later):
        pass
    scoring.weigh_anew(later, 50)
    assert [one.trigger for one in Escalation.objects.filter(case=home)] == ["severity"]
    assert NextStep.objects.get(case=home).score > before
