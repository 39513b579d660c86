"""The ladder, offers, evidence, the matter and abuse, through the pages of a case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from amends.cases.models import Case, Draft, Entry, NextStep
from amends.clock import promises
from amends.clock.models import Escalation, Promise
from amends.desk import brief_shown
from amends.desk.tests.desk_time import NOW
from amends.flows import escalating, letters, offering, starting, tasks, weighing
from amends.people.models import Member
from tests.cast import TUESDAY, Cast, complaint, hear, mail

SignIn = Callable[[Member], Client]
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday")]


@pytest.fixture
def seniors(cast: Cast) -> Cast:
    for member, rung in ((cast.ines, 2), (cast.marguerite, 4)):
        member.rung = rung
        member.save()
    return cast


@pytest.fixture
def case(seniors: Cast) -> Case:
    return complaint(seniors)


def newest(case: Case, kind: str) -> Entry:
    return Entry.objects.filter(case=case, kind=kind).latest("pk")


def test_es1_an_agent_asks_for_backup_with_one_line(seniors: Cast, case: Case, signed_in: SignIn) -> None:
    browser = signed_in(seniors.delphine)
    asked = browser.post(reverse("case_backup", args=[case.pk]), {"why": "I may not give her more."})
    assert asked.status_code == 303
    rung = Escalation.objects.get(case=case)
    assert (rung.rung, rung.member, rung.trigger) == (1, seniors.ines, "by_hand")
    assert newest(case, "escalated").member == seniors.delphine
    page = browser.get(reverse("case", args=[case.pk])).content.decode()
    assert "Rung 1, recovery specialist: Ines Calder" in page
    assert "asked for: I may not give her more." in page
    assert "Asked for: I may not give her more; since" in page
    assert "not read yet" in page


def test_es1_backup_without_a_word_is_refused_with_a_sentence(seniors: Cast, case: Case, signed_in: SignIn) -> None:
    refused = signed_in(seniors.delphine).post(reverse("case_backup", args=[case.pk]), {"why": " "})
    assert refused.status_code == 422
    assert "Say in one line what you need somebody senior for." in refused.content.decode()
    assert not Escalation.objects.exists()


def test_c3_1_whoever_joined_opens_the_case_and_that_is_the_receipt(
    seniors: Cast, case: Case, signed_in: SignIn
) -> None:
    escalating.ask_for_backup(case, "Help.", by=seniors.delphine, now=NOW)
    signed_in(seniors.delphine).get(reverse("case", args=[case.pk]))
    assert not Entry.objects.filter(kind="rung.read").exists()
    ines = signed_in(seniors.ines)
    for _ in range(2):
        ines.get(reverse("case", args=[case.pk]))
    (read,) = Entry.objects.filter(case=case, kind="rung.read")
    assert read.member == seniors.ines
    assert Escalation.objects.get(case=case).read_at == NOW


def test_c3_1_the_second_rung_calls_before_it_decides(seniors: Cast, case: Case, signed_in: SignIn) -> None:
    for _ in range(2):
        escalating.ask_for_backup(case, "Help.", by=seniors.delphine, now=NOW)
    rung = Escalation.objects.get(case=case, rung=2)
    browser = signed_in(rung.member or seniors.marguerite)
    url = reverse("rung_decided", args=[rung.pk])
    assert "restore without limit" in browser.get(url).content.decode()
    wrote = browser.post(url, {"words": "All her money back.", "how": "letter"})
    assert wrote.status_code == 422
    assert "called, not written to" in wrote.content.decode()
    assert browser.post(url, {"words": "All her money back.", "how": "call"}).status_code == 303
    rung.refresh_from_db()
    assert rung.decided_at == NOW
    assert rung.promise is not None and rung.promise.kept_at == NOW
    assert newest(case, "rung.decided").data["said"] == "All her money back."
    other = signed_in(seniors.delphine).post(url, {"words": "No.", "how": "call"})
    assert other.status_code == 422


def test_a_rung_is_left_with_a_reason(seniors: Cast, case: Case, signed_in: SignIn) -> None:
    rung = escalating.ask_for_backup(case, "Help.", by=seniors.delphine, now=NOW)
    left = signed_in(seniors.delphine).post(reverse("rung_ended", args=[rung.pk]), {"reason": "She is content."})
    assert left.status_code == 303
    assert newest(case, "deescalated").data["reason"] == "She is content."
    assert not promises.owed(case).filter(kind=Promise.Kind.RUNG).exists()


def test_an_empty_rung_is_joined_only_by_whoever_may_decide_there(cast: Cast, signed_in: SignIn) -> None:
    case = complaint(cast)
    rung = escalating.ask_for_backup(case, "Help.", by=cast.delphine, now=NOW)
    url = reverse("rung_joined", args=[rung.pk])
    refused = signed_in(cast.bo).post(url)
    assert refused.status_code == 422
    assert "You stand on rung 0" in refused.content.decode()
    cast.ines.rung = 2
    cast.ines.save()
    assert signed_in(cast.ines).post(url).status_code == 303
    assert newest(case, "rung.joined").member == cast.ines


def test_c3_4_an_offer_and_the_customers_own_word_to_it(seniors: Cast, case: Case, signed_in: SignIn) -> None:
    browser = signed_in(seniors.delphine)
    early = browser.post(reverse("case_offer_answer", args=[case.pk]), {"how": "accepted", "words": "Yes."})
    assert early.status_code == 422 and "No offer waits" in early.content.decode()
    assert browser.post(reverse("case_offer", args=[case.pk]), {"what": "New flowers by Friday."}).status_code == 303
    page = browser.get(reverse("case", args=[case.pk])).content.decode()
    assert "Offered" in page and "an offer waits for their word" in page
    closed = browser.post(reverse("case_close", args=[case.pk]), {"reason": "happy"})
    assert closed.status_code == 422
    assert "silence is no yes" in closed.content.decode()
    assert "New flowers by Friday." in browser.get(reverse("case_offer_answer", args=[case.pk])).content.decode()
    answered = browser.post(reverse("case_offer_answer", args=[case.pk]), {"how": "accepted", "words": "Yes, lovely."})
    assert answered.status_code == 303
    outcome = offering.outcome_of(case, NOW)
    assert outcome is not None and outcome.state == "accepted"


def test_c5_1_what_they_did_elsewhere_is_evidence(seniors: Cast, case: Case, signed_in: SignIn) -> None:
    browser = signed_in(seniors.delphine)
    sent = {"kind": "outside", "words": "The ombudsman wrote."}
    assert browser.post(reverse("case_evidence", args=[case.pk]), sent).status_code == 303
    outcome = offering.outcome_of(case, NOW)
    assert outcome is not None and (outcome.state, outcome.why) == ("external", "external_case.opened")
    assert "Outside: ombudsman" in browser.get(reverse("case", args=[case.pk])).content.decode()


def test_es5_earlier_failures_stand_first_on_the_page(seniors: Cast, case: Case, signed_in: SignIn) -> None:
    word = promises.Word("ring you", TUESDAY + HOUR / 2, Promise.Kind.CALLBACK)
    promises.make(case, word, promisor=seniors.delphine, at=TUESDAY, by=seniors.delphine)
    tasks.break_promises(TUESDAY + HOUR / 2)
    weighing.weigh([case.pk], NOW)
    page = signed_in(seniors.ines).get(reverse("case", args=[case.pk])).content.decode()
    assert "We failed them once already." in page
    assert page.index("We broke our word") < page.index('id="timeline"')


def test_es2_the_brief_for_the_president_is_one_page_that_tells_all(
    seniors: Cast, case: Case, signed_in: SignIn
) -> None:
    starting.write_up_call(case, "I said that we send new ones.", by=seniors.delphine, now=TUESDAY + HOUR / 4)
    word = promises.Word("send new flowers", TUESDAY + HOUR / 2, Promise.Kind.OTHER)
    promises.make(case, word, promisor=seniors.delphine, at=TUESDAY, by=seniors.delphine)
    tasks.break_promises(TUESDAY + HOUR / 2)
    offering.make(case, "Flowers and a card for Winifred.", by=seniors.delphine, now=NOW)
    weighing.weigh([case.pk], NOW)
    page = signed_in(seniors.marguerite).get(reverse("case_brief", args=[case.pk])).content.decode()
    for told in (
        "Rosalind Achterberg",
        "It looks nothing like the picture",
        "I said that we send new ones.",
        "Send new flowers, by 3 March",
        "Flowers and a card for Winifred.",
        "We failed them once already.",
        "has the case, and keeps it",
        "what should have made it right failed",
    ):
        assert told in page
    broken = page.split("What we promised and broke")[1].split("</section>")[0]
    assert "Send new flowers, by 3 March" in broken
    button = page.split("data-print")[0].rpartition("<p ")[2]
    assert 'class="row no-print"' in button, "its button does not stand on the paper"


def test_es2_of_a_long_story_the_brief_tells_as_much_as_stands_on_one_page(seniors: Cast, case: Case) -> None:
    """Measured in Chromium: a story like this one fills a sheet of A4, and of Letter, and no second one."""
    for number in range(12):
        starting.write_up_call(case, "She asked again. " * 40, by=seniors.delphine, now=TUESDAY + number * MINUTE)
    for number in range(5):
        word = promises.Word(f"send part {number}", TUESDAY + HOUR / 2 + number * MINUTE, Promise.Kind.OTHER)
        promises.make(case, word, promisor=seniors.delphine, at=TUESDAY, by=seniors.delphine)
        offering.make(case, f"Flowers {number}, " + "and a card " * 30, by=seniors.delphine, now=TUESDAY + HOUR)
    tasks.break_promises(TUESDAY + HOUR)
    brief = brief_shown.brief_of(case, NOW)
    assert len(brief.happened) == 8 and brief.left_out > 0
    assert max(len(one.words) for one in brief.happened) <= 160
    for told in (brief.broken, brief.owed, brief.offers):
        assert len(told) == 4 and told[-1].startswith("and ") and max(map(len, told)) <= 140
    assert brief.broken[0].startswith("Send part 4"), "what was broken last goes first"
    assert brief.offers[0].startswith("Flowers 4")


def test_es8_the_brief_tells_what_it_has_cost_so_far_them_and_us(seniors: Cast, case: Case, signed_in: SignIn) -> None:
    Case.objects.filter(pk=case.pk).update(loss=Decimal("1240.50"))
    for seconds in (30, 660, 90):
        starting.write_up_call(case, "We spoke.", by=seniors.delphine, now=TUESDAY + HOUR / 4, seconds=seconds)
    rang = starting.Rang("Nobody rang me.", transfers=2, repeats=1)
    starting.hear_call(case, rang, by=seniors.bo, now=TUESDAY + HOUR / 2)
    browser, url = signed_in(seniors.marguerite), reverse("case_brief", args=[case.pk])
    page = browser.get(url).content.decode()
    for told in (
        "1,240.50 US dollars",
        "They wrote or rang 2 times.",
        "Put through 2 times.",
        "Had to tell it again once.",
        "3 calls, by 1 person.",
        "12 minutes on the phone.",
    ):
        assert told in page


def test_a_case_that_nobody_has_answered_has_cost_us_nothing_yet(seniors: Cast, case: Case, signed_in: SignIn) -> None:
    page = signed_in(seniors.marguerite).get(reverse("case_brief", args=[case.pk])).content.decode()
    assert "They wrote or rang once." in page and "Nobody here has spoken to them yet." in page
    assert "US dollars" not in page


def test_what_it_is_about_is_set_and_a_guarded_case_is_of_the_highest_severity(
    seniors: Cast, case: Case, signed_in: SignIn
) -> None:
    sent = {
        "about": "TT-10442",
        "cause": "late",
        "severity": "3",
        "occasion_at": "2026-03-05T12:00",
        "guard": "vulnerable",
    }
    assert signed_in(seniors.delphine).post(reverse("case_matter", args=[case.pk]), sent).status_code == 303
    case.refresh_from_db()
    assert (case.about, case.severity, case.guard) == ("TT-10442", 5, "vulnerable")
    assert newest(case, "case.matter_set").data["guard"] == "vulnerable"
    weighing.weigh([case.pk], NOW)
    rung = Escalation.objects.get(case=case)
    assert (rung.rung, rung.trigger) == (3, "severity")
    assert rung.promise is not None and rung.promise.due == NOW + HOUR  # halved by the occasion


POST = {
    "about": "",
    "cause": "late",
    "severity": "3",
    "guard": "",
    "post": "social.example/@rosalind",
    "reach": "12000",
}


def test_c3_2_8_a_post_in_public_is_written_down_and_a_director_joins(
    seniors: Cast, case: Case, signed_in: SignIn
) -> None:
    """C3.5: it also goes before what is due in the same minute."""
    browser = signed_in(seniors.delphine)
    assert browser.post(reverse("case_matter", args=[case.pk]), POST).status_code == 303
    case.refresh_from_db()
    assert (case.post, case.reach, case.posted_at) == ("social.example/@rosalind", 12_000, NOW)
    assert newest(case, "case.matter_set").data["reach"] == 12_000
    assert NextStep.objects.get(case=case).score == 50
    weighing.weigh([case.pk], NOW)
    assert list(Escalation.objects.filter(case=case).values_list("rung", "trigger")) == [(3, "public")]
    page = browser.get(reverse("case", args=[case.pk])).content.decode()
    assert "wrote down where they tell others of it: social.example/@rosalind" in page
    assert "A public post about a fault of ours" in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"post": ""}, "Say where they posted it"),
        ({"posted_at": "2026-03-05T12:00"}, "Nobody can have posted that yet."),
        ({"reach": "-1"}, "greater than or equal to 0"),
    ],
)
def test_a_post_that_cannot_be_is_refused_with_a_sentence(
    seniors: Cast, case: Case, signed_in: SignIn, wrong: dict[str, str], sentence: str
) -> None:
    refused = signed_in(seniors.delphine).post(reverse("case_matter", args=[case.pk]), {**POST, **wrong})
    assert refused.status_code == 422
    assert sentence in refused.content.decode()
    case.refresh_from_db()
    assert not case.post and not Entry.objects.filter(case=case, kind="case.matter_set").exists()


def test_a_post_that_was_taken_back_takes_its_readers_along(seniors: Cast, case: Case, signed_in: SignIn) -> None:
    browser = signed_in(seniors.delphine)
    browser.post(reverse("case_matter", args=[case.pk]), POST)
    browser.post(reverse("case_matter", args=[case.pk]), {**POST, "post": ""})
    case.refresh_from_db()
    assert (case.post, case.reach, case.posted_at) == ("", None, None)
    assert newest(case, "case.matter_set").data == {"post": "", "reach": None, "posted_at": None}


def test_a077_abuse_is_warned_of_before_a_pause_and_changes_no_priority(
    seniors: Cast, case: Case, signed_in: SignIn
) -> None:
    browser = signed_in(seniors.delphine)
    url = reverse("case_abuse", args=[case.pk])
    until = (NOW + 24 * HOUR).isoformat()
    early = browser.post(url, {"what": "pause", "why": "Threats.", "when": until})
    assert early.status_code == 422 and "Warn them first" in early.content.decode()
    assert browser.post(url, {"what": "warn", "why": "Threats."}).status_code == 303
    before = case.next_step.score, Escalation.objects.count()
    assert browser.post(url, {"what": "pause", "why": "Threats.", "when": until}).status_code == 303
    case = Case.objects.get(pk=case.pk)
    assert promises.owed(case).get().due == NOW + 24 * HOUR
    assert (case.next_step.score, Escalation.objects.count()) == before
    hear(seniors.mailbox, mail("And another thing.", key="2", headers="In-Reply-To: <1@mail.example.com>\n"), NOW)
    assert newest(case, "contact.in").letter.new_text.strip() == "And another thing."
    assert promises.owed(case).get().due == NOW + 24 * HOUR
    assert "Paused until" in browser.get(reverse("case", args=[case.pk])).content.decode()
    assert browser.post(url, {"what": "resume", "why": "They said sorry."}).status_code == 303
    assert Case.objects.get(pk=case.pk).quiet_until is None


def test_a077_a_second_person_stands_by(seniors: Cast, case: Case, signed_in: SignIn) -> None:
    sent = {"what": "second", "why": "Threats."}
    assert signed_in(seniors.delphine).post(reverse("case_abuse", args=[case.pk]), sent).status_code == 303
    assert newest(case, "abuse.joined").data["member"] != seniors.delphine.pk


def test_a077_whoever_may_be_in_need_is_never_paused(seniors: Cast, case: Case, signed_in: SignIn) -> None:
    Case.objects.filter(pk=case.pk).update(guard="vulnerable", owner=seniors.delphine)
    browser = signed_in(seniors.delphine)
    url = reverse("case_abuse", args=[case.pk])
    browser.post(url, {"what": "warn", "why": "Threats."})
    refused = browser.post(url, {"what": "pause", "why": "Threats.", "when": (NOW + HOUR).isoformat()})
    assert refused.status_code == 422
    assert "this case cannot pause" in refused.content.decode()


def test_es2_a_letter_in_the_presidents_own_name_shows_the_title(seniors: Cast, case: Case) -> None:
    seniors.marguerite.title = "President"
    seniors.marguerite.save()
    draft = Draft.objects.create(case=case, author=seniors.marguerite, text="I am sorry.", updated_at=NOW)
    assert "I am sorry.\n\nMarguerite Sol, President\nThimble & Thorn" in letters.compose(draft, None, NOW).text


def test_c3_1_the_ladder_of_the_house_says_who_stands_where(seniors: Cast, signed_in: SignIn) -> None:
    page = signed_in(seniors.delphine).get(reverse("ladder")).content.decode()
    assert "Ines Calder" in page
    assert "Answers within 4 open hours. By a call." in page
    assert "Nobody stands here." in page  # on the first and third
    assert "No case came to rung 2 in the last 90 days." in page


def test_a_customer_who_rang_is_heard_and_owed_an_answer(seniors: Cast, case: Case, signed_in: SignIn) -> None:
    starting.write_up_call(case, "Sorry.", by=seniors.delphine, now=TUESDAY + HOUR / 4)
    sent = {"words": "It is still broken.", "transfers": "1", "repeats": "0", "wanted": "", "door": ""}
    assert signed_in(seniors.delphine).post(reverse("case_heard", args=[case.pk]), sent).status_code == 303
    heard = newest(case, "contact.in")
    assert (heard.channel, heard.data["transfers"], heard.customer) == ("phone", 1, case.customer)
    assert promises.owed(case).get().kind == Promise.Kind.NEXT_REPLY
    weighing.weigh([case.pk], NOW)
    assert Escalation.objects.get(case=case).trigger == "follow_up"


def test_the_settings_say_who_stands_where(seniors: Cast, signed_in: SignIn) -> None:
    page = signed_in(seniors.marguerite).get(reverse("member", args=[seniors.bo.pk])).content.decode()
    assert "Recovery specialist" in page
    assert 'name="title"' in page


def test_whoever_joined_finds_it_on_now_until_they_have_read_it(seniors: Cast, case: Case, signed_in: SignIn) -> None:
    escalating.ask_for_backup(case, "I may not give her more.", by=seniors.delphine, now=NOW)
    ines = signed_in(seniors.ines)
    page = ines.get(reverse("now")).content.decode()
    assert "It came up to you: Rosalind Achterberg" in page
    assert "Asked for: I may not give her more." in page
    read = ines.get(reverse("case", args=[case.pk])).content.decode()
    assert "Nobody here has answered yet." in read  # the summary, filled from the timeline
    assert "It came up to you" not in ines.get(reverse("now")).content.decode()


@pytest.mark.parametrize("when", ["9999-12-31T23:59", "0001-01-01T00:00", "2029-03-03T12:00"])
def test_an_occasion_at_the_end_of_time_is_a_slip_and_said_so(
    seniors: Cast, case: Case, signed_in: SignIn, when: str
) -> None:
    sent = {"about": "", "cause": "", "severity": "3", "guard": "", "occasion_at": when}
    answer = signed_in(seniors.delphine).post(reverse("case_matter", args=[case.pk]), sent)
    assert answer.status_code == 422
    assert "within two years of today" in answer.content.decode()
    case.refresh_from_db()
    assert case.occasion_at is None


def test_an_occasion_of_long_ago_does_not_stand_in_the_way_of_another_change(
    seniors: Cast, case: Case, signed_in: SignIn
) -> None:
    Case.objects.filter(pk=case.pk).update(occasion_at=NOW.replace(year=2020))
    sent = {"about": "TT-1", "cause": "", "severity": "3", "guard": "", "occasion_at": "2020-03-03T12:00"}
    at = Case.objects.get(pk=case.pk).occasion_at
    assert at is not None
    sent["occasion_at"] = f"{at:%Y-%m-%dT%H:%M}"
    signed_in(seniors.delphine).post(reverse("case_matter", args=[case.pk]), sent)
    case.refresh_from_db()
    assert case.about == "TT-1"
