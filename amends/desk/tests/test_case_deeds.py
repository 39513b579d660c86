"""Every deed of a case: its outcome and its entry, without script and in the sheet."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from amends.cases.models import Case, Closure, Draft, Entry, Naming, NextStep
from amends.clock import promises
from amends.clock.models import Absence, Promise
from amends.desk.tests.desk_time import HTMX, NOW, SignIn, kinds_of
from amends.flows import page_links, promising
from amends.people.models import Member
from tests.cast import TUESDAY, Cast, complaint, hear, mail

pytestmark = pytest.mark.usefixtures("tuesday")


@pytest.fixture
def case(cast: Cast) -> Case:
    return complaint(cast)


def promised(case: Case, cast: Cast, hours: int = 3, act: str = "ring you") -> Promise:
    word = promises.Word(act, NOW + timedelta(hours=hours), kind=Promise.Kind.CALLBACK)
    return promising.give(case, word, promisor=cast.delphine, by=cast.delphine, now=NOW)


def test_a_case_is_handed_over_with_a_summary_that_was_filled_in(cast: Cast, case: Case, signed_in: SignIn) -> None:
    """CV8."""
    browser = signed_in(cast.ines)
    sheet = browser.get(f"/cases/{case.pk}/handover/").content.decode()
    assert "Rosalind wrote today 10:00: “It looks nothing like the picture" in sheet
    assert "Owed: A first answer, by" in sheet

    browser.post(f"/cases/{case.pk}/handover/", {"to": cast.bo.pk, "summary": "Wrong flowers. Ring her today."})
    case.refresh_from_db()
    assert case.owner == cast.bo
    entry = Entry.objects.get(case=case, kind="contact.transferred")
    assert entry.letter.new_text == "Wrong flowers. Ring her today."
    assert Naming.objects.get(entry=entry).member == cast.bo
    page = browser.get(f"/cases/{case.pk}/").content.decode()
    assert "handed over to Bo Adeyemi" in page and "Handed over by Ines Calder." in page


def test_nobody_who_is_away_can_be_handed_a_case(cast: Cast, case: Case, signed_in: SignIn) -> None:
    Case.objects.filter(pk=case.pk).update(owner=cast.delphine)
    Absence.objects.create(member=cast.bo, starts=TUESDAY, ends=TUESDAY + timedelta(days=3), stand_in=cast.ines)
    browser = signed_in(cast.delphine)
    sheet = browser.get(f"/cases/{case.pk}/handover/").content.decode()
    assert "away until Fri" in sheet and "Ines Calder stands in" in sheet
    answer = browser.post(f"/cases/{case.pk}/handover/", {"to": cast.bo.pk, "summary": "Two lines."}, headers=HTMX)
    assert answer.status_code == 422
    assert "Bo Adeyemi is away" in answer.content.decode()


def test_a_hand_over_without_words_says_what_is_missing(cast: Cast, case: Case, signed_in: SignIn) -> None:
    other = cast.bo if case.owner != cast.bo else cast.delphine
    answer = signed_in(cast.ines).post(f"/cases/{case.pk}/handover/", {"to": other.pk, "summary": " "}, headers=HTMX)
    assert answer.status_code == 422
    assert "Write two lines for them" in answer.content.decode()


def test_done_in_the_sheet_closes_it_and_tells_the_page_to_look_again(
    cast: Cast, case: Case, signed_in: SignIn
) -> None:
    browser = signed_in(cast.delphine)
    sheet = browser.get(f"/cases/{case.pk}/step/done/", headers=HTMX).content.decode()
    assert "Hear from Rosalind whether it is all right now" in sheet and "<html" not in sheet

    answer = browser.post(f"/cases/{case.pk}/step/done/", {"then": "known"}, headers=HTMX)
    assert answer["HX-Reswap"] == "none"
    assert set(json.loads(answer["HX-Trigger"])) == {"close-dialog", f"live:case-{case.pk}", "deed", "live:outbox"}
    assert "step.done" in kinds_of(case)
    assert NextStep.objects.get(case=case).kind == "hear"


def test_done_with_something_else_first_makes_that_the_next_step(cast: Cast, case: Case, signed_in: SignIn) -> None:
    form = {"then": "other", "what": "ask the grower", "other": "2026-03-03T15:00"}
    signed_in(cast.delphine).post(f"/cases/{case.pk}/step/done/", form)
    step = NextStep.objects.select_related("who").get(case=case)
    assert (step.what, f"{step.by:%H:%M}") == ("ask the grower", "15:00")
    assert not Promise.objects.get(act="ask the grower").visible


def test_a_call_that_was_promised_is_not_done_without_saying_what_shows_it(
    cast: Cast, case: Case, signed_in: SignIn
) -> None:
    """C4.2."""
    promised(case, cast, hours=1)
    browser = signed_in(cast.delphine)
    refused = browser.post(f"/cases/{case.pk}/step/done/", {"then": "known"}, headers=HTMX)
    assert refused.status_code == 422
    assert "Say what shows that it was done" in refused.content.decode()
    short = {"then": "known", "how": "spoke 11:20", "seconds": "0"}
    assert "half a minute" in browser.post(f"/cases/{case.pk}/step/done/", short, headers=HTMX).content.decode()
    browser.post(f"/cases/{case.pk}/step/done/", {**short, "seconds": "30"})
    assert Promise.objects.get(act="ring you").evidence == "spoke 11:20"


def test_not_now_needs_a_time_and_a_reason(cast: Cast, case: Case, signed_in: SignIn) -> None:
    browser = signed_in(cast.delphine)
    url = f"/cases/{case.pk}/step/later/"
    assert "Tomorrow 09:00" in browser.get(url).content.decode()
    assert b"Name a time." in browser.post(url, {"reason": "waiting"}, headers=HTMX).content
    no_reason = browser.post(url, {"when": "2026-03-04T09:00:00+00:00"}, headers=HTMX)
    assert b"Say in one line why it waits." in no_reason.content

    browser.post(url, {"when": "2026-03-04T09:00:00+00:00", "reason": "the grower rings back"})
    assert f"{NextStep.objects.get(case=case).by:%d %H:%M}" == "04 09:00"
    assert kinds_of(case).count("step.moved") == 1


@pytest.mark.parametrize(
    ("field", "when"),
    [
        ("other", "9999-12-31T23:59"),
        ("other", "2205-03-05T11:30"),
        ("other", "0001-01-01T00:00"),
        ("when", "9999-12-31T23:59:59-12:00"),
        ("when", "0001-01-01T00:00+14:00"),
    ],
)
@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/Los_Angeles"])
def test_a_time_that_can_only_be_a_slip_is_refused_in_every_zone(
    cast: Cast, case: Case, signed_in: SignIn, field: str, when: str, zone: str
) -> None:
    """Kept, it would be no moment at all in somebody's time zone, on every page that shows it."""
    Member.objects.filter(pk=cast.delphine.pk).update(time_zone=zone)
    for path, words in (("promises/new", {"act": "ring", "kind": "callback"}), ("step/later", {"reason": "x"})):
        answer = signed_in(cast.delphine).post(f"/cases/{case.pk}/{path}/", {**words, field: when})
        assert answer.status_code == 422
        assert "This is not within two years of today. Name another time." in answer.content.decode()


