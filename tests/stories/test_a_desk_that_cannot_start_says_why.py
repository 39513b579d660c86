"""A mistake in the settings: one line that says what to do, and an exit status that a supervisor understands."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.peers.desk import desk_folder
from tests.peers.ports import HOST


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("X", "1", "There is no setting AMENDS_X"),
        ("PROT", "8000", "Did you mean AMENDS_PORT"),
        ("PORT", "eighty", "AMENDS_PORT is 'eighty'"),
        ("DATABASE", "mysql://here", "AMENDS_DATABASE is 'mysql://here'"),
        ("SECRET_KEY_FILE", "/nowhere/secret", "cannot be read"),
        ("SECRET_KEY", "x", "AMENDS_SECRET_KEY is too easily guessed; write at least 32 letters and digits"),
    ],
)
def test_a_wrong_setting_is_one_clear_line(tmp_path: Path, name: str, value: str, said: str) -> None:
    with desk_folder(tmp_path) as desk:
        done = desk.amends("run", settings={name: value})
    assert done.returncode != 0
    words = done.stderr.decode().strip()
    assert said in words
    assert words.count("\n") == 0


def test_the_doctor_names_a_secret_that_could_be_guessed(tmp_path: Path) -> None:
    with desk_folder(tmp_path) as desk:
        done = desk.amends("doctor", settings={"SECRET_KEY": "x"})
    assert done.returncode != 0
    assert b"AMENDS_SECRET_KEY is too easily guessed; write at least 32" in done.stderr


def test_a_port_that_is_taken_is_one_clear_line(tmp_path: Path) -> None:
    with socket.create_server((HOST, 0)) as other, desk_folder(tmp_path) as desk:
        port = other.getsockname()[1]
        done = desk.amends("run", settings={"PORT": str(port)})
    assert done.returncode != 0
    words = done.stderr.decode().strip()
    assert words.startswith(f"amends: port {port} is taken")
    assert words.count("\n") == 0


@pytest.mark.parametrize(
    ("host", "said"),
    [
        ("192.0.2.1", "192.0.2.1 is no address of this machine"),
        ("nowhere.invalid", "nowhere.invalid is no address of this machine"),
    ],
)
def test_a_host_that_is_not_ours_is_one_clear_line(tmp_path: Path, host: str, said: str) -> None:
    with desk_folder(tmp_path) as desk:
        done = desk.amends("web", settings={"HOST": host})
    assert done.returncode != 0
    words = done.stderr.decode().strip()
    assert said in words
    assert words.count("\n") == 0
