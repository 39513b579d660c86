"""The settings of a team's own hours, holidays and time zone (SL2)."""

from __future__ import annotations

import html
import re
from datetime import date, time
from typing import Any

import pytest

from amends.audit.models import Record
from amends.clock import weeks
from amends.clock.models import Holiday, Promise, TeamHours
from amends.desk.tests.desk_time import HTMX, SignIn
from tests.cast import Cast, complaint

pytestmark = pytest.mark.usefixtures("tuesday")

WEEK = {f"d{day}_0_opens": "09:00" for day in range(5)} | {f"d{day}_0_closes": "17:00" for day in range(5)}


def url(cast: Cast, rest: str = "hours/") -> str:
    return f"/settings/teams/{cast.florists.pk}/{rest}"


def words_of(answer: Any) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def test_an_admin_gives_a_team_hours_of_its_own_and_new_cases_are_counted_by_them_sl2(
    cast: Cast, signed_in: SignIn
) -> None:
    browser = signed_in(cast.marguerite)
    page = words_of(browser.get(url(cast)))
    assert "This team works as its brands do." in page and "Work as the brands do" not in page
    saved = browser.post(url(cast), {**WEEK, "time_zone": "new york"}, follow=True)
    assert "The cases of this team are counted by these hours" in words_of(saved)
    own = TeamHours.objects.get(team=cast.florists)
    assert (own.time_zone, len(weeks.week_of(team=own))) == ("America/New_York", 5)
    assert Record.objects.get(verb="hours.changed").facts["name"] == "Florists"
    case = complaint(cast)
    assert Promise.objects.get(case=case).due.hour == 18
    why = browser.get(f"/cases/{case.pk}/")
    assert why.status_code == 200


