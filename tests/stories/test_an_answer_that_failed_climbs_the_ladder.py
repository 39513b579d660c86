"""SC-2, SC-5 and SC-8 of the service model, through the public doors, with the clock moved by the test.

As far as promises, rungs, silence and outcomes reach; offers' worth and the coach's warnings have stories of their own.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from amends.cases.models import Case
from amends.clock import promises
from amends.clock.models import Alarm, Escalation, Period, Promise
from amends.people import identities
from amends.people.models import Brand, Member
from tests.cast import Cast, hear, mail
from tests.stories.telling import SignIn, Story, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def ladder(cast: Cast) -> Cast:
    """Ines manages the service, Marguerite is its head; Callum serves Vantry, and so does Bo."""
    for member, rung in ((cast.ines, 2), (cast.marguerite, 3)):
        member.rung = rung
        member.save()
    cast.callum.teams.first().members.add(cast.bo, cast.ines)  # type: ignore[union-attr]
    return cast


def saturdays(brand: Brand) -> None:
    """Open Monday to Saturday, 09:00 to 17:30."""
    for day in range(6):
        Period.objects.create(brand=brand, weekday=day, opens="09:00", closes="17:30")


def test_sc_2_the_phantom_line_rings_every_alarm_at_its_minute(ladder: Cast, signed_in: SignIn) -> None:
    with time_machine.travel(at("03-02 09:31"), tick=False):
        begun = {
            "brand": str(ladder.vantry.pk),
            "name": "Daniel Okoro-Hume",
            "phone": "+44 1632 960145",
            "title": "Charged for a second line that never existed",
            "words": "You charged me £220 for a second line that I never had.",
            "kind": "complaint",
            "channel": "phone",
        }
        signed_in(ladder.callum).post(reverse("new_case"), begun)
    case = Case.objects.get(brand=ladder.vantry)
    story = Story(ladder, signed_in, case)
    story.sweep("03-02 09:31")
    assert story.rungs == []

    for number, minute in enumerate(("09:38", "09:52", "10:03"), 1):
        assert story.rungs == [], f"not before the third transfer ({number})"
        words = "I have told this before: I have no second line."
        story.deed(ladder.callum, "case_heard", f"03-02 {minute}", words=words, transfers=1, repeats=1)
    assert story.rungs == [(2, "runaround", "Ines Calder")]
    paged = Alarm.objects.get(case=case, code="rung")
    assert (paged.member, paged.at, paged.tell_at) == (ladder.ines, at("03-02 10:03"), at("03-02 10:03"))

    paging = Escalation.objects.get(case=case)
    with time_machine.travel(at("03-02 10:07"), tick=False):
        url = reverse("rung_decided", args=[paging.pk])
        signed_in(ladder.ines).post(url, {"words": "Somebody rings him on Tuesday at ten.", "how": "call"})
    story.deed(ladder.callum, "case_call", "03-02 10:08", text="Said sorry; we ring him on Tuesday at ten.")
    due = {"act": "ring you", "kind": "callback", "visible": "on", "other": "2026-03-03T10:00"}
    story.deed(ladder.callum, "case_promise_new", "03-02 10:08", **due)
    story.sweep("03-03 09:59")
    assert story.entries("promise.broken") == []
    story.sweep("03-03 10:00")
    broken = [data for _at, data in story.entries("promise.broken") if data["promise_kind"] == "callback"]
    assert [one["due"] for one in broken] == ["2026-03-03T10:00:00+00:00"]
    assert story.rungs == [(2, "runaround", "Ines Calder"), (3, "promise_broken", "Marguerite Sol")]
    assert story.step.rung == 3
    state, failed = story.outcome("03-03 10:00")
    assert (state, failed) == ("re_hurt", 1)

    words = "I am still waiting, and nobody rang. It is wrong."
    story.deed(ladder.callum, "case_heard", "03-05 16:20", words=words)
    assert story.outcome("03-05 16:45") == ("re_hurt", 2)
    assert story.rungs[-1] == (4, "clock_missed", None)  # nobody decided on the third by Tuesday noon
    told = Alarm.objects.get(case=case, code="rung_empty")
    assert (told.member, told.params) == (ladder.ines, {"rung": 4})


def test_sc_5_the_puny_flowers_come_back_twice_and_silence_is_no_yes(ladder: Cast, signed_in: SignIn) -> None:
    saturdays(ladder.thimble)
    first = hear(ladder.mailbox, mail(), at("03-06 08:30"))
    assert first is not None
    story = Story(ladder, signed_in, Case.objects.get(pk=first.case_id))
    identities.add_identity(story.case.customer, "phone", "+1 617 555 0133", at("03-06 08:30"))
    story.sweep("03-06 08:30")
    owner = story.case.owner or ladder.delphine

    story.deed(owner, "case_call", "03-07 15:00", text="Sorry if you feel so. A £5 voucher.")
    story.deed(owner, "case_offer", "03-07 15:00", what="A £5 voucher.")
    in_reply = "In-Reply-To: <1@mail.example.com>\n"
    hear(ladder.mailbox, mail("A voucher is an insult.", key="2", headers=in_reply), at("03-07 17:45"))
    story.sweep("03-07 17:45")
    (returned,) = story.entries("complaint.returned")
    assert returned[1]["return"] == "follow_up"
    assert story.outcome("03-07 17:45")[1] == 1
    assert [rung for rung, *_rest in story.rungs] == [2]
    second = Escalation.objects.get(case=story.case, rung=2)
    assert second.member == ladder.ines
    assert second.member != owner
    assert second.promise is not None and second.promise.due == at("03-09 13:00")  # four open hours, Saturday to Monday

    story.deed(ladder.ines, "case_call", "03-09 10:05", text="I offered her money back.")
    with time_machine.travel(at("03-09 10:06"), tick=False):
        decided = reverse("rung_decided", args=[second.pk])
        signed_in(ladder.ines).post(decided, {"words": "Fifteen pounds back.", "how": "call"})
    story.deed(owner, "case_offer", "03-09 10:10", what="£15 back to Rosalind.")
    story.sweep("03-10 10:09")
    assert story.entries("offer.silent") == []
    story.sweep("03-10 10:10")
    ((silent_at, silent),) = story.entries("offer.silent")
    assert (silent_at, silent["flag"]) == (at("03-10 10:10"), "SILENT_AFTER_OFFER")
    call = promises.owed(story.case).get(kind=Promise.Kind.CALLBACK)
    assert call.promisor == owner
    closed = story.deed(owner, "case_close", "03-10 10:15", reason="happy")
    assert closed.status_code == 422
    assert not hasattr(Case.objects.get(pk=story.case.pk), "closure")

    hear(ladder.mailbox, mail("Not good enough. We'll see what happens.", key="3", headers=in_reply), at("03-11 20:05"))
    story.sweep("03-11 20:05")
    assert [rung for rung, *_rest in story.rungs] == [2, 3]
    third = Escalation.objects.get(case=story.case, rung=3)
    assert third.member == ladder.marguerite
    assert third.promise is not None and third.promise.due == at("03-12 11:00")
    assert story.step.last_chance
    page = signed_in(ladder.marguerite).get(reverse("case", args=[story.case.pk])).content.decode()
    assert "Last chance" in page
    assert "We failed them 2 times already." in page


def test_sc_8_the_president_answers_his_own_phone(ladder: Cast, signed_in: SignIn) -> None:
    president = Member.objects.create_user("arthur@desk.example", None, name="Arthur Fennimore", role="admin")
    president.rung, president.title, president.time_zone = 4, "President", "Europe/London"
    president.save()
    with time_machine.travel(at("03-03 09:05"), tick=False):
        begun = {
            "brand": str(ladder.thimble.pk),
            "name": "Bianca Lorne",
            "phone": "+1 212 555 0144",
            "title": "Shoes that the shop would not exchange",
            "words": "The shop would not exchange my broken shoes.",
            "kind": "complaint",
            "channel": "phone",
        }
        signed_in(ladder.delphine).post(reverse("new_case"), begun)
    story = Story(ladder, signed_in, Case.objects.get(title__startswith="Shoes"))
    wanted = {"words": "I left a message: they would not exchange my shoes.", "wanted": str(ladder.marguerite.pk)}
    for minute in ("09:20", "09:40"):
        story.deed(ladder.delphine, "case_heard", f"03-03 {minute}", **wanted, transfers=0, repeats=0)
    assert story.rungs == [(3, "direct", "Marguerite Sol")]
    owner = Case.objects.get(pk=story.case.pk).owner
    assert owner is not None and owner != ladder.marguerite

    to_him = {**wanted, "wanted": str(president.pk), "transfers": 0, "repeats": 0}
    story.deed(president, "case_heard", "03-03 10:02", **to_him)
    assert story.rungs == [(3, "direct", "Marguerite Sol"), (4, "direct", "Arthur Fennimore")]
    fourth = Escalation.objects.get(case=story.case, rung=4)
    assert fourth.promise is not None and fourth.promise.due == at("03-03 17:30")  # the same day
    immediately = {
        "act": "call Gus and have them exchanged",
        "kind": "tell",
        "visible": "on",
        "other": "2026-03-03T10:36",
    }
    story.deed(president, "case_promise_new", "03-03 10:06", **immediately)
    promise = Promise.objects.get(case=story.case, kind=Promise.Kind.TELL)
    assert (promise.promisor, promise.due) == (president, at("03-03 10:36"))
    story.deed(president, "case_offer", "03-03 10:06", what="An exchange on sight, no receipt.")
    story.deed(president, "case_offer_answer", "03-03 10:06", how="accepted", words="Yes please.")
    with time_machine.travel(at("03-03 10:14"), tick=False):
        kept = reverse("promise_kept", args=[promise.pk])
        signed_in(president).post(kept, {"evidence": "Call to Gus, four minutes."})
    promise.refresh_from_db()
    assert promise.kept_at == at("03-03 10:14")
    assert story.outcome("03-03 10:19") == ("accepted", 0)  # "so far": not happy
    brief = signed_in(president).get(reverse("case_brief", args=[story.case.pk])).content.decode()
    assert "Bianca Lorne" in brief
    assert "An exchange on sight, no receipt." in brief
    assert timedelta(minutes=8) == promise.kept_at - promise.made_at
