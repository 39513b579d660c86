"""Who should have a case (RO2 to RO5, RO7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.triage.routing import Candidate, Choice, Code, NobodyAtAll, Wanted, explain, right_person
from amends.triage.skills import Asked
from tests.effort import examples

NOW = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
HANNE = Candidate(1, "Hanne", team_ids=frozenset({1}), skills=frozenset({"billing"}), languages=frozenset({"en", "de"}))
BO = Candidate(2, "Bo", team_ids=frozenset({2}), languages=frozenset({"en"}), open_steps=5)
PRIYA = Candidate(3, "Priya", team_ids=frozenset({1}), languages=frozenset({"en"}), open_steps=2)
DESK = [HANNE, BO, PRIYA]


def choose(wanted: Wanted, *desk: Candidate) -> Choice:
    return right_person(wanted, desk or DESK)


def codes(choice: Choice) -> list[Code]:
    return [reason.code for reason in choice.why]


def off(candidate: Candidate, hours: int) -> Candidate:
    return replace(candidate, on_duty=False, next_on_duty=NOW + timedelta(hours=hours))


def test_the_owner_keeps_the_case_even_off_duty() -> None:
    choice = choose(Wanted(NOW, owner_id=2, knows_id=1), HANNE, off(BO, 12), PRIYA)
    assert (choice.member_id, codes(choice)) == (2, ["owner"])


def test_an_absent_owner_hands_over_to_who_knows_the_person() -> None:
    choice = choose(Wanted(NOW, owner_id=2, knows_id=3), HANNE, replace(BO, absent=True), PRIYA)
    assert (choice.member_id, codes(choice)) == (3, ["owner_away", "knows"])


def test_whoever_stands_in_for_an_absent_owner_is_asked_first() -> None:
    away = replace(BO, absent=True, stand_in_id=1)
    choice = choose(Wanted(NOW, owner_id=2, knows_id=3), off(HANNE, 12), away, PRIYA)
    assert (choice.member_id, codes(choice)) == (1, ["owner_away", "stands_in"])
    assert explain(choice.why) == "Bo, who looked after it, is away. Hanne stands in."


def test_a_stand_in_who_is_away_too_is_named_and_passed_over() -> None:
    away = [replace(BO, absent=True, stand_in_id=1), replace(HANNE, absent=True, stand_in_id=2)]
    choice = choose(Wanted(NOW, owner_id=2, knows_id=1), *away, PRIYA)
    assert (choice.member_id, codes(choice)) == (3, ["owner_away", "stand_in_away", "room"])


def test_nobody_stands_in_for_who_is_here() -> None:
    choice = choose(Wanted(NOW, owner_id=2), HANNE, replace(BO, stand_in_id=1), PRIYA)
    assert (choice.member_id, codes(choice)) == (2, ["owner"])


def test_a_stand_in_who_may_not_have_the_case_is_not_asked() -> None:
    choice = choose(Wanted(NOW, owner_id=2, knows_id=3), HANNE, replace(BO, absent=True, stand_in_id=99), PRIYA)
    assert (choice.member_id, codes(choice)) == (3, ["owner_away", "knows"])


def test_when_both_are_absent_the_work_decides() -> None:
    away = [replace(BO, absent=True), replace(PRIYA, absent=True)]
    choice = choose(Wanted(NOW, owner_id=2, knows_id=3), HANNE, *away)
    assert (choice.member_id, codes(choice)) == (1, ["owner_away", "knows_away", "room"])


def test_an_absent_owner_who_also_knows_the_person_is_named_once() -> None:
    choice = choose(Wanted(NOW, owner_id=2, knows_id=2), HANNE, replace(BO, absent=True))
    assert codes(choice) == ["owner_away", "room"]


@pytest.mark.parametrize(
    ("wanted", "desk", "member_id", "why"),
    [
        (Wanted(NOW), DESK, 1, ["room"]),
        (Wanted(NOW, team_id=2), DESK, 2, ["team", "room"]),
        (Wanted(NOW, team_id=1), [replace(HANNE, open_steps=9), BO, PRIYA], 3, ["team", "room"]),
        (Wanted(NOW, team_id=9), DESK, 1, ["room"]),
        (Wanted(NOW, language="de"), [replace(HANNE, open_steps=19), BO, PRIYA], 1, ["language", "room"]),
        (Wanted(NOW, language="fi"), DESK, 1, ["no_language", "room"]),
        (Wanted(NOW, skills=frozenset({"billing"}), team_id=2), DESK, 1, ["skills", "room"]),
        (Wanted(NOW, skills=frozenset({"ovens"})), DESK, 1, ["no_skills", "room"]),
        (Wanted(NOW), [off(HANNE, 1), BO, PRIYA], 3, ["room"]),
        (Wanted(NOW), [off(HANNE, 3), off(BO, 1), off(PRIYA, 2)], 2, ["soonest"]),
        (Wanted(NOW, language="de"), [off(HANNE, 3), BO, PRIYA], 1, ["language", "soonest"]),
        (Wanted(NOW, team_id=2), [HANNE, replace(BO, open_steps=20), PRIYA], 1, ["room"]),
        (Wanted(NOW), [replace(HANNE, role="lead"), BO, PRIYA], 3, ["room"]),
        (Wanted(NOW), [replace(HANNE, role="lead"), replace(BO, open_steps=20)], 1, ["room"]),
        (Wanted(NOW), [replace(HANNE, capacity=0), BO], 2, ["room"]),
        (Wanted(NOW, owner_id=99, knows_id=98), DESK, 1, ["room"]),
        (Wanted(NOW), [replace(HANNE, absent=True)], 1, ["only"]),
        (
            Wanted(NOW),
            [replace(off(HANNE, 9), absent=True), replace(off(BO, 2), absent=True)],
            2,
            ["all_away"],
        ),
    ],
)
def test_the_work_goes_to_who_can_do_it_and_has_room(
    wanted: Wanted, desk: list[Candidate], member_id: int, why: list[Code]
) -> None:
    choice = right_person(wanted, desk)
    assert (choice.member_id, codes(choice)) == (member_id, why)


def test_a_tie_goes_to_the_lowest_number() -> None:
    assert choose(Wanted(NOW), replace(BO, open_steps=0), HANNE).member_id == 1


def test_nobody_at_all_is_said_aloud() -> None:
    with pytest.raises(NobodyAtAll, match="no member"):
        right_person(Wanted(NOW), [])


def test_the_reasons_read_as_sentences() -> None:
    wanted = Wanted(NOW, owner_id=2, skills=frozenset({"billing"}), language="de", team_id=1)
    assert explain(choose(wanted, HANNE, replace(BO, absent=True), PRIYA).why) == (
        "Bo, who looked after it, is away. Hanne’s team serves this brand. Hanne knows about billing. "
        "Hanne writes German. Hanne has the most room: 0 open of 20."
    )


def test_ro1_which_rule_asked_for_a_skill_stands_before_who_has_it() -> None:
    asked = (Asked("billing", "refund"), Asked("ovens"))
    wanted = Wanted(NOW, skills=frozenset({"billing", "ovens"}), asked=asked)
    assert explain(choose(wanted).why) == (
        "“refund” asks for billing. The channel or the language asks for ovens. Nobody here knows all of this: "
        "billing, ovens. Hanne has the most room: 0 open of 20."
    )


def test_a_language_without_a_name_is_shown_by_its_code() -> None:
    assert explain(choose(Wanted(NOW, language="tlh")).why).startswith("Nobody here writes tlh.")


few = st.frozensets(st.sampled_from(["billing", "ovens", "repairs"]), max_size=2)
spoken = st.frozensets(st.sampled_from(["en", "de", "fi"]), max_size=2)


@st.composite
def desks(draw: st.DrawFn) -> list[Candidate]:
    """One to five members in any state."""
    return [
        Candidate(
            number,
            f"M{number}",
            team_ids=draw(st.frozensets(st.integers(1, 2))),
            skills=draw(few),
            languages=draw(spoken),
            open_steps=draw(st.integers(0, 30)),
            capacity=draw(st.integers(0, 20)),
            on_duty=draw(st.booleans()),
            next_on_duty=draw(st.none() | st.just(NOW + timedelta(hours=number))),
            absent=draw(st.booleans()),
        )
        for number in range(1, draw(st.integers(1, 5)) + 1)
    ]


wishes = st.builds(
    Wanted,
    at=st.just(NOW),
    team_id=st.none() | st.integers(1, 3),
    skills=few,
    language=st.sampled_from(["", "en", "de", "fi"]),
    owner_id=st.none() | st.integers(1, 6),
    knows_id=st.none() | st.integers(1, 6),
)


@settings(deadline=None, max_examples=examples(40))
@given(wishes, desks())
def test_there_always_is_someone_and_a_reason(wanted: Wanted, desk: list[Candidate]) -> None:
    choice = right_person(wanted, desk)
    assert choice.member_id in {candidate.member_id for candidate in desk}
    assert explain(choice.why)


@settings(deadline=None, max_examples=examples(40))
@given(wishes, desks())
def test_the_absent_get_nothing_while_another_is_here(wanted: Wanted, desk: list[Candidate]) -> None:
    chosen = next(one for one in desk if one.member_id == right_person(wanted, desk).member_id)
    assert not chosen.absent or all(candidate.absent for candidate in desk)


@settings(deadline=None, max_examples=examples(40))
@given(wishes, desks())
def test_the_order_of_the_desk_does_not_matter(wanted: Wanted, desk: list[Candidate]) -> None:
    assert right_person(wanted, desk) == right_person(wanted, desk[::-1])
