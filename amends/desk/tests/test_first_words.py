"""Beside an empty letter: what hurt, what they ask, what we know, owe and may do (A246, CV17)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from amends.cases.models import Case, Entry
from amends.clock.models import Promise
from amends.clock.promises import Word
from amends.desk.tests.desk_time import HTMX, NOW, SignIn
from amends.flows import promising, tasks
from tests.cast import Cast, complaint, hear, mail

pytestmark = pytest.mark.usefixtures("tuesday")
STORY = (
    "I ordered tulips for my mother, order TT-3391. They arrived brown and broken. It was her 80th birthday. "
    "She said nothing, and I was so ashamed. What happens now?"
)


@pytest.fixture
def case(cast: Cast) -> Case:
    case = complaint(cast, text=STORY)
    Case.objects.filter(pk=case.pk).update(kind=Case.Kind.COMPLAINT)
    return case


@pytest.fixture
def agent(cast: Cast, signed_in: SignIn) -> Client:
    return signed_in(cast.delphine)


def beside(agent: Client, case: Case) -> str:
    """What stands there once the page has asked for it."""
    url = f"/cases/{case.pk}/coach/"
    assert "data-asks" in agent.get(f"/cases/{case.pk}/?write=letter").content.decode()
    return agent.post(url, {"text": ""}, headers=HTMX).content.decode()


def test_their_own_words_stand_there_and_lead_to_where_they_wrote_them(case: Case, agent: Client) -> None:
    said = beside(agent, case)
    entry = Entry.objects.get(case=case, kind="contact.in")
    assert "What hurt Rosalind Achterberg" in said
    assert said.count(f'href="#letter-{entry.pk}:~:text=') == 5
    assert f'href="#letter-{entry.pk}:~:text=They%20arrived%20brown%20and%20broken."' in said
    assert "She said nothing, and I was so ashamed." in said
    assert f'id="letter-{entry.pk}"' in agent.get(f"/cases/{case.pk}/").content.decode()


def test_what_an_earlier_letter_says_is_unfolded_first(cast: Cast, case: Case, agent: Client) -> None:
    first = Entry.objects.get(case=case, kind="contact.in")
    hear(cast.mailbox, mail("Any news from you?", key="2", headers="In-Reply-To: <1@mail.example.com>\n"), NOW)
    said = beside(agent, case)
    assert f'href="/cases/{case.pk}/?since={first.pk}#letter-{first.pk}:~:text=They' in said
    assert "Any news from you?" in said


def test_what_we_know_owe_broke_and_may_stands_below(cast: Cast, case: Case, agent: Client) -> None:
    word = Word("bring you the right ones", NOW + timedelta(hours=2), Promise.Kind.OTHER)
    promising.give(case, word, promisor=cast.delphine, by=cast.delphine, now=NOW)
    said = beside(agent, case)
    assert "TT-3391, rosalind@example.com" in said
    assert "Bring Rosalind the right ones, by 13:00" in said
    assert "What we broke" not in said
    assert "May restore up to 100" in said

    tasks.break_promises(NOW + timedelta(hours=3))
    assert Entry.objects.filter(case=case, kind="promise.broken", data__source="person").exists()
    emptied = agent.post(f"/cases/{case.pk}/coach/", {"text": ""}, headers=HTMX).content.decode()
    assert "What we broke" in emptied, "the apology that the desk has begun was taken out"


def test_it_gives_way_to_the_coach_with_the_first_word_and_comes_back_without_one(case: Case, agent: Client) -> None:
    url = f"/cases/{case.pk}/coach/"
    assert "What hurt" not in agent.post(url, {"text": "Dear Rosalind,"}, headers=HTMX).content.decode()
    assert "What hurt" in agent.post(url, {"text": ""}, headers=HTMX).content.decode()
