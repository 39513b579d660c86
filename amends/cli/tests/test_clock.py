"""`amends clock`: one answer explained, or many as JSON lines."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from amends.cli import main
from amends.cli.clock import answer_lines
from amends.clock.calendar_files import read_calendar

ROOT = Path(__file__).resolve().parents[3]
SHOP = {
    "tz": "Europe/London",
    "hours": {day: [["09:00", "12:30"], ["13:30", "17:30"]] for day in "mon tue wed thu fri".split()},
    "closed": {"2026-12-28": "Stocktaking"},
    "open": {"2026-12-24": [["09:00", "12:00"]]},
}


@pytest.fixture
def shop(tmp_path: Path) -> str:
    path = tmp_path / "shop.json"
    path.write_text(json.dumps(SHOP))
    return str(path)


def test_a_time_is_added_and_every_minute_explained(shop: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clock", "--calendar", shop, "--from", "2026-11-27T17:15", "--add", "PT4H"]) == 0
    assert (
        capsys.readouterr().out
        == """\
2026-11-30T14:15:00+00:00

Fri 27 Nov 2026 17:15 to Mon 30 Nov 2026 14:15, by the clock of Europe/London
  Fri 27 Nov 2026                    17:15–17:30                                   15 min
  Sat 28 Nov 2026 – Sun 29 Nov 2026  closed                                        –
  Mon 30 Nov 2026                    09:00–12:30, 13:30–13:45; closed 12:30–13:30  3 h 45 min
  Total                                                                            4 h
  1 business day after the first date
""".replace("14:15", "13:45")
    )


def test_time_is_measured_in_seconds_and_explained(shop: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clock", "--calendar", shop, "--between", "2026-12-24T08:00", "2026-12-29T09:00:30"]) == 0
    first, _empty, *explained = capsys.readouterr().out.splitlines()
    assert first == str(int((3 + 7.5) * 3600 + 30))
    assert explained[1].split("  ")[1:] != []
    assert "09:00–12:00 (hours of this day)" in explained[1]
    assert "closed on this day, Stocktaking" in explained[4]
    assert explained[6].endswith("10 h 30 min 30 s")


@pytest.mark.parametrize("add", [["--add", "-PT1H"], ["--add=-PT1H"]])
def test_time_is_counted_back(shop: str, add: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clock", "--calendar", shop, "--from", "2026-11-30T09:30", *add]) == 0
    out = capsys.readouterr().out
    assert out.startswith("2026-11-27T17:00:00+00:00\n")
    assert "counted back" in out


def test_it_is_told_whether_it_is_open(shop: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clock", "--calendar", shop, "--at", "2026-12-24T13:00"]) == 0
    assert capsys.readouterr().out.splitlines()[:2] == ["closed", "next open 2026-12-25T09:00:00+00:00"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--from", "2026-11-27T17:15", "--add", "PT4H"], "Name a calendar"),
        (["--calendar", "nowhere.json", "--at", "2026-11-27"], "nowhere.json cannot be read"),
        (["--from", "2026-11-27T17:15"], "Ask one thing"),
        (["--from", "2026-11-27", "--add", "PT1H", "--at", "2026-11-27"], "Ask one thing"),
    ],
)
def test_wrong_use_is_told_what_to_do(words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clock", *words]) == 2
    assert told in capsys.readouterr().err


def test_a_calendar_that_never_opens_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "never.json"
    path.write_text('{"tz": "UTC", "hours": {"mon": []}}')
    assert main(["clock", "--calendar", str(path), "--at", "2026-11-27"]) == 2
    assert "never open. Give at least one day an opening" in capsys.readouterr().err


def test_each_line_has_its_answer_in_order_and_a_bad_one_stops_nothing() -> None:
    lines = [
        json.dumps({"id": "a", "calendar": SHOP, "from": "2026-11-27T17:15", "add": "PT1H"}),
        "{",
        "",
        json.dumps({"id": "b", "at": "2026-11-27T17:15"}),
        json.dumps({"id": "\ud800", "calendar": SHOP, "at": "x"}),
    ]
    out = io.BytesIO()
    answer_lines([f"{line}\n".encode() for line in lines], out, read_calendar(SHOP))
    told = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [one["id"] for one in told] == ["a", None, "b", "\ud800"]
    assert told[0]["due"] == "2026-11-30T09:45:00+00:00"
    assert told[2]["open"] is True


@pytest.mark.process
def test_an_answer_is_handed_on_before_the_next_question_and_without_django() -> None:
    code = "import sys; from amends.cli import main; main(['clock']); print(sorted({'django', 'structlog'} & set(sys.modules)))"
    process = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    for number in range(2):
        process.stdin.write(json.dumps({"id": number, "calendar": SHOP, "at": "2026-11-27T10:00"}) + "\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == number
    rest, _nothing = process.communicate(timeout=60)
    assert rest == "[]\n"
