"""`amends audit` as its operator reads it."""

from __future__ import annotations

import pytest

from amends.audit import log
from amends.audit.models import Head
from amends.cli import main

pytestmark = pytest.mark.django_db


def some_log() -> None:
    for number in range(4):
        log.write("team.made", by=log.Who("command line", "root"), subject=("team", number), name=f"Team {number}")


def test_the_log_is_printed_with_its_head_and_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    some_log()
    assert main(["audit", "verify"]) == 0
    assert f"4 records, all as they were written. Head: 4:{Head.objects.get().hash}" in capsys.readouterr().out
    assert main(["audit", "list", "--verb", "team", "--json", "--since", "2020-01-01"]) == 0
    assert capsys.readouterr().out.count('"verb": "team.made"') == 4
    assert main(["audit", "list", "--verb", "audit"]) == 0
    assert "at the command line: Read this log" in capsys.readouterr().out


def test_a_changed_log_is_told_with_its_first_wrong_record(capsys: pytest.CaptureFixture[str]) -> None:
    some_log()
    Head.objects.update(number=2)
    assert main(["audit", "verify"]) == 1
    assert "Record 3: the log should end at 2:" in capsys.readouterr().err


def test_a_head_that_was_noted_earlier_is_looked_for(capsys: pytest.CaptureFixture[str]) -> None:
    some_log()
    assert main(["audit", "verify", "--noted", "2:" + "0" * 64]) == 1
    assert "noted earlier" in capsys.readouterr().err
