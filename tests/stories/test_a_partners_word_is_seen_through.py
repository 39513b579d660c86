"""SC-8 of the service model, the part of the partner: two promises that hang together, through the public doors (C4.3)."""

from __future__ import annotations

import pytest
import time_machine
from django.urls import reverse

from amends.cases.models import Case, NextStep
from amends.clock import promises
from amends.clock.models import Promise
from amends.people.models import Member
from tests.cast import Cast
from tests.stories.telling import SWEEPS, SignIn, Story, at

pytestmark = pytest.mark.django_db

NEW_YORK = "America/New_York"


@pytest.fixture
def arthur(cast: Cast) -> Member:
    """The president of Fennimore Footwear, whose desk stands in New York."""
    made = Member.objects.create_user("arthur@desk.example", None, name="Arthur Fennimore", role="admin")
    made.rung, made.title = 4, "President"
    made.save()
    Member.objects.update(time_zone=NEW_YORK)
    cast.thimble.name, cast.thimble.time_zone = "Fennimore Footwear", NEW_YORK
    cast.thimble.save()
    made.refresh_from_db()
    return made


@pytest.fixture
def story(cast: Cast, arthur: Member, signed_in: SignIn) -> Story:
    """Bianca rang, Arthur promised at 10:06 that Gus exchanges the shoes, Gus said yes at 10:14, she heard it at 10:19."""
    cast.delphine.refresh_from_db()
    with time_machine.travel(at("03-03 10:02", NEW_YORK), tick=False):
        begun = {
            "brand": str(cast.thimble.pk),
            "name": "Bianca Lorne",
            "phone": "+1 212 555 0144",
            "title": "Shoes that the shop would not exchange",
            "words": "The shop would not exchange my broken shoes.",
            "kind": "complaint",
            "channel": "phone",
        }
        signed_in(cast.delphine).post(reverse("new_case"), begun)
    told = Story(cast, signed_in, Case.objects.get(), NEW_YORK, (*SWEEPS, "remind"))
    told.deed(arthur, "case_call", "03-03 10:05", text="I am sorry. I will call Gus and have them exchanged.")
    asked = {
        "partner": "Harrow & Heel",
        "act": "exchange on sight, no receipt",
        "beneficiary": "Bianca Lorne",
        "other": "2026-03-04T17:30",
        "ask_by": "2026-03-03T10:36",
    }
    told.deed(arthur, "case_partner_ask", "03-03 10:06", **asked)
    told.deed(arthur, "case_offer", "03-03 10:06", what="An exchange on sight, no receipt.")
    told.deed(arthur, "case_offer_answer", "03-03 10:06", how="accepted", words="Yes please.")
    ours, theirs = pair(told)
    assert (ours.due, ours.promisor, theirs.beneficiary) == (told.at("03-03 10:36"), arthur, "Bianca Lorne")
    assert told.step.promise_id == ours.pk

    yes = {"answer": "yes", "words": "Gus, on the telephone, four minutes."}
    told.deed_on(theirs.pk, arthur, "promise_answered", "03-03 10:14", **yes)
    tell = promises.owed(told.case).get(kind=Promise.Kind.TELL)
    assert (tell.due, told.step.promise_id) == (told.at("03-03 11:14"), tell.pk)
    told.deed(arthur, "case_call", "03-03 10:19", text="Told her that Gus exchanges them on sight.")
    return told


def pair(story: Story) -> tuple[Promise, Promise]:
    theirs = Promise.objects.get(case=story.case, source=Promise.Source.PARTNER)
    return Promise.objects.get(case=story.case, depends_on=theirs), theirs


def states(story: Story, moment: str) -> tuple[str, str]:
    ours, theirs = pair(story)
    return promises.state_of(ours, story.at(moment)), promises.state_of(theirs, story.at(moment))


def test_sc_8_ours_is_kept_by_their_yes_and_the_case_by_what_they_do(story: Story, arthur: Member) -> None:
    ours, theirs = pair(story)
    assert states(story, "03-03 10:19") == ("kept", "acknowledged")
    assert ours.kept_at is not None and (ours.kept_at - ours.made_at).total_seconds() == 8 * 60
    told = Promise.objects.get(kind=Promise.Kind.TELL)
    assert told.kept_at == story.at("03-03 10:19")
    assert story.outcome("03-03 10:19") == ("accepted", 0), "so far is not the end"
    assert story.deed(arthur, "case_close", "03-03 10:30", reason="happy").status_code == 422

    story.deed_on(theirs.pk, arthur, "promise_kept", "03-04 12:10", evidence="Gus: exchanged at ten past twelve.")
    assert states(story, "03-04 12:10") == ("kept", "kept")
    assert story.outcome("03-04 12:10") == ("made_right", 0)
    assert story.step.kind == "hear", "whether it is right is hers to say"
    assert story.deed(arthur, "case_close", "03-04 12:15", reason="answered").status_code == 422
    story.deed(arthur, "case_heard", "03-04 18:02", words="They are perfect.", transfers=0, repeats=0)
    story.deed(arthur, "case_call", "03-04 18:03", text="She says that they are perfect.")
    story.deed(arthur, "case_close", "03-04 18:03", reason="happy")
    assert story.outcome("03-04 18:03")[0] == "happy"
    assert not NextStep.objects.exists()


def test_sc_8_what_gus_refuses_we_do_by_the_next_day_and_she_is_not_sent_to_him(story: Story, arthur: Member) -> None:
    """The variant: his promise is broken at 12:10, and a new pair leaves by Thursday."""
    _ours, theirs = pair(story)
    no = {"answer": "no", "words": "Not without a receipt."}
    story.deed_on(theirs.pk, arthur, "promise_answered", "03-04 12:10", **no)
    assert states(story, "03-04 12:10") == ("kept", "broken")
    ((broken_at, broken),) = story.entries("promise.broken")
    assert (broken_at, broken["promise"]) == (story.at("03-04 12:10"), theirs.pk)
    ship = promises.owed(story.case).get(kind=Promise.Kind.FIX)
    assert (ship.due, ship.source, ship.beneficiary) == (story.at("03-05 17:30"), "person", "Bianca Lorne")
    assert "put it right ourselves" in story.step.what
    assert story.outcome("03-04 12:10") == ("re_hurt", 1)
    story.deed_on(ship.pk, arthur, "promise_kept", "03-05 15:00", evidence="A new pair, scan 1Z20931TX")
    assert promises.state_of(Promise.objects.get(pk=ship.pk), story.at("03-05 15:00")) == "kept"
    assert story.outcome("03-05 15:00") == ("made_right", 1)
