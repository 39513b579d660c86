"""S3, S18, ASVS 3.3, 3.4, 3.5 and 14.3.2: the headers and cookies of every answer, whatever it is an answer to."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from contextlib import contextmanager
from http.cookies import Morsel, SimpleCookie
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from pytest_django import Settings

from amends.config import bodies
from amends.desk.live import ticket
from amends.desk.live.stream import EventStream
from amends.people.models import Member
from tests import loops
from tests.cast import Cast
from tests.effort import IN_PART, PART, QUICK
from tests.security import matrix
from tests.security.routes import Route
from tests.security.world import NOW, Objects, furnish

pytestmark = [pytest.mark.django_db, pytest.mark.long]

PASSWORD = "nine patient otters"
OF_A_BROWSER = {"django_session", "kit_cache", "usersessions_usersession", "audit_head", "audit_record"}
PUBLIC_STYLE = "/c/style/"
OPEN_HEALTH = "/healthz"
HTTPS = (
    "HTTPS SESSION_COOKIE_NAME SESSION_COOKIE_SECURE CSRF_COOKIE_NAME CSRF_COOKIE_SECURE CSRF_TRUSTED_ORIGINS "
    "MESSAGE_COOKIE_NAME SECURE_HSTS_SECONDS SECURE_PROXY_SSL_HEADER DEBUG ALLOWED_HOSTS CSRF_COOKIE_HTTPONLY "
    "SESSION_COOKIE_HTTPONLY SESSION_COOKIE_SAMESITE CSRF_COOKIE_SAMESITE SESSION_COOKIE_DOMAIN SESSION_COOKIE_PATH"
).split()


@pytest.fixture
def objects(cast: Cast) -> Iterator[Objects]:
    with time_machine.travel(NOW, tick=False):
        yield furnish(cast)


@pytest.fixture
def admin(cast: Cast, signed_in: Callable[[Member], Client]) -> Client:
    browser = signed_in(cast.marguerite)
    browser.raise_request_exception = False
    return browser


def faults(headers: MutableMapping[str, str] | Any) -> list[str]:
    """What is wrong with the headers of an answer that is no file from outside."""
    policy = {
        words.split()[0]: words.split()[1:] for words in headers.get("Content-Security-Policy", "").split(";") if words
    }
    asked = {
        "default-src 'none'": policy.get("default-src") == ["'none'"] or "sandbox" in policy,
        "base-uri": policy.get("base-uri") == ["'none'"] or "sandbox" in policy,
        "frame-ancestors": policy.get("frame-ancestors") == ["'none'"] or "sandbox" in policy,
        "no inline": not {"'unsafe-inline'", "'unsafe-eval'", "*", "data:", "https:"}
        & set(policy.get("script-src", [])),
        "no inline style": "'unsafe-inline'" not in policy.get("style-src", []),
        "nosniff": headers.get("X-Content-Type-Options") == "nosniff",
        "referrer": headers.get("Referrer-Policy") in {"same-origin", "no-referrer"},
        "frames": headers.get("X-Frame-Options") == "DENY",
    }
    return [name for name, held in asked.items() if not held]


def is_private(path: str) -> bool:
    return not path.startswith((PUBLIC_STYLE, OPEN_HEALTH, "/static/"))


def looked_at(objects: Objects) -> list[tuple[Route, str]]:
    """Every address once for each kind of object that is there, and once for one that is not; quickly, once."""
    found = [(ask.route, ask.path) for ask in matrix.asks(objects) if not ask.nowhere or "missing" in ask.what]
    return list({route.name: (route, path) for route, path in reversed(found)}.values()) if QUICK else found


def part(found: list[tuple[Route, str]], number: int) -> list[tuple[Route, str]]:
    """All of it; in `make unit` each test asks another third of the addresses."""
    return found[(number + PART) % 3 :: 3] if IN_PART else found


@pytest.mark.parametrize("htmx", [False, True])
def test_every_answer_carries_the_headers(objects: Objects, admin: Client, htmx: bool) -> None:
    wrong = []
    headers = {"HX-Request": "true"} if htmx else {}
    for browser in (admin, Client(raise_request_exception=False)):
        for _route, path in part(looked_at(objects), htmx):
            with _cookies_kept(browser):
                for send in (browser.get, browser.post):
                    answer = send(path, headers=headers)
                    kept = "no-store" in answer.get("Cache-Control", "") or "max-age=0" in answer.get(
                        "Cache-Control", ""
                    )
                    found = faults(answer.headers) + ([] if kept or not is_private(path) else ["kept by caches"])
                    wrong += [f"{path} ({answer.status_code}): {one}" for one in found]
    assert not wrong


def test_what_goes_wrong_carries_them_too(objects: Objects, admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """400, 403, 404, 405, 413 and 500, also where a middleware refuses before any page is asked."""
    stranger = Client(enforce_csrf_checks=True, raise_request_exception=False)
    many = {f"field{n}": "x" for n in range(2000)}
    answers = {
        "host": (admin.get("/", headers={"Host": "evil.example"}), 400),
        "too many fields": (admin.post("/settings/you/", many), 400),
        "csrf": (stranger.post("/accounts/login/", {}), 403),
        "form without cookie": (stranger.post("/contact/thimble/", {}), 403),
        "missing": (admin.get("/nothing/of/the/kind"), 404),
        "static": (admin.get("/static/nothing.js"), 404),
        "slash": (admin.get("/now/rows/"), 404),
        "method": (admin.post("/"), 405),
        "odd method": (admin.generic("PROPFIND", "/"), 405),
        "null": (admin.get("/people/?q=%00"), 200),
    }
    monkeypatch.setattr("amends.desk.found.find", lambda *_a, **_k: 1 / 0)
    answers["error"] = admin.get("/find/?q=x"), 500
    assert {name: answer.status_code for name, (answer, _wanted) in answers.items()} == {
        name: wanted for name, (_answer, wanted) in answers.items()
    }
    assert not [f"{name}: {one}" for name, (answer, _w) in answers.items() for one in faults(answer.headers)]
    assert "Traceback" not in answers["error"][0].content.decode()


def test_scripts_and_styles_of_ours_carry_them_too(admin: Client) -> None:
    for path in ("/static/ui/css/base.css", "/static/ui/icons.svg"):
        answer = admin.get(path)
        assert answer.status_code == 200 and not faults(answer.headers), path


def test_an_answer_that_django_does_not_make_carries_them() -> None:
    """The event stream, and bodies that are refused before a page is asked."""
    sent: list[MutableMapping[str, Any]] = []

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.disconnect"}

    async def ask() -> None:
        await bodies.refuse(send, 413, "This is too large.")
        stream = EventStream()
        await stream({"query_string": b"ticket=x", "headers": []}, receive, send)
        stream.hub.active = {1: None}
        good = ticket.make(1)
        await stream({"query_string": f"ticket={good}".encode(), "headers": []}, receive, send)

    loops.run(ask())
    starts = [message for message in sent if message["type"] == "http.response.start"]
    assert [message["status"] for message in starts] == [413, 401, 200]
    for message in starts:
        headers = {name.decode().title(): value.decode() for name, value in message["headers"]}
        assert not faults(headers) and headers["Cache-Control"] == "no-store"


def test_looking_at_everything_changes_nothing(objects: Objects, admin: Client, cast: Cast) -> None:
    """S18: the whole database has the same hash before and after every page was opened."""
    stranger = Client(raise_request_exception=False)
    before = hashes()
    for browser in (admin, stranger):
        for _route, path in part(looked_at(objects), 2):
            browser.get(path)
            browser.get(path, headers={"HX-Request": "true"})
            browser.head(path)
    after = {**hashes(), "cases_presence": before["cases_presence"]}  # that one is there, while the page is open
    assert [table for table in before if before[table] != after[table]] == []


def test_every_form_without_its_token_is_refused(objects: Objects, cast: Cast) -> None:
    """S18, ASVS 3.5.1: also those for customers and for signing in, in every method that may change something."""
    taken = []
    for member in (cast.marguerite, None):
        browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
        if member:
            browser.force_login(member)
        for route, path in part(
            list({one.name: (one, path) for one, path in looked_at(objects)}.values()), bool(member)
        ):
            for method in ("POST", "PUT", "PATCH", "DELETE"):
                status = browser.generic(method, path).status_code
                if status != 403 and not (status == 405 and method != "POST"):
                    taken.append(f"{method} {route.shape}: {status}")
    assert not taken


def test_a_token_from_another_site_is_refused(objects: Objects, cast: Cast) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.marguerite)
    browser.get("/settings/you/")
    token = browser.cookies["csrftoken"].value
    given = {"csrfmiddlewaretoken": token, "theme": "dark"}
    assert browser.post("/settings/theme/", given, headers={"Origin": "https://evil.example"}).status_code == 403
    assert browser.post("/settings/theme/", given, headers={"Origin": "http://testserver"}).status_code == 303


def test_over_https_every_cookie_is_bound_to_the_host(cast: Cast, settings: Settings, tmp_path: Path) -> None:
    """ASVS 3.3, 3.4.1: with the settings that an https address really gives."""
    for name, value in over_https(tmp_path).items():
        setattr(settings, name, tuple(value) if name == "SECURE_PROXY_SSL_HEADER" else value)
    settings.ALLOWED_HOSTS = ["desk.example"]
    secret = settings.MESSAGE_COOKIE_NAME
    cast.delphine.set_password(PASSWORD)
    cast.delphine.save()
    browser = Client(headers={"Host": "desk.example", "X-Forwarded-Proto": "https"})
    pages = [browser.get("/accounts/login/", secure=True)]
    given = {"login": cast.delphine.email, "password": PASSWORD}
    pages.append(browser.post("/accounts/login/", given, secure=True))
    pages.append(browser.post("/settings/undo/", secure=True))
    found = {name: morsel for page in pages for name, morsel in page.cookies.items()}
    assert {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME} <= found.keys()
    assert secret.startswith("__Host-")
    assert not [f"{name}: {fault}" for name, morsel in found.items() for fault in loose(name, morsel)]
    assert all(page["Strict-Transport-Security"] == "max-age=31536000" for page in pages)
    assert settings.DEBUG is False


def test_no_deployment_check_complains(tmp_path: Path) -> None:
    done = _under_https(tmp_path, "-m", "amends.cli", "django", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr.decode()


def test_files_from_outside_are_never_a_page(objects: Objects, admin: Client) -> None:
    """S2: their own policy allows nothing at all."""
    path = next(path for route, path in looked_at(objects) if route.name == "file")
    answer = admin.get(path)
    assert answer.status_code == 200
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


def loose(name: str, morsel: Morsel[str]) -> list[str]:
    wanted = {
        "name": name.startswith("__Host-"),
        "secure": bool(morsel["secure"]),
        "httponly": bool(morsel["httponly"]),
        "samesite": morsel["samesite"] in {"Lax", "Strict"},
        "domain": not morsel["domain"],
        "path": morsel["path"] == "/",
    }
    return [what for what, held in wanted.items() if not held]


@contextmanager
def _cookies_kept(browser: Client) -> Iterator[None]:
    """Asking a page may sign out: what is asked next comes from the browser as it was."""
    cookies = browser.cookies.output(header="", sep=";")
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    browser.cookies = SimpleCookie(cookies)


def hashes() -> dict[str, str]:
    """Table → hash of all its rows."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            if table not in OF_A_BROWSER:
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                rows: Iterable[str] = sorted(map(repr, cursor.fetchall()))
                found[table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


def over_https(folder: Path) -> dict[str, Any]:
    """The settings of a desk at https://desk.example, as they are made at its start."""
    words = "import json,sys; from amends.config import settings as s; print(json.dumps({n: getattr(s, n, None) for n in sys.argv[1:]}))"
    done = _under_https(folder, "-c", words, *HTTPS)
    assert done.returncode == 0, done.stderr.decode()
    found: dict[str, Any] = json.loads(done.stdout)
    return {name: value for name, value in found.items() if value is not None}


def _under_https(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    own = {"AMENDS_DATA": str(folder), "AMENDS_URL": "https://desk.example", "AMENDS_PROXIES": "127.0.0.1"}
    # What a browser test in the same process needs is nothing that a desk should begin with.
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("AMENDS_", "DJANGO_"))}
    return subprocess.run([sys.executable, *words], capture_output=True, env={**environ, **own}, check=False)
