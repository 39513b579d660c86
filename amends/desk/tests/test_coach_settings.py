"""The coach in the settings: the pause, and its tips in a shop's own words (A091, A157, C7.3)."""

from __future__ import annotations

import pytest

from amends.audit.models import Record
from amends.cases.models import Case
from amends.coach.models import Coaching, OwnTip
from amends.coach.registry import entries
from amends.desk.tests.desk_time import HTMX, SignIn
from tests.cast import Cast, complaint

pytestmark = pytest.mark.usefixtures("tuesday")
PAGE = "/settings/coach/"
SOON = "Dear Rosalind, I am sorry that we sent the wrong flowers. That was our mistake. The right ones come soon."


def test_every_tip_stands_there_with_a_good_and_a_bad_example(cast: Cast, signed_in: SignIn) -> None:
    page = signed_in(cast.ines).get(PAGE).content.decode()
    assert page.count("Not so") == page.count("But so") == len(entries())
    assert page.count('name="advice"') == len([one for one in entries() if one.kind != "label"])
    assert "I am sorry about the lamp. It was our last one." in page


def test_a_shops_own_tip_is_what_its_people_read(cast: Cast, signed_in: SignIn) -> None:
    case = complaint(cast)
    Case.objects.filter(pk=case.pk).update(kind=Case.Kind.COMPLAINT)
    lead, agent = signed_in(cast.ines), signed_in(cast.delphine)
    saved = lead.post("/settings/coach/tips/", {"code": "VAGUE_TIME", "advice": " Ask the depot  for the hour. "})
    assert saved.status_code == 303
    assert dict(OwnTip.objects.values_list("code", "advice")) == {"VAGUE_TIME": "Ask the depot for the hour."}
    assert Record.objects.latest("number").facts["fields"] == ["VAGUE_TIME"]
    said = agent.post(f"/cases/{case.pk}/coach/", {"text": SOON}, headers=HTMX).content.decode()
    assert "Ask the depot for the hour." in said
    assert "For example" in said

    lead.post("/settings/coach/tips/", {"code": "VAGUE_TIME", "advice": "Ask."})
    lead.post("/settings/coach/tips/", {"code": "VAGUE_TIME", "advice": ""})
    assert not OwnTip.objects.exists()
    said = agent.post(f"/cases/{case.pk}/coach/", {"text": SOON}, headers=HTMX).content.decode()
    assert "Name the day and the hour." in said


def test_what_is_missing_is_said_in_the_shops_words_too(cast: Cast, signed_in: SignIn) -> None:
    case = complaint(cast)
    Case.objects.filter(pk=case.pk).update(kind=Case.Kind.COMPLAINT)
    OwnTip.objects.create(code="prevention", advice="Ask the florist what changes.")
    said = signed_in(cast.delphine).post(f"/cases/{case.pk}/coach/", {"text": SOON}, headers=HTMX).content.decode()
    assert "How to say what is missing" in said
    assert "Ask the florist what changes." in said
    assert "From Monday each lamp is scanned before it leaves." in said


@pytest.mark.parametrize(
    ("code", "advice"), [("NO_SUCH", "x"), ("", "x"), ("VAGUE_TIME", "x" * 201), ("VAGUE_TIME", "x\0")]
)
def test_a_tip_that_cannot_be_is_refused_in_words(cast: Cast, signed_in: SignIn, code: str, advice: str) -> None:
    refused = signed_in(cast.ines).post("/settings/coach/tips/", {"code": code, "advice": advice})
    assert refused.status_code == 422
    assert 'role="alert"' in refused.content.decode()
    assert not OwnTip.objects.exists()


def test_the_pause_is_the_desks_from_nothing_to_five_minutes(cast: Cast, signed_in: SignIn) -> None:
    lead = signed_in(cast.ines)
    lead.post("/settings/coach/pause/", {"pause_seconds": "120"})
    assert Coaching.current().pause_seconds == 120
    lead.post("/settings/coach/pause/", {"pause_seconds": "301"})
    lead.post("/settings/coach/pause/", {"pause_seconds": "0"})
    assert [one.pause_seconds for one in Coaching.objects.all()] == [0]
    assert Record.objects.latest("number").facts["fields"] == ["pause_seconds"]


def test_agents_leave_the_coach_as_it_is(cast: Cast, signed_in: SignIn) -> None:
    agent = signed_in(cast.delphine)
    assert agent.get(PAGE).status_code == 403
    assert agent.post("/settings/coach/tips/", {"code": "VAGUE_TIME", "advice": "x"}).status_code == 403
    assert agent.post("/settings/coach/pause/", {"pause_seconds": "0"}).status_code == 403
    assert not OwnTip.objects.exists() and not Coaching.objects.exists()
