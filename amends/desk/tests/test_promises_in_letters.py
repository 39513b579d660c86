"""What the composer offers while a letter is written: its promises, in three languages, and who-and-by-when (SL7)."""

from __future__ import annotations

import pytest

from amends.cases.models import Case
from amends.clock.models import Promise
from amends.desk.tests.desk_time import HTMX, SignIn, letter
from tests.cast import Cast, complaint

pytestmark = pytest.mark.usefixtures("tuesday")


def composer(cast: Cast, signed_in: SignIn, text: str) -> tuple[str, Case]:
    """The composer once this was typed, in a case whose brand writes English."""
    case = complaint(cast)
    browser = signed_in(cast.delphine)
    browser.post(f"/cases/{case.pk}/draft/letter/", letter(case, text), headers=HTMX)
    return browser.get(f"/cases/{case.pk}/?write=letter").content.decode(), case


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "Guten Tag, es tut mir leid, dass das falsche Gesteck kam. Ich rufe Sie morgen um 15 Uhr zurück.",
            "rufe Sie zurück, by tomorrow 15:00",
        ),
        (
            "Bonjour, je suis désolée que la composition ait été la mauvaise. Je vous rappelle demain à 15 h.",
            "vous rappelle, by tomorrow 15:00",
        ),
    ],
)
def test_a_promise_in_german_or_french_is_offered_with_its_time(
    cast: Cast, signed_in: SignIn, text: str, line: str
) -> None:
    page, case = composer(cast, signed_in, text)
    assert f"<b>New promise:</b> {line}" in page
    assert not Promise.objects.filter(case=case, source=Promise.Source.PERSON).exists()


@pytest.mark.parametrize(
    "text",
    [
        "Dear Rosalind, I am sorry that the wrong flowers came. I will get back to you shortly.",
        "Guten Tag, es tut mir leid, dass das falsche Gesteck kam. Wir melden uns so schnell wie möglich.",
        "Bonjour, je suis désolée que la composition ait été la mauvaise. Nous revenons vers vous sous peu.",
    ],
)
def test_a_vague_word_is_asked_by_when_with_one_key(cast: Cast, signed_in: SignIn, text: str) -> None:
    """C4.2: "shortly" is no time; nothing is promised until one is given."""
    page, case = composer(cast, signed_in, text)
    assert "<b>No time yet:</b>" in page
    assert 'data-key="b" data-key-label="Say by when"' in page
    assert not Promise.objects.filter(case=case, source=Promise.Source.PERSON).exists()


def test_c4_1_what_shall_not_happen_again_shows_the_day_on_which_one_looks_whether_it_holds(
    cast: Cast, signed_in: SignIn
) -> None:
    text = "I am sorry. On Friday we will change the packing so that it does not happen again."
    page, _case = composer(cast, signed_in, text)
    assert ", by Friday 17:30; you look whether it holds by Mon 6 Apr 17:30" in page.replace(
        "Fri 17:30", "Friday 17:30"
    )
