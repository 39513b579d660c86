"""What a clock ahead of ours has signed or noted is good for no longer than what is signed now."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.signed_cookies import SessionStore

from amends.desk import staying
from amends.desk.live import ticket
from amends.flows import closing, page_links
from amends.kit import tokens
from tests.cast import TUESDAY, Cast, complaint

YEARS = timedelta(days=3653)
WEEK = timedelta(days=7)


def test_nobody_stays_signed_in_for_years() -> None:
    session = SessionStore()
    assert not staying.over(session, TUESDAY + YEARS)
    assert staying.over(session, TUESDAY)


def test_an_hour_signs_nobody_out() -> None:
    session = SessionStore()
    assert not staying.over(session, TUESDAY + timedelta(hours=1))
    assert not staying.over(session, TUESDAY)


def test_a_ticket_for_the_event_stream_is_not_good_for_years(monkeypatch: pytest.MonkeyPatch) -> None:
    given = ticket.make(1, time.time() + YEARS.total_seconds())
    assert ticket.read(given) is None
    assert ticket.read(ticket.make(1, time.time() + 60)) is not None


def test_a_link_is_not_good_for_years() -> None:
    given = tokens.make("test", 1, 1, TUESDAY + YEARS)
    with pytest.raises(tokens.TokenExpired):
        tokens.open_token("test", given, TUESDAY, WEEK)
    assert tokens.open_token("test", tokens.make("test", 1, 1, TUESDAY + timedelta(days=1)), TUESDAY, WEEK).subject == 1


def test_a_page_of_a_closed_case_closes_when_its_days_are_over(cast: Cast) -> None:
    case = complaint(cast)
    owner = case.owner
    assert owner is not None
    token = page_links.link_for(case, TUESDAY + timedelta(days=200)).rstrip("/").rpartition("/")[2]
    closing.close(case, "answered", by=owner, now=TUESDAY)
    assert page_links.open_link(token, TUESDAY + timedelta(days=1)).case == case
    with pytest.raises(page_links.LinkExpired):
        page_links.open_link(token, TUESDAY + timedelta(days=case.brand.page_days + 1))
