"""Why a case stands where it stands, and whoever may be lost (RO7, A042, A054, A067, A106, A188)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from amends.cases import timeline
from amends.cases.models import Case, NextStep
from amends.clock import promises
from amends.desk.tests.test_now import page, rows
from amends.desk.tests.work_made import Shop, open_shop, owed, signed_in, soon
from amends.flows.decide import decide
from tests.cast import TUESDAY, Cast, complaint

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Shop:
    return open_shop()


def test_ro7_a_row_says_on_demand_why_it_stands_there_and_why_it_is_yours(cast: Cast) -> None:
    case = complaint(cast)
    step = NextStep.objects.select_related("who").get(case=case)
    client = signed_in(step.who)
    assert f'data-url-w="/cases/{case.pk}/standing/"' in page(client)
    html = page(client, f"/cases/{case.pk}/standing/")
    assert "Severity 3" in html and "+40" in html and "House rule: A first answer" in html
    assert f"Why {step.who.first_name}" in html and "Risk of loss" in html and "68 %" in html


def test_ro7_whoever_gave_their_word_keeps_it_though_the_case_is_anothers(cast: Cast) -> None:
    case = complaint(cast)
    other = next(one for one in (cast.bo, cast.delphine) if one.pk != case.owner_id)
    promises.make(
        case, promises.Word("ring", case.opened_at + timedelta(hours=1)), promisor=other, at=TUESDAY, by=other
    )
    decide(case, TUESDAY)
    html = page(signed_in(other), f"/cases/{case.pk}/standing/")
    assert f"{other.first_name} gave their word" in html


def test_ro7_nobody_sees_the_reasons_of_another_brand(shop: Shop) -> None:
    case = owed(shop.vantry, shop.stranger, soon(5))
    assert signed_in(shop.priya).get(f"/cases/{case.pk}/standing/").status_code == 404


def test_a054_about_to_be_lost_is_a_view_beside_the_others_while_somebody_is(shop: Shop) -> None:
    lost, other = owed(shop.alder, shop.hanne, soon(5)), owed(shop.alder, shop.hanne, soon(1))
    client = signed_in(shop.priya)
    assert "About to be lost" not in page(client)
    NextStep.objects.filter(case=lost).update(risk=80)
    NextStep.objects.filter(case=other).update(risk=79)
    assert "About to be lost" in page(client)
    assert rows(page(client, "/?view=lost")) == [lost.pk]


def test_a106_a_last_chance_is_a_view_of_its_own(shop: Shop) -> None:
    last = owed(shop.alder, shop.hanne, soon(5))
    foreign = owed(shop.vantry, shop.stranger, soon(5))
    NextStep.objects.filter(case__in=[last, foreign]).update(last_chance=True)
    assert rows(page(signed_in(shop.priya), "/?view=last")) == [last.pk], "other brands are never shown"
    assert rows(page(signed_in(shop.lead), "/?view=last")) == [last.pk, foreign.pk]
    assert "Last chance" in page(signed_in(shop.priya), f"/cases/{last.pk}/")


def test_a054_the_case_says_with_its_reasons_that_it_is_about_to_be_lost(cast: Cast) -> None:
    case = complaint(cast)
    case.loss = Decimal(220)
    case.save(update_fields=["loss"])
    for _ in range(2):
        told: dict[str, Any] = {"act": "ring", "due": TUESDAY.isoformat(), "visible": True, "source": "person"}
        timeline.record(case, "promise.broken", at=TUESDAY, **told)
    decide(case, TUESDAY)
    html = page(signed_in(cast.ines), f"/cases/{case.pk}/")
    assert "risk 91 %" in html and "We failed again after they told us." in html
    sheet = page(signed_in(cast.ines), f"/cases/{case.pk}/standing/")
    assert "91 %" in sheet and "We failed again after they told us." in sheet


def test_a067_where_clocks_differ_both_are_shown(cast: Cast) -> None:
    case = complaint(cast, TUESDAY + timedelta(days=9))
    client = signed_in(cast.ines)
    assert "New York" not in page(client, f"/cases/{case.pk}/")
    customer = Case.objects.get(pk=case.pk).customer
    customer.time_zone = "America/New_York"
    customer.save()
    html = page(client, f"/cases/{case.pk}/")
    assert "in New York." in html and "in New York)" in html
    customer.time_zone = "Europe/London"
    customer.save()
    assert "in London" not in page(client, f"/cases/{case.pk}/"), "the same clock is said once"