def test_why_a_time_is_due_then_names_the_team_and_its_place_sl2(cast: Cast, signed_in: SignIn) -> None:
    own = TeamHours.objects.create(team=cast.florists, time_zone="America/New_York")
    weeks.set_week({1: ((time(9), time(17)),)}, team=own)
    promise = Promise.objects.get(case=complaint(cast))
    for member, may_edit in ((cast.marguerite, True), (cast.delphine, False)):
        shown = signed_in(member).get(f"/promises/{promise.pk}/why/", headers=HTMX)
        assert "Hours of Florists, New York time" in words_of(shown)
        assert (url(cast) in shown.content.decode()) is may_edit


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({**WEEK, "time_zone": "Atlantis"}, "There is no time zone “Atlantis”."),
        ({**WEEK, "time_zone": ""}, "This field is required."),
        ({"time_zone": "Europe/Paris"}, "Give at least one day with hours"),
        ({**WEEK, "d0_0_closes": "08:00", "time_zone": "Europe/Paris"}, "The end lies before the beginning."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved_sl2(
    cast: Cast, signed_in: SignIn, typed: dict[str, str], said: str
) -> None:
    answer = signed_in(cast.marguerite).post(url(cast), typed)
    assert answer.status_code == 422 and said in words_of(answer)
    assert not TeamHours.objects.exists()


def test_a_time_that_is_added_saves_nothing_and_keeps_the_zone_that_was_typed_sl2(
    cast: Cast, signed_in: SignIn
) -> None:
    browser, typed = signed_in(cast.marguerite), {**WEEK, "time_zone": "Asia/Tokyo", "add": "0"}
    assert 'name="d0_1_opens"' in browser.post(url(cast), typed, headers=HTMX).content.decode()
    page = browser.post(url(cast), typed).content.decode()
    assert 'name="d0_1_opens"' in page and "Asia/Tokyo" in page
    assert not TeamHours.objects.exists()


def test_the_team_works_as_its_brands_do_again_sl2(cast: Cast, signed_in: SignIn) -> None:
    browser = signed_in(cast.marguerite)
    browser.post(url(cast), {**WEEK, "time_zone": "Asia/Tokyo"})
    browser.post(url(cast, "hours/brand/"))
    assert not TeamHours.objects.exists()
    assert Promise.objects.get(case=complaint(cast)).due.hour == 14
    assert Record.objects.filter(verb="hours.changed").count() == 2


def kept(cast: Cast) -> tuple[str, dict[int, Any]] | None:
    own = TeamHours.objects.filter(team=cast.florists).first()
    return (own.time_zone, weeks.week_of(team=own)) if own else None


def test_hours_of_a_team_are_put_back_as_they_were_sl2(cast: Cast, signed_in: SignIn) -> None:
    browser = signed_in(cast.marguerite)
    browser.post(url(cast), {**WEEK, "time_zone": "Asia/Tokyo"})
    before = kept(cast)
    only_monday = {"d0_0_opens": "10:00", "d0_0_closes": "24:00", "time_zone": "Europe/Paris"}
    page = browser.post(url(cast), only_monday, follow=True).content.decode()
    assert "/settings/undo/" in page and kept(cast) != before
    browser.post("/settings/undo/")
    assert kept(cast) == before
    assert "/settings/undo/" not in browser.get(url(cast)).content.decode(), "once only"


def test_hours_that_a_team_got_for_the_first_time_are_taken_away_again_sl2(cast: Cast, signed_in: SignIn) -> None:
    browser = signed_in(cast.marguerite)
    browser.post(url(cast), {**WEEK, "time_zone": "Asia/Tokyo"})
    browser.post("/settings/undo/")
    assert kept(cast) is None
    assert "This team works as its brands do." in words_of(browser.get(url(cast)))


def test_hours_and_holidays_that_a_team_gave_up_come_back_sl2(cast: Cast, signed_in: SignIn) -> None:
    browser = signed_in(cast.marguerite)
    browser.post(url(cast), {**WEEK, "d1_0_closes": "24:00", "time_zone": "Asia/Tokyo"})
    browser.post(url(cast, "holidays/"), {"date": "2026-05-04", "name": "Founders' Day"})
    before = kept(cast)
    page = browser.post(url(cast, "hours/brand/"), follow=True).content.decode()
    assert kept(cast) is None and "/settings/undo/" in page
    browser.post("/settings/undo/")
    assert kept(cast) == before
    assert Holiday.objects.get(team__team=cast.florists).name == "Founders' Day"
    assert Record.objects.get(verb="setting.put_back").facts["name"] == "Florists"


def test_a_teams_holidays_are_its_own_sl2(cast: Cast, signed_in: SignIn) -> None:
    browser = signed_in(cast.marguerite)
    assert browser.get(url(cast, "holidays/")).status_code == 404, "it has no hours of its own yet"
    browser.post(url(cast), {**WEEK, "time_zone": "America/New_York"})
    Holiday.objects.create(brand=cast.thimble, date=date(2026, 5, 4), name="The brand's")
    day = {"date": "2026-05-04", "name": "Founders' Day"}
    assert "Founders' Day" in words_of(browser.post(url(cast, "holidays/"), day, follow=True))
    twice = browser.post(url(cast, "holidays/"), day)
    assert twice.status_code == 422 and "This day is in the list already." in words_of(twice)
    page = browser.post(url(cast, "holidays/import/"), {"country": "US", "region": ""}, follow=True)
    assert "Independence Day" in words_of(page) and "The brand's" not in words_of(page)
    own = TeamHours.objects.get()
    count = Holiday.objects.filter(team=own).count()
    browser.post(url(cast, f"holidays/{own.holidays.get(name=day['name']).pk}/delete/"))
    assert Holiday.objects.filter(team=own).count() == count - 1
    assert Holiday.objects.filter(brand=cast.thimble).count() == 1
    brands = Holiday.objects.get(brand=cast.thimble)
    assert browser.post(url(cast, f"holidays/{brands.pk}/delete/")).status_code == 404


@pytest.mark.parametrize("rest", ["hours/", "holidays/"])
def test_only_an_admin_sees_to_the_hours_of_a_team_sl2(cast: Cast, signed_in: SignIn, rest: str) -> None:
    for member in (cast.ines, cast.delphine, cast.carline):
        assert signed_in(member).get(url(cast, rest)).status_code == 403
