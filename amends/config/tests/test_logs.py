"""No secret is ever written into a log, and no stranger writes a line of their own into it (S24, S25)."""

from __future__ import annotations

import base64
import io
import json
import logging
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import structlog
from django.db import connection
from django.test import Client
from django.utils import timezone

from amends.channels import accounts, outbox
from amends.channels.models import Delivery
from amends.config import logs, masking
from amends.flows import listening, page_links, portal
from amends.kit import secrets, tokens
from amends.people import inviting
from tests.cast import Cast, complaint
from tests.peers.scripted import Talk, running_script

CANARY = "logged-Hunter2-9"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What the processes would write, as JSON lines; everything is as before afterwards."""
    root = logging.getLogger()
    before, level, configured = list(root.handlers), root.level, structlog.get_config()
    logs.set_up("DEBUG")
    (handler,) = root.handlers
    assert isinstance(handler, logging.StreamHandler)
    written = io.StringIO()
    handler.setStream(written)
    yield written
    root.handlers[:] = before
    root.setLevel(level)
    structlog.configure(**configured)


@pytest.mark.parametrize(
    "words",
    [
        f"could not connect to postgresql://amends:{CANARY}@db.example:5432/amends",
        f"GET /c/{CANARY}-{CANARY}/ failed",
        f"Not Found: /join/{CANARY}-{CANARY}/",
        f"/accounts/password/reset/key/1-{CANARY}-{CANARY}/",
        f"https://provider.example/back?state=ok&code={CANARY}&x=1",
        f"Authorization: Bearer {CANARY}",
        f"AUTH PLAIN {base64.b64encode(CANARY.encode()).decode()}{CANARY}",
        f"a1 LOGIN help@desk.example {CANARY}",
        f'{{"password": "{CANARY}"}}',
        f"smtp_password={CANARY}, host=x",
        f"client_secret: '{CANARY}'",
        f"Cookie: {CANARY}",
        f"{{'refresh_token': '{CANARY}'}}",
        f"1f.0.2a.{CANARY}{CANARY}",
        f"v1.0123abcd.{CANARY}{CANARY}==",
    ],
)
def test_a_secret_in_a_sentence_is_left_out(words: str) -> None:
    assert CANARY not in masking.clean(words)
    assert masking.MASK in masking.clean(words)


@pytest.mark.parametrize(
    "words", ["the mailbox help@desk.example cannot be heard", "kept 12 in 0.4 s", "GET /cases/12/ 500", "no_token"]
)
def test_all_else_is_left_as_it_is(words: str) -> None:
    assert masking.clean(words) == words


@pytest.mark.parametrize(
    "write",
    [
        lambda: structlog.get_logger("t").error("x", password=CANARY),
        lambda: structlog.get_logger("t").error("x", given={"smtp": {"password": CANARY, "host": "h"}}),
        lambda: structlog.get_logger("t").error("x", why=ValueError(f"token={CANARY}")),
        lambda: logging.getLogger("t").error("login with password=%s failed", CANARY),
        lambda: logging.getLogger("t").error("x", extra={"session_key": CANARY}),
        lambda: logging.getLogger("t").error("x", extra={"headers": [f"Cookie: {CANARY}"]}),
    ],
)
def test_a_secret_handed_to_a_log_is_left_out(lines: io.StringIO, write: Callable[[], None]) -> None:
    write()
    assert lines.getvalue()
    assert CANARY not in lines.getvalue()


def test_a_secret_in_a_traceback_is_left_out(lines: io.StringIO) -> None:
    try:
        raise RuntimeError(f"cannot open postgresql://amends:{CANARY}@db/amends")
    except RuntimeError:
        logging.getLogger("t").exception("it failed")
    (line,) = lines.getvalue().splitlines()
    assert "RuntimeError" in json.loads(line)["exception"]
    assert CANARY not in line


def test_a_secret_that_was_opened_is_left_out_whatever_it_stands_in(lines: io.StringIO) -> None:
    secrets.unseal(secrets.seal({"password": CANARY}))
    logging.getLogger("t").error("the server said: 535 %s is wrong", CANARY)
    assert lines.getvalue()
    assert CANARY not in lines.getvalue()


def test_a_line_from_outside_begins_no_line_of_its_own(lines: io.StringIO) -> None:
    logging.getLogger("t").warning('Not Found: /x\n{"event": "signed in", "level": "info"}\r\n\u2028')
    assert len(lines.getvalue().splitlines()) == 1
    assert json.loads(lines.getvalue())["event"].startswith("Not Found: /x\n{")


def test_a_terminal_shows_no_line_and_no_colour_from_outside() -> None:
    event: Any = {"event": "x\n\x1b[2Jgone"}
    assert masking.one_line(None, "", event)["event"] == "x\\n\\x1b[2Jgone"


@pytest.mark.django_db
def test_what_somebody_looked_for_is_no_part_of_a_line_about_a_page_that_failed(
    cast: Cast, client: Client, lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No erasure reaches the log: a customer's name must not come to stand there."""
    client.force_login(cast.marguerite)
    client.raise_request_exception = False
    monkeypatch.setattr("amends.desk.found.find", lambda *_a, **_k: 1 / 0)
    client.get("/find/?q=rosalind-canary")
    client.get("/nothing/of/the/kind?q=rosalind-canary")
    failed, missing = (json.loads(line) for line in lines.getvalue().splitlines())
    assert (failed["event"], failed["method"]) == ("Internal Server Error: /find/", "GET")
    assert missing["event"] == "Not Found: /nothing/of/the/kind"
    assert "canary" not in lines.getvalue()


