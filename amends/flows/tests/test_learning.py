"""The reader learns from corrections, keeps what does better, and can be taken back (`amends learn`)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from amends.cases.models import Entry, Lesson, Letter, LetterReading
from amends.flows import correcting, learning, reading
from amends.flows.following import Following
from amends.flows.tasks import read_letters
from tests.cast import TUESDAY, Cast, hear, mail

pytestmark = pytest.mark.process

DAY = timedelta(days=1)
WRONG = "Your agent was rude, he said in jest about the weather."
RIGHT = "Your agent was rude to me on the phone."


@pytest.fixture(autouse=True)
def _from_the_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_follows", Following("reading", (reading.HEARD, reading.BLACKENED)))


def letters(cast: Cast, text: str, name: str, count: int) -> list[Entry]:
    """The same said by so many people."""
    made = []
    for at in range(count):
        raw = mail(text, sender=f"{name} {at} <{name}{at}@example.com>", key=f"{name}{at}", subject=f"{name} {at}")
        entry = hear(cast.mailbox, raw)
        assert entry is not None
        made.append(entry)
    while read_letters(TUESDAY):
        pass
    return made


@pytest.fixture
def taught(cast: Cast) -> Cast:
    """Nine people were read wrongly and nine rightly."""
    letters(cast, RIGHT, "right", 9)
    for entry in letters(cast, WRONG, "wrong", 9):
        correcting.deny(entry, "rude", by=cast.delphine, now=TUESDAY)
    return cast


def labels(entry: Entry) -> set[str]:
    return {one["label"] for one in LetterReading.objects.get(pk=entry.pk).signals}


def test_corrections_are_the_test_and_the_next_letter_is_read_as_people_would(taught: Cast) -> None:
    lesson = learning.keep(learning.tried(), TUESDAY)
    assert lesson.in_use and lesson.learned == 9
    assert lesson.after < lesson.before <= lesson.held_out
    (wrong,) = letters(taught, WRONG, "later", 1)
    (right,) = letters(taught, RIGHT, "after", 1)
    assert "rude" not in labels(wrong) and "rude" in labels(right)


def test_the_lesson_before_or_none_is_used_again(taught: Cast) -> None:
    first, second = learning.keep(learning.tried(), TUESDAY), learning.keep(learning.tried(), TUESDAY + DAY)
    assert list(Lesson.objects.filter(in_use=True)) == [second]
    assert learning.go_back() == first
    assert learning.go_back() is None
    (wrong,) = letters(taught, WRONG, "later", 1)
    assert "rude" in labels(wrong)
    with pytest.raises(learning.LearningError, match="nothing to take back"):
        learning.go_back()


def test_what_teaches_nothing_leaves_the_present_lesson_in_use(taught: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    first = learning.keep(learning.tried(), TUESDAY)
    monkeypatch.setattr(learning, "examples", list)
    assert not learning.keep(learning.tried(), TUESDAY + DAY).in_use
    assert list(Lesson.objects.filter(in_use=True)) == [first]


def test_who_took_a_correction_back_is_the_one_who_counts(taught: Cast) -> None:
    entry = Entry.objects.filter(kind="reading.corrected").first()
    assert entry is not None
    letter = Entry.objects.get(pk=entry.data["letter"])
    correcting.add(letter, "rude", (0, 20), by=taught.ines, now=TUESDAY + DAY)
    assert learning.keep(learning.tried(), TUESDAY + DAY).learned == 9  # one more was added, one less was taken away


def test_words_of_erased_letters_teach_nothing(taught: Cast) -> None:
    assert learning.examples()
    Letter.objects.update(new_text="", text="")
    assert not learning.examples()
