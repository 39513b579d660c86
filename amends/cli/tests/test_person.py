"""`amends person` and `amends retention` as their operator uses them."""

from __future__ import annotations

import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from amends.audit.models import Record
from amends.cases.models import Case, Closure, Retention
from amends.cli import main
from amends.flows import exporting
from tests.cast import Cast, complaint

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folders(tmp_path: Path, settings: Any) -> None:
    settings.SECRETS_KEY_FILE = tmp_path / "keys" / "secrets.key"
    settings.BLOBS_DIR = tmp_path / "blobs"


def test_the_command_line_exports_erases_and_holds(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    complaint(cast)
    dest = tmp_path / "out.zip"
    assert main(["person", "export", "Rosalind@example.com", str(dest)]) == 0
    with zipfile.ZipFile(dest) as archive:
        said = json.loads(archive.read("person.json"))
    assert said["format"] == exporting.FORMAT and dest.stat().st_mode & 0o077 == 0
    assert main(["person", "export", "rosalind@example.com", str(dest)]) == 2
    assert "Name a file that is not there yet" in capsys.readouterr().err
    assert main(["person", "hold", "rosalind@example.com", "--why", "a lawsuit"]) == 0
    assert main(["person", "erase", "rosalind@example.com", "--yes"]) == 2
    assert main(["person", "let-go", "rosalind@example.com"]) == 0
    assert main(["person", "erase", "rosalind@example.com", "--yes"]) == 0
    assert main(["person", "erase", "rosalind@example.com", "--yes"]) == 2
    assert "Nobody here has" in capsys.readouterr().err
    verbs = list(Record.objects.order_by("number").values_list("verb", flat=True))
    assert verbs == ["person.exported", "person.held", "person.let_go", "person.erased"]


def test_the_command_line_sets_how_long_cases_are_kept(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    case = complaint(cast)
    Closure.objects.create(
        case=case, reason="answered", by=cast.ines, at=timezone.now() - timedelta(days=31), channel="email"
    )
    assert main(["retention", "list"]) == 0
    assert "kept for good" in capsys.readouterr().out
    assert main(["retention", "set", "email", "30"]) == 0
    assert f"due: {case.reference}" in capsys.readouterr().out
    assert main(["retention", "set", "email", "0"]) == 2
    assert main(["retention", "set", "pigeon", "30"]) == 2
    assert main(["retention", "set", "email", "off"]) == 0
    assert not Retention.objects.exists()
    assert Case.objects.get().erased_at is None
