"""Whoever is about to be lost is worked the same day (C5.3, A054)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from amends.cases.models import Case, NextStep
from amends.cases.next_step import Weight
from amends.cases.risk import ABOUT_TO_BE_LOST
from amends.clock import alarms, calendars, promises
from amends.clock.models import Promise
from amends.clock.promises import Given, Word
from amends.people.models import Member


def same_day(
    owned: Sequence[tuple[Case, Member]], owed: Mapping[int, Promise], weights: Mapping[int, Weight], now: datetime
) -> dict[int, Promise]:
    """`owed`, with a promise to act today where a case has just come to be about to be lost and owes nothing today."""
    near = [(case, owner) for case, owner in owned if weights[case.pk].risk >= ABOUT_TO_BE_LOST]
    if not near:
        return dict(owed)
    known = NextStep.objects.filter(case__in=[case for case, _owner in near], risk__gte=ABOUT_TO_BE_LOST)
    already = set(known.values_list("case_id", flat=True))
    hours = calendars.of_cases(case for case, _owner in near)
    wanting: list[Given] = []
    for case, owner in near:
        if case.pk in already:
            continue
        alarms.raise_alarm(owner, "lost", now, case, day=now.date().isoformat())
        due = hours[case.pk].end_of_day(now)
        if due < promises.counts_to(owed[case.pk], now):
            act = _("Speak to them today: they are about to be lost")
            word = Word(act, due, kind=Promise.Kind.STEP, source=Promise.Source.POLICY, visible=False)
            wanting.append(Given(case, word, owner, now))
    return {**owed} | {promise.case_id: promise for promise in promises.make_all(wanting)}
