"""A desk at work while something breaks: mails, pages, replies, an open event stream; and a journal of its own.

Nobody believes the desk: what was acknowledged, what pages said and what arrived is noted here, outside of it.
"""

from __future__ import annotations

import contextlib
import imaplib
import itertools
import json
import smtplib
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import psycopg

from tests.cast import mail
from tests.faults.sink import Sink
from tests.peers.desk import Desk
from tests.peers.dovecot import Dovecot

LOCAL = "help@thimble.example"
TOKEN = "t0ken-that-nobody-guesses"
PASSWORD = "a long enough password"
WANTING = (
    "SELECT s.case_id FROM cases_nextstep s JOIN cases_entry e ON e.case_id = s.case_id "
    "JOIN channels_kept k ON k.entry_id = e.id JOIN channels_account a ON a.id = k.account_id "
    "WHERE s.kind = 'answer' AND a.kind = 'email' ORDER BY s.case_id LIMIT 1"
)
LETTERS = (
    "SELECT d.message_id, d.state, d.in_doubt FROM channels_delivery d "
    "JOIN channels_account a ON a.id = d.account_id WHERE a.kind = 'email'"
)
AT_LAST = 40.0
"""Seconds until everything that waits has found its place, once all works again."""


def furniture(dovecot: Dovecot, mailbox: str, sink: Sink) -> bytes:
    """One brand, two agents, a mailbox on the Dovecot that speaks through the sink, and a local one."""
    fields = {
        "imap_host": dovecot.host,
        "imap_port": dovecot.imap_port,
        "imap_security": "none",
        "imap_user": mailbox,
        "smtp_host": "127.0.0.1",
        "smtp_port": sink.port,
        "smtp_security": "none",
        "smtp_user": mailbox,
    }
    accounts = [
        {"kind": "email", "address": mailbox, "settings": fields, "password": dovecot.password},
        {"kind": "local", "address": LOCAL, "settings": {}},
    ]
    members = [{"name": name, "role": "agent", "languages": ["en"]} for name in ("Delphine Marsh", "Bo Adeyemi")]
    brand = {"name": "Thimble & Thorn", "slug": "thimble", "team": "Florists", "members": members, "accounts": accounts}
    return json.dumps({"hold": 0, "password": PASSWORD, "brands": [brand]}).encode()


