"""The lifeline: dips where it hurt, heals where it was put right."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from amends.desk.lifeline import BOTTOM, LEFT, RIGHT, TOP, Lifeline, Matter, draw, shortened

NOW = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
SINCE = datetime(2016, 3, 1, tzinfo=UTC)


def days_ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def dot(life: Lifeline, state: str) -> tuple[float, float, str]:
    found = next(dot for dot in life.dots if dot.state == state)
    return float(found.x), float(found.y), found.label


def test_a_quiet_life_creeps_upward_without_a_wound() -> None:
    life = draw([], SINCE, NOW)
    assert [stretch.hurt for stretch in life.stretches] == [False]
    assert life.words == "Lifeline from 2016 to today, without a complaint."
    assert [year.word for year in life.years][:2] == ["2016", "2017"]


def test_a_complaint_that_was_put_right_ends_higher_than_it_began() -> None:
    matter = Matter(days_ago(700), "Grinder broke", hurt=True, closed_at=days_ago(696), happy=True)
    life = draw([matter], SINCE, NOW)
    hurt, healed = dot(life, "hurt"), dot(life, "healed")
    before = float(re.findall(r"[\d.]+", life.stretches[0].path)[-1])
    assert healed[1] < before < hurt[1]
    assert healed[2] == "Put right in 4 days" and hurt[2] == "Grinder broke"
    assert [stretch.hurt for stretch in life.stretches] == [False, True, False]


def test_a_complaint_that_is_open_hurts_until_today() -> None:
    life = draw([Matter(days_ago(3), "Cracked teapot", hurt=True, broken=True)], SINCE, NOW)
    assert life.stretches[-1].hurt
    assert dot(life, "hurt")[2] == "Cracked teapot, promise broken"
    assert "Still open: 1" in life.words


def test_a_question_leaves_no_wound_and_praise_is_a_joy() -> None:
    life = draw([Matter(days_ago(300), "Does it whistle?"), Matter(days_ago(200), "Lovely", joy=True)], SINCE, NOW)
    assert not any(stretch.hurt for stretch in life.stretches)
    assert {dot.state for dot in life.dots} == {"joy", "today"}


matters = st.builds(
    lambda opened, hurt, joy, closed, happy: Matter(
        days_ago(opened),
        "A title of some length",
        hurt=hurt,
        joy=joy and not hurt,
        closed_at=days_ago(opened * closed) if closed is not None else None,
        happy=happy,
    ),
    st.floats(0, 4000),
    st.booleans(),
    st.booleans(),
    st.none() | st.floats(0, 1),
    st.booleans(),
)


@given(st.lists(matters, max_size=40))
def test_the_line_goes_forward_and_stays_in_its_frame(found: list[Matter]) -> None:
    life = draw(found, SINCE, NOW)
    places = [float(dot.x) for dot in life.dots]
    assert places == sorted(places)
    assert all(LEFT <= place <= RIGHT for place in places)
    for stretch in life.stretches:
        heights = [float(y) for _x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", stretch.path)]
        assert all(TOP - 1 <= y <= BOTTOM + 1 for y in heights)
    assert life.dots[-1].state == "today"


@given(st.lists(matters, max_size=14))
def test_labels_on_one_side_never_cover_each_other(found: list[Matter]) -> None:
    life = draw(found, SINCE, NOW)
    for below in (True, False):
        shown = [dot for dot in life.dots if dot.label and (dot.state == "hurt") == below]
        ends = sorted((float(dot.label_x), float(dot.label_x) + len(dot.label) * 6) for dot in shown)
        assert all(first[1] <= second[0] + 1 for first, second in pairwise(ends))


def test_titles_are_cut_between_words() -> None:
    assert shortened("Cracked wedding teapot, and a new one") == "Cracked wedding teapot, and a …"
    assert shortened("Short") == "Short"
