"""A time in a letter is a time on the customer's clock, wherever the desk is (SL7, A067)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from amends.flows.briefing import promises_in
from amends.people.models import Customer
from tests.cast import TUESDAY, Cast, complaint


@pytest.mark.parametrize(
    ("zone", "due"),
    [
        ("America/New_York", datetime(2026, 3, 4, 20, 0, tzinfo=UTC)),
        ("Asia/Tokyo", datetime(2026, 3, 4, 6, 0, tzinfo=UTC)),
        ("", datetime(2026, 3, 4, 15, 0, tzinfo=UTC)),
    ],
)
def test_sl7_three_tomorrow_is_three_where_the_customer_is_and_else_where_the_brand_is(
    cast: Cast, zone: str, due: datetime
) -> None:
    case = complaint(cast)
    Customer.objects.filter(pk=case.customer_id).update(time_zone=zone)
    case.refresh_from_db()
    (found,) = promises_in("I will ring you tomorrow at 3 pm.", case, TUESDAY)
    assert found.due == due


def test_sl7_tomorrow_is_the_customers_tomorrow(cast: Cast) -> None:
    """At eleven in the evening in London it is Wednesday in Tokyo already."""
    case = complaint(cast)
    Customer.objects.filter(pk=case.customer_id).update(time_zone="Asia/Tokyo")
    case.refresh_from_db()
    (found,) = promises_in("I will ring you tomorrow at 3 pm.", case, datetime(2026, 3, 3, 23, 0, tzinfo=UTC))
    assert found.due == datetime(2026, 3, 5, 6, 0, tzinfo=UTC)