def test_a_promise_is_given_kept_moved_and_let_off(cast: Cast, case: Case, signed_in: SignIn) -> None:
    """C4.1, C4.2."""
    browser = signed_in(cast.delphine)
    form = {"act": "ring you", "kind": "callback", "other": "2026-03-03T12:00", "visible": "on"}
    browser.post(f"/cases/{case.pk}/promises/new/", form)
    given = Promise.objects.get(act="ring you")
    assert (given.kind, given.visible, f"{given.due:%H:%M}") == ("callback", True, "12:00")

    refused = browser.post(f"/promises/{given.pk}/kept/", {"evidence": ""}, headers=HTMX)
    assert (refused.status_code, b"Say what shows that it was done." in refused.content) == (422, True)
    told = {"how": "call", "said": "Two is better for her anyway."}
    when = {"other": "2026-03-03T14:00", "reason": "she is out until two"}
    browser.post(f"/promises/{given.pk}/moved/", {**when, **told})
    moved = Promise.objects.get(act="ring you", moved_at=None)
    browser.post(f"/promises/{moved.pk}/kept/", {"evidence": "spoke 11:00", "seconds": "30"})
    second = promised(case, cast, act="send you a card")
    browser.post(f"/promises/{second.pk}/released/", {"reason": "she said never mind"})

    wanted = ["promise.made", "promise.rescheduled", "promise.kept", "promise.made", "promise.released"]
    assert [e.kind for e in Entry.objects.filter(case=case, data__source="person").order_by("pk")] == wanted


def test_a_case_does_not_close_over_a_promise(cast: Cast, case: Case, signed_in: SignIn) -> None:
    browser = signed_in(cast.delphine)
    word = promised(case, cast)
    refused = browser.post(f"/cases/{case.pk}/closure/", {"reason": "happy"}, headers=HTMX)
    assert refused.status_code == 422
    assert "still promised" in refused.content.decode()
    browser.post(f"/promises/{word.pk}/kept/", {"evidence": "spoke", "seconds": "30"})
    browser.post(f"/cases/{case.pk}/closure/", {"reason": "happy", "words": "She laughed."})
    assert Closure.objects.get(case=case).words == "She laughed."
    assert kinds_of(case)[-1] == "case.closed"
    assert (
        "The customer says it is right. Closed by Delphine Marsh, today 11:00"
        in browser.get(f"/cases/{case.pk}/").content.decode()
    )

    browser.post(f"/cases/{case.pk}/reopening/", {"why": "she wrote to Bo"})
    assert "case.reopened" in kinds_of(case)
    assert NextStep.objects.filter(case=case).exists()


