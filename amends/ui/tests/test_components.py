from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.template.loader import get_template, render_to_string

from amends.ui import pieces
from amends.ui.drawings import Drawings
from amends.ui.pieces import step_rows

TEMPLATES = Path(__file__).resolve().parent.parent / "jinja2"
DUE = datetime(2025, 11, 18, 15, 0, tzinfo=UTC)
ROW = {
    "id": 3,
    "url": "/case/4821",
    "who_is_me": True,
    "before": "Ring",
    "name": "Marta <Oyelaran>",
    "after": " about the lid",
    "tags": [{"word": word} for word in ("Gift", "Repair", "Third")],
    "said": "The lid is cracked.",
    "said_icon": "mail",
    "said_label": "By mail",
    "said_is_quote": True,
    "keys": [{"key": "r", "url": "/case/4821/reply", "label": "Reply"}],
}


@dataclass(frozen=True)
class Still:
    before: str


@dataclass(frozen=True)
class Row:
    """A row of which nothing but its time goes on."""

    still: Still
    due: datetime
    made: datetime
    distance: str
    state: str = "soon"
    left: int = 18
    when: str = "15:00"
    theirs: str = ""


class Promise(forms.Form):
    days = forms.IntegerField(min_value=1, help_text="Only working days count.")
    told = forms.BooleanField(required=False)
    way = forms.ChoiceField(choices=[("mail", "Mail")], widget=forms.RadioSelect)
    why = forms.CharField(required=False)


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_every_template_can_be_read(path: Path) -> None:
    assert get_template(path.relative_to(TEMPLATES).as_posix())


def test_a_row_is_a_link_that_says_who_what_and_when() -> None:
    row = render_to_string("ui/components/step_row.html", {"row": SimpleNamespace(**ROW)})
    assert '<a href="/case/4821" data-open>Ring <b><bdi>Marta &lt;Oyelaran&gt;</bdi></b> about the lid</a>' in row
    assert 'data-url-r="/case/4821/reply"' in row
    assert "<q " in row


def test_a_rows_time_is_said_anew_while_the_rest_is_kept() -> None:
    row = Row(Still("Ring <Marta>"), due=DUE, made=DUE - timedelta(hours=2), distance="in 2 h")
    early = step_rows([row])
    late = step_rows([replace(row, distance="2 h <late>", state="late")])
    assert early.count("<li") == late.count("<li") == 1
    assert 'datetime="2025-11-18T15:00:00+00:00">15:00</time>' in early
    assert ">in 2 h</small>" in early and ">2 h &lt;late&gt;</small>" in late
    assert 'class="step-when soon"' in early and 'class="step-when late"' in late
    assert "Ring &lt;Marta&gt;" in early and "Ring &lt;Marta&gt;" in late
    there = step_rows([replace(row, theirs="10:00 in <York>")])
    assert early.count("<small") == 1 and "<small>10:00 in &lt;York&gt;</small>" in there


def test_a_row_shows_no_more_than_two_tags() -> None:
    row = render_to_string("ui/components/step_row.html", {"row": SimpleNamespace(**ROW)})
    assert "Repair" in row
    assert "Third" not in row


def test_a_row_that_a_colleague_has_says_so() -> None:
    row = render_to_string(
        "ui/components/step_row.html", {"row": SimpleNamespace(**ROW, taken_by={"name": "Hanne Lund", "id": 5})}
    )
    assert "Hanne has it" in row


@pytest.mark.parametrize(
    ("state", "said"),
    [("soon", "By when"), ("waiting", "By when"), ("none", "does not stand open"), ("closed", "All kept")],
)
def test_a_case_shows_its_one_next_step(state: str, said: str) -> None:
    step = {
        "state": state,
        "who_is_me": True,
        "what": "Ring",
        "due": DUE,
        "left": 5,
        "closed_line": "All kept",
    }
    assert said in render_to_string("ui/components/nextstep.html", {"step": step})


@pytest.mark.parametrize(("kind", "is_ours"), [("customer", False), ("ours", True), ("held", True)])
def test_letters_of_customers_and_ours_look_different(kind: str, is_ours: bool) -> None:
    letter = {"id": 1, "kind": kind, "author_name": "A B", "author_id": 1, "at": DUE, "text": "<b>Hello</b>"}
    page = render_to_string("ui/components/letter.html", {"letter": letter})
    assert ('class="letter ours' in page) == is_ours
    assert "&lt;b&gt;Hello" in page


def test_an_undo_carries_the_token_it_was_given() -> None:
    held = {"id": 1, "to": "Marta", "leaves_at": DUE, "hold": 15, "undo_url": "/undo"}
    page = render_to_string("ui/components/outbox_item.html", {"held": held, "csrf_token": "abc"})
    assert '<input type="hidden" name="csrfmiddlewaretoken" value="abc">' in page


def test_an_error_stands_beside_its_field_and_is_tied_to_it() -> None:
    page = str(Promise({"days": "0"}))
    assert 'aria-describedby="id_days_helptext id_days_error"' in page
    assert 'id="id_days_error"' in page
    assert 'aria-invalid="true"' in page
    assert "may stay empty" in page


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_an_error_page_needs_nothing_to_stand(name: str) -> None:
    page = render_to_string(f"{name}.html")
    assert page.count("<h1>") == 1
    assert 'href="/"' in page


def test_what_differs_by_a_number_alone_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []

    def counted(name: str) -> Any:
        drawn.append(name)
        return get_template(name)

    monkeypatch.setattr(pieces, "_drawings", Drawings())
    monkeypatch.setattr(pieces, "get_template", counted)
    one, two = (pieces.drawn_for(number, "desk/case/hand_over.html") for number in (7, 4821))
    assert 'href="/cases/7/handover/"' in one
    assert two == one.replace("/7/", "/4821/")
    assert drawn == ["desk/case/hand_over.html"]
