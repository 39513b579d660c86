"""SC-12 of the service model, as far as the heartbeat reaches: three working days without a word, and what follows.

Toronto's clock, moved by the test: a form, the call log, letters, mail, and the worker's sweeps.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from amends.cases.models import Case, NextStep
from amends.clock import promises
from amends.clock.models import Alarm, Escalation, Promise, Weighing
from amends.people.models import Brand, Member
from amends.portal.tests.world import filled
from tests.cast import Cast, hear, mail
from tests.stories.telling import SWEEPS, SignIn, Story

pytestmark = pytest.mark.django_db

TORONTO = "America/Toronto"
SWEEPS_HERE = (*SWEEPS, "take in", "heartbeat", "remind")
IN_REPLY = "In-Reply-To: <1@mail.example.com>\n"
ORDERED = "The laptop of order TX-20931 was promised by 2 March. When does it come?"


@pytest.fixture
def tessaly(cast: Cast) -> Cast:
    """Tessaly Computers of Toronto: Hannah and Delphine answer, Ines manages the service, Marguerite is its head."""
    Brand.objects.filter(pk=cast.thimble.pk).update(name="Tessaly Computers", time_zone=TORONTO)
    Member.objects.update(time_zone=TORONTO)
    Member.objects.filter(pk=cast.bo.pk).update(name="Hannah Brightwater")
    Member.objects.filter(pk=cast.ines.pk).update(rung=2)
    Member.objects.filter(pk=cast.marguerite.pk).update(rung=3)
    for member in cast.at_the_desk():
        member.refresh_from_db()
    return cast


@pytest.fixture
def story(tessaly: Cast, signed_in: SignIn, client: Client) -> Story:
    """Friday 20 February: Rafael asks by the contact form, is rung at eleven, and hears by when it comes."""
    told = Story(tessaly, signed_in, Case(), TORONTO, SWEEPS_HERE)
    asked = told.at("02-20 09:02")
    with time_machine.travel(asked, tick=False):
        form = filled(asked, text=ORDERED, name="Rafael Quennell", address="rafael@example.com", subject="My laptop")
        assert client.post("/contact/thimble/", form).status_code == 303
    told.sweep("02-20 09:02")
    told.case = Case.objects.get()
    told.deed(tessaly.delphine, "case_call", "02-20 11:00", text="It is being built. It comes by 2 March.")
    by = {"act": "deliver the laptop", "kind": "send", "visible": "on", "other": "2026-03-02T17:30"}
    told.deed(tessaly.delphine, "case_promise_new", "02-20 11:00", **by)
    return told


def told_of(story: Story) -> list[Promise]:
    """What is owed to tell them how it stands."""
    return list(promises.owed(story.case).filter(kind=Promise.Kind.TELL, source=Promise.Source.POLICY))


def test_sc_12_three_working_days_without_a_word_are_broken_by_us(story: Story) -> None:
    """C4.5, SL9, `status.heartbeat`: nothing since Friday 20 February, so it fires on Wednesday the 25th."""
    for moment in ("02-23 09:00", "02-24 09:00", "02-24 17:30", "02-25 08:59"):
        story.sweep(moment)
        assert told_of(story) == [], moment
    story.sweep("02-25 09:00")
    (tell,) = told_of(story)
    assert (tell.made_at, tell.due) == (story.at("02-25 09:00"), story.at("02-25 17:30"))
    assert (tell.promisor, tell.visible) == (Case.objects.get().owner, False)
    assert (story.step.promise_id, story.step.by) == (tell.pk, tell.due)
    made = [data for made_at, data in story.entries("promise.made") if made_at == tell.made_at]
    assert [(data["promise"], data["promise_kind"]) for data in made] == [(tell.pk, "tell")]
    laptop = Promise.objects.get(kind="send")
    assert (promises.is_owed(laptop), laptop.due) == (True, story.at("03-02 17:30"))

    page = story.signed_in(story.cast.delphine).get(reverse("now")).content.decode()
    assert "how it stands" in page
    story.deed(story.cast.delphine, "case_call", "02-25 10:15", text="It is still being built, and comes on Monday.")
    tell.refresh_from_db()
    assert promises.state_of(tell, story.at("02-25 10:15")) == "kept"
    assert [data["late"] for _at, data in story.entries("promise.kept") if data["promise"] == tell.pk] == [False]
    for moment in ("02-26 09:00", "02-27 17:30", "03-02 08:59"):
        story.sweep(moment)
        assert told_of(story) == [], moment
    story.sweep("03-02 09:00")
    (again,) = told_of(story)
    assert again.due == story.at("03-02 17:30")


def test_sc_12_a_word_that_nobody_gives_is_broken_at_the_days_end_and_rings(story: Story) -> None:
    story.sweep("02-25 09:00")
    (tell,) = told_of(story)
    for moment, code in (
        ("02-25 13:15", "promise.half"),
        ("02-25 15:48", "promise.most"),
        ("02-25 17:15", "promise.last"),
    ):
        story.sweep(moment)
        alarm = Alarm.objects.latest("pk")
        assert (alarm.code, alarm.at, alarm.params["promise"]) == (code, story.at(moment), tell.pk)
    story.sweep("02-25 17:29")
    assert story.entries("promise.broken") == []
    story.sweep("02-25 17:30")
    ((broken_at, broken),) = story.entries("promise.broken")
    assert (broken_at, broken["promise"]) == (story.at("02-25 17:30"), tell.pk)
    assert Alarm.objects.latest("pk").code == "promise.broken"
    assert told_of(story) == [tell], "it stays owed"
    assert story.step.promise_id == tell.pk
    story.deed(story.cast.delphine, "case_call", "02-26 09:10", text="Sorry that you had to wait. It is being built.")
    tell.refresh_from_db()
    assert promises.state_of(tell, story.at("02-26 09:10")) == "kept_late"


def test_sc_12b_sent_from_door_to_door_until_hannah_gives_her_word_and_says_how_it_stands(
    tessaly: Cast, signed_in: SignIn
) -> None:
    hannah = tessaly.bo
    sender = "Rafael Quennell <rafael@example.com>"
    waits = mail("Order TX-20931 is not here. No news, what is going on?", subject="My laptop", sender=sender)
    story = Story(tessaly, signed_in, Case(), TORONTO, SWEEPS_HERE)
    wrote_at = story.at("03-02 09:00")
    entry = hear(tessaly.mailbox, waits, wrote_at)
    assert entry is not None
    story.case = entry.case
    story.sweep("03-02 09:00")
    bare = {"text": "It is cancelled, please call.", "to": "rafael@example.com", "reason": "In a hurry.", "anyway": "1"}
    assert story.deed(tessaly.delphine, "case_send", "03-02 09:48", **bare).status_code == 303
    story.sweep("03-02 09:49")
    assert len(story.entries("contact.out")) == 1

    for minute, door in (("10:05", "0131"), ("10:31", "0132"), ("10:58", "0133")):
        assert "runaround" not in marks(story), f"not before the third door ({door})"
        rang = {"words": "Why was my laptop cancelled?", "door": f"1-800-555-{door}"}
        story.deed(hannah, "case_heard", f"03-02 {minute}", **rang)
    assert "runaround" in marks(story)
    assert story.rungs[-1] == (3, "third", "Marguerite Sol")
    assert story.step.last_chance
    assert Case.objects.count() == 1, "all calls are one case"

    by = {"act": "deliver the laptop", "kind": "send", "visible": "on", "other": "2026-03-09T17:30"}
    story.deed(hannah, "case_promise_new", "03-02 11:58", **by)
    story.deed(hannah, "case_call", "03-02 12:04", text="A wrong code; our system cancelled it. Rebooked, and sorry.")
    for rung in Escalation.objects.filter(case=story.case, ended_at=None).select_related("member"):
        assert rung.member is not None
        story.deed_on(rung.pk, rung.member, "rung_decided", "03-02 12:10", words="Free express.", how="call")
    story.deed(hannah, "case_call", "03-03 15:50", text="It left us at a quarter to four.")
    vent = {"kind": "praised", "words": "“A good vent” on his blog: Hannah made it right."}
    story.deed(hannah, "case_evidence", "03-03 21:15", **vent)
    for moment in ("03-04 09:00", "03-05 17:30", "03-06 08:59"):
        story.sweep(moment)
        assert told_of(story) == [], moment
    story.sweep("03-06 09:00")
    (tell,) = told_of(story)
    assert (tell.due, story.step.promise_id) == (story.at("03-06 17:30"), tell.pk)

    laptop = Promise.objects.get(kind="send")
    story.deed_on(laptop.pk, hannah, "promise_kept", "03-06 11:20", evidence="Delivered.")
    assert story.outcome("03-06 11:20")[0] == "answered", "a word proves no parcel"
    story.deed_on(laptop.pk, hannah, "promise_kept", "03-06 11:20", evidence="Scan 1Z20931TX at the door")
    laptop.refresh_from_db()
    assert promises.state_of(laptop, story.at("03-06 11:20")) == "kept"
    assert laptop.kept_at is not None
    assert laptop.kept_at - wrote_at == timedelta(days=4, hours=2, minutes=20)
    assert story.outcome("03-06 11:20")[0] == "made_right"
    story.deed(hannah, "case_call", "03-06 11:30", text="Rang to hear that it came.")
    assert told_of(story) == []
    hear(
        tessaly.mailbox,
        mail("Yes, all is well.", key="2", subject="Re: My laptop", sender=sender, headers=IN_REPLY),
        story.at("03-07 10:00"),
    )
    story.deed(hannah, "case_close", "03-07 10:05", reason="happy")
    assert story.outcome("03-07 10:05")[0] == "advocate", "confirmed happy, and praised in public before"
    assert not NextStep.objects.filter(case=story.case).exists()


def marks(story: Story) -> list[str]:
    """What has brought the case up the ladder so far."""
    found = Weighing.objects.filter(case=story.case).first()
    return found.marks if found else []
