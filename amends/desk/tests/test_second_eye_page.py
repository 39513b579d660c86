"""Whoever was asked to read a colleague's letter reads it on its case, and lets it go there (C7.2)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from amends.cases import drafts
from amends.cases.models import Case, Draft, Entry
from amends.desk.tests.desk_time import SignIn
from amends.flows import reply, second_eye
from amends.flows.tests.test_second_eye import BLAMES, WHY
from tests.cast import Cast, complaint

pytestmark = pytest.mark.usefixtures("tuesday")


@pytest.fixture
def case(cast: Cast) -> Case:
    """Delphine's letter waits for Bo."""
    case = complaint(cast)
    Case.objects.filter(pk=case.pk).update(kind=Case.Kind.COMPLAINT)
    case.refresh_from_db()
    written = drafts.Written(text=BLAMES, to=["rosalind@example.com"], reason=WHY)
    draft = drafts.save(case, Draft.Kind.LETTER, written, by=cast.delphine, now=timezone.now())
    for seconds in (120, 10):
        with pytest.raises(reply.CannotSend):
            reply.hold(draft, by=cast.delphine, now=timezone.now() - timedelta(seconds=seconds))
    return case


def test_whoever_was_asked_reads_it_and_lets_it_leave(cast: Cast, case: Case, signed_in: SignIn) -> None:
    browser = signed_in(cast.bo)
    assert "asks you to read a letter before it leaves" in browser.get("/").content.decode()
    page = browser.get(f"/cases/{case.pk}/").content.decode()
    assert "Delphine Marsh asks you to read this before it leaves." in page
    assert page.count("before you chose them") == 1 and "Let it leave" in page
    assert "3 to mend" in page
    assert "Take a moment" not in page, "it has waited already"
    assert "Bo Adeyemi reads a letter of Delphine Marsh before it leaves." in page
    draft = Draft.objects.get()
    url = f"/cases/{case.pk}/letters/release/"
    wrong = browser.post(url, {"words": "other"})
    assert wrong.status_code == 422 and "has changed the letter meanwhile" in wrong.content.decode()
    for _twice in range(2):
        let_go = browser.post(url, {"words": second_eye.words_mark(draft), "form_key": "let-it-leave-1"})
        assert (let_go.status_code, let_go["Location"]) == (303, f"/cases/{case.pk}/")
    draft.refresh_from_db()
    assert draft.hold_until is not None
    assert Entry.objects.get(kind=second_eye.RELEASED).member == cast.bo
    assert (
        "has read the letter of Delphine Marsh, and lets it go." in browser.get(f"/cases/{case.pk}/").content.decode()
    )


def test_others_see_that_somebody_writes_and_its_author_sees_whom_it_waits_for(
    cast: Cast, case: Case, signed_in: SignIn
) -> None:
    assert "Let it leave" not in signed_in(cast.ines).get(f"/cases/{case.pk}/").content.decode()
    author = signed_in(cast.delphine)
    words = {"text": BLAMES, "to": "rosalind@example.com", "reason": WHY}
    refused = author.post(f"/cases/{case.pk}/letters/", words)
    assert refused.status_code == 422
    assert "Bo Adeyemi reads it first" in refused.content.decode()
    own = author.post(f"/cases/{case.pk}/letters/release/", {"words": second_eye.words_mark(Draft.objects.get())})
    assert "Somebody else reads your own letter." in own.content.decode()
