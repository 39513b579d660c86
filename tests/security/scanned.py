"""Mails with harmful files, and a desk that names a scanner: what the tests of files share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from amends.cases.models import Entry, File
from amends.flows import inspecting
from amends.kit import clamd, inspected
from tests.cast import Cast, hear
from tests.peers.clamd import Clamd, hanging_clamd


@pytest.fixture(autouse=True)
def heard_of_late(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test remembers that the scanner of another one was silent."""
    monkeypatch.setattr(inspected, "_silent_until", float("-inf"))


@pytest.fixture
def scanner(settings: Settings, clamd_peer: Clamd) -> clamd.Address:
    at = clamd.address(clamd_peer.tcp)
    settings.CLAMD = at
    return at


@pytest.fixture
def hanging(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(clamd, "KNOCKS", 0.2)
    monkeypatch.setattr(inspected, "PATIENCE", 0.2)
    monkeypatch.setattr(inspected, "AT_ONCE", 0.2)
    with hanging_clamd() as where:
        settings.CLAMD = clamd.address(where)
        yield


def mail_with(*contents: bytes, key: str = "1", name: str = "invoice.zip", kind: str = "application/zip") -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"] = "Rosalind Achterberg <rosalind@example.com>", "help@thimble.example"
    mail["Subject"], mail["Message-ID"] = f"Matter {key}", f"<{key}@mail.example.com>"
    mail["Date"] = "Tue, 03 Mar 2026 09:58:00 +0000"
    mail.set_content("Here it is.")
    for content in contents:
        maintype, _slash, subtype = kind.partition("/")
        mail.add_attachment(content, maintype=maintype, subtype=subtype, filename=name)
    return mail.as_bytes()


def heard(cast: Cast, raw: bytes) -> Entry:
    entry = hear(cast.mailbox, raw)
    assert entry is not None
    return entry


def look(after: timedelta = timedelta()) -> int:
    return inspecting.look_at_waiting(timezone.now() + after)


def url_of(file: File) -> str:
    return f"/files/{file.pk}/{file.name}"


def held_entries(case_id: int) -> list[Entry]:
    return list(Entry.objects.filter(case=case_id, kind="file.held"))


def page(browser: Client, case_id: int) -> str:
    return browser.get(f"/cases/{case_id}/").content.decode()
