"""`amends backup` and `restore` as their operator meets them: who wants the keys along is never left without."""

from __future__ import annotations

from pathlib import Path

import pytest

from amends.cli import main

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("deed", ["backup", "restore"])
@pytest.mark.parametrize(
    ("content", "why"),
    [(b"", "is empty"), (b" \n", "is empty"), (b"\xff\xfe\x00", "is no text"), (None, "cannot be read")],
)
def test_a_passphrase_file_without_a_passphrase_is_refused_in_a_sentence(
    deed: str, content: bytes | None, why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Else the backup would be without its keys, and nobody would know until they are needed."""
    file, folder = tmp_path / "passphrase", tmp_path / "copy"
    if content is not None:
        file.write_bytes(content)
    assert main([deed, str(folder), "--passphrase-file", str(file)]) == 1
    said = capsys.readouterr().err
    assert said.startswith(f"amends: {file} {why}") and said.count("\n") == 1
    assert not folder.exists()


def test_an_empty_passphrase_that_is_typed_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda _asks: "")
    assert main(["backup", str(tmp_path / "copy"), "--keys"]) == 1
    assert "No passphrase was typed." in capsys.readouterr().err
    assert not (tmp_path / "copy").exists()
