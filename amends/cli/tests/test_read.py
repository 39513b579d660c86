"""`amends read`: JSON lines in, JSON lines out."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from amends.triage.reader.lines import answered


def asked(**fields: Any) -> dict[str, Any]:
    return answered(json.dumps({"id": "a", "watch": ["Halden"], **fields}))


def test_a_text_is_answered_with_stance_clues_and_their_words() -> None:
    text = "🙂 Halden refuses to refund me!!"
    answer = asked(text=text)
    assert (answer["id"], answer["lang"], answer["anger"], answer["urgent"]) == ("a", "en", 2, False)
    (brand,) = answer["brands"]
    assert (brand["name"], brand["about"], brand["stance"]) == ("Halden", True, "complaint")
    assert brand["clues"] == ["refused_redress"]
    signal = next(one for one in brand["signals"] if one["label"] == "refused_redress")
    assert signal["polarity"] == "-"
    start, end = signal["span"]
    assert text[start:end].startswith("refuses")


def test_a_text_without_names_to_watch_is_read_as_written_to_us() -> None:
    (brand,) = asked(text="Nobody ever answers.", watch=[])["brands"]
    assert (brand["name"], brand["stance"]) == ("", "complaint")


def test_a_name_of_the_staff_who_is_praised_is_told() -> None:
    assert asked(text="Many thanks to Carley at Halden, she was wonderful.")["kudos"] == ["Carley"]


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"text": None}, "“text” is missing. Give it as text."),
        ({"text": 3}, "“text” is not text. Put it in quotation marks."),
        ({"text": "x", "watch": "Halden"}, '“watch” is no list of names. Write it as ["Name", "Another Name"].'),
        ({"text": "x", "watch": [1]}, '“watch” is no list of names. Write it as ["Name", "Another Name"].'),
        ({"text": "x", "watch": ["x"] * 201}, "“watch” has 201 names, more than 200. Ask in several lines."),
        ({"text": "x", "source_brand": 4}, "“source_brand” is not text. Put it in quotation marks."),
    ],
)
def test_a_line_that_cannot_be_answered_says_what_to_do(fields: dict[str, Any], error: str) -> None:
    assert asked(**fields) == {"id": "a", "error": error}


@pytest.mark.process
def test_a_bad_line_stops_nothing_and_the_order_stays() -> None:
    good = json.dumps({"id": 1, "text": "Halden never answers.", "watch": ["Halden"]})
    half = '{"id": "\\ud800", "text": "x\\ud800", "watch": ["\\udfff"]}'
    lines = b"\n".join(
        [b"{", good.encode(), b"", b'{"id": 2, "text": "\xff\xfe"}', b"[]", half.encode(), good.encode()]
    )
    done = subprocess.run([sys.executable, "-m", "amends.cli", "read"], input=lines, capture_output=True, check=True)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert ["error" in answer for answer in answers] == [True, False, False, True, False, False]


@pytest.mark.process
def test_it_starts_without_the_desk() -> None:
    program = (
        "import io, sys; from amends.cli import read; read.answer_all(io.BytesIO(b'{}'), sys.stdout.buffer);"
        "sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False, stdout=subprocess.DEVNULL).returncode == 0
