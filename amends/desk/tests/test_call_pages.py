"""The composer's Call tab: how it went, how long it was, and what becomes of the call that was promised (C4.2)."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from amends.cases.models import Case, Entry
from amends.clock import promises
from amends.clock.models import Promise
from amends.clock.promises import Word
from amends.desk.tests.desk_time import HTMX, NOW, SignIn, kinds_of
from amends.flows import promising
from tests.cast import Cast, complaint

HOUR = timedelta(hours=1)


@pytest.fixture
def case(cast: Cast) -> Case:
    return complaint(cast)


@pytest.fixture
def agent(cast: Cast, signed_in: SignIn, tuesday: None) -> Client:
    return signed_in(cast.delphine)


@pytest.fixture
def word(cast: Cast, case: Case) -> Promise:
    """A call by a quarter to twelve: its window is open."""
    ring = Word("ring you", NOW + 3 * HOUR / 4, Promise.Kind.CALLBACK)
    return promising.give(case, ring, promisor=cast.delphine, by=cast.delphine, now=NOW - HOUR)


def state(word: Promise) -> str:
    return promises.state_of(Promise.objects.get(pk=word.pk), NOW + 9 * HOUR)


def owed(case: Case) -> list[str]:
    return [promise.kind for promise in promises.owed(case)]


def test_a_call_that_reached_them_has_its_length_and_keeps_what_was_promised(
    case: Case, word: Promise, agent: Client
) -> None:
    agent.post(f"/cases/{case.pk}/calls/", {"text": "She is calmer now.", "outcome": "reached", "minutes": "12.5"})
    assert Entry.objects.get(kind="contact.call").data["seconds"] == 750
    assert state(word) == "kept" and owed(case) == ["hear"]
    assert "rang Rosalind, 12 min" in agent.get(f"/cases/{case.pk}/").content.decode()


def test_without_a_number_they_were_spoken_to(case: Case, word: Promise, agent: Client) -> None:
    agent.post(f"/cases/{case.pk}/calls/", {"text": "She is calmer now.", "minutes": ""})
    assert state(word) == "kept"
    page = agent.get(f"/cases/{case.pk}/").content.decode()
    assert "rang Rosalind" in page and " min" not in page.partition("rang Rosalind")[2][:9]


def test_a_word_or_two_keeps_no_call(case: Case, word: Promise, agent: Client) -> None:
    agent.post(f"/cases/{case.pk}/calls/", {"text": "She cannot talk now.", "outcome": "reached", "minutes": "0.2"})
    assert state(word) == "late" and "callback" in owed(case)
    assert not Entry.objects.filter(kind="promise.kept", data__promise=word.pk).exists()


def test_two_tries_and_a_message_promise_the_next_window_and_answer_nothing(
    case: Case, word: Promise, agent: Client
) -> None:
    """Nothing need be written of a call that nobody took."""
    before = owed(case)
    first = agent.post(f"/cases/{case.pk}/calls/", {"text": "", "outcome": "nobody"}, follow=True)
    assert "Written down: nobody answered. The call is still owed." in first.content.decode()
    with time_machine.travel(NOW + timedelta(minutes=10), tick=False):
        told = agent.post(
            f"/cases/{case.pk}/calls/",
            {"text": "I said that I ring tomorrow.", "outcome": "message", "minutes": "1"},
            follow=True,
        ).content.decode()
    assert "Tried twice, and a message left. The next call is promised by tomorrow 11:45." in told
    assert "a message was left. I said that I ring tomorrow." in told
    assert state(word) == "attempted"
    tries = list(Entry.objects.filter(case=case, kind="promise.tried").values_list("data__left_message", flat=True))
    assert tries == [False, True]
    assert Entry.objects.filter(kind="promise.attempted", data__promise=word.pk).exists()
    assert not Entry.objects.filter(kind="contact.call").exists()
    assert sorted(owed(case)) == sorted(before), "the answer is owed as before, and a call is"


def test_a_call_that_was_not_promised_and_reached_nobody_is_a_line_that_answers_nothing(
    case: Case, agent: Client
) -> None:
    before = owed(case)
    agent.post(f"/cases/{case.pk}/calls/", {"text": "", "outcome": "message"})
    tried = Entry.objects.get(kind="contact.tried")
    assert (tried.member, tried.data) == (case.owner, {"left_message": True})
    assert owed(case) == before
    page = agent.get(f"/cases/{case.pk}/").content.decode()
    assert "rang and left a message." in page and "contact.tried" not in page


def test_a_call_promised_for_later_is_not_tried_by_one_today(cast: Cast, case: Case, agent: Client) -> None:
    ring = Word("ring you", NOW + 24 * HOUR, Promise.Kind.CALLBACK)
    word = promising.give(case, ring, promisor=cast.delphine, by=cast.delphine, now=NOW - HOUR)
    agent.post(f"/cases/{case.pk}/calls/", {"text": "", "outcome": "nobody"})
    assert not word.attempts.exists() and Entry.objects.filter(kind="contact.tried").count() == 1


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"text": "", "outcome": "reached"}, "Write two lines: what they said, what you promised."),
        ({"text": "We spoke.", "minutes": "long"}, "Write how many minutes you spoke, as in 12."),
        ({"text": "We spoke.", "minutes": "-3"}, "Write how many minutes you spoke, as in 12."),
        ({"text": "We spoke.", "minutes": "nan"}, "Write how many minutes you spoke, as in 12."),
        ({"text": "We spoke.", "minutes": "5000"}, "No call lasts longer than ten hours."),
        ({"text": "We spoke.", "outcome": "shouted"}, "Choose how the call went."),
    ],
)
def test_bad_input_is_said_where_it_was_typed_and_the_words_stay(
    case: Case, agent: Client, form: dict[str, str], said: str
) -> None:
    before = kinds_of(case)
    answer = agent.post(f"/cases/{case.pk}/calls/", form)
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page
    assert form["text"] in page and f'value="{form.get("minutes", "")}"' in page
    assert kinds_of(case) == before


@pytest.mark.parametrize(("name", "status"), [("carline", 403), ("callum", 404)])
def test_who_only_reads_or_serves_another_brand_writes_up_no_call(
    cast: Cast, case: Case, signed_in: SignIn, tuesday: None, name: str, status: int
) -> None:
    """S7."""
    before = kinds_of(case)
    browser = signed_in(getattr(cast, name))
    answer = browser.post(f"/cases/{case.pk}/calls/", {"text": "", "outcome": "nobody"}, headers=HTMX)
    assert answer.status_code == status and kinds_of(case) == before
