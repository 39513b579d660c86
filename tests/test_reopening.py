"""How long after its end an answer opens a case again; what comes later follows it (ES6)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from amends.cases.models import Case, Closure, Entry
from amends.desk.tests.desk_time import SignIn
from amends.flows import closing
from amends.portal.tests.world import at, page_of, written
from tests.cast import TUESDAY, Cast, complaint, hear, mail

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
AGAIN = "In-Reply-To: <1@mail.example.com>\n"


@pytest.fixture
def closed(cast: Cast) -> Case:
    case = complaint(cast)
    closing.close(case, Closure.Reason.NOT_OURS, by=cast.delphine, now=TUESDAY)
    return case


def later(cast: Cast, after: timedelta, text: str = "It is broken again.") -> Entry:
    entry = hear(cast.mailbox, mail(text, key="2", headers=AGAIN), TUESDAY + after)
    assert entry is not None
    return entry


@pytest.mark.parametrize("days", [1, 7, 30, 365])
def test_up_to_the_last_minute_of_the_brands_days_the_case_begins_again(cast: Cast, closed: Case, days: int) -> None:
    cast.thimble.reopen_days = days
    cast.thimble.save()
    assert later(cast, days * DAY).case == closed
    assert not Closure.objects.exists()
    assert Entry.objects.filter(case=closed, kind="case.reopened").count() == 1


@pytest.mark.parametrize("days", [1, 7, 30, 365])
def test_a_minute_later_a_new_case_follows_it_and_the_old_one_stays_as_it_ended(
    cast: Cast, closed: Case, days: int, signed_in: SignIn
) -> None:
    cast.thimble.reopen_days = days
    cast.thimble.save()
    new = later(cast, days * DAY + MINUTE).case
    assert new != closed and new.may_belong_to == closed and new.owner is not None
    assert Closure.objects.filter(case=closed).exists()
    assert not Entry.objects.filter(kind="case.reopened").exists()
    assert Entry.objects.filter(case=new, kind="case.opened").count() == 1
    page = signed_in(cast.marguerite).get(f"/cases/{new.pk}/").content.decode()
    assert f"This follows {closed.reference}, “The flowers for Winifred”, which ended on 3 March 2026." in page


def test_each_brand_has_its_own_days(cast: Cast, closed: Case) -> None:
    cast.vantry.reopen_days = 1
    cast.vantry.save()
    assert later(cast, 20 * DAY).case == closed


def test_on_their_own_page_customers_open_it_again_at_any_time(cast: Cast, closed: Case, client: Client) -> None:
    """The page says so, and is open as long as the brand keeps it."""
    cast.thimble.reopen_days = 1
    cast.thimble.save()
    now = TUESDAY + 3 * DAY
    with at(now):
        client.post(page_of(closed), written(now, text="The new ones came, and are broken."))
    assert Entry.objects.filter(case=closed, kind="case.reopened").exists()
