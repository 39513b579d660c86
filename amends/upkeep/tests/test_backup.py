"""What a backup must know of the desk."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.apps import apps
from pytest_django import Settings

from amends.cases import drafts
from amends.cases.models import Draft
from amends.channels import accounts
from amends.flows import bytes_of
from amends.flows.bytes_of import NAMED_BY
from amends.kit import blobs
from amends.upkeep import keys
from amends.upkeep.backup import cut, keybox, make, manifest, packs, verify
from amends.upkeep.backup.manifest import BackupError
from tests.cast import TUESDAY, Cast, complaint

NO_BYTES = {"people.Invite.sha256", "cases.Unneeded.sha256", "kit.Inspection.sha256"}
"""Hashes of secrets, of bytes that are to be thrown away, and of bytes that other rows name."""


def test_every_field_that_names_bytes_is_copied_with_its_bytes() -> None:
    found = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if "sha256" in field.name
    }
    assert found - NO_BYTES == {f"{model._meta.label}.{field}" for model, field in NAMED_BY}


@pytest.mark.parametrize("comes_again", [True, False])
def test_bytes_that_come_again_just_when_they_are_copied_are_not_missing(
    cast: Cast, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch, comes_again: bool
) -> None:
    """The row of the copy went and took them, and another row brings them back: the copy's own is whole all the same."""
    settings.BLOBS_DIR = tmp_path / "blobs"
    draft = Draft.objects.create(case=complaint(cast), author=cast.delphine, updated_at=TUESDAY)
    digest = drafts.attach(draft, "a.txt", "text/plain", b"hello").sha256
    blobs.path_of(digest).unlink()
    needed = bytes_of.needed

    def asked(digest: str) -> bool:
        if comes_again:
            drafts.attach(draft, "b.txt", "text/plain", b"hello")
        return needed(digest)

    monkeypatch.setattr(bytes_of, "needed", asked)
    folder = tmp_path / "copy"
    folder.mkdir()
    assert make._copy_blobs(folder, [digest]) == ((1, 5, []) if comes_again else (0, 0, [digest]))


def test_locked_keys_open_with_their_passphrase_alone(tmp_path: Path) -> None:
    (tmp_path / "secrets.key").write_text("x7canary\n")
    box = keybox.lock(tmp_path, "correct horse battery")
    assert b"x7canary" not in box
    assert keybox.unlock(box, "correct horse battery") == {"secrets.key": "x7canary\n"}
    for other in ("correct horse batterY", ""):
        with pytest.raises(BackupError, match="does not open"):
            keybox.unlock(box, other)


def test_the_keys_stay_as_they_are_until_the_database_is_copied_too(
    cast: Cast, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else what a new key has sealed would be in the backup, and the new key would not."""
    settings.SECRETS_KEY_FILE = tmp_path / "keys" / "secrets.key"
    accounts.put_secret(cast.mailbox, password="x7canary")
    cast.mailbox.save()

    def rotated_meanwhile(_folder: Path) -> None:
        with pytest.raises(keys.CannotChange, match="Another command is using the keys just now"):
            keys.rotate(pause=lambda _seconds: None)
        raise BackupError("that is enough")

    monkeypatch.setattr(cut, "take", rotated_meanwhile)
    with pytest.raises(BackupError, match="that is enough"):
        make.make(tmp_path / "copy", TUESDAY, passphrase="correct horse battery")
    keys.rotate(pause=lambda _seconds: None)


def test_a_changed_box_of_keys_does_not_open(tmp_path: Path) -> None:
    (tmp_path / "secrets.key").write_text("x7canary\n")
    box = keybox.lock(tmp_path, "correct horse battery")
    for place in (0, 25, len(box) // 2, len(box) - 3):
        with pytest.raises(BackupError, match="does not open"):
            keybox.unlock(box[:place] + bytes([box[place] ^ 1]) + box[place + 1 :], "correct horse battery")


def test_a_short_passphrase_locks_nothing(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="at least 12"):
        keybox.lock(tmp_path, "short")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"parts": {}}', '{"parts": {"a": {}}}', '{"parts": 1}'])
def test_a_damaged_manifest_is_said_in_a_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / manifest.NAME).write_text(text)
    with pytest.raises(BackupError, match="cannot be read"):
        manifest.read(tmp_path)


@pytest.mark.parametrize("line", ["../../etc/passwd 1", "a" * 63 + " 1", "a" * 64 + " x", "A" * 64 + " 1"])
def test_a_list_of_files_names_nothing_outside_the_backup(tmp_path: Path, line: str) -> None:
    (tmp_path / manifest.BLOB_LIST).write_text(f"{line}\n")
    with pytest.raises(BackupError, match="damaged"):
        list(manifest.listed(tmp_path))


def test_a_pack_of_ones_own_goes_along_even_one_that_is_refused(tmp_path: Path, settings: Settings) -> None:
    settings.PACKS_DIR = tmp_path / "packs"
    settings.PACKS_DIR.mkdir()
    (settings.PACKS_DIR / "my-shop.toml").write_bytes(b"id = 'my-shop' # \xff, not yet right\n")
    (settings.PACKS_DIR / "notes.txt").write_text("no pack")
    copy = tmp_path / "copy"
    copy.mkdir()
    whole = backup_of(packs.copy(copy))
    assert list(whole.parts) == ["packs/my-shop.toml"]
    assert list(verify._parts(copy, whole)) == []
    settings.PACKS_DIR = tmp_path / "other" / "packs"
    for _twice in range(2):
        packs.want_room(whole)
        packs.put(copy, whole)
    assert [path.name for path in settings.PACKS_DIR.iterdir()] == ["my-shop.toml"]
    assert (settings.PACKS_DIR / "my-shop.toml").read_bytes() == b"id = 'my-shop' # \xff, not yet right\n"


def test_a_pack_that_is_there_already_and_says_otherwise_is_not_written_over(
    tmp_path: Path, settings: Settings
) -> None:
    settings.PACKS_DIR = tmp_path
    (tmp_path / "my-shop.toml").write_text("id = 'another'")
    with pytest.raises(BackupError, match=r"my-shop\.toml is there already, and is another"):
        packs.want_room(backup_of({"packs/my-shop.toml": manifest.Part("0" * 64, 7)}))


@pytest.mark.parametrize("name", ["packs/../../etc/passwd", "packs/..", "../x", "packs/a/b.toml", "/etc/passwd"])
def test_a_part_lies_in_the_backup_or_is_missing(tmp_path: Path, name: str) -> None:
    (tmp_path / "packs").mkdir()
    found = list(verify._parts(tmp_path, backup_of({name: manifest.Part("0" * 64, 7)})))
    assert found == [f"{name} is missing"]


def backup_of(parts: dict[str, manifest.Part]) -> manifest.Manifest:
    return manifest.Manifest("2026-03-03T10:00:00+00:00", "0.1.0", "sqlite", [], {}, 0, 0, [], parts)
