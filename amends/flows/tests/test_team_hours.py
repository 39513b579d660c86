"""A team may have hours, holidays and a time zone of its own: its cases are counted by them (SL2)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from amends.cases.models import Case, Entry, NextStep
from amends.clock import calendars, weeks
from amends.clock.ladder import Trigger
from amends.clock.models import Holiday, Period, Promise, Target, TeamHours
from amends.flows import escalating, handover, recounting, starting
from amends.flows.looking import Staff
from amends.people.models import Member, Team
from tests.cast import TUESDAY, Cast, complaint, hear, mail

NINE_TO_FIVE = {day: ((time(9), time(17)),) for day in range(5)}


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment in March 2026, UTC; New York is five hours behind until the 8th."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def in_new_york(cast: Cast) -> TeamHours:
    own = TeamHours.objects.create(team=cast.florists, time_zone="America/New_York")
    weeks.set_week(NINE_TO_FIVE, team=own)
    return own


def answer(case: Case) -> Promise:
    return Promise.objects.get(case=case, kind=Promise.Kind.FIRST_REPLY)


def test_the_first_answer_is_due_by_the_hours_of_the_team_sl2(cast: Cast) -> None:
    """Ten o'clock in London is five in New York, where the team begins at nine."""
    in_new_york(cast)
    case = complaint(cast)
    assert answer(case).due == NextStep.objects.get(case=case).by == at(3, 18)
    assert Entry.objects.filter(case=case, kind="promise.made").count() == 1


def test_a_team_without_hours_of_its_own_works_as_its_brand_does_sl2(cast: Cast) -> None:
    assert answer(complaint(cast)).due == at(3, 14)


def test_the_teams_holidays_count_and_not_the_brands_sl2(cast: Cast) -> None:
    own = in_new_york(cast)
    Holiday.objects.create(team=own, date=date(2026, 3, 3), name="Founders' Day")
    Holiday.objects.create(brand=cast.thimble, date=date(2026, 3, 4), name="The brand's own")
    assert answer(complaint(cast)).due == at(4, 18)


def test_when_new_york_has_changed_its_clock_and_london_has_not_the_teams_counts_sl2(cast: Cast) -> None:
    in_new_york(cast)
    case = complaint(cast, at(10, 10), key="2")
    assert answer(case).due == at(10, 17)


def test_cases_of_another_team_or_of_none_keep_the_hours_of_their_brand_sl2(cast: Cast) -> None:
    in_new_york(cast)
    case = complaint(cast)
    other = Team.objects.create(name="Weekend")
    for team in (other, None):
        case.team = team
        assert calendars.of_case(case) == calendars.of_brand(cast.thimble)
    case.team = cast.florists
    assert calendars.of_case(case).tz.key == "America/New_York"


def test_clocks_that_run_are_counted_anew_by_hours_that_a_team_got_later_sl3(cast: Cast) -> None:
    """The target is an hour, so that an earlier time can come of it; what was told becomes no later."""
    case = complaint(cast)
    own = TeamHours.objects.create(team=cast.florists, time_zone="Asia/Tokyo")
    weeks.set_week({day: ((time(9), time(20)),) for day in range(5)}, team=own)
    Target.objects.create(brand=cast.thimble, channel="email", first_reply=60, next_reply=60)
    now = TUESDAY + timedelta(minutes=5)
    assert recounting.would_change(cast.thimble, now).cases == 1
    assert recounting.recount_brand(cast.thimble, why="hours", by=cast.ines, now=now).cases == 1
    assert answer(case).due == at(3, 11)
    assert Entry.objects.filter(case=case, kind="promise.recounted").count() == 1


def by_night(cast: Cast) -> Team:
    """A second team of the brand, in which Bo is alone, with New York's hours."""
    night = Team.objects.create(name="Night")
    night.brands.add(cast.thimble)
    cast.bo.teams.set([night])
    own = TeamHours.objects.create(team=night, time_zone="America/New_York")
    weeks.set_week(NINE_TO_FIVE, team=own)
    return night


def given(case: Case) -> Entry:
    return Entry.objects.filter(case=case, kind="owner.set").latest("pk")