@pytest.mark.server
@pytest.mark.django_db(transaction=True)  # listening puts its connection back, and with it what was not committed
def test_twenty_secrets_go_through_every_fault_and_are_written_nowhere(
    cast: Cast, client: Client, lines: io.StringIO
) -> None:
    """S24: passwords, tokens, links and session ids, while servers echo them and pages fall."""
    names = ["password", "imap_password", "smtp_password", "client_secret", "refresh_token", "access_token"]
    planted = {f"{name}-{turn}": f"x7canary{turn}{name}Zq" for name in names for turn in (1, 2)}
    accounts.put_secret(cast.mailbox, **planted)
    accounts.put_secret(cast.mailbox, password=planted["password-1"])
    case, now = complaint(cast), timezone.now()
    link = page_links.link_for(case, now).rstrip("/").rpartition("/")[2]
    invite = inviting.invite(cast.bo, by=None, now=now)
    client.force_login(cast.marguerite)
    session = client.session.session_key or ""
    odd = [tokens.make(purpose, 7, 0, now) for purpose in ("a", "b", "c", "d")]
    client.raise_request_exception = False
    shown: list[bytes] = []

    def echo(talk: Talk) -> None:
        talk.say("* OK Ready.")
        while line := talk.hear():
            talk.say(f"{line.split(' ')[0]} NO [{line}] {' '.join(planted.values())}")

    with running_script(echo) as port:
        there = {"host": "127.0.0.1", "port": port, "security": "none", "user": "help"}
        cast.mailbox.settings = {f"{side}_{name}": value for side in ("imap", "smtp") for name, value in there.items()}
        cast.mailbox.kind = "email"
        cast.mailbox.save()
        listening._converse(cast.mailbox, threading.Event())
        portal.ask_link(case, now)
        delivery = Delivery.objects.get()
        claimed = outbox.claim(delivery.pk, now + timedelta(seconds=1))
        assert claimed is not None
        outbox.attempt(claimed, now)
    for path in (
        f"/c/{link}x/",
        f"/join/{invite}x/",
        f"/c/{link}/",
        "/settings/mailboxes/",
        "/",
        *map("/c/{}/".format, odd),
    ):
        shown.append(client.get(path).content)
    shown.append(client.get(f"/settings/mailboxes/{cast.mailbox.pk}/").content)

    def fail(*_arguments: object) -> object:
        raise RuntimeError(f"it fell over {invite} at /join/{invite}/ with {link}; " + "; ".join(planted.values()))

    with connection.execute_wrapper(fail):
        shown += [client.get(path).content for path in (f"/c/{link}/", f"/join/{invite}/", "/")]
    secrets_of_rest = [*planted.values(), base64.b64encode(planted["password-1"].encode()).decode()]
    canaries = [*secrets_of_rest, link, session, *odd]
    assert len(canaries) >= 19
    assert "it fell over" in lines.getvalue()
    assert not [canary for canary in canaries if canary in lines.getvalue()]
    held = everything()
    assert not [canary for canary in secrets_of_rest if canary in held]
    page = b"".join(shown).decode()
    assert not [canary for canary in (*secrets_of_rest, session) if canary in page]


def everything() -> str:
    """Every value of every row."""
    words = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            words += [repr(row) for row in cursor.fetchall()]
    return "\n".join(words)
