"""`amends learn`: learn, show, go back."""

from __future__ import annotations

import pytest

from amends.audit.models import Record
from amends.cli.main import main
from amends.triage.local import Example

SAYS = ["your agent was rude to me", "so rude on the phone", "a rude answer again", "he was rude once more"]
DOES_NOT = ["a rude sketch of the lamp", "the rude health of my plant", "in rude numbers ten", "rude stone and oak"]


@pytest.fixture
def taught(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [
        Example("rude", text, at < len(SAYS), seen=True, letter=100 * turn + at, person=100 * turn + at)
        for turn in range(6)
        for at, text in enumerate([*SAYS, *DOES_NOT])
    ]
    monkeypatch.setattr("amends.flows.learning.examples", lambda: made)


def test_the_command_learns_shows_and_goes_back(taught: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["learn"]) == 0
    said = capsys.readouterr().out
    assert "Corrections: 24." in said and "Kept: it does better." in said
    assert Record.objects.latest("pk").verb == "reader.learned"
    assert main(["learn", "--show"]) == 0
    assert "errors became 0" in capsys.readouterr().out
    assert main(["learn", "--back"]) == 0
    assert "Only the reader itself reads now." in capsys.readouterr().out
    assert Record.objects.latest("pk").verb == "reader.went_back"
    assert main(["learn", "--back"]) == 1
    assert "nothing to take back" in capsys.readouterr().out


def test_nothing_to_learn_says_so(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["learn"]) == 1
    assert "Not kept" in capsys.readouterr().out
