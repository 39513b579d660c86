"""A database that goes away, and comes back: 503 with a page that says what is safe (reliability §4.3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.utils import OperationalError
from django.test import Client
from pytest_django import Settings

from tests.cast import Cast

pytestmark = pytest.mark.django_db


def refuse(*_arguments: object) -> object:
    raise OperationalError("could not connect to the server at 192.0.2.7: x7canary")


@pytest.fixture
def visitor(client: Client) -> Client:
    client.raise_request_exception = False
    return client


@pytest.fixture
def away(cast: Cast, visitor: Client) -> Iterator[None]:
    """Every query fails, as when the server is gone."""
    visitor.get("/")
    with connection.execute_wrapper(refuse):
        yield


@pytest.mark.usefixtures("away")
@pytest.mark.parametrize("path", ["/", "/contact/thimble/", "/accounts/login/", "/people/"])
def test_every_page_says_that_it_is_away_and_when_to_come_back(visitor: Client, path: str) -> None:
    visitor.cookies["session"] = "x"
    visitor.cookies["sessionid"] = "abcdefghijklmnopqrstuvwxyz012345"
    answer = visitor.get(path)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "10"
    words = answer.content.decode()
    assert "The desk is away for a moment" in words
    assert f'href="{path}"' in words
    assert "x7canary" not in words


@pytest.mark.usefixtures("away")
def test_the_watchdogs_hear_it(visitor: Client) -> None:
    for path in ("/healthz", "/readyz"):
        answer = visitor.get(path)
        assert (answer.status_code, answer["Retry-After"]) == (503, "10")
        assert b"x7canary" not in answer.content


@pytest.mark.usefixtures("away")
def test_the_figures_that_need_no_database_are_still_told(visitor: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = "t0ken-that-nobody-guesses"
    text = visitor.get("/metrics", headers={"Authorization": f"Bearer {settings.METRICS_TOKEN}"}).content.decode()
    assert "\namends_database_up 0\n" in f"\n{text}"
    assert "amends_disk_free_bytes" in text


def test_it_goes_on_by_itself_once_the_database_is_back(cast: Cast, visitor: Client) -> None:
    with connection.execute_wrapper(refuse):
        assert visitor.get("/contact/thimble/").status_code == 503
    assert visitor.get("/contact/thimble/").status_code == 200


def test_a_session_that_cannot_be_saved_is_not_one_that_was_deleted(cast: Cast, visitor: Client) -> None:
    """Django would say 400: the page notes in the session that somebody is there."""
    visitor.force_login(cast.delphine)

    def locked(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith('UPDATE "django_session"'):
            raise OperationalError("database is locked")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(locked):
        answer = visitor.get("/people/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert visitor.get("/people/").status_code == 200


def test_on_a_full_disk_pages_can_still_be_read(cast: Cast, visitor: Client, settings: Settings) -> None:
    visitor.force_login(cast.delphine)
    settings.DISK_FLOOR_SHARE, settings.DISK_FLOOR_BYTES = 1.0, 2**62

    def full(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN")):
            raise OperationalError("database or disk is full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(full):
        answer = visitor.get("/people/")
    assert answer.status_code == 200
    assert "The disk is almost full" in answer.content.decode()
