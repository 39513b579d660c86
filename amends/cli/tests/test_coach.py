"""`amends coach`: JSON lines in, JSON lines out (C7)."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.flows.coach_lines import answered
from tests.effort import examples

LINE = {"id": "a", "kind": "complaint", "customer": "The lamp is cracked.", "draft": "Sorry. A new lamp ships today."}


def asked(**fields: Any) -> dict[str, Any]:
    return answered(json.dumps({**LINE, **fields}))


def test_a_draft_is_answered_with_its_labels_its_items_and_its_gate() -> None:
    draft = (
        "Dear Rosalind, I am sorry that we sent the wrong lamp. A new one ships today. "
        "Have you considered our larger one?"
    )
    answer = asked(draft=draft)
    assert answer["id"] == "a"
    assert {"apology", "ownership", "upsell"} <= set(answer["labels"])
    assert (answer["flawless"], answer["flags"], answer["gate"]) == (False, ["UPSELL"], "block")
    start, end = answer["items"]["regret"]["span"]
    assert draft[start:end] == "Dear Rosalind, I am sorry that we sent the wrong lamp."
    assert answer["items"]["regret"]["points"] == 8
    (note,) = (one for one in answer["notes"] if one["code"] == "UPSELL")
    assert draft[slice(*note["span"])] == "Have you considered our larger one?"
    assert note["advice"]


def test_what_the_case_knows_is_not_asked() -> None:
    answer = asked(draft="Sorry! What is your order number?", known={"order number": 20881})
    assert "reasks_known" in answer["labels"]
    assert any("20881" in note["advice"] for note in answer["notes"])


def test_in_public_fewer_items_apply() -> None:
    private, public = (asked(profile=profile)["items"] for profile in ("private", "public"))
    assert set(private) - set(public) == {"thanks_for_writing", "validates_feeling", "prevention", "come_back"}


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"draft": None}, "“draft” is missing. Give it as text."),
        ({"draft": 3}, "“draft” is not text. Put it in quotation marks."),
        ({"kind": None}, "“kind” is missing. Give it as text."),
        ({"kind": "rant"}, "“rant” is no kind. Write one of complaint, question, praise."),
        ({"profile": "fax"}, "“fax” is no profile. Write one of private, public, call."),
        ({"known": "all"}, '“known” is not an object. Write {"order number": "WA-20881"}.'),
    ],
)
def test_a_line_that_cannot_be_answered_says_what_to_do(fields: dict[str, Any], error: str) -> None:
    assert asked(**fields) == {"id": "a", "error": error}


@pytest.mark.process
def test_a_bad_line_stops_nothing_and_the_order_stays() -> None:
    good = json.dumps(LINE)
    half = json.dumps({**LINE, "id": "\ud800"})
    lines = b"\n".join([b"{", good.encode(), b"", b"\xff", b"[]", half.encode()])
    done = subprocess.run([sys.executable, "-m", "amends.cli", "coach"], input=lines, capture_output=True, check=True)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert ["error" in answer for answer in answers] == [True, False, True, True, False]


@pytest.mark.process
def test_it_starts_without_the_desk() -> None:
    program = (
        "import io, sys; from amends.cli import coach; coach.answer_all(io.BytesIO(b'{}'), sys.stdout.buffer);"
        "sys.exit('django.db' in sys.modules or 'amends.config.settings' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False, stdout=subprocess.DEVNULL).returncode == 0


@pytest.mark.parametrize(
    "strange", ["", "a" * 1_000_000, "Sorry! " * 700_000, "😀", "\ud800 sorry", "<b>Sorry</b>", "\0"]
)
def test_strange_drafts_are_answered(strange: str) -> None:
    assert asked(draft=strange)["gate"] in ("ok", "hold")


@settings(deadline=None, max_examples=examples(60))
@given(
    st.dictionaries(
        st.sampled_from(["id", "kind", "customer", "draft", "profile", "known"]),
        st.one_of(st.none(), st.integers(), st.text(max_size=30), st.lists(st.text(max_size=3), max_size=2)),
    )
)
def test_any_object_is_answered_or_refused_with_a_sentence(fields: dict[str, object]) -> None:
    answer = answered(json.dumps(fields))
    assert answer["id"] == fields.get("id")
    assert "gate" in answer or answer["error"].endswith(".")
