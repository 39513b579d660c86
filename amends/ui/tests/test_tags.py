from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.template import engines

from amends.ui.pieces import filesize_short


def rendered(text: str, **context: object) -> str:
    return engines["jinja2"].from_string(text).render(context)


def test_an_icon_is_silent_without_a_label_and_named_with_one() -> None:
    assert rendered('{{ icon("mail") }}') == (
        '<svg class="icon" aria-hidden="true"><use href="/static/ui/icons.svg#mail"/></svg>'
    )
    assert 'role="img" aria-label="By mail"' in rendered('{{ icon("mail", label="By mail") }}')


def test_nothing_that_a_person_wrote_escapes_from_a_tag() -> None:
    hostile = "\"><script>alert('x')</script>"
    pages = [
        rendered("{{ icon(name, label=name) }}", name=hostile),
        rendered("{{ avatar(name, name, size=name, label=name) }}", name=hostile),
        rendered("{{ clock(name, 5, size=name, label=name) }}", name=hostile),
        rendered("{{ name|initials }}{{ name|first_name }}{{ name|paragraphs }}", name=hostile),
    ]
    assert not any("<script" in page for page in pages)


@pytest.mark.parametrize(
    ("state", "shape"),
    [("late", "M10 5.6v5"), ("kept", "m6.2 10.4"), ("broken", "m7 7 6 6"), ("moved", "M6.2 10h7")],
)
def test_each_state_of_a_promise_has_its_own_shape(state: str, shape: str) -> None:
    clock = rendered("{{ clock(state, 40) }}", state=state)
    assert shape in clock
    assert "clock-left" not in clock


@pytest.mark.parametrize(("left", "drawn"), [(18, 18), (140, 100), (-3, 0), (None, 0)])
def test_the_clock_shows_what_is_left(left: int | None, drawn: int) -> None:
    assert f'stroke-dasharray="{drawn} 100"' in rendered('{{ clock("open", left) }}', left=left)


def test_a_clock_with_its_times_can_be_drawn_again() -> None:
    due = datetime(2025, 11, 18, 15, 0, tzinfo=UTC)
    clock = rendered('{{ clock("open", 10, due=due, made=due) }}', due=due)
    assert 'data-due="2025-11-18T15:00:00+00:00"' in clock


def test_staff_are_round_and_customers_are_not() -> None:
    assert 'class="avatar"' in rendered('{{ avatar("Priya Raman", 4) }}')
    assert 'class="avatar customer large"' in rendered('{{ avatar("Marta O", 7, kind="customer", size="large") }}')


@pytest.mark.parametrize("filter_name", ["by_when", "distance", "clock_time", "day_name"])
def test_no_moment_says_nothing(filter_name: str) -> None:
    assert rendered("{{ nothing|" + filter_name + " }}", nothing=None) == ""


@pytest.mark.parametrize(
    ("size", "said"),
    [(0, "0 KB"), (10, "1 KB"), (1023, "1 KB"), (319_488, "312 KB"), (1_258_291, "1.2 MB"), (None, "0 KB")],
)
def test_a_size_is_said_shortly(size: int | None, said: str) -> None:
    assert filesize_short(size) == said
