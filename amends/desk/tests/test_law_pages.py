"""Policy packs in the settings and on a case; how grave a case is (ES7, SL3)."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from amends.audit.models import Record
from amends.cases.models import Case, Draft, Entry
from amends.clock.models import PackInUse, Promise
from amends.desk.tests.desk_time import HTMX, NOW, SignIn
from amends.flows import closing, starting, tasks
from tests.cast import TUESDAY, Cast, complaint, hear, mail

pytestmark = pytest.mark.usefixtures("tuesday")
HURT = "They came broken and I am very disappointed."


def words_of(answer: Any) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def bound(cast: Cast, pack: str) -> Case:
    """A complaint of a brand that the pack binds."""
    PackInUse.objects.create(brand=cast.thimble, pack=pack, since=TUESDAY.replace(hour=0), bound_at=TUESDAY)
    return complaint(cast, text=HURT)


def test_an_admin_reads_what_each_pack_will_do_and_uses_one_es7(cast: Cast, signed_in: SignIn) -> None:
    case = complaint(cast, text=HURT)
    browser, url = signed_in(cast.marguerite), f"/settings/packs/{cast.thimble.pk}/"
    told = words_of(browser.get(url))
    assert "examples with dates, not legal advice" in told
    assert (
        "Send the customer our final response within 8 weeks of the complaint; done with the letter “Final response”"
        in told
    )
    assert "Looked up on 17 March 2026." in told
    browser.post(f"{url}uk-fca-disp/", {"since": "2026-03-01"})
    row = PackInUse.objects.get()
    assert (row.pack, row.by, row.since.date().isoformat()) == ("uk-fca-disp", cast.marguerite, "2026-03-01")
    assert Record.objects.get(verb="pack.used").facts["pack"] == "uk-fca-disp"
    assert "in use since 1 March 2026" in words_of(browser.get(url))
    tasks.bind_packs(NOW)
    assert Promise.objects.filter(case=case, rule="uk-fca-disp/final").exists()
    browser.post(f"{url}uk-fca-disp/stop/")
    assert not PackInUse.objects.exists()
    assert Promise.objects.get(case=case, rule="uk-fca-disp/final").released_at is None


@pytest.mark.parametrize(
    ("since", "said"), [("", "Name the day."), ("soon", "Name the day."), ("1990-01-01", "within two years")]
)
def test_a_day_that_is_none_is_told_beside_it_es7(cast: Cast, signed_in: SignIn, since: str, said: str) -> None:
    answer = signed_in(cast.marguerite).post(f"/settings/packs/{cast.thimble.pk}/uk-fca-disp/", {"since": since})
    assert answer.status_code == 422 and said in words_of(answer)
    assert not PackInUse.objects.exists()


def test_a_bad_pack_is_told_to_admins_and_the_desk_goes_on_es7(
    cast: Cast, signed_in: SignIn, settings: LazySettings, tmp_path: Path
) -> None:
    settings.PACKS_DIR = tmp_path
    (tmp_path / "mine.toml").write_text('id = "mine"\nwekks = 3\n')
    admin = signed_in(cast.marguerite)
    assert "The pack in mine.toml is not used. At wekks: there is no such key." in words_of(
        admin.get(f"/settings/packs/{cast.thimble.pk}/")
    )
    assert "A policy pack is not used. mine.toml: wekks" in words_of(admin.get("/"))
    assert "mine.toml" not in words_of(signed_in(cast.delphine).get("/"))
    assert complaint(cast, text=HURT).next_step.kind == "answer"


def test_leads_and_agents_may_not_choose_packs_es7(cast: Cast, signed_in: SignIn) -> None:
    for member in (cast.ines, cast.delphine):
        assert signed_in(member).get(f"/settings/packs/{cast.thimble.pk}/").status_code == 403
    assert signed_in(cast.marguerite).post(f"/settings/packs/{cast.thimble.pk}/no-such/", {}).status_code == 404


def test_the_sheet_of_a_case_tells_what_is_owed_and_begins_letters_and_stages_es7(
    cast: Cast, signed_in: SignIn
) -> None:
    case = bound(cast, "uk-housing-ombudsman-2024")
    browser, url = signed_in(cast.delphine), f"/cases/{case.pk}/law/"
    told = words_of(browser.get(url))
    assert "Send Rosalind our answer at stage 1" in told and "Take 10 working days more" in told
    browser.post(url, {"begin": "uk-housing-ombudsman-2024/stage2_ack"})
    assert Promise.objects.filter(case=case, rule="uk-housing-ombudsman-2024/stage2").exists()
    again = browser.post(url, {"begin": "uk-housing-ombudsman-2024/stage2_ack"})
    assert again.status_code == 422 and "It has begun already" in words_of(again)
    opened = browser.post(url, {"letter": "uk-housing-ombudsman-2024/stage1"})
    assert opened["Location"] == f"/cases/{case.pk}/?write=letter#composer"
    draft = Draft.objects.get(case=case)
    page = words_of(browser.get(opened["Location"]))
    assert "Counts as Answer at stage 1 (UK landlords: Housing Ombudsman code 2024)." in page
    assert draft.text.startswith("Dear Rosalind") and draft.documents == ["uk-housing-ombudsman-2024/stage1"]
    assert browser.post(url, {"letter": "no/such"}).status_code == 422


def test_a_letter_with_a_gap_is_refused_in_the_composer_with_its_words_es7(cast: Cast, signed_in: SignIn) -> None:
    case = bound(cast, "uk-fca-disp")
    browser = signed_in(cast.delphine)
    answer = browser.post(
        f"/cases/{case.pk}/letters/",
        {"text": "Dear Rosalind,\n\n[[what you found]]", "to": "rosalind@example.com", "cc": "", "subject": ""},
    )
    assert answer.status_code == 422
    assert "“[[what you found]]” is still a gap." in words_of(answer)
    assert Draft.objects.get(case=case).text.endswith("[[what you found]]")


def test_a_longer_time_wants_a_reason_and_stands_on_the_case_es7(cast: Cast, signed_in: SignIn) -> None:
    case = bound(cast, "uk-housing-ombudsman-2024")
    stage1 = Promise.objects.get(case=case, rule="uk-housing-ombudsman-2024/stage1")
    browser, url = signed_in(cast.delphine), f"/promises/{stage1.pk}/longer/"
    assert browser.post(url, {"reason": " "}).status_code == 422
    browser.post(url, {"reason": "The surveyor is ill; she knows, I rang her."})
    moved = Entry.objects.get(case=case, kind="promise.rescheduled")
    assert moved.data["reason"].startswith("The surveyor") and moved.member == cast.delphine
    assert browser.post(url, {"reason": "Again"}).status_code == 422


def test_an_agent_judges_how_grave_it_is_and_for_which_day_sl3(cast: Cast, signed_in: SignIn) -> None:
    case = complaint(cast)
    due = Promise.objects.get(case=case).due
    browser, url = signed_in(cast.delphine), f"/cases/{case.pk}/matter/"
    assert "How grave" in words_of(browser.get(url, headers=HTMX))
    browser.post(url, {"severity": "4", "occasion_at": "2026-03-05T12:00"})
    case.refresh_from_db()
    assert (case.severity, case.occasion_at and case.occasion_at.day) == (4, 5)
    assert Promise.objects.get(case=case).due < due
    page = words_of(browser.get(f"/cases/{case.pk}/"))
    assert "Severity 4: Its purpose failed." in page and "Must be right for Thu" in page
    assert "it was “Substantial” before." in page
    why = words_of(browser.get(f"/promises/{Promise.objects.get(case=case).pk}/why/"))
    assert "Halved, because it must be right for Thursday 5 March 12:00." in why


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"severity": "9"}, "Select a valid choice"),
        ({"severity": ""}, "Choose how grave it is."),
        ({"severity": "3", "occasion_at": "2026-03-01T12:00"}, "That day has passed."),
    ],
)
def test_a_judgement_that_cannot_be_is_told_in_the_sheet_sl3(
    cast: Cast, signed_in: SignIn, typed: dict[str, str], said: str
) -> None:
    case = complaint(cast)
    answer = signed_in(cast.delphine).post(f"/cases/{case.pk}/matter/", typed)
    assert answer.status_code == 422 and said in words_of(answer)
    assert not Entry.objects.filter(case=case, kind__in=["case.severity", "case.occasion"]).exists()


def test_thanks_on_a_closed_case_stand_among_what_its_owner_should_know(cast: Cast, signed_in: SignIn) -> None:
    case = complaint(cast)
    starting.write_up_call(case, "New flowers came.", by=cast.bo, now=NOW)
    closing.close(case, "happy", by=cast.bo, now=NOW)
    hear(cast.mailbox, mail("Thank you!", key="2", headers="In-Reply-To: <1@mail.example.com>\n"), NOW)
    case.refresh_from_db()
    assert case.owner is not None
    assert "Rosalind Achterberg says thank you: The flowers for Winifred" in words_of(signed_in(case.owner).get("/"))
