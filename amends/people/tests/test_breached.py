"""Breached passwords are found in a file of any size and at a range API, and a list that is away refuses nobody."""

from __future__ import annotations

import time
from itertools import count
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from pytest_django import Settings
from structlog.testing import capture_logs

from amends.people import breached
from amends.people.breached import BreachedPasswordValidator, ListError, is_breached
from tests.peers.ports import free_ports
from tests.peers.ranges import running_ranges, sha1

STOLEN = [f"stolen password {at}" for at in range(400)]
ORDERED = sorted(STOLEN, key=sha1)
ABSENT = "nine patient otters"


def a_list(
    folder: Path, settings: Settings, *, passwords: list[str] = ORDERED, line: str = "{}:17", end: str = "\r\n"
) -> Path:
    path = folder / "pwnedpasswords.txt"
    path.write_bytes("".join(line.format(sha1(password)) + end for password in passwords).encode())
    settings.BREACHED_PASSWORDS = str(path)
    return path


@pytest.mark.parametrize("end", ["\r\n", "\n"])
@pytest.mark.parametrize("line", ["{}:17", "{}", "{}:123456789"])
def test_every_password_of_a_file_is_found_and_no_other(
    tmp_path: Path, settings: Settings, line: str, end: str
) -> None:
    a_list(tmp_path, settings, line=line, end=end)
    assert [one for one in ORDERED if not is_breached(one)] == []
    assert [one for one in (f"chosen by myself {at}" for at in range(400)) if is_breached(one)] == []


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_the_first_and_the_last_line_are_found_in_a_short_file(tmp_path: Path, settings: Settings, count: int) -> None:
    a_list(tmp_path, settings, passwords=ORDERED[:count])
    assert [is_breached(one) for one in ORDERED[:4]] == [at < count for at in range(4)]


def test_lines_of_different_lengths_are_all_found(tmp_path: Path, settings: Settings) -> None:
    path = a_list(tmp_path, settings)
    lines = [f"{sha1(one)}:{10 ** (at * 7 % 11)}\n" for at, one in enumerate(ORDERED)]
    path.write_text("".join(lines))
    assert all(map(is_breached, ORDERED)) and not is_breached(ABSENT)


def test_a_file_in_lower_case_or_without_a_last_line_break_is_read_too(tmp_path: Path, settings: Settings) -> None:
    path = a_list(tmp_path, settings, end="\n")
    path.write_bytes(path.read_bytes().lower().rstrip())
    assert all(map(is_breached, ORDERED)) and not is_breached(ABSENT)


def test_of_a_large_file_little_is_read(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        for at in range(200_000):
            file.write(b"%040X:1\r\n" % (at << 140))
    settings.BREACHED_PASSWORDS = str(path)
    looked, look = count(), breached._line_at
    monkeypatch.setattr(breached, "_line_at", lambda *where: (next(looked), look(*where))[1])
    assert not any(is_breached(f"{ABSENT} {at}") for at in range(100))
    assert next(looked) <= 100 * 25


@pytest.mark.parametrize("content", [b"\x00" * 5000, b"a word\n" * 50, b"5BAA61E4C9B93F3F0682250B6CF8331B:3\n" * 50])
def test_a_file_that_is_no_such_list_is_told_and_refuses_nobody(
    tmp_path: Path, settings: Settings, content: bytes
) -> None:
    a_list(tmp_path, settings).write_bytes(content)
    with pytest.raises(ListError, match="is no list of SHA-1 hashes") as told:
        is_breached(ABSENT)
    assert told.value.permanent
    BreachedPasswordValidator().validate(ABSENT)


def test_a_file_that_is_gone_is_told_in_the_log_and_refuses_nobody(tmp_path: Path, settings: Settings) -> None:
    settings.BREACHED_PASSWORDS = str(tmp_path / "gone")
    with capture_logs() as lines:
        BreachedPasswordValidator().validate(STOLEN[0])
    assert [line["event"] for line in lines] == ["a password was taken without the list of breached ones"]
    assert "cannot be read: No such file" in lines[0]["why"]


@pytest.mark.server
def test_an_address_is_asked_with_five_characters_and_finds_the_rest(settings: Settings) -> None:
    with running_ranges(*STOLEN[:20]) as ranges:
        settings.BREACHED_PASSWORDS = ranges.url
        assert all(map(is_breached, STOLEN[:20]))
        assert not is_breached(ABSENT)
    path, headers = ranges.asked[-1]
    assert path == f"/range/{sha1(ABSENT)[:5]}"
    assert headers["add-padding"] == "true"
    rest = {sha1(one)[5:] for one in (*STOLEN[:20], ABSENT)}
    assert not [one for one in rest if one in str(ranges.asked)]


@pytest.mark.server
def test_what_fills_an_answer_up_is_no_password_of_anybody(settings: Settings) -> None:
    prefix = sha1(ABSENT)[:5]
    with running_ranges() as ranges:
        ranges.body = f"{sha1(ABSENT)[5:]}:0\r\n".encode()
        settings.BREACHED_PASSWORDS = ranges.url
        assert not is_breached(ABSENT)
        ranges.body = f"{sha1(ABSENT)[5:].lower()}:1".encode()
        assert is_breached(ABSENT)
    assert ranges.asked[0][0].endswith(prefix)


@pytest.mark.server
def test_an_address_that_drips_is_given_up_and_refuses_nobody(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(breached, "SECONDS", 0.3)
    with running_ranges(ABSENT) as ranges, capture_logs() as lines:
        ranges.seconds = 0.1
        settings.BREACHED_PASSWORDS = ranges.url
        began = time.monotonic()
        BreachedPasswordValidator().validate(ABSENT)
        assert time.monotonic() - began < 2
    assert "did not answer" in lines[0]["why"]


@pytest.mark.parametrize(
    ("status", "body"),
    [(503, b""), (404, b"no"), (301, b""), (200, b"<html>sign in</html>"), (200, b" "), (200, b"x" * 2_000_000)],
)
@pytest.mark.server
def test_an_address_that_answers_something_else_refuses_nobody(settings: Settings, status: int, body: bytes) -> None:
    with running_ranges(ABSENT) as ranges:
        ranges.status, ranges.body = status, body
        settings.BREACHED_PASSWORDS = ranges.url
        with pytest.raises(ListError) as told:
            is_breached(ABSENT)
        BreachedPasswordValidator().validate(ABSENT)
    assert not told.value.permanent


def test_an_address_where_nobody_is_refuses_nobody(settings: Settings) -> None:
    (port,) = free_ports(1)
    settings.BREACHED_PASSWORDS = f"http://127.0.0.1:{port}/range"
    with pytest.raises(ListError, match="did not answer"):
        is_breached(ABSENT)
    BreachedPasswordValidator().validate(ABSENT)


def test_a_password_of_the_list_is_refused_in_one_sentence(tmp_path: Path, settings: Settings) -> None:
    a_list(tmp_path, settings)
    with pytest.raises(ValidationError, match="This password was stolen somewhere else") as refused:
        BreachedPasswordValidator().validate(STOLEN[3])
    assert len(refused.value.messages) == 1


def test_without_a_list_none_is_asked(settings: Settings) -> None:
    settings.BREACHED_PASSWORDS = ""
    BreachedPasswordValidator().validate("password")
