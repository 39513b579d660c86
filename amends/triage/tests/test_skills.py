"""Which skills a case asks for (RO1, RO3)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.triage.skills import Asked, Heard, Rule, asked_for

REPAIRS = Rule("repairs", ("boiler", "will not start", "Kaffeemühle", "洗濯機"))
LETTER = Heard("The boilers of my house leak.", "email", "en", 1)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The boilers of my house leak.", "boiler"),
        ("BOILER!", "boiler"),
        ("It will not\nstart any more.", "will not start"),
        ("Meine Kaffeemuhle ist kaputt", "Kaffeemühle"),
        ("新しい洗濯機が動きません", "洗濯機"),
    ],
)
def test_ro1_a_word_asks_wherever_it_stands_however_it_is_written(text: str, word: str) -> None:
    assert asked_for(Heard(text), [REPAIRS]) == (Asked("repairs", word),)


@pytest.mark.parametrize("text", ["I read a potboiler", "It will start, not now", ""])
def test_ro1_a_part_of_another_word_asks_for_nothing(text: str) -> None:
    assert asked_for(Heard(text), [REPAIRS]) == ()


@pytest.mark.parametrize(
    ("rule", "asks"),
    [
        (Rule("repairs", ("boiler",), channel="email"), True),
        (Rule("repairs", ("boiler",), channel="form"), False),
        (Rule("repairs", ("boiler",), language="en"), True),
        (Rule("repairs", ("boiler",), language="de"), False),
        (Rule("repairs", ("boiler",), brand_id=1), True),
        (Rule("repairs", ("boiler",), brand_id=2), False),
        (Rule("repairs", ("oven",), channel="email"), False),
    ],
)
def test_ro1_everything_that_a_rule_names_must_hold(rule: Rule, asks: bool) -> None:
    assert bool(asked_for(LETTER, [rule])) is asks


def test_ro3_a_channel_or_a_language_asks_by_itself_and_names_no_word() -> None:
    assert asked_for(LETTER, [Rule("letters", channel="email", language="en")]) == (Asked("letters"),)


def test_a_skill_is_asked_for_once_by_the_first_rule_that_does() -> None:
    rules = [Rule("repairs", ("oven",)), Rule("repairs", ("leak",)), REPAIRS, Rule("billing", ("house",))]
    assert asked_for(LETTER, rules) == (Asked("repairs", "leak"), Asked("billing", "house"))


words = st.sampled_from(["boiler", "oven", "leak", "vase", "will not start"])


@given(st.lists(words), st.lists(words), st.permutations(["a", "b", "c"]))
def test_what_is_asked_for_stands_in_the_letter(said: list[str], wanted: list[str], skills: list[str]) -> None:
    rules = [Rule(skill, (word,)) for skill, word in zip(skills, wanted, strict=False)]
    asked = asked_for(Heard(" and ".join(said)), rules)
    assert {one.word for one in asked} == {rule.words[0] for rule in rules} & set(said)
