"""S7, ASVS 8.2: every address × every object × every role, against one table and against rules of its own.

The table says exactly what each gets; the rules say what may never stand in it, so that a table written anew cannot
bless a hole. `MATRIX=write` in front of pytest writes the table anew: read what it changed before you keep it.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterator
from functools import cache

import pytest
import time_machine
from django.test import Client

from amends.people.models import Member
from tests.cast import Cast
from tests.effort import PART, QUICK, every
from tests.security import matrix
from tests.security.matrix import HEAD, OUTSIDE, TABLE, Answer, Line
from tests.security.world import GUARDED, NOW, OURS, THEIRS, furnish

pytestmark = [pytest.mark.django_db, pytest.mark.long]

CLOSED = {"sign in", "401", "403", "404", "405", "410"}
BY_LINK = ("/c/", "/contact/", "/accounts/", "/join/", "/welcome/", "/healthz", "/readyz", "/metrics")
"""Not behind a sign-in: what these show depends on the link alone."""
STRANGE = {"agent": ("theirs", THEIRS), "reader": ("theirs", THEIRS), "other agent": ("ours", OURS)}
"""Role → the objects of the brand that it does not serve, and the word that stands in all of them."""
WHOEVERS = {
    "/now/known/{naming_id}/seen/": "marks only what names the member who asks",
    "/outbox/{draft_id}/undo/": "brings back only one's own letter, and says of any other that it has left",
}
"""Addresses that answer alike for anybody's object, and why no harm is in it."""
SAVED_BY_GET = {
    "/cases/{case_id}/": "that one is there, as long as the page is open",
}
_asked: list[Line] = []


@pytest.fixture
def asked(cast: Cast, signed_in: Callable[[Member], Client]) -> list[Line]:
    """Everything is asked once, for all tests of this file; nothing of it stays in the database."""
    if not _asked:
        with time_machine.travel(NOW, tick=False):
            objects = furnish(cast)
            browsers = matrix.browsers(cast, objects, signed_in)
            _asked.extend(matrix.lines(objects, browsers, first=PART, every=every(24)))
    return _asked


def test_every_answer_is_the_one_in_the_table(asked: list[Line]) -> None:
    rows = [line.row() for line in asked]
    if os.environ.get("MATRIX") == "write":
        TABLE.write_text(matrix.written(rows), "utf-8")
    wanted = kept()
    wrong = [f"{key}: {row} instead of {wanted.get(key)}" for key, row in keyed(rows) if wanted.get(key) != row]
    assert not wrong, "an address that is not in the table, or answers otherwise"
    if not QUICK:
        assert not wanted.keys() - {key for key, _row in keyed(rows)}, "these are no addresses any more"


def test_nobody_outside_gets_in(asked: list[Line]) -> None:
    for line, role, answer in answers(asked, OUTSIDE):
        if not line.ask.path.startswith(BY_LINK):
            assert answer.status in {"sign in", "401", "404"}, said(line, role, answer)


def test_nothing_of_another_brand_opens_for_whoever_does_not_serve_it(asked: list[Line]) -> None:
    for line, role, answer in answers(asked, STRANGE):
        whose = STRANGE[role][0]
        if whose in line.ask.what and not line.ask.path.startswith(BY_LINK) and line.ask.route.shape not in WHOEVERS:
            assert answer.status in CLOSED, said(line, role, answer)


def test_not_one_word_of_another_brand_is_told(asked: list[Line]) -> None:
    for line, role, answer in answers(asked, STRANGE):
        if not line.ask.path.startswith(BY_LINK):
            assert STRANGE[role][1] not in answer.body, said(line, role, answer)


def test_a_guarded_case_exists_only_for_those_who_need_it(asked: list[Line]) -> None:
    """ES8: for whoever has no part in it neither its page nor one word of it, wherever they look."""
    for line, role, answer in answers(asked, ("agent", "reader", "other agent", *OUTSIDE)):
        if "guarded" in line.ask.what:
            assert answer.status in {*CLOSED, "401"}, said(line, role, answer)
        if not line.ask.path.startswith(BY_LINK):
            assert GUARDED not in answer.body, said(line, role, answer)


def test_a_link_tells_nothing_of_what_belongs_to_another_link(asked: list[Line]) -> None:
    for line, role, answer in answers(asked, matrix.ROLES):
        if line.ask.path.startswith(("/c/", "/contact/")):
            of_theirs = "token B" in line.ask.what or "sent theirs" in line.ask.what
            assert (OURS if of_theirs else THEIRS) not in answer.body, said(line, role, answer)
            assert "Between us" not in answer.body, said(line, role, answer)


def test_what_does_not_exist_opens_for_nobody(asked: list[Line]) -> None:
    for line, role, answer in answers(asked, matrix.ROLES):
        if line.ask.nowhere and line.ask.route.shape not in WHOEVERS:
            assert answer.status in {*CLOSED, "again"}, said(line, role, answer)


def test_who_is_refused_has_changed_nothing(asked: list[Line]) -> None:
    for line, role, answer in answers(asked, matrix.ROLES):
        if answer.status in CLOSED - {"410"} and "/accounts/" not in line.ask.path:
            assert not answer.wrote, said(line, role, answer)


def test_looking_changes_nothing(asked: list[Line]) -> None:
    for line, role, answer in answers(asked, matrix.ROLES):
        if line.method.startswith("GET") and line.ask.route.shape not in SAVED_BY_GET:
            assert not answer.wrote, said(line, role, answer)


def test_no_request_ends_in_an_error_of_ours(asked: list[Line]) -> None:
    for line, role, answer in answers(asked, matrix.ROLES):
        if line.ask.path != "/readyz":  # no worker runs here, and it says so
            assert not answer.status.startswith("5"), said(line, role, answer)


def answers(asked: list[Line], roles: object) -> Iterator[tuple[Line, str, Answer]]:
    assert isinstance(roles, tuple | dict)
    return ((line, role, line.answers[role]) for line in asked for role in roles if role in line.answers)


def said(line: Line, role: str, answer: Answer) -> str:
    return f"{line.method} {line.ask.route.shape} ({line.ask.what}), {role}: {answer.status}, wrote {answer.wrote}"


def keyed(rows: list[tuple[str, ...]]) -> list[tuple[str, dict[str, str]]]:
    return [(" | ".join(row[:3]), dict(zip(HEAD[3:], row[3:], strict=True))) for row in rows]


@cache
def kept() -> dict[str, dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return dict(keyed([tuple(row) for row in csv.reader(file)][1:]))
