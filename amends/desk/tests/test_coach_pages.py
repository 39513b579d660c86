"""The coach beside the composer, on a case with a past (C7)."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.cases import timeline
from amends.cases.models import Case, Draft, Entry
from amends.desk.tests.desk_time import HTMX, NOW, SignIn, kinds_of, letter
from amends.flows import tasks
from tests.cast import Cast, complaint, hear, mail

pytestmark = pytest.mark.usefixtures("tuesday")

SORRY = "Dear Rosalind, I am sorry that we sent the wrong flowers. That was our mistake. I bring the right ones today at 17:00. "


@pytest.fixture
def case(cast: Cast) -> Case:
    case = complaint(cast, text="It is order 3391. It looks nothing like the picture.")
    Case.objects.filter(pk=case.pk).update(kind=Case.Kind.COMPLAINT)
    return case


def wrote(cast: Cast, case: Case, text: str, hours: int) -> Entry:
    """A letter of ours, as it stands on the timeline."""
    at = NOW - timedelta(hours=hours)
    return timeline.record(case, "contact.out", at=at, by=cast.delphine, words=timeline.Words(new_text=text))


def test_what_they_told_in_an_earlier_letter_holds_the_question(cast: Cast, case: Case, signed_in: SignIn) -> None:
    """CV16: the coach quotes them; with a reason it goes, and the reason is on the timeline."""
    hear(cast.mailbox, mail("Any news?", key="2", headers="In-Reply-To: <1@mail.example.com>\n"))
    browser, asks = signed_in(cast.delphine), SORRY + "What is your order number?"
    said = browser.post(f"/cases/{case.pk}/coach/", {"text": asks}, headers=HTMX).content.decode()
    assert "We know the order number" in said
    assert "order 3391" in said
    assert browser.post(f"/cases/{case.pk}/letters/", letter(case, asks)).status_code == 422
    assert "contact.out" not in kinds_of(case)

    browser.post(f"/cases/{case.pk}/letters/", letter(case, asks, reason="She has two orders."))
    tasks.release_held(NOW + timedelta(seconds=16))
    said_so = Entry.objects.get(case=case, kind="contact.out")
    assert said_so.data["coach_reason"] == "She has two orders."
    assert "ASKS_KNOWN" in said_so.data["flags"]


def test_a_third_sorry_without_a_deed_does_not_leave(cast: Cast, case: Case, signed_in: SignIn) -> None:
    """C7.2, REPEAT_SORRY."""
    wrote(cast, case, "I am sorry about the flowers.", 3)
    wrote(cast, case, "I am sorry for the wait, Rosalind.", 2)
    answer = signed_in(cast.delphine).post(f"/cases/{case.pk}/letters/", letter(case, SORRY))
    assert answer.status_code == 422
    assert "We have said sorry 2 times and done nothing since" in answer.content.decode()
    assert Draft.objects.get(case=case).hold_until is None


def test_the_same_canned_sorry_is_pointed_at(cast: Cast, case: Case, signed_in: SignIn) -> None:
    """RQ7."""
    wrote(cast, case, "Dear Rosalind, we apologise for the trouble with your order.", 3)
    again = {"text": "We apologise for all the trouble with your order, Rosalind. I ring you today at 17:00."}
    said = signed_in(cast.delphine).post(f"/cases/{case.pk}/coach/", again, headers=HTMX).content.decode()
    assert "We wrote this very sentence before" in said


ARGUES = "Dear Rosalind, you are mistaken: our records prove that these are the right flowers. Delphine"


def test_a_letter_that_quarrels_shows_two_futures_and_waits(cast: Cast, case: Case, signed_in: SignIn) -> None:
    """C7.3: the pause shows what may come of it, their own words, and a beginning; then it goes with a reason."""
    browser = signed_in(cast.delphine)
    said = browser.post(f"/cases/{case.pk}/coach/", {"text": ARGUES}, headers=HTMX).content.decode()
    assert "Take a moment" in said
    assert "“It looks nothing like the picture.”" in said
    assert "Rosalind has to defend what they told us" in said
    assert "Rosalind has nothing left to prove" in said
    assert 'data-words="Dear Rosalind, I am sorry that we' in said
    assert "As it is, it waits 60 seconds before it can leave." in said

    held = browser.post(f"/cases/{case.pk}/letters/", letter(case, ARGUES, reason="She asked for it."))
    page = held.content.decode()
    assert held.status_code == 422
    assert "The letter is kept, and can leave from 11:01:00." in page
    assert f'data-until="{(NOW + timedelta(seconds=60)).isoformat()}"' in page
    assert 'value="She asked for it."' in page
    assert kinds_of(case)[-1] == "coach.moment"

    with time_machine.travel(NOW + timedelta(seconds=60), tick=False):
        assert "The moment is over." in browser.get(f"/cases/{case.pk}/").content.decode()
        assert (
            browser.post(f"/cases/{case.pk}/letters/", letter(case, ARGUES, reason="She asked for it.")).status_code
            == 303
        )
    assert Draft.objects.get(case=case).hold_until is not None
    assert "Delphine Marsh waited before a letter" in browser.get(f"/cases/{case.pk}/?since=0").content.decode()


@pytest.mark.parametrize(("text", "questions"), [(SORRY, 15), (ARGUES, 19)])
def test_a_pause_while_writing_asks_the_database_no_more_than_it_did(
    cast: Cast, case: Case, signed_in: SignIn, text: str, questions: int
) -> None:
    browser = signed_in(cast.delphine)
    browser.post(f"/cases/{case.pk}/draft/letter/", {"text": text}, headers=HTMX)
    browser.post(f"/cases/{case.pk}/coach/", {"text": text}, headers=HTMX)
    with CaptureQueriesContext(connection) as asked:
        browser.post(f"/cases/{case.pk}/coach/", {"text": text}, headers=HTMX)
    assert len(asked) <= questions


def test_a_kind_letter_shows_no_moment(cast: Cast, case: Case, signed_in: SignIn) -> None:
    said = signed_in(cast.delphine).post(f"/cases/{case.pk}/coach/", {"text": SORRY}, headers=HTMX).content.decode()
    assert "Take a moment" not in said
