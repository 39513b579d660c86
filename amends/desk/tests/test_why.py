"""Why a time is due then: on the case page and beside the hours (SL1, SL2)."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from amends.cases.models import Case
from amends.clock import promises, weeks
from amends.clock.hours import Calendar, Week
from amends.clock.models import Holiday, Promise, Target
from amends.desk.counted_shown import example, length
from amends.desk.tests.desk_time import HTMX, NOW, SignIn
from amends.desk.tests.test_settings import TARGETS, week
from amends.flows import promising
from tests.cast import Cast, complaint

pytestmark = pytest.mark.usefixtures("tuesday")
LONDON = ZoneInfo("Europe/London")
OFFICE = {day: ((time(9), time(17, 30)),) for day in range(5)}


def words_of(html: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.decode()))


@pytest.fixture
def case(cast: Cast) -> Case:
    weeks.set_week({0: [(time(9), time(17))], 1: [(time(9), time(12)), (time(13), time(14))]}, brand=cast.thimble)
    Holiday.objects.create(brand=cast.thimble, date=date(2026, 3, 9), name="Founders' Day")
    return complaint(cast)


def why(case: Case) -> str:
    return reverse("promise_why", args=[Promise.objects.get(case=case).pk])


def test_the_time_of_the_next_step_opens_every_minute_that_was_counted(
    cast: Cast, case: Case, signed_in: SignIn
) -> None:
    """10:00 on Tuesday, four hours: two until noon, one after lunch, one on the second Monday."""
    browser = signed_in(cast.delphine)
    page = browser.get(f"/cases/{case.pk}/").content.decode()
    assert page.count(f'href="{why(case)}" data-dialog="#sheet"') == 2
    told = words_of(browser.get(why(case), headers=HTMX).content)
    assert "Why this time" in told
    assert "a person answers within 4 h of open time. The letter came on Tuesday 3 March 10:00." in told
    assert "Tue 3 Mar 10:00–12:00, 13:00–14:00 closed 12:00–13:00 3 h" in told
    assert "Wed 4 Mar – Sun 8 Mar closed 0 min" in told
    assert "Mon 9 Mar Founders' Day holiday 0 min" in told.replace("&#39;", "'")
    assert "Tue 10 Mar 09:00–10:00 1 h Open time in all 4 h" in told
    assert "Of it, 3 h is left now." in told
    assert "were changed since" not in told


def test_hours_that_were_changed_since_are_told(cast: Cast, case: Case, signed_in: SignIn) -> None:
    due = Promise.objects.get(case=case).due
    weeks.set_week({1: [(time(9), time(11))]}, brand=cast.thimble)
    told = words_of(signed_in(cast.delphine).get(why(case)).content)
    assert "The hours or the rule were changed since. The time that was promised stays." in told
    assert Promise.objects.get(case=case).due == due


def test_a_given_word_is_no_count_of_hours(cast: Cast, case: Case, signed_in: SignIn) -> None:
    word = promises.Word("ring you", NOW + timedelta(hours=3), kind=Promise.Kind.CALLBACK)
    given = promising.give(case, word, promisor=cast.delphine, by=cast.delphine, now=NOW)
    told = words_of(signed_in(cast.bo).get(reverse("promise_why", args=[given.pk])).content)
    assert "Delphine Marsh set this time on Tuesday 3 March 11:00. It is a time of day" in told


def test_c4_2_a_parcel_says_that_it_counts_to_its_days_end(cast: Cast, case: Case, signed_in: SignIn) -> None:
    word = promises.Word("send you a vase", NOW + timedelta(hours=2), Promise.Kind.SEND)
    parcel = promising.give(case, word, promisor=cast.delphine, by=cast.delphine, now=NOW)
    told = words_of(signed_in(cast.delphine).get(f"/promises/{parcel.pk}/why/", headers=HTMX).content)
    assert "set this time on Tuesday 3 March 11:00" in told
    assert "It is a parcel: from then on it counts to the end of its day." in told


def test_who_may_change_hours_finds_the_way_to_them(cast: Cast, case: Case, signed_in: SignIn) -> None:
    link = reverse("brand_hours", args=[cast.thimble.pk])
    assert link in signed_in(cast.ines).get(why(case)).content.decode()
    assert link not in signed_in(cast.delphine).get(why(case)).content.decode()


def test_a_colleague_of_another_brand_sees_nothing_of_it(cast: Cast, case: Case, signed_in: SignIn) -> None:
    assert signed_in(cast.callum).get(why(case)).status_code == 404


def test_the_hours_page_has_an_example_that_ends_after_the_weekend(cast: Cast, signed_in: SignIn) -> None:
    weeks.set_week(OFFICE, brand=cast.thimble)
    Target.objects.create(brand=cast.thimble, channel="email", first_reply=120)
    told = words_of(signed_in(cast.ines).get(f"/settings/hours/{cast.thimble.pk}/").content)
    assert (
        "What comes on Friday 6 March 17:25 is due on Monday 9 March 10:55: "
        "5 min on Friday, closed on Saturday and Sunday, 1 h 55 min on Monday." in told
    )
    assert "Open time in all 2 h" in told


def test_the_example_follows_what_is_typed_and_saves_nothing(cast: Cast, signed_in: SignIn) -> None:
    url = f"/settings/hours/{cast.thimble.pk}/"
    typed = week(d0="9-12", d1="9-12") | {**TARGETS, "example": "yes"}
    told = words_of(signed_in(cast.ines).post(url, typed, headers=HTMX).content)
    assert "Tuesday 10 March 11:55" in told or "Tuesday 3 March 11:55" in told
    assert weeks.week_of(brand=cast.thimble) == {}
    assert not Target.objects.exists()


def test_there_is_no_example_of_hours_that_cannot_be(cast: Cast, signed_in: SignIn) -> None:
    url = f"/settings/hours/{cast.thimble.pk}/"
    answer = signed_in(cast.ines).post(url, week(d0="17-9") | {**TARGETS, "example": "yes"}, headers=HTMX)
    assert answer.status_code == 200
    assert "Mend what is marked above" in words_of(answer.content)


@pytest.mark.parametrize(
    ("hours", "minutes", "says"),
    [
        (Week.always(), 240, "5 min on Wednesday, 3 h 55 min on Thursday"),
        (Week(OFFICE), 60 * 85, "85 h of open time"),
        (Week({4: OFFICE[4]}), 10, "5 min on Friday, closed on Saturday to Thursday, 5 min on Friday."),
    ],
)
def test_an_example_says_why(hours: Week, minutes: int, says: str) -> None:
    found = example(Calendar(hours, LONDON), minutes, datetime(2026, 3, 3, 11, tzinfo=LONDON))
    assert found is not None
    assert says in found[0]


def test_hours_that_are_never_open_have_no_example() -> None:
    assert example(Calendar(Week(), LONDON), 60, NOW) is None


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(0), "0 min"),
        (timedelta(minutes=15), "15 min"),
        (timedelta(hours=4), "4 h"),
        (timedelta(hours=30, minutes=5, seconds=7), "30 h 5 min 7 s"),
        (timedelta(seconds=7), "7 s"),
    ],
)
def test_a_length_is_told_to_the_second(span: timedelta, words: str) -> None:
    assert length(span) == words
