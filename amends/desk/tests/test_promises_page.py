"""The screen Promises, and the sheets of its deeds (SL6, SL8, C4)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amends.cases.models import Case, Draft, Entry, NextStep
from amends.clock import promises
from amends.clock.models import Promise
from amends.clock.promises import Word
from amends.desk import agenda
from amends.desk.tests.desk_time import HTMX, NOW, SignIn
from amends.flows import escalating, partnering, promising, starting, tasks
from amends.flows.partnering import Asked
from amends.people.models import Customer, Member
from tests.cast import Cast, complaint

pytestmark = pytest.mark.usefixtures("tuesday")
HOUR = timedelta(hours=1)


@pytest.fixture
def case(cast: Cast) -> Case:
    return complaint(cast)


def owe(case: Case, by: Member, act: str, due: timedelta, **parts: object) -> Promise:
    word = Word(act, NOW + due, **parts)  # type: ignore[arg-type]
    return promises.make(case, word, promisor=by, at=NOW - 3 * HOUR, by=by)


def ask(case: Case, by: Member) -> Promise:
    asked = Asked("Harrow & Heel", "exchange the shoes", NOW + 4 * HOUR, NOW + HOUR)
    return partnering.ask(case, asked, by=by, now=NOW)[1]


def test_ones_own_promises_stand_by_day_and_what_is_late_first(cast: Cast, case: Case, signed_in: SignIn) -> None:
    """SL6."""
    owe(case, cast.delphine, "ring you", -HOUR)
    owe(case, cast.delphine, "send a card", timedelta(days=2))
    owe(case, cast.bo, "ask the grower", 2 * HOUR)
    page = signed_in(cast.delphine).get("/promises/").content.decode()
    order = ["One promise is late", "Ring Rosalind", "A first answer", "Thursday 5 March", "Send a card"]
    assert [page.index(words) for words in order] == sorted(page.index(words) for words in order)
    assert "Ask the grower" not in page


def test_c4_2_a_parcel_that_may_still_come_today_is_not_late_and_stands_below_what_is(
    cast: Cast, case: Case, signed_in: SignIn
) -> None:
    owe(case, cast.delphine, "send you a new vase", -2 * HOUR, kind=Promise.Kind.SEND)
    owe(case, cast.delphine, "ring you", -HOUR)
    page = signed_in(cast.delphine).get("/promises/").content.decode()
    order = ["One promise is late", "<h2>Late</h2>", "Ring Rosalind", "<h2>Today</h2>", "Send Rosalind a new vase"]
    assert [page.index(words) for words in order] == sorted(page.index(words) for words in order)
    assert page.count("<h2>Today</h2>") == 1
    assert "1 h late" in page and "2 h late" not in page
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        page = signed_in(cast.delphine).get("/promises/").content.decode()
    assert page.index("<h2>Late</h2>") < page.index("Send Rosalind a new vase") < page.index("Ring Rosalind")


def test_c4_2_the_list_and_the_case_say_as_the_promises_do_whether_a_parcel_is_late(
    cast: Cast, case: Case, signed_in: SignIn
) -> None:
    starting.write_up_call(case, "I said that I send a new vase.", by=cast.delphine, now=NOW)
    owe(case, cast.delphine, "send you a new vase", -2 * HOUR, kind=Promise.Kind.SEND)
    tasks.remind_of_promises(NOW)
    browser = signed_in(cast.delphine)
    for address in ("/promises/", "/?view=mine", f"/cases/{case.pk}/"):
        page = browser.get(address).content.decode()
        assert "vase" in page and "2 h late" not in page and ">Late<" not in page, address
        assert "in 13 h" in page, address
    assert "you; on time until its day ends" in page, "beside the word itself, which has its hour"
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        tasks.break_promises(NOW + timedelta(days=1))
        for address in ("/promises/", "/?view=mine", f"/cases/{case.pk}/"):
            page = browser.get(address).content.decode()
            assert "1 day late" in page, address


def test_a067_where_zones_differ_a_promise_shows_both_times(cast: Cast, case: Case, signed_in: SignIn) -> None:
    owe(case, cast.delphine, "ring you", 4 * HOUR)
    browser = signed_in(cast.delphine)
    for address in ("/promises/", "/?view=mine", f"/cases/{case.pk}/"):
        assert "in New York" not in browser.get(address).content.decode()
    Customer.objects.filter(pk=case.customer_id).update(time_zone="America/New_York")
    for address, ours, their in (("/promises/", "15:00", "10:00"), ("/?view=mine", "14:00", "09:00")):
        listed = browser.get(address).content.decode()
        both = rf">{ours}</time><small data-distance[^>]*>[^<]*</small><small>{their} in New York</small>"
        assert re.search(both, listed), address
    page = browser.get(f"/cases/{case.pk}/").content.decode()
    assert re.search(r"Ring Rosalind.*?15:00 \(10:00 in New York\)", page, re.DOTALL)


def test_everyones_promises_stand_by_person_and_partners_by_partner(cast: Cast, case: Case, signed_in: SignIn) -> None:
    owe(case, cast.bo, "ask the grower", 2 * HOUR)
    ask(case, cast.delphine)
    browser = signed_in(cast.ines)
    people = browser.get("/promises/?view=all&by=person").content.decode()
    assert people.index("<h2>Delphine Marsh</h2>") < people.index("<h2>Bo Adeyemi</h2>")
    partners = browser.get("/promises/?view=partners&by=person").content.decode()
    assert "<h2>Harrow &amp; Heel</h2>" in partners
    assert "they have not said yes yet" in partners
    assert "Ask the grower" not in partners


def test_what_partners_owe_stands_by_day_and_nothing_of_ours_beside_it(
    cast: Cast, case: Case, signed_in: SignIn
) -> None:
    """C4.3."""
    owe(case, cast.bo, "ask the grower", 2 * HOUR)
    ask(case, cast.delphine)
    page = signed_in(cast.ines).get("/promises/?view=partners&by=day").content.decode()
    assert "they have not said yes yet" in page and "Harrow &amp; Heel" in page
    assert "Ask the grower" not in page and "A first answer" not in page


def test_nobody_sees_promises_of_another_brand(cast: Cast, case: Case, signed_in: SignIn) -> None:
    """S7."""
    owe(case, cast.delphine, "ring you", HOUR)
    browser = signed_in(cast.callum)
    for view in ("mine", "all", "partners"):
        for by in ("day", "person"):
            assert "Ring Rosalind" not in browser.get(f"/promises/?view={view}&by={by}").content.decode()


@pytest.mark.parametrize("by", ["day", "person"])
def test_every_promise_is_on_exactly_one_page(
    cast: Cast, case: Case, signed_in: SignIn, by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read by key: two that are due in the same minute are both there."""
    monkeypatch.setattr(agenda, "SIZE", 3)
    Promise.objects.filter(case=case).update(released_at=NOW)
    wanted = {
        owe(case, who, f"deed {number}", (number // 3 - 1) * HOUR).pk
        for number in range(6)
        for who in (cast.bo, cast.delphine)
    }
    for promise in promises.past_due(NOW, limit=99):
        promises.broke(promise)
    browser, seen, url = signed_in(cast.ines), [], f"/promises/?view=all&by={by}"
    while url:
        page = browser.get(url, headers=HTMX).content.decode()
        seen += [int(part.split('"')[0]) for part in page.split('id="owed-')[1:]]
        url = page.split('hx-get="/promises/?view=all&amp;by=')[-1].split('"')[0].replace("&amp;", "&")
        url = f"/promises/?view=all&by={url}" if "Show more" in page else ""
    assert sorted(seen) == sorted(wanted)


@pytest.mark.long
@pytest.mark.parametrize("view", ["mine", "all", "partners"])
def test_the_page_asks_as_often_for_many_as_for_few(cast: Cast, case: Case, signed_in: SignIn, view: str) -> None:
    browser = signed_in(cast.delphine)
    ask(case, cast.delphine)
    browser.get(f"/promises/?view={view}")
    with CaptureQueriesContext(connection) as few:
        browser.get(f"/promises/?view={view}")
    for number in range(60):
        owe(case, cast.delphine, f"deed {number}", number * HOUR + HOUR)
        ask(case, cast.delphine)
    with CaptureQueriesContext(connection) as many:
        browser.get(f"/promises/?view={view}")
    assert len(many) == len(few)


def test_an_empty_agenda_says_something_kind(cast: Cast, signed_in: SignIn) -> None:
    browser = signed_in(cast.delphine)
    assert "Every word you gave is kept." in browser.get("/promises/").content.decode()
    assert "No partner owes us anything" in browser.get("/promises/?view=partners").content.decode()


def test_a_call_that_reached_nobody_is_written_down_in_its_sheet(cast: Cast, case: Case, signed_in: SignIn) -> None:
    """C4.2."""
    word = promising.give(
        case, Word("ring you", NOW + HOUR, Promise.Kind.CALLBACK), promisor=cast.delphine, by=cast.delphine, now=NOW
    )
    browser = signed_in(cast.delphine)
    assert "Tomorrow 12:00" in browser.get(f"/promises/{word.pk}/tried/").content.decode()
    for _time in range(2):
        browser.post(f"/promises/{word.pk}/tried/", {"left_message": "on"}, headers=HTMX)
    assert Promise.objects.get(pk=word.pk).attempted_at == NOW
    assert Entry.objects.filter(case=case, kind="promise.attempted").count() == 1


def test_a_partner_is_asked_and_answers_in_sheets(cast: Cast, case: Case, signed_in: SignIn) -> None:
    """C4.3."""
    browser = signed_in(cast.delphine)
    form = {"partner": "Harrow", "act": "exchange them", "other": "2026-03-03T16:00"}
    browser.post(f"/cases/{case.pk}/partners/ask/", form)
    theirs = Promise.objects.get(source="partner")
    refused = browser.post(f"/promises/{theirs.pk}/answered/", {"words": "Gus"}, headers=HTMX)
    assert (refused.status_code, b"Choose what they said." in refused.content) == (422, True)
    browser.post(f"/promises/{theirs.pk}/answered/", {"answer": "yes", "words": "Gus said so"})
    assert Promise.objects.get(depends_on=theirs).evidence == "Gus said so"
    timeline = browser.get(f"/cases/{case.pk}/").content.decode()
    assert "Harrow said yes:" in timeline


def test_another_time_by_letter_opens_the_composer_with_its_words(cast: Cast, case: Case, signed_in: SignIn) -> None:
    """SL8."""
    word = promising.give(case, Word("ring you", NOW + HOUR), promisor=cast.delphine, by=cast.delphine, now=NOW)
    browser = signed_in(cast.delphine)
    assert browser.get(f"/cases/{case.pk}/step/later/").headers["Location"] == f"/promises/{word.pk}/moved/"
    form = {"other": "2026-03-03T15:00", "reason": "the van is late", "how": "letter"}
    answer = browser.post(f"/promises/{word.pk}/moved/", form)
    assert answer.headers["Location"] == f"/cases/{case.pk}/?write=letter#composer"
    assert "the van is late" in Draft.objects.get(case=case).text
    assert Promise.objects.get(pk=word.pk).moved_at is None
    page = browser.get(answer.headers["Location"]).content.decode()
    assert "Ring Rosalind, by today 15:00" in page


@pytest.mark.parametrize(
    ("other", "said"), [("", "Name a time."), ("2026-03-03T09:59", "That time has passed. Name a later one.")]
)
@pytest.mark.parametrize("form", ["case_promise_new", "case_partner_ask"])
def test_a_promise_without_a_time_or_for_one_that_has_passed_is_told_and_loses_no_word(
    cast: Cast, case: Case, signed_in: SignIn, form: str, other: str, said: str
) -> None:
    """C4.1: a clock time is required, and lies ahead."""
    before = Promise.objects.count(), Entry.objects.count()
    typed = {"act": "exchange the shoes", "kind": "fix", "partner": "Harrow & Heel", "other": other}
    answer = signed_in(cast.delphine).post(reverse(form, args=[case.pk]), typed, headers=HTMX)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert "exchange the shoes" in page, "what was typed stays"
    assert (Promise.objects.count(), Entry.objects.count()) == before


def test_a_laws_time_and_a_rungs_clock_are_not_offered_for_moving_es7_c3_1(
    cast: Cast, case: Case, signed_in: SignIn
) -> None:
    """What keeps a rung's clock is the decision: its button leads there."""
    case.kind = Case.Kind.COMPLAINT
    case.save()
    law = owe(case, cast.delphine, "send you our final response", 6 * HOUR, rule="uk-fca-disp/final", source="law")
    Member.objects.filter(pk=cast.ines.pk).update(rung=1)
    rung = escalating.ask_for_backup(case, "She wants her money.", by=cast.delphine, now=NOW)
    assert rung.promise is not None
    browser = signed_in(cast.ines)
    page = browser.get("/promises/?view=all").content.decode()
    assert reverse("promise_kept", args=[law.pk]) in page
    assert reverse("promise_moved", args=[law.pk]) not in page
    assert reverse("promise_moved", args=[rung.promise.pk]) not in page
    deeds = re.findall(r'agenda-deeds">(.*?)</p>', page, re.DOTALL)
    assert [re.findall(r'<a[^>]* href="([^"]*)"', deed) for deed in deeds] == [
        [reverse("promise_kept", args=[rung.promise.pk])],
        [reverse("promise_kept", args=[law.pk])],
    ], "no deed leads nowhere"
    assert "Decide" in deeds[0]
    assert "Kept" not in deeds[0]
    others = signed_in(cast.marguerite).get("/promises/?view=all").content.decode()
    assert reverse("promise_kept", args=[rung.promise.pk]) not in others, "only whoever stands there decides"
    sheet = browser.get(reverse("promise_kept", args=[rung.promise.pk]))
    assert sheet["Location"] == reverse("rung_decided", args=[rung.pk])
    kept = browser.get(reverse("promise_kept", args=[law.pk])).content.decode()
    assert reverse("promise_released", args=[law.pk]) not in kept
    assert reverse("case_law", args=[case.pk]) in kept
    refused = browser.post(reverse("promise_moved", args=[law.pk]), {"reason": "busy", "other": "2028-02-20T10:00"})
    assert "A policy pack sets this time" in refused.content.decode()


def test_the_step_of_a_rung_or_of_a_law_leads_to_where_it_is_settled(cast: Cast, case: Case, signed_in: SignIn) -> None:
    law = owe(case, cast.delphine, "send you our final response", 6 * HOUR, rule="uk-fca-disp/final", source="law")
    NextStep.objects.filter(case=case).update(promise_id=law.pk)
    browser = signed_in(cast.ines)
    assert browser.get(reverse("case_later", args=[case.pk]))["Location"] == reverse("case_law", args=[case.pk])
    Member.objects.filter(pk=cast.ines.pk).update(rung=1)
    rung = escalating.ask_for_backup(case, "She wants her money.", by=cast.delphine, now=NOW)
    NextStep.objects.filter(case=case).update(promise_id=rung.promise_id)
    for name in ("case_done", "case_later"):
        sheet = browser.get(reverse(name, args=[case.pk]))
        assert sheet["Location"] == reverse("rung_decided", args=[rung.pk])


def test_on_a_case_only_what_leads_somewhere_can_be_opened_to_be_kept(
    cast: Cast, case: Case, signed_in: SignIn
) -> None:
    """An answer is kept by giving it; a rung's clock (C3.1) by what is decided by whoever stands there."""
    answer = Promise.objects.get(case=case, kind=Promise.Kind.FIRST_REPLY)
    word = owe(case, cast.delphine, "ring you", HOUR)
    Member.objects.filter(pk=cast.ines.pk).update(rung=1)
    rung = escalating.ask_for_backup(case, "She wants her money.", by=cast.delphine, now=NOW)
    assert rung.promise is not None
    for member, expected in ((cast.delphine, {word.pk}), (cast.ines, {word.pk, rung.promise.pk})):
        page = signed_in(member).get(reverse("case", args=[case.pk])).content.decode()
        opens = {pk for pk in (answer.pk, word.pk, rung.promise.pk) if reverse("promise_kept", args=[pk]) in page}
        assert opens == expected


def test_no_key_of_the_list_opens_nothing(cast: Cast, case: Case, signed_in: SignIn) -> None:
    Member.objects.filter(pk=cast.ines.pk).update(rung=1)
    rung = escalating.ask_for_backup(case, "She wants her money.", by=cast.delphine, now=NOW)
    assert rung.promise is not None
    page = signed_in(cast.ines).get("/promises/?view=all").content.decode()
    row = page[page.index(f'id="owed-{rung.promise.pk}"') :]
    assert "data-url-e" in row[: row.index(">")]
    assert 'data-url-s=""' not in page