def test_a_case_does_not_close_over_a_message_that_came_meanwhile(cast: Cast, case: Case, signed_in: SignIn) -> None:
    browser = signed_in(cast.delphine)
    sheet = browser.get(f"/cases/{case.pk}/closure/").content.decode()
    seen = sheet.split('name="seen" value="')[1].split('"')[0]
    hear(cast.mailbox, mail("Wait.", key="2", headers="In-Reply-To: <1@mail.example.com>\n"), NOW)
    refused = browser.post(f"/cases/{case.pk}/closure/", {"reason": "answered", "seen": seen}, headers=HTMX)
    assert "The customer wrote a moment ago" in refused.content.decode()
    assert not Closure.objects.exists()
    read = browser.get(f"/cases/{case.pk}/closure/").content.decode().split('name="seen" value="')[1].split('"')[0]
    browser.post(f"/cases/{case.pk}/closure/", {"reason": "answered", "seen": read})
    assert Closure.objects.filter(case=case).exists()


def test_a_letter_on_a_closed_case_leaves_it_closed(cast: Cast, case: Case, signed_in: SignIn) -> None:
    browser = signed_in(cast.delphine)
    browser.post(f"/cases/{case.pk}/closure/", {"reason": "happy"})
    browser.post(f"/cases/{case.pk}/calls/", {"text": "She rang to say thank you."})
    assert kinds_of(case)[-1] == "contact.call"
    assert not NextStep.objects.filter(case=case).exists()


def test_a_new_title_is_the_name_of_the_step_too(cast: Cast, case: Case, signed_in: SignIn) -> None:
    browser = signed_in(cast.delphine)
    browser.post(f"/cases/{case.pk}/title/", {"title": "  Wrong lilies   for Winifred "})
    case.refresh_from_db()
    assert case.title == "Wrong lilies for Winifred"
    assert NextStep.objects.get(case=case).what == "Wrong lilies for Winifred"
    assert "case.retitled" in kinds_of(case)
    assert browser.post(f"/cases/{case.pk}/title/", {"title": " "}, headers=HTMX).status_code == 422


def test_a_note_tells_whoever_is_named_in_it(cast: Cast, case: Case, signed_in: SignIn) -> None:
    browser = signed_in(cast.delphine)
    browser.post(f"/cases/{case.pk}/draft/note/", {"text": "@Bo look"}, headers=HTMX)
    browser.post(f"/cases/{case.pk}/notes/", {"text": "@Bo Adeyemi, the grower says Thursday."})
    assert Naming.objects.get().member == cast.bo
    assert not Draft.objects.filter(case=case).exists()
    page = browser.get(f"/cases/{case.pk}/").content.decode()
    assert "note, only we see it" in page and "the grower says Thursday" in page
    assert browser.post(f"/cases/{case.pk}/notes/", {"text": "  "}).status_code == 422


def test_a_note_that_names_who_may_not_see_the_case_is_refused_and_its_words_stay(
    cast: Cast, case: Case, signed_in: SignIn
) -> None:
    refused = signed_in(cast.delphine).post(f"/cases/{case.pk}/notes/", {"text": "@Callum, look at the router."})
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "Callum may not see this case, so nobody would tell them. Take out the @" in page
    assert "look at the router." in page
    assert not Entry.objects.filter(case=case, kind="note.written").exists()


def test_a_call_counts_as_our_answer(cast: Cast, case: Case, signed_in: SignIn) -> None:
    browser = signed_in(cast.delphine)
    assert browser.post(f"/cases/{case.pk}/calls/", {"text": ""}).status_code == 422
    browser.post(f"/cases/{case.pk}/calls/", {"text": "Said sorry. She wants them tomorrow."})
    assert Promise.objects.get(case=case, kind=Promise.Kind.FIRST_REPLY).kept_at == NOW
    assert "rang Rosalind" in browser.get(f"/cases/{case.pk}/").content.decode()


def second_case(cast: Cast) -> Case:
    entry = hear(cast.mailbox, mail("And where is the vase?", subject="The vase", key="9"), NOW)
    assert entry is not None
    return Case.objects.get(pk=entry.case_id)


