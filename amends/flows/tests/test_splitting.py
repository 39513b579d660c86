"""A part of a case that becomes a case of its own is as guarded, and as quiet, as the whole was (CV10)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from amends.cases.models import Case, Entry
from amends.clock import promises
from amends.flows import abuse, matter, merging
from tests.cast import TUESDAY, Cast, complaint

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_es8_a_part_of_a_guarded_case_is_guarded_before_its_letters_stand_there(cast: Cast) -> None:
    case = complaint(cast)
    matter.change(case, matter.of(case), {**matter.of(case), "guard": "safety"}, by=cast.delphine, now=TUESDAY)
    letter = Entry.objects.get(case=case, kind="contact.in")
    part = merging.split(case, [letter], "The bill", by=cast.delphine, now=TUESDAY + HOUR)
    part.refresh_from_db()
    assert (part.guard, part.severity) == ("safety", 5)
    guarded = Entry.objects.get(case=part, kind="case.matter_set")
    assert guarded.data == {"guard": "safety"}
    assert guarded.pk < Entry.objects.get(case=part, kind="contact.in").pk


def test_a_part_of_a_complaint_is_a_complaint_and_pauses_with_it(cast: Cast) -> None:
    """A077: what is paused is the person, not the letter."""
    case = complaint(cast, text="The roses are broken, very disappointed.")
    assert case.kind == Case.Kind.COMPLAINT
    for what, until in ((abuse.WARN, None), (abuse.PAUSE, TUESDAY + 5 * DAY)):
        abuse.act(case, what, "He swears.", until=until, by=cast.delphine, now=TUESDAY)
    letter = Entry.objects.get(case=case, kind="contact.in")
    part = merging.split(case, [letter], "The bill", by=cast.delphine, now=TUESDAY + HOUR)
    part.refresh_from_db()
    assert (part.kind, part.quiet_until) == (Case.Kind.COMPLAINT, TUESDAY + 5 * DAY)
    assert Entry.objects.get(case=part, kind="abuse.paused").data["until"] == (TUESDAY + 5 * DAY).isoformat()
    assert all(one.due >= TUESDAY + 5 * DAY for one in promises.owed(part))
