"""The list of a call beside its notes: ticked by hand, or by what is written (C7.5)."""

from __future__ import annotations

import pytest
from django.test import Client

from amends.cases.models import Case, Entry
from amends.coach.call import BASES, CODES
from amends.desk.tests.desk_time import HTMX, SignIn
from tests.cast import Cast, complaint

pytestmark = pytest.mark.usefixtures("tuesday")
SAID = "Said sorry that we sent the wrong flowers. I will bring the right ones today at 17:00; it costs you nothing."


@pytest.fixture
def case(cast: Cast) -> Case:
    case = complaint(cast)
    Case.objects.filter(pk=case.pk).update(kind=Case.Kind.COMPLAINT)
    return case


@pytest.fixture
def agent(cast: Cast, signed_in: SignIn) -> Client:
    return signed_in(cast.delphine)


def test_a_call_begins_with_the_whole_list_to_tick(case: Case, agent: Client) -> None:
    page = agent.get(f"/cases/{case.pk}/?write=call").content.decode()
    assert page.count('name="tick"') == len(CODES) == 19
    assert "Let the story run" in page and "Every base" in page
    assert "0 of 8 bases" in page


def test_what_the_notes_show_is_ticked_by_itself_and_the_hands_ticks_stay(case: Case, agent: Client) -> None:
    posted = {"profile": "call", "text": SAID, "tick": ["let_run", "follow_up"]}
    said = agent.post(f"/cases/{case.pk}/coach/", posted, headers=HTMX).content.decode()
    assert 'id="coach"' in said
    assert 'value="let_run" checked' in said
    assert 'value="no_cost"' not in said, "the notes show it"
    assert 'value="others_checked">' in said


def test_what_was_done_is_kept_with_the_call(case: Case, agent: Client) -> None:
    posted = {"text": SAID, "outcome": "reached", "minutes": "4", "tick": ["let_run", "cause_told", "evil"]}
    agent.post(f"/cases/{case.pk}/calls/", posted)
    entry = Entry.objects.get(case=case, kind="contact.call")
    ticks = entry.data["ticks"]
    assert {"let_run", "cause_told", "no_cost", "time_named"} <= set(ticks)
    assert "evil" not in ticks
    done = len(BASES.intersection(ticks))
    assert f"{done} of 8 bases" in agent.get(f"/cases/{case.pk}/").content.decode()


def test_under_a_call_without_a_base_nothing_is_counted(case: Case, agent: Client) -> None:
    agent.post(f"/cases/{case.pk}/calls/", {"text": "She is calmer now.", "outcome": "reached", "minutes": "1"})
    assert not BASES.intersection(Entry.objects.get(case=case, kind="contact.call").data["ticks"])
    assert "of 8 bases" not in agent.get(f"/cases/{case.pk}/").content.decode()


def test_a_call_that_is_refused_keeps_its_ticks(case: Case, agent: Client) -> None:
    posted = {"text": "", "outcome": "reached", "tick": ["let_run"]}
    refused = agent.post(f"/cases/{case.pk}/calls/", posted)
    assert refused.status_code == 422
    assert 'value="let_run" checked' in refused.content.decode()
    assert not Entry.objects.filter(case=case, kind="contact.call").exists()


def test_where_the_coach_does_not_read_the_language_the_list_is_there_all_the_same(case: Case, agent: Client) -> None:
    Case.objects.filter(pk=case.pk).update(language="de")
    posted = {"profile": "call", "text": SAID}
    said = agent.post(f"/cases/{case.pk}/coach/", posted, headers=HTMX).content.decode()
    assert said.count('name="tick"') == len(CODES)