def test_two_cases_become_one_and_both_timelines_stand_on_one_page(cast: Cast, case: Case, signed_in: SignIn) -> None:
    """CV10."""
    other = second_case(cast)
    browser = signed_in(cast.delphine)
    assert f"/cases/{case.pk}/merge/?with={other.pk}" in browser.get(f"/cases/{case.pk}/").content.decode()
    both = browser.get(f"/cases/{case.pk}/merge/?with={other.pk}").content.decode()
    assert "And where is the vase?" in both and "It looks nothing like the picture" in both

    browser.post(f"/cases/{case.pk}/merge/?with={other.pk}", {"with": other.pk, "keep": case.pk})
    other.refresh_from_db()
    assert other.merged_into == case
    assert {"case.merged"} <= set(kinds_of(case)) & set(kinds_of(other))
    page = browser.get(f"/cases/{other.pk}/", follow=True)
    assert page.redirect_chain == [(f"/cases/{case.pk}/", 303)]
    assert "And where is the vase?" in page.content.decode()


def test_a_deed_on_a_case_that_was_taken_in_goes_to_the_one_that_goes_on(
    cast: Cast, case: Case, signed_in: SignIn
) -> None:
    other = second_case(cast)
    browser = signed_in(cast.delphine)
    browser.post(f"/cases/{case.pk}/merge/", {"with": other.pk, "keep": case.pk})
    browser.post(f"/cases/{other.pk}/notes/", {"text": "Late words."})
    assert Entry.objects.get(kind="note.written").case == case
    assert not NextStep.objects.filter(case=other).exists()


def test_a_case_with_a_colleagues_draft_is_not_taken_in(cast: Cast, case: Case, signed_in: SignIn) -> None:
    other = second_case(cast)
    signed_in(cast.bo).post(f"/cases/{other.pk}/draft/letter/", {"text": "Dear Rosalind"}, headers=HTMX)
    answer = signed_in(cast.delphine).post(
        f"/cases/{case.pk}/merge/", {"with": other.pk, "keep": case.pk}, headers=HTMX
    )
    assert answer.status_code == 422
    assert "Bo Adeyemi has a draft there." in answer.content.decode()


def test_a_case_with_a_draft_of_files_alone_is_not_taken_in(cast: Cast, case: Case, signed_in: SignIn) -> None:
    other = second_case(cast)
    files = {"files": SimpleUploadedFile("card.txt", b"sorry")}
    signed_in(cast.bo).post(f"/cases/{other.pk}/draft/letter/files/", files, headers=HTMX)
    answer = signed_in(cast.delphine).post(f"/cases/{case.pk}/merge/", {"with": other.pk, "keep": case.pk})
    assert answer.status_code == 422
    assert Draft.objects.get(case=other).files.count() == 1


def test_messages_are_split_off_into_a_case_of_their_own(cast: Cast, case: Case, signed_in: SignIn) -> None:
    """CV10."""
    heard = Entry.objects.get(case=case, kind="contact.in")
    browser = signed_in(cast.delphine)
    missing = browser.post(f"/cases/{case.pk}/split/", {"title": "The vase"}, headers=HTMX)
    assert b"Choose at least one message of the customer." in missing.content
    answer = browser.post(f"/cases/{case.pk}/split/", {"title": "The vase", "entries": [heard.pk]})
    part = Case.objects.get(split_from=case)
    assert answer["Location"] == f"/cases/{part.pk}/"
    assert part.title == "The vase"
    assert f'href="/cases/{part.pk}/"' in browser.get(f"/cases/{case.pk}/").content.decode()


def test_links_to_the_customers_page_are_taken_back(cast: Cast, case: Case, signed_in: SignIn) -> None:
    token = page_links.token_for(case, NOW)
    signed_in(cast.delphine).post(f"/cases/{case.pk}/page-link/")
    with pytest.raises(page_links.LinkError):
        page_links.open_case(token, NOW)
    assert kinds_of(case)[-1] == "page.taken_back"


DEEDS: list[tuple[str, dict[str, Any]]] = [
    ("case_send", {"text": "x", "to": "rosalind@example.com"}),
    ("case_note", {"text": "x"}),
    ("case_call", {"text": "x"}),
    ("case_coach", {"text": "x"}),
    ("case_handover", {"summary": "x"}),
    ("case_done", {"then": "known"}),
    ("case_later", {"reason": "x"}),
    ("case_close", {"reason": "happy"}),
    ("case_reopen", {"why": "x"}),
    ("case_title", {"title": "x"}),
    ("case_page_taken_back", {}),
    ("case_merge", {}),
    ("case_split", {}),
    ("case_promise_new", {"act": "x"}),
]


@pytest.mark.parametrize(("name", "form"), DEEDS)
def test_a_reader_does_nothing_and_another_brand_sees_nothing(
    name: str, form: dict[str, Any], cast: Cast, case: Case, signed_in: SignIn
) -> None:
    """S7: closed by default, per brand."""
    before = kinds_of(case)
    url = reverse(name, args=[case.pk])
    assert signed_in(cast.carline).post(url, form).status_code == 403
    assert signed_in(cast.callum).post(url, form).status_code == 404
    assert kinds_of(case) == before
    assert not Draft.objects.exists()
