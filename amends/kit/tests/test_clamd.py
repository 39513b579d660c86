"""What a real ClamAV daemon says, and what is made of one that says nothing."""

from __future__ import annotations

import time
from io import BytesIO

import pytest

from amends.kit import clamd
from tests.peers.clamd import EICAR, FOUND, MOST_BYTES, Clamd, hanging_clamd, nobody

pytestmark = pytest.mark.server


@pytest.fixture(params=["unix", "tcp"])
def daemon(request: pytest.FixtureRequest, clamd_peer: Clamd) -> clamd.Address:
    """By its socket, and by its port."""
    return clamd.address(getattr(clamd_peer, request.param))


@pytest.mark.parametrize(
    "content", [EICAR, b"before " * 20_000 + EICAR + b" after" * 20_000], ids=["alone", "in the midst of a file"]
)
def test_the_standard_test_file_is_found(daemon: clamd.Address, content: bytes) -> None:
    assert clamd.found_in(content, daemon).startswith(FOUND)
    assert clamd.found_in(BytesIO(content), daemon).startswith(FOUND)


@pytest.mark.parametrize("content", [b"", b"hello", bytes(MOST_BYTES)], ids=["nothing", "words", "as much as it takes"])
def test_nothing_is_found_where_nothing_is(daemon: clamd.Address, content: bytes) -> None:
    assert clamd.found_in(content, daemon) == ""


@pytest.mark.parametrize("size", [MOST_BYTES + 1, 2 * MOST_BYTES, 30 * MOST_BYTES])
def test_more_than_it_takes_is_told_from_a_daemon_that_is_away(daemon: clamd.Address, size: int) -> None:
    with pytest.raises(clamd.TooLarge, match="size limit exceeded"):
        clamd.found_in(bytes(size), daemon)


def test_a_daemon_says_that_it_is_there_and_what_it_is(daemon: clamd.Address) -> None:
    assert clamd.answers(daemon)
    assert clamd.version(daemon).startswith("ClamAV ")


@pytest.mark.parametrize("where", ["unix:/nowhere/clamd.ctl", nobody()], ids=["socket", "port"])
def test_where_nobody_listens_there_is_no_verdict(where: str) -> None:
    at = clamd.address(where)
    with pytest.raises(clamd.Unanswered, match="does not answer"):
        clamd.found_in(EICAR, at)
    with pytest.raises(clamd.Unanswered):
        clamd.version(at)
    assert not clamd.answers(at)


@pytest.mark.parametrize("size", [100, 30 * MOST_BYTES], ids=["that it has", "that it does not even take"])
def test_a_daemon_that_hangs_is_waited_for_no_longer_than_was_said(size: int) -> None:
    with hanging_clamd() as where:
        began = time.monotonic()
        with pytest.raises(clamd.Unanswered, match="does not answer"):
            clamd.found_in(bytes(size), clamd.address(where), within=0.4)
    assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("unix:/run/clamav/clamd.ctl", "unix:/run/clamav/clamd.ctl"),
        ("127.0.0.1:3310", "127.0.0.1:3310"),
        ("scanner.example:3310", "scanner.example:3310"),
        ("[::1]:3310", "::1:3310"),
    ],
)
def test_an_address_is_a_socket_or_a_host_with_its_port(text: str, said: str) -> None:
    assert str(clamd.address(text)) == said


@pytest.mark.parametrize(
    "text", ["clamd", "/run/clamd.ctl", "unix:clamd.ctl", ":3310", "host:", "host:0", "host:99999"]
)
def test_anything_else_is_no_address(text: str) -> None:
    with pytest.raises(ValueError, match=r"clamd|host|3310"):
        clamd.address(text)
