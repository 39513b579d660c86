"""Customers' letters are read, and a correction stands above the reader."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from amends.cases.models import Case, Entry, LetterReading, NextStep
from amends.channels import inbox
from amends.clock.models import Alarm
from amends.flows import blackening, closing, correcting, handover, reading, starting, tasks, weighing
from amends.flows.following import Following
from amends.flows.tasks import read_letters
from amends.triage.reader.beside import Asked, read_beside
from tests.cast import TUESDAY, Cast, complaint, hear, mail

pytestmark = pytest.mark.process

ASKS = "Hello, could you tell me when my flowers arrive?"
RUDE = "Your agent was rude to me and argued with me. I am livid!!"
HAPPY = "Thank you so much, you listened and made it right at once. Wonderful service!"
LATER = timedelta(hours=2)


@pytest.fixture(autouse=True)
def _from_the_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_follows", Following("reading", (reading.HEARD, reading.BLACKENED)))


def letter_of(case: Case, text: str, cast: Cast, at: datetime, key: str) -> Entry:
    entry = hear(cast.mailbox, mail(text, key=key, headers="In-Reply-To: <1@mail.example.com>\n"), at)
    assert entry is not None and entry.case_id == case.pk
    return entry


def of(case: Case) -> LetterReading:
    return LetterReading.objects.filter(letter__entry__case=case).latest("at")


def labels(case: Case) -> set[str]:
    return {one["label"] for one in of(case).signals}


def test_a_letter_is_read_with_the_words_that_prove_it_c6(cast: Cast) -> None:
    case = complaint(cast, text=RUDE)
    assert read_letters(TUESDAY) == 1
    found = of(case)
    assert (found.stance, found.anger) == ("complaint", 2)
    (rude,) = (one for one in found.signals if one["label"] == "rude")
    start, end = rude["span"]
    assert "rude" in reading.text_of(Entry.objects.get(pk=found.pk))[start:end]
    assert read_letters(TUESDAY) == 0


def test_what_the_desk_says_of_a_message_that_nobody_could_read_is_no_customers_letter(cast: Cast) -> None:
    inbox.keep(cast.mailbox, b"\x00\x01\x02\xff\xfe", source="test", now=TUESDAY)
    tasks.take_in_waiting(TUESDAY)
    assert read_letters(TUESDAY) == 1
    assert not LetterReading.objects.exists()


def test_of_what_lies_long_back_only_open_cases_are_read(cast: Cast) -> None:
    case = complaint(cast, text=RUDE)
    closing.close(case, "answered", by=cast.delphine, now=TUESDAY)
    read_letters(TUESDAY + timedelta(days=31))
    assert not LetterReading.objects.exists()
    closing.reopen(case, by=cast.delphine, now=TUESDAY + LATER, why="she wrote")
    reading._follows = Following("reading again", (reading.HEARD,))
    read_letters(TUESDAY + timedelta(days=31))
    assert LetterReading.objects.count() == 1


def test_what_tipped_it_stands_on_the_letter_a191(cast: Cast) -> None:
    case = complaint(cast, text=ASKS)
    letter_of(case, RUDE, cast, TUESDAY + LATER, "2")
    read_letters(TUESDAY + LATER)
    assert (of(case).turn, of(case).turned_by) == (LetterReading.Turn.WORSE, "argued")


def test_a042_a188_what_they_feel_raises_the_risk_of_loss_until_a_calmer_letter(cast: Cast) -> None:
    case = complaint(cast, text="I am livid. I will tell everyone to avoid this shop!")
    assert NextStep.objects.get(case=case).risk == 68
    read_and_weigh(TUESDAY)
    (noted,) = Entry.objects.filter(case=case, kind="mood.noted")
    assert noted.data == {"letter": of(case).pk, "labels": ["livid", "warn_others"]}
    assert NextStep.objects.get(case=case).risk == 88
    assert Alarm.objects.get(case=case, code="lost").member == case.owner, "A054: worked the same day"
    letter_of(case, "Good morning, could you tell me how it stands?", cast, TUESDAY + LATER, "2")
    read_and_weigh(TUESDAY + LATER)
    assert NextStep.objects.get(case=case).risk == 78, "that they warn others stays said"


def test_a042_who_says_that_a_letter_is_not_livid_lowers_the_risk(cast: Cast) -> None:
    case = complaint(cast, text=RUDE)
    read_and_weigh(TUESDAY)
    assert NextStep.objects.get(case=case).risk == 78
    correcting.deny(Entry.objects.get(case=case, kind="contact.in"), "livid", by=cast.delphine, now=TUESDAY + LATER)
    read_and_weigh(TUESDAY + LATER)
    assert NextStep.objects.get(case=case).risk == 68
    assert [one.data["labels"] for one in Entry.objects.filter(case=case, kind="mood.noted")] == [["livid"], []]


def test_a_calm_letter_is_no_entry_of_its_own(cast: Cast) -> None:
    case = complaint(cast, text=ASKS)
    read_and_weigh(TUESDAY)
    assert not Entry.objects.filter(case=case, kind="mood.noted").exists()


def read_and_weigh(now: datetime) -> None:
    read_letters(now)
    while weighing.weigh_changed(now):
        pass


def test_what_is_only_guessed_is_not_what_tipped_it(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SURE", 0.99)
    case = complaint(cast, text=ASKS)
    letter_of(case, RUDE, cast, TUESDAY + LATER, "2")
    read_letters(TUESDAY + LATER)
    assert (of(case).turn, of(case).turned_by) == (LetterReading.Turn.WORSE, "")


def test_whoever_spoke_last_turned_it_round_a232(cast: Cast) -> None:
    case = complaint(cast, text=RUDE)
    starting.write_up_call(case, "We are sorry, and send new ones.", by=cast.delphine, now=TUESDAY + LATER)
    letter_of(case, HAPPY, cast, TUESDAY + 2 * LATER, "2")
    read_letters(TUESDAY + 2 * LATER)
    found = of(case)
    assert (found.turn, found.turner) == (LetterReading.Turn.BETTER, cast.delphine)


def test_not_so_takes_the_label_away_and_stays_on_the_timeline(cast: Cast) -> None:
    case = complaint(cast, text=RUDE)
    read_letters(TUESDAY)
    entry = Entry.objects.get(pk=of(case).pk)
    correcting.deny(entry, "rude", by=cast.delphine, now=TUESDAY)
    assert "rude" not in labels(case) and "argued" in labels(case)
    said = Entry.objects.get(kind="reading.corrected")
    assert (said.member, said.data["what"], said.data["holds"]) == (cast.delphine, "rude", False)
    with pytest.raises(correcting.CorrectionError, match="corrected it meanwhile"):
        correcting.deny(entry, "rude", by=cast.delphine, now=TUESDAY)


def test_what_the_reader_missed_is_added_with_its_words(cast: Cast) -> None:
    case = complaint(cast, text=ASKS)
    read_letters(TUESDAY)
    entry = Entry.objects.get(pk=of(case).pk)
    correcting.add(entry, "status_silence", (0, 12), by=cast.delphine, now=TUESDAY)
    (one,) = (one for one in of(case).signals if one["label"] == "status_silence")
    assert (one["span"], one["polarity"], one["certainty"]) == ([0, 12], "-", 1.0)
    with pytest.raises(correcting.CorrectionError, match="words"):
        correcting.add(entry, "rude", (5, 5000), by=cast.delphine, now=TUESDAY)


def test_how_they_stand_to_us_is_corrected_and_no_later_reading_forgets_it(cast: Cast) -> None:
    case = complaint(cast, text=RUDE)
    read_letters(TUESDAY)
    entry = Entry.objects.get(pk=of(case).pk)
    correcting.set_stance(entry, "question", by=cast.delphine, now=TUESDAY)
    assert (of(case).stance, of(case).turn) == ("question", 0)
    reading.read({entry.pk})
    assert of(case).stance == "question"


def test_a_blackened_letter_is_read_anew_without_what_is_gone(cast: Cast) -> None:
    case = complaint(cast, text=RUDE)
    read_letters(TUESDAY)
    entry = Entry.objects.get(pk=of(case).pk)
    what = blackening.What(words="was rude to me")
    blackening.blacken(entry, what, why="a name", by=cast.ines, now=TUESDAY)
    read_letters(TUESDAY + LATER)
    assert "rude" not in labels(case) and "argued" in labels(case)


def test_what_we_wrote_is_nobodys_letter(cast: Cast) -> None:
    case = complaint(cast, text=ASKS)
    starting.write_up_call(case, "We are sorry, and send new ones.", by=cast.delphine, now=TUESDAY + LATER)
    handover.hand_over(case, cast.bo, "She asks when.", by=cast.delphine, now=TUESDAY + LATER)
    read_letters(TUESDAY + LATER)
    assert LetterReading.objects.count() == 1


def test_a_correction_tells_anew_what_the_next_letter_turned(cast: Cast) -> None:
    case = complaint(cast, text=RUDE)
    starting.write_up_call(case, "We are sorry, and send new ones.", by=cast.delphine, now=TUESDAY + LATER)
    letter_of(case, HAPPY, cast, TUESDAY + 2 * LATER, "2")
    read_letters(TUESDAY + 2 * LATER)
    assert of(case).turn == LetterReading.Turn.BETTER
    first = Entry.objects.filter(case=case, kind="contact.in").earliest("at")
    correcting.set_stance(first, "question", by=cast.delphine, now=TUESDAY + 3 * LATER)
    assert (of(case).turn, of(case).turner) == (LetterReading.Turn.NONE, None)


def test_what_is_corrected_while_a_letter_is_read_counts(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    case = complaint(cast, text=RUDE)
    read_letters(TUESDAY)
    entry = Entry.objects.get(pk=of(case).pk)

    def slowly(texts: list[Asked]) -> object:
        correcting.deny(entry, "rude", by=cast.delphine, now=TUESDAY)
        return read_beside(texts)

    monkeypatch.setattr(reading, "read_beside", slowly)
    reading.read({entry.pk})
    assert "rude" not in labels(case)
