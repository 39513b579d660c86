"""What a desk's own corrections teach the reader: kept only when it does better, and never one person's words."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from amends.triage.local import Example, applied, learn

HERE = ["the parcel came late again", "it came late once more", "delivery late by a week", "so late it came"]
NOT_HERE = [
    "we came late to your shop",
    "my late husband bought it",
    "too late in the evening for me",
    "sorry for my late reply",
]


def examples(holds: list[str], does_not: list[str], *, seen: bool = True, times: int = 6) -> list[Example]:
    """Sentences that many people wrote, of which those in `does_not` were corrected, or those in `holds` when not seen."""
    made = []
    for round_ in range(times):
        for at, text in enumerate([*holds, *does_not]):
            letter = 100 * round_ + at
            made.append(Example("late_delivery", text, at < len(holds), seen, letter, person=letter))
    return made


def signal(text: str, words: str, label: str = "late_delivery") -> dict[str, object]:
    at = text.index(words)
    return {
        "label": label, "polarity": "-", "strength": 4, "certainty": 0.9, "time": "happened", "span": [at, at + len(words)],
    }  # fmt: skip


def test_what_people_take_away_again_and_again_is_not_read_any_more() -> None:
    trial = learn(examples(HERE, NOT_HERE))
    assert trial.is_better and trial.before > 0 and trial.after == 0
    text = "It came late once more. My late husband liked it."
    (kept,) = applied(trial.layer, [signal(text, "late once"), signal(text, "late husband")], text)
    assert kept["span"] == [8, 17]


def test_what_people_add_again_and_again_is_read_with_its_sentence() -> None:
    trial = learn(examples(HERE, NOT_HERE, seen=False))
    assert trial.is_better
    text = "Hello. The parcel came late again. Thanks."
    (added,) = applied(trial.layer, [], text)
    assert (added["label"], added["span"]) == ("late_delivery", [7, 34])
    assert applied(trial.layer, [], "My late husband bought it.") == []


def test_what_does_no_better_on_letters_it_has_not_seen_is_not_kept() -> None:
    same = ["it came late"]
    trial = learn([*examples(same, []), *examples([], same)])
    assert not trial.is_better and trial.layer == {}


def test_few_corrections_teach_nothing() -> None:
    assert learn(examples([], NOT_HERE, times=1)).layer == {}


def test_words_of_one_person_are_not_kept() -> None:
    made = examples(HERE, NOT_HERE)
    made += [Example("late_delivery", "Rosalind Achterberg came late", True, True, 9000 + at, 7) for at in range(6)]
    kept = learn(made).layer["late_delivery"]["words"]
    assert not [word for word in kept if "rosalind" in word or "achterberg" in word]
    assert "late" in kept or "came late" in kept


def test_other_labels_stay_as_they_are() -> None:
    trial = learn(examples(HERE, NOT_HERE))
    text = "Your agent was rude."
    rude = signal(text, "rude", "rude")
    assert applied(trial.layer, [rude], text) == [rude]


def test_the_same_corrections_teach_the_same_and_it_can_lie_in_a_database() -> None:
    one, other = learn(examples(HERE, NOT_HERE)), learn(examples(HERE, NOT_HERE))
    assert one == other
    assert json.loads(json.dumps(one.layer)) == one.layer


TAUGHT = learn(examples(HERE, NOT_HERE, seen=False)).layer


@given(st.text(max_size=300))
def test_whatever_is_written_can_be_asked(text: str) -> None:
    for one in applied(TAUGHT, [], text):
        assert 0 <= one["span"][0] < one["span"][1] <= len(text)
