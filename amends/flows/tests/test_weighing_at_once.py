"""Two workers look at one case in the same second; what is written down is written down once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from amends.cases.models import Case, Entry
from amends.clock.models import Absence, Alarm, Weighing
from amends.flows import closing, rehoming, starting, weighing
from amends.flows.looking import Staff
from amends.flows.tests.test_at_once import overtake
from amends.people.models import Member
from tests.cast import TUESDAY, Cast, complaint

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FIRST = "The roses of order AB-12345 are broken, very disappointed."
AGAIN = "Order AB-12345 is broken, very disappointed!"


def both_weigh(case: Case, now: datetime) -> None:
    overtake(
        lambda: weighing.weigh([case.pk], now),
        lambda: weighing.weigh([case.pk], now),
        before='INSERT INTO "cases_entry"',
    )


def test_c3_3_a_repeat_is_counted_once(cast: Cast) -> None:
    earlier = complaint(cast, text=FIRST)
    starting.write_up_call(earlier, "Sorry.", by=cast.delphine, now=TUESDAY)
    closing.close(earlier, "happy", by=cast.delphine, now=TUESDAY + HOUR)
    weighing.weigh([earlier.pk], TUESDAY + HOUR)
    late = TUESDAY + 60 * DAY
    case = complaint(cast, now=late, text=AGAIN, key="2", subject="Again")
    both_weigh(case, late)
    assert Entry.objects.filter(case=case, kind="complaint.returned").count() == 1


def test_a_case_that_was_brought_home_is_joined_once_and_never_weighed_again(cast: Cast) -> None:
    earlier = complaint(cast, text=FIRST)
    case = complaint(cast, now=TUESDAY + HOUR, text=AGAIN, key="2", subject="Again")
    both_weigh(case, TUESDAY + HOUR)
    case.refresh_from_db()
    assert case.merged_into == earlier
    assert Entry.objects.filter(case=earlier, kind="case.merged").count() == 1
    assert not Weighing.objects.filter(case=case).exists()


def test_a_row_of_a_case_that_was_taken_in_does_not_stay_due(cast: Cast) -> None:
    earlier, case = complaint(cast), complaint(cast, key="2", subject="The vase")
    Case.objects.filter(pk=case.pk).update(merged_into=earlier)
    Weighing.objects.create(case=case, at=TUESDAY)
    assert weighing.weigh_due(TUESDAY + HOUR) == 1
    assert weighing.weigh_due(TUESDAY + 2 * HOUR) == 0


def test_a_case_that_was_taken_in_after_it_was_read_is_weighed_where_it_went(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the reading and the holding of it a colleague merges it by hand."""
    target = complaint(cast)
    case = complaint(cast, text="My lawyer says that the vase is broken.", key="2", subject="The vase")
    carry_out = weighing._carry_out

    def merged_before(chosen: Case, staff: Staff) -> None:
        Case.objects.filter(pk=case.pk).update(merged_into=target)
        carry_out(chosen, staff)

    monkeypatch.setattr(weighing, "_carry_out", merged_before)
    weighing.weigh([case.pk], TUESDAY)
    assert not Weighing.objects.filter(case=case).exists()
    assert Entry.objects.filter(case=target, kind="escalated").count() == 1


def test_es1_a_case_that_nobody_has_rings_once(cast: Cast) -> None:
    complaint(cast)
    for member in Member.objects.all():
        Absence.objects.create(member=member, starts=TUESDAY - DAY, ends=TUESDAY + 5 * DAY)
    overtake(
        lambda: rehoming.ring_for_nobody(TUESDAY + DAY, 50),
        lambda: rehoming.ring_for_nobody(TUESDAY + DAY, 50),
        before='INSERT INTO "clock_alarm"',
    )
    assert Alarm.objects.filter(code="nobody").count() == 1