@dataclass
class Load:
    """What was handed over and what was said of it. `at_work` runs it all."""

    desk: Desk
    smtp_port: int
    dovecot: Dovecot
    mailbox: str
    sink: Sink
    acked: list[str] = field(default_factory=list)
    """Message-IDs that the local port has said 250 to."""
    not_now: list[str] = field(default_factory=list)
    """Those it put off."""
    offered: list[str] = field(default_factory=list)
    """Message-IDs that lie in the mailbox."""
    answers: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    """What no page may say, whatever breaks."""
    sent: dict[str, int] = field(default_factory=dict)
    """Token of a letter → what the desk answered."""
    heard: list[str] = field(default_factory=list)
    """Kinds of news that the event stream told."""
    cookie: str = ""
    """Delphine's session."""
    _over: threading.Event = field(default_factory=threading.Event)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Everything at once, until the end of the block."""
        self._over.clear()
        deeds = (self._mail, self._post, self._pages, self._letters, self._listen)
        threads = [threading.Thread(target=self._again, args=[deed], daemon=True) for deed in deeds]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._over.set()
            for thread in threads:
                thread.join(60)

    def browser(self) -> httpx.Client:
        """Delphine's."""
        return httpx.Client(
            base_url=self.desk.url, headers={"Cookie": f"{self.cookie}; csrftoken={'c' * 32}"}, timeout=45
        )

    def ready(self) -> tuple[int, str]:
        """What /readyz says to whoever has the token."""
        answer = httpx.get(f"{self.desk.url}/readyz", headers={"Authorization": f"Bearer {TOKEN}"}, timeout=45)
        return answer.status_code, answer.text

    def figure(self, name: str) -> float:
        """One line of /metrics."""
        answer = httpx.get(f"{self.desk.url}/metrics", headers={"Authorization": f"Bearer {TOKEN}"}, timeout=45)
        found = [line for line in answer.text.splitlines() if line.startswith(f"{name} ")]
        return float(found[0].split()[1])

    def pipe(self) -> tuple[int, str]:
        """A mail through the pipe: its exit status, and the Message-ID."""
        key = self._key()
        done = self.desk.amends("mail", "take", "-", "--to", LOCAL, given=_letter(key, LOCAL))
        if done.returncode == 0:
            self.acked.append(f"<{key}@mail.example.com>")
        else:
            self.not_now.append(f"<{key}@mail.example.com>")
        assert b"Traceback" not in done.stderr, done.stderr
        return done.returncode, done.stderr.decode()

    def unread(self) -> set[str]:
        """Message-IDs of what is not marked as seen in the mailbox."""
        box = imaplib.IMAP4(self.dovecot.host, self.dovecot.imap_port)
        box.login(self.mailbox, self.dovecot.password)
        box.select(readonly=True)
        found = set()
        for number in box.search(None, "UNSEEN")[1][0].split():
            part = box.fetch(number.decode(), "(BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])")[1][0]
            assert isinstance(part, tuple)
            found.add(part[1].decode().partition(":")[2].strip())
        box.logout()
        return found

    def lost_or_doubled(self) -> list[str]:
        """Wait until all has found its place; then what has not, in words."""
        end = time.monotonic() + AT_LAST
        while (found := self._wrong_now()) and time.monotonic() < end:
            time.sleep(0.5)
        return found + self.wrong

    def _wrong_now(self) -> list[str]:
        try:
            kept = self.desk.rows("SELECT message_id, state, entry_id FROM channels_kept")
            rows = self.desk.rows(LETTERS)
        except (psycopg.Error, sqlite3.Error) as error:  # not there yet
            return [repr(error)]
        found = []
        count = Counter(message_id for message_id, _, _ in kept)
        for message_id in (*self.acked, *self.offered):
            if count[message_id] != 1:
                found.append(f"{message_id} is {count[message_id]} rows")
        told = Counter(entry for _, _, entry in kept)
        found += [f"{one} is {state}" for one, state, _ in kept if state != "taken"]
        found += [f"entry {entry} is told {n} times" for entry, n in told.items() if n > 1]
        return found + self._wrong_letters(rows)

    def _wrong_letters(self, rows: list[tuple[Any, ...]]) -> list[str]:
        found = [f"letter {one} is {state}" for one, state, _ in rows if state != "sent"]
        doubted = {message_id for message_id, _, in_doubt in rows if in_doubt}
        ids: dict[str, list[str]] = {}
        for letter in self.sink.arrived():
            for token in letter["tokens"]:
                ids.setdefault(token, []).append(letter["id"])
        for token, status in self.sent.items():
            copies = ids.get(token, [])
            if status < 400 and not copies:
                found.append(f"{token} was answered by {status} and did not arrive")
            if len(set(copies)) > 1 or (len(copies) > 1 and copies[0] not in doubted):
                found.append(f"{token} arrived {len(copies)} times: {copies}")
        return found

    def _again(self, deed: Callable[[], None]) -> None:
        while not self._over.is_set():
            with contextlib.suppress(OSError, smtplib.SMTPException, httpx.HTTPError, psycopg.Error, sqlite3.Error):
                deed()

    def _mail(self) -> None:
        """To the local port, one after the other."""
        key = self._key()
        with smtplib.SMTP("127.0.0.1", self.smtp_port, "ann.example", timeout=45) as smtp:
            try:
                smtp.sendmail("ann@customer.example", [LOCAL], _letter(key, LOCAL))
            except smtplib.SMTPDataError as error:
                self.not_now.append(f"<{key}@mail.example.com>")
                if error.smtp_code != 451:
                    self.wrong.append(f"the port said {error}")
            else:
                self.acked.append(f"<{key}@mail.example.com>")
        self._over.wait(0.1)

    def _post(self) -> None:
        """Into the mailbox, whatever the desk does."""
        key = self._key()
        self.dovecot.deliver(self.mailbox, _letter(key, self.mailbox))
        self.offered.append(f"<{key}@mail.example.com>")
        self._over.wait(0.4)

    def _pages(self) -> None:
        with self.browser() as browser:
            for path in ("/", "/people/", "/contact/thimble/", "/accounts/login/"):
                self._look(browser.get(path, follow_redirects=True))
                self._over.wait(0.03)

    def _look(self, answer: httpx.Response) -> None:
        self.answers[answer.status_code] += 1
        words = answer.text
        if answer.status_code == 503 and (not answer.headers.get("Retry-After") or "<h1" not in words):
            self.wrong.append(f"{answer.url} said 503 without saying when to come back, or why: {words[:200]}")
        if answer.status_code not in (200, 503) or "Traceback" in words:
            self.wrong.append(f"{answer.url} said {answer.status_code}: {words[:200]}")

    def _letters(self) -> None:
        """Delphine answers the case that is open the longest."""
        with self.browser() as browser:
            self._over.wait(0.5)
            cases = self.desk.rows(WANTING)
            if not cases:
                return
            token = f"reply-{next(self._numbers):06d}"
            # The token stands first: quoted-printable breaks long lines anywhere.
            words = f"{token}: I am sorry about the flowers. We look at it and write to you tomorrow."
            fields = {"text": words, "to": "rosalind@example.com", "reason": "It must go so.", "anyway": "1"}
            path = f"/cases/{cases[0][0]}/letters/"
            self.sent[token] = 599
            answer = browser.post(path, data=fields, headers={"X-CSRFToken": "c" * 32, "Origin": self.desk.url})
            self.sent[token] = answer.status_code
            if answer.status_code not in (200, 302, 303, 409, 422, 503):
                self.wrong.append(f"{path} said {answer.status_code}: {answer.text[:200]}")

    def _listen(self) -> None:
        """One screen; its browser comes again by itself when the line is cut."""
        with self.browser() as browser:
            page = browser.get("/").text
            if "/events?ticket=" not in page:
                self._over.wait(0.5)
                return
            path = "/events?ticket=" + page.partition("/events?ticket=")[2].partition('"')[0]
            with browser.stream("GET", path, timeout=httpx.Timeout(5, read=1.0)) as stream:
                for line in stream.iter_lines():
                    if line.startswith("data: ") and '"kind"' in line:
                        self.heard.append(json.loads(line[6:])["kind"])
                    if self._over.is_set():
                        return

    def _key(self) -> str:
        return f"fire{next(self._numbers)}"


def _letter(key: str, to: str) -> bytes:
    """Ann writes to the local mailbox, Rosalind to the other: no case has to do with both."""
    sender = "Ann Lee <ann@customer.example>" if to == LOCAL else "Rosalind <rosalind@example.com>"
    return mail(f"It looks nothing like the picture: {key}.", key=key, subject=f"Flowers {key}", to=to, sender=sender)
