"""What was read in a letter stands on it, opens with its words, and is corrected there (RQ, A191, A232)."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from amends.cases.models import Case, Entry, LetterReading, Presence
from amends.desk.live import elsewhere
from amends.flows import reading
from amends.flows.following import Following
from amends.flows.tasks import read_letters
from amends.people.models import Member
from amends.triage import topics
from amends.triage.reader import topic
from amends.triage.reader.beside import Asked
from amends.triage.reader.labels import EXAMPLES
from amends.triage.reader.lines import answered
from tests.cast import TUESDAY, Cast, complaint

SignIn = Callable[[Member], Client]


def here(texts: Sequence[Asked]) -> dict[int, dict[str, Any]]:
    """As `read_beside`, in this process: what is shown is the same, and starts no other."""
    return {one.id: answered(json.dumps({"id": one.id, "text": one.text, "source_brand": one.brand})) for one in texts}


@pytest.fixture
def case(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.setattr(reading, "_follows", Following("reading", (reading.HEARD, reading.BLACKENED)))
    monkeypatch.setattr(reading, "read_beside", here)
    made = complaint(cast, text="Your agent was rude to me and argued with me. I am livid!! Bo alone was kind.")
    read_letters(TUESDAY)
    return made


def letter(case: Case) -> Entry:
    return Entry.objects.get(case=case, kind="contact.in")


def labels(case: Case) -> set[str]:
    return {one["label"] for one in LetterReading.objects.get(pk=letter(case).pk).signals}


def test_the_letter_says_what_was_read_and_what_tipped_it_a191(case: Case, cast: Cast, signed_in: SignIn) -> None:
    page = signed_in(cast.delphine).get(reverse("case", args=[case.pk])).content.decode()
    assert "What we read: " in page and "treated rudely" in page
    assert "Here it tipped: argued with." in page


def test_the_sheet_shows_the_words_that_prove_each_label(case: Case, cast: Cast, signed_in: SignIn) -> None:
    page = signed_in(cast.delphine).get(reverse("heard", args=[letter(case).pk])).content.decode()
    assert "<b>treated rudely</b>" in page and "rude" in page
    assert 'data-key="1"' in page
    assert "It is about our service: how they were treated." in page
    assert EXAMPLES["rude"]["says"] in page and EXAMPLES["rude"]["not"] in page


def test_one_press_says_that_it_is_not_so(case: Case, cast: Cast, signed_in: SignIn) -> None:
    answer = signed_in(cast.delphine).post(reverse("heard", args=[letter(case).pk]), {"deny": "rude"})
    assert answer.status_code == 303
    assert "rude" not in labels(case)
    said = Entry.objects.get(kind="reading.corrected")
    assert (said.member, said.data["what"]) == (cast.delphine, "rude")
    page = signed_in(cast.delphine).get(reverse("case", args=[case.pk])).content.decode()
    assert "a letter does not say: treated rudely." in page


def test_what_is_missing_is_added_with_the_words_that_show_it(case: Case, cast: Cast, signed_in: SignIn) -> None:
    url = reverse("heard", args=[letter(case).pk])
    assert signed_in(cast.delphine).post(url, {"label": "will_leave", "words": "0-20"}).status_code == 303
    assert "will_leave" in labels(case)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"deny": "polite"}, "corrected it meanwhile"),
        ({"stance": "furious"}, "Choose how the customer stands to us."),
        ({"label": "rude", "words": "nowhere"}, "Choose the words that show it."),
        ({"label": "", "words": "0-20"}, "Choose what the letter says."),
        ({"label": "will_leave", "words": "0-99999"}, "Choose the words that show it."),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    case: Case, cast: Cast, signed_in: SignIn, sent: dict[str, str], said: str
) -> None:
    answer = signed_in(cast.delphine).post(reverse("heard", args=[letter(case).pk]), sent)
    assert answer.status_code == 422 and said in answer.content.decode()
    assert not Entry.objects.filter(kind="reading.corrected").exists()


def test_who_only_reads_corrects_nothing(case: Case, cast: Cast, signed_in: SignIn) -> None:
    url, browser = reverse("heard", args=[letter(case).pk]), signed_in(cast.carline)
    assert "Not so" not in browser.get(url).content.decode()
    assert browser.post(url, {"deny": "rude"}).status_code in (403, 404)
    assert "rude" in labels(case)


def test_a_letter_that_nobody_has_read_yet_says_so(cast: Cast, signed_in: SignIn) -> None:
    entry = letter(complaint(cast))
    assert signed_in(cast.delphine).get(reverse("heard", args=[entry.pk])).status_code == 404


def test_where_no_label_was_found_it_says_how_they_stand_to_us(cast: Cast, case: Case, signed_in: SignIn) -> None:
    LetterReading.objects.update(signals=[], stance="question", turn=0)
    page = signed_in(cast.delphine).get(reverse("case", args=[case.pk])).content.decode()
    assert "What we read: asks" in page


@pytest.fixture
def turned(case: Case, cast: Cast) -> Entry:
    """Delphine turned the story round, and Bo is praised by name."""
    text = reading.text_of(letter(case))
    start = text.index("Bo alone")
    LetterReading.objects.update(
        stance="praise", turn=1, turned_by="listened", turner=cast.delphine, kudos=[[start, start + 2]]
    )
    return letter(case)


def test_thanks_reach_whoever_turned_it_and_whoever_is_praised_a232(
    turned: Entry, case: Case, cast: Cast, signed_in: SignIn
) -> None:
    url, browser = reverse("heard", args=[turned.pk]), signed_in(cast.ines)
    sheet = browser.get(url).content.decode()
    assert "Pass the thanks on to Delphine Marsh" in sheet and "Pass the thanks on to Bo Adeyemi" in sheet
    assert browser.post(url, {"thank": cast.delphine.pk}).status_code == 303
    entry = Entry.objects.get(kind="thanks.passed_on")
    assert (entry.member, entry.data["to"], entry.data["letter"]) == (cast.ines, cast.delphine.pk, turned.pk)
    page = browser.get(reverse("case", args=[case.pk])).content.decode()
    assert "Ines Calder passed the thanks on:" in page
    assert "Ines Calder passes on thanks from Rosalind Achterberg" in signed_in(cast.delphine).get("/").content.decode()


def test_thanks_are_passed_on_once_and_only_to_whom_they_are_for(turned: Entry, cast: Cast, signed_in: SignIn) -> None:
    url, browser = reverse("heard", args=[turned.pk]), signed_in(cast.ines)
    browser.post(url, {"thank": cast.delphine.pk})
    for nobody in (cast.delphine.pk, cast.callum.pk):
        again = browser.post(url, {"thank": nobody})
        assert again.status_code == 422 and "told already, or this letter does not thank them" in again.content.decode()
    assert Entry.objects.filter(kind="thanks.passed_on").count() == 1


def test_who_is_thanked_may_note_it_and_is_told_nothing_twice(turned: Entry, cast: Cast, signed_in: SignIn) -> None:
    url, browser = reverse("heard", args=[turned.pk]), signed_in(cast.delphine)
    assert "Note the thanks to you" in browser.get(url).content.decode()
    browser.post(url, {"thank": cast.delphine.pk})
    assert "passes on thanks" not in browser.get("/").content.decode()


def test_an_open_page_hears_that_a_letter_was_read(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_follows", Following("reading", (reading.HEARD,)))
    monkeypatch.setattr(reading, "read_beside", here)
    made = complaint(cast)
    Presence.objects.create(case=made, member=cast.delphine, seen_at=timezone.now())
    memory = elsewhere.Memory()
    memory.changed(elsewhere.cases())
    assert not memory.changed(elsewhere.cases())
    read_letters(TUESDAY)
    assert memory.changed(elsewhere.cases()) == {made.pk: made.brand_id}


def test_every_topic_of_the_reader_has_its_words_a204() -> None:
    assert set(topics.TOPICS) == set(topic.TOPICS)
