"""The duty board: who is here, how much each carries, what is late, who is responsible."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from amends.clock.models import Absence
from amends.desk.tests.test_now import page
from amends.desk.tests.work_made import Shop, member, open_shop, owed, signed_in, soon
from amends.people.models import Member, Role, Team
from tests.cast import TUESDAY

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def shop() -> Shop:
    return open_shop()


@pytest.fixture(autouse=True)
def _on_a_tuesday() -> object:
    with time_machine.travel(TUESDAY, tick=False) as moment:
        yield moment


def test_the_board_says_who_is_here_how_much_they_carry_and_what_is_late(shop: Shop) -> None:
    owed(shop.alder, shop.priya, soon(-5))
    owed(shop.alder, shop.priya, soon(50))
    Member.objects.filter(pk=shop.priya.pk).update(capacity=1)
    html = page(signed_in(shop.lead), "/duty/")
    assert "5 people are on duty" in html
    row = html.split("Priya Raman</b>")[1].split("</li>")[0]
    assert "on duty until 17:30" in row and "2 of 1" in row and "is-over" in row and "1 late" in row
    assert "Lena Ode is responsible now." in html, "a lead goes before an admin"


def test_whoever_is_responsible_is_marked_in_the_list_and_nobody_else(shop: Shop) -> None:
    html = page(signed_in(shop.priya), "/duty/")
    assert '<span class="tag">Responsible</span>' in html.split("Lena Ode</b>")[1].split("</li>")[0]
    assert html.count('<span class="tag">Responsible</span>') == 1


def test_the_board_says_who_is_away_until_when_and_who_will_be(shop: Shop) -> None:
    Absence.objects.create(member=shop.priya, starts=TUESDAY - DAY, ends=TUESDAY + DAY, stand_in=shop.hanne)
    Absence.objects.create(member=shop.hanne, starts=TUESDAY + 3 * DAY, ends=TUESDAY + 5 * DAY)
    html = page(signed_in(shop.lead), "/duty/")
    priya = html.split("Priya Raman</b>")[1].split("</li>")[0]
    assert "away until" in priya and "Hanne Vik stands in" in priya
    assert "from Fri 6 March to Sun 8 March" in html.split("Away soon")[1]


def test_an_agent_sees_colleagues_of_their_brands_only(shop: Shop) -> None:
    owed(shop.vantry, shop.lead, soon(-5))
    html = page(signed_in(shop.priya), "/duty/")
    assert "Hanne Vik" in html and "Callum Brae" not in html
    assert "1 late" not in html, "what lies at another brand is not counted"
    assert "Callum Brae" in page(signed_in(shop.lead), "/duty/")


def test_the_page_asks_as_often_for_many_as_for_few(shop: Shop) -> None:
    lead = signed_in(shop.lead)
    page(lead, "/duty/")
    with CaptureQueriesContext(connection) as few:
        page(lead, "/duty/")
    team = Team.objects.get(name="Kettles")
    for number in range(20):
        member(f"Colleague{number} Marsh", Role.AGENT, team)
    with CaptureQueriesContext(connection) as many:
        page(lead, "/duty/")
    assert len(few) == len(many) <= 20


def test_outside_the_hours_nobody_is_there_and_that_is_said(shop: Shop) -> None:
    with time_machine.travel(TUESDAY + timedelta(hours=12), tick=False):
        html = page(signed_in(shop.admin), "/duty/")
        assert timezone.now() == TUESDAY + timedelta(hours=12)
    assert "Nobody is on duty" in html and "is responsible, and not on duty." in html
