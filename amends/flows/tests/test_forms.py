"""A contact form proves no address: it opens a case of its own and nothing of anybody's (S4, S5)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from amends.cases.models import Case, Closure, Entry, Participant
from amends.flows import closing, page_links, portal
from amends.flows.portal import Written
from tests.cast import TUESDAY, Cast, complaint

LATER = TUESDAY + timedelta(hours=1)
VICTIM, STRANGER = "rosalind@example.com", "mallory@evil.example"


def send(cast: Cast, subject: str, address: str = VICTIM, *, token: str = "", trouble: str = "") -> Entry:
    """What a form brings, as the page does."""
    written = Written(
        "Let me in.", f"key-{subject}", LATER, address=address, subject=subject, token=token, trouble=trouble
    )
    kept = portal.send(cast.thimble, written, LATER)
    assert kept.entry is not None
    return kept.entry


@pytest.mark.parametrize("address", [VICTIM, STRANGER])
@pytest.mark.parametrize("subject", ["Re: x [{reference}]", "[{reference}]", "{title}", "Re: {title}"])
def test_a_form_that_points_at_a_case_gets_one_of_its_own(cast: Cast, subject: str, address: str) -> None:
    case = complaint(cast)
    before = case.entries.count()
    own = send(cast, subject.format(reference=case.reference, title=case.title), address).case
    assert own.pk != case.pk
    assert case.entries.count() == before
    assert not Participant.objects.filter(case=case).exists()
    guessed_from_the_title_alone = address == STRANGER and "{reference}" not in subject
    assert own.may_belong_to == (None if guessed_from_the_title_alone else case)


@pytest.mark.parametrize("subject", ["Re: x [{reference}]", "{title}"])
def test_a_form_opens_no_closed_case(cast: Cast, subject: str) -> None:
    case = complaint(cast)
    closing.close(case, "answered", by=cast.delphine, now=TUESDAY)
    send(cast, subject.format(reference=case.reference, title=case.title))
    assert Closure.objects.filter(case=case).exists()


def test_the_link_that_a_form_gives_opens_what_the_form_began(cast: Cast) -> None:
    case = complaint(cast)
    entry = send(cast, f"[{case.reference}]")
    opened = page_links.open_link(page_links.claim_for(entry, LATER), LATER)
    assert (opened.case.pk, opened.entry_id) == (entry.case_id, entry.pk)
    assert opened.case.pk != case.pk


def test_what_is_not_right_with_somebodys_case_is_not_said_by_form(cast: Cast) -> None:
    case = complaint(cast)
    Case.objects.filter(pk=case.pk).update(kind=Case.Kind.QUESTION)
    send(cast, f"[{case.reference}]", trouble="other")
    case.refresh_from_db()
    assert case.kind == Case.Kind.QUESTION


def test_what_is_written_on_the_case_page_stands_in_its_case(cast: Cast) -> None:
    case = complaint(cast)
    assert send(cast, "", token=page_links.token_for(case, TUESDAY)).case == case
