"""What the doctor says of the scanner for files, with a real one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils import timezone
from pytest_django import Settings

from amends.kit import clamd
from amends.upkeep.doctor import scanner
from amends.upkeep.doctor.finding import Finding, Level
from tests.peers.clamd import MOST_BYTES, Clamd, hanging_clamd, nobody

pytestmark = pytest.mark.server


def looked() -> list[Finding]:
    return list(scanner.findings(timezone.now()))


def test_without_a_scanner_it_says_that_nobody_looks_at_files() -> None:
    (only,) = looked()
    assert only.level == Level.OK and "are not looked at" in only.said


def test_a_scanner_that_finds_what_it_should_and_takes_what_we_take_is_in_order(
    clamd_peer: Clamd, settings: Settings
) -> None:
    settings.CLAMD = clamd.address(clamd_peer.unix)
    settings.MAX_MESSAGE_BYTES = MOST_BYTES
    (only,) = looked()
    assert only.level == Level.OK and "finds what it should" in only.said


def test_a_scanner_that_refuses_large_files_is_told_of_with_what_to_set(clamd_peer: Clamd, settings: Settings) -> None:
    settings.CLAMD = clamd.address(clamd_peer.tcp)
    _in_order, large = looked()
    assert large.level == Level.WARN and "Set StreamMaxLength 36M" in large.do


def test_a_scanner_that_is_away_fails(settings: Settings) -> None:
    settings.CLAMD = clamd.address(nobody())
    (only,) = looked()
    assert only.level == Level.FAIL and "does not answer" in only.said


def test_a_scanner_that_hangs_fails(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clamd, "KNOCKS", 0.2)
    with hanging_clamd() as where:
        settings.CLAMD = clamd.address(where)
        (only,) = looked()
    assert only.level == Level.FAIL


@pytest.mark.parametrize(
    ("version", "made"),
    [
        ("ClamAV 1.4.3/27797/Tue Oct 21 09:30:12 2025", datetime(2025, 10, 21, 9, 30, 12, tzinfo=UTC)),
        ("ClamAV 1.4.3", None),
        ("ClamAV 1.4.3/27797/", None),
    ],
)
def test_the_age_of_signatures_is_read_where_they_have_one(version: str, made: datetime | None) -> None:
    assert scanner.made(version) == made
