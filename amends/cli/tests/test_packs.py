"""`amends packs check`: ok, or file, key and reason (ES7)."""

from __future__ import annotations

from pathlib import Path

import pytest

from amends.cli.main import main
from amends.clock.packs.shelf import SHIPPED


def test_every_pack_that_ships_is_ok_es7(capsys: pytest.CaptureFixture[str]) -> None:
    files = sorted(map(str, SHIPPED.glob("*.toml")))
    assert main(["packs", "check", *files]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "house-default.toml: ok (house-default)"


def test_a_bad_one_is_named_with_its_key_and_reason_es7(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.toml").write_text('id = "mine"\nack = "PT1H"\n')
    missing = tmp_path / "gone.toml"
    assert main(["packs", "check", str(tmp_path / "mine.toml"), str(missing)]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said == [
        "mine.toml: ack: there is no such key.",
        "gone.toml: file: it cannot be read: No such file or directory.",
    ]