def test_a_case_that_is_handed_over_follows_into_the_team_and_its_next_answer_is_due_by_that_teams_hours_c0_3(
    cast: Cast,
) -> None:
    case = complaint(cast)
    night = by_night(cast)
    assert (case.owner, case.team, answer(case).due) == (cast.delphine, cast.florists, at(3, 14))
    handover.hand_over(case, cast.bo, "She rings at night.", by=cast.delphine, now=at(3, 11))
    case.refresh_from_db()
    assert (case.team, case.next_step.team) == (night, night)
    assert answer(case).due == at(3, 14), "a clock that runs runs on (SL3)"
    told = given(case).data
    assert (told["team"], told["team_name"], told["team_before"]) == (night.pk, "Night", cast.florists.pk)
    starting.write_up_call(case, "I rang her.", by=cast.bo, now=at(3, 12))
    hear(cast.mailbox, mail("And now?", key="2", headers="In-Reply-To: <1@mail.example.com>\n"), at(4, 10))
    again = Promise.objects.get(case=case, kind=Promise.Kind.NEXT_REPLY, kept_at=None)
    assert again.due == at(4, 18), "from nine o'clock in New York"


def test_a_new_case_begins_in_the_team_of_whoever_has_it_c0_3(cast: Cast) -> None:
    night = by_night(cast)
    Member.objects.filter(pk__in=[cast.delphine.pk, cast.ines.pk]).update(is_active=False)
    case = complaint(cast)
    assert (case.owner, case.team, answer(case).due) == (cast.bo, night, at(3, 18))
    assert given(case).data["team_name"] == "Night"


def test_whoever_is_in_no_team_of_the_brand_leaves_the_case_in_its_team_c0_3(cast: Cast) -> None:
    case = complaint(cast)
    network = Team.objects.get(name="Network")
    cast.marguerite.teams.add(network)
    handover.hand_over(case, cast.marguerite, "Hers now.", by=cast.delphine, now=at(3, 11))
    case.refresh_from_db()
    assert case.team == cast.florists
    assert "team" not in given(case).data


def test_whoever_is_in_the_cases_team_too_leaves_it_there_c0_3(cast: Cast) -> None:
    case = complaint(cast)
    by_night(cast)
    cast.bo.teams.add(cast.florists)
    handover.hand_over(case, cast.bo, "His now.", by=cast.delphine, now=at(3, 11))
    case.refresh_from_db()
    assert case.team == cast.florists


def test_a_rungs_clock_is_counted_by_the_hours_of_the_team_c3_1(cast: Cast) -> None:
    in_new_york(cast)
    cast.ines.rung = 2
    cast.ines.save()
    rung = escalating.open_rung(complaint(cast), Trigger("by_hand", 2, "", params={"why": "x"}), Staff(TUESDAY))
    assert rung.promise is not None and rung.promise.due == at(3, 18)


def test_the_hours_of_many_cases_take_two_queries_sl2(cast: Cast) -> None:
    in_new_york(cast)
    for number in range(4):
        complaint(cast, key=str(number), subject=f"Vase {number}")
    cases = list(Case.objects.select_related("brand").order_by("pk"))
    cases[0].team = None
    with CaptureQueriesContext(connection) as asked:
        found = calendars.of_cases(cases)
    assert len(asked) == 2
    assert [found[case.pk].tz.key for case in cases] == ["Europe/London", *["America/New_York"] * 3]


@pytest.mark.parametrize("twice", [True, False])
def test_an_opening_and_a_holiday_are_of_one_owner_sl2(cast: Cast, twice: bool) -> None:
    own = in_new_york(cast)
    owners = {"brand": cast.thimble, "team": own} if twice else {}
    for make in (
        lambda: Period.objects.create(weekday=1, opens=time(9), closes=time(10), **owners),
        lambda: Holiday.objects.create(date=date(2026, 5, 1), name="May Day", **owners),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            make()


def test_a_team_that_is_taken_apart_takes_its_hours_along_sl2(cast: Cast) -> None:
    own = in_new_york(cast)
    Holiday.objects.create(team=own, date=date(2026, 3, 3), name="Founders' Day")
    case = complaint(cast)
    cast.florists.members.clear()
    cast.florists.delete()
    assert not Period.objects.filter(team__isnull=False).exists() and not Holiday.objects.exists()
    assert calendars.of_case(Case.objects.get(pk=case.pk)) == calendars.of_brand(cast.thimble)
