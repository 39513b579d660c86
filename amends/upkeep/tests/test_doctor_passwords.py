"""The doctor looks at the list of breached passwords, since a password is taken where it cannot be asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from amends.upkeep.doctor import passwords
from amends.upkeep.doctor.finding import Finding, Level
from tests.peers.ranges import running_ranges, sha1


def found() -> Finding:
    (one,) = passwords.findings()
    return one


def lines(count: int) -> list[str]:
    return sorted(f"{sha1(str(at))}:1\n" for at in range(count))


def test_without_a_list_it_says_that_none_is_asked(settings: Settings) -> None:
    settings.BREACHED_PASSWORDS = ""
    assert (found().level, found().said) == (
        Level.OK,
        "no list is asked; AMENDS_BREACHED_PASSWORDS may name one.",
    )


@pytest.mark.parametrize("count", [1, 3, 5000])
def test_a_file_in_order_is_well(tmp_path: Path, settings: Settings, count: int) -> None:
    path = tmp_path / "list"
    path.write_text("".join(lines(count)))
    settings.BREACHED_PASSWORDS = str(path)
    assert (found().level, found().said) == (Level.OK, f"{path} has about {count:,} hashes, in their order.")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("".join(reversed(lines(5000))), "are not in their order"),
        ("", "is empty"),
        ("a list of words\n" * 9, "is no list of SHA-1 hashes"),
        (None, "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_asked_fails(tmp_path: Path, settings: Settings, content: str | None, said: str) -> None:
    path = tmp_path / "list"
    if content is not None:
        path.write_text(content)
    settings.BREACHED_PASSWORDS = str(path)
    assert found().level == Level.FAIL
    assert said in found().said


@pytest.mark.server
def test_an_address_is_asked_and_one_that_is_away_is_a_warning(settings: Settings) -> None:
    with running_ranges() as ranges:
        settings.BREACHED_PASSWORDS = ranges.url
        assert found().level == Level.OK
        ranges.status = 503
        assert found().level == Level.WARN
        assert found().said == f"{ranges.url} answered 503 and no list. Passwords are taken without it."
