"""Which case a message belongs to when nothing but its subject tells (C3.3 "multiple")."""

from __future__ import annotations

from datetime import timedelta

import pytest

from amends.cases import timeline
from amends.cases.models import Case
from amends.cases.threading import Pointing, case_for
from tests.cast import TUESDAY, Cast, complaint

LONG = "My lamp of the third of May has come without its shade and without its bulb and with a broken foot"


def found(cast: Cast, subject: str) -> Case | None:
    return case_for(cast.rosalind, Pointing(subject=subject), [cast.thimble.pk], TUESDAY + timedelta(hours=1)).case


@pytest.mark.parametrize("subject", ["The vase", LONG, "[Shop] order 12345 broken", "[Shop] [Ext] Vase"])
def test_the_same_subject_again_is_the_same_matter_whatever_the_case_is_called(cast: Cast, subject: str) -> None:
    case = complaint(cast, subject=subject)
    assert found(cast, subject) == case
    assert found(cast, f"AW: Re: {subject.upper()}") == case
    Case.objects.filter(pk=case.pk).update(title="Renamed by a colleague")
    assert found(cast, subject) == case


def test_another_subject_is_another_matter(cast: Cast) -> None:
    complaint(cast, subject=LONG)
    assert found(cast, LONG[:-4] + "lid") is None
    assert found(cast, "") is None


def test_what_we_wrote_does_not_make_it_the_same(cast: Cast) -> None:
    case = complaint(cast, subject="The vase")
    words = timeline.Words(new_text="x", subject="Your page")
    timeline.record(case, "contact.out", at=TUESDAY, by=cast.delphine, words=words)
    assert found(cast, "Your page") is None


def test_a_mail_named_like_a_case_from_the_phone_belongs_to_it(cast: Cast) -> None:
    case = complaint(cast, subject="")
    Case.objects.filter(pk=case.pk).update(title="The broken vase")
    assert found(cast, "the broken vase") == case
