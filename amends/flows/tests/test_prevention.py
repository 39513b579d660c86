"""What shall not happen again has a due and a check, also when it was promised in a letter (C4.1, `repair.check`)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from amends.cases import drafts
from amends.cases.drafts import Written
from amends.cases.models import Case, Draft, Entry
from amends.clock import calendars
from amends.clock.models import Holiday, Promise
from amends.flows import drafting, reply
from tests.cast import TUESDAY, Cast, complaint

FRIDAY = datetime(2026, 3, 6, 17, 30, tzinfo=UTC)
LATER = datetime(2026, 4, 6, 16, 30, tzinfo=UTC)
"""Thirty days after Friday is a Sunday: Monday evening, and London is an hour ahead by then."""


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("On Friday we will change the packing so that it does not happen again.", FRIDAY),
        ("I will ring you on Friday.", None),
    ],
)
def test_c4_1_a_letter_that_says_what_changes_has_a_day_on_which_somebody_looks_whether_it_holds(
    cast: Cast, text: str, due: datetime | None
) -> None:
    case = complaint(cast)
    entry = leaves(cast, case, text)
    made = list(Promise.objects.filter(case=case, made_in=entry).order_by("due"))
    if due is None:
        assert [one.kind for one in made] == ["callback"]
        return
    first, check = made
    assert (first.kind, first.due) == ("prevent", FRIDAY)
    assert (check.kind, check.due) == ("prevent", LATER)
    assert check.act == f"look whether it holds: {first.act}"
    assert check.visible and check.promisor == first.promisor
    told = Entry.objects.filter(case=case, kind="promise.made", data__promise=check.pk)
    assert [one.data["due"] for one in told] == [LATER.isoformat()]


def test_c4_1_what_changes_without_a_day_asks_for_one_and_is_no_promise_before(cast: Cast) -> None:
    case = complaint(cast)
    draft = drafting.save(
        case,
        Draft.Kind.LETTER,
        Written(text="We will make sure that it does not happen again.", to=["rosalind@example.com"]),
        by=cast.delphine,
        now=TUESDAY,
    )
    assert [(one["kind"], one["due"]) for one in draft.promises] == [("prevent", "")]
    leaves(cast, case, draft.text)
    assert not Promise.objects.filter(case=case, kind="prevent").exists()


def test_c4_1_the_check_falls_on_a_day_on_which_somebody_works(cast: Cast) -> None:
    Holiday.objects.create(brand=cast.thimble, date=LATER.date(), name="Easter Monday")
    assert calendars.check_day(complaint(cast), FRIDAY) == LATER + timedelta(days=1)


def leaves(cast: Cast, case: Case, text: str) -> Entry:
    written = Written(text=text, to=["rosalind@example.com"], reason="as it is")
    draft = drafting.save(case, Draft.Kind.LETTER, written, by=cast.delphine, now=TUESDAY)
    drafts.hold(draft, until=TUESDAY, by=cast.delphine)
    entry = reply.release(draft.pk, TUESDAY)
    assert entry is not None
    return entry
