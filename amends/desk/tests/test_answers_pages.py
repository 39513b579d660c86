"""Saved answers: judged when they are saved, chosen by brand and language, and a library to begin from (RQ1)."""

from __future__ import annotations

import pytest

from amends.cases.models import Case, Draft, Entry
from amends.coach.models import SavedAnswer
from amends.coach.saved import Shelved, library
from amends.desk.tests.desk_time import HTMX, SignIn, letter
from amends.triage.languages import language_of
from tests.cast import Cast, complaint

pytestmark = pytest.mark.usefixtures("tuesday")
PAGE = "/settings/answers/"


@pytest.fixture
def case(cast: Cast) -> Case:
    return complaint(cast)


def test_what_is_saved_is_judged_as_what_it_is(cast: Cast, signed_in: SignIn) -> None:
    lead = signed_in(cast.ines)
    lead.post(f"{PAGE}new/", {"name": "Sorry", "use": "apology", "body": "I am sorry if this has caused any trouble."})
    answer = SavedAnswer.objects.get()
    assert "Would be held" in lead.get(PAGE).content.decode()
    page = lead.get(f"{PAGE}{answer.pk}/").content.decode()
    assert "The coach: Would be held" in page and "doubts that it happened" in page

    better = {
        "name": "Sorry",
        "use": "apology",
        "body": "I am sorry that we sent the wrong lamp. That was our mistake.",
    }
    lead.post(f"{PAGE}{answer.pk}/", better)
    assert "The coach: Excellent" in lead.get(f"{PAGE}{answer.pk}/").content.decode()


def test_a_place_that_nothing_fills_is_pointed_at(cast: Cast, signed_in: SignIn) -> None:
    answer = SavedAnswer.objects.create(name="Hi", use="opening", body="Dear {customer}, thank you for {order}.")
    page = signed_in(cast.ines).get(f"{PAGE}{answer.pk}/").content.decode()
    assert "“{order}” is filled in by nothing" in page


def test_the_library_stands_there_to_be_taken_over(cast: Cast, signed_in: SignIn) -> None:
    lead = signed_in(cast.ines)
    assert lead.get(PAGE).content.decode().count("Take over") == len(library())
    first = library()[0]
    begun = lead.get(f"{PAGE}new/?from={first.key}").content.decode()
    assert first.name in begun and first.body.splitlines()[-1] in begun
    assert first.name not in lead.get(f"{PAGE}new/?from=nothing").content.decode()
    assert not SavedAnswer.objects.exists()


def test_the_composer_offers_what_is_meant_for_the_brand_and_the_language(
    cast: Cast, case: Case, signed_in: SignIn
) -> None:
    for name, brand, language in (
        ("Ours", cast.thimble, "en"),
        ("Any", None, ""),
        ("German", None, "de"),
        ("Theirs", cast.vantry, "en"),
    ):
        SavedAnswer.objects.create(name=name, brand=brand, language=language, body=f"Words of {name}.")
    sheet = signed_in(cast.delphine).get(f"/cases/{case.pk}/answers/", headers=HTMX).content.decode()
    assert "Words of Ours." in sheet and "Words of Any." in sheet
    assert "Words of German." not in sheet and "Words of Theirs." not in sheet
    assert "An opening" in sheet and "A public reply" in sheet


def test_words_of_the_library_go_to_the_draft_filled_in_and_nothing_is_sent(
    cast: Cast, case: Case, signed_in: SignIn
) -> None:
    agent = signed_in(cast.delphine)
    agent.post(f"/cases/{case.pk}/answers/", {"answer": "thanks_photo"})
    assert Draft.objects.get(case=case).text.startswith("Dear Rosalind,\n\nthank you for telling me")
    assert not Entry.objects.filter(case=case, kind="contact.out").exists()


def test_words_to_begin_from_do_not_leave_before_their_gaps_are_filled(
    cast: Cast, case: Case, signed_in: SignIn
) -> None:
    Case.objects.filter(pk=case.pk).update(kind=Case.Kind.COMPLAINT)
    agent = signed_in(cast.delphine)
    for key in ("thanks_photo", "sorry_wrong"):
        agent.post(f"/cases/{case.pk}/answers/", {"answer": key})
    held = agent.post(f"/cases/{case.pk}/letters/", letter(case, Draft.objects.get(case=case).text))
    assert held.status_code == 422
    assert "Here is still a gap" in held.content.decode()
    assert not Entry.objects.filter(case=case, kind="contact.out").exists()


@pytest.mark.parametrize(("before", "offered"), [(1, True), (2, False)])
def test_c3_2_a_third_trouble_in_90_days_is_answered_in_words_of_ones_own(
    cast: Cast, case: Case, signed_in: SignIn, before: int, offered: bool
) -> None:
    for number in range(before):
        complaint(cast, key=str(number + 2), subject=f"Trouble {number}")
    Case.objects.filter(customer=case.customer_id).update(kind=Case.Kind.COMPLAINT)
    agent = signed_in(cast.delphine)
    sheet = agent.get(f"/cases/{case.pk}/answers/", headers=HTMX).content.decode()
    assert ("An opening" in sheet, "third trouble in 90 days" in sheet) == (offered, not offered)
    agent.post(f"/cases/{case.pk}/answers/", {"answer": "thanks_photo"})
    assert Draft.objects.filter(case=case).exists() is offered


@pytest.mark.parametrize("value", ["", "nothing", "0", "9" * 30, "-1", "²"])
def test_what_is_not_there_is_not_found(cast: Cast, case: Case, signed_in: SignIn, value: str) -> None:
    answer = signed_in(cast.delphine).post(f"/cases/{case.pk}/answers/", {"answer": value})
    assert answer.status_code == 404
    assert not Draft.objects.exists()


def test_another_brands_answer_cannot_be_used_by_its_number(cast: Cast, case: Case, signed_in: SignIn) -> None:
    theirs = SavedAnswer.objects.create(name="T", brand=cast.vantry, body="Theirs.")
    assert signed_in(cast.delphine).post(f"/cases/{case.pk}/answers/", {"answer": theirs.pk}).status_code == 404


@pytest.mark.parametrize("text", library(), ids=lambda text: text.key)
def test_every_text_of_the_library_is_in_the_language_that_it_stands_under(text: Shelved) -> None:
    assert language_of(text.body.replace("{customer}", "").replace("{agent}", "")) == text.language


@pytest.mark.parametrize(
    ("language", "begins"),
    [("de", "Guten Tag Rosalind,"), ("de-AT", "Guten Tag Rosalind,"), ("fr", "Bonjour Rosalind,")],
)
def test_a_case_is_offered_the_library_in_its_language(
    cast: Cast, signed_in: SignIn, language: str, begins: str
) -> None:
    case = complaint(cast)
    Case.objects.filter(pk=case.pk).update(language=language)
    agent = signed_in(cast.delphine)
    page = agent.get(f"/cases/{case.pk}/answers/").content.decode()
    assert begins in page and "Dear Rosalind" not in page
    agent.post(f"/cases/{case.pk}/answers/", {"answer": f"{language[:2]}-thanks_photo"})
    assert Draft.objects.get(case=case).text.startswith(begins)
