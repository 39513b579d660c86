"""A draft is one person's, and what waits in the outbox is nobody's to change."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import OperationalError

from amends.cases import drafts
from amends.cases.drafts import DraftGone, DraftTaken, Written
from amends.cases.models import Case, Draft
from amends.people.models import Member
from tests.cast import TUESDAY, Cast, complaint

LATER = TUESDAY + timedelta(hours=1)


def begun(case: Case, text: str, by: Member) -> Draft:
    return drafts.save(case, Draft.Kind.LETTER, Written(text=text, to=["rosalind@example.com"]), by=by, now=LATER)


def held(case: Case, text: str, by: Member) -> Draft:
    draft = begun(case, text, by)
    drafts.hold(draft, until=LATER, by=by)
    return draft


def test_a_save_that_comes_late_takes_no_letter_out_of_the_outbox(cast: Cast) -> None:
    case = complaint(cast)
    begun(case, "Dear", cast.bo)
    read_before = drafts.open_draft(case, Draft.Kind.LETTER)
    assert read_before is not None
    held(case, "Dear Rosalind", cast.bo)
    with pytest.raises(DraftGone):
        drafts.write(read_before, Written(text="Dear R"), LATER)
    draft = Draft.objects.get(case=case)
    assert (draft.text, draft.hold_until) == ("Dear Rosalind", LATER)


def test_a_save_that_comes_late_brings_no_letter_back_that_has_left(cast: Cast) -> None:
    case = complaint(cast)
    begun(case, "Dear", cast.bo)
    read_before = drafts.open_draft(case, Draft.Kind.LETTER)
    assert read_before is not None
    draft = held(case, "Dear Rosalind", cast.bo)
    with transaction.atomic():
        assert drafts.claim(draft.pk, LATER) is not None
    with pytest.raises(DraftGone):
        drafts.write(read_before, Written(text="Dear R"), LATER)
    assert not Draft.objects.exists()


def test_a_save_that_comes_late_does_not_write_into_a_draft_that_was_taken_over(cast: Cast) -> None:
    case = complaint(cast)
    read_before = begun(case, "Dear", cast.bo)
    drafts.take_over(case, Draft.Kind.LETTER, by=cast.delphine, now=LATER)
    with pytest.raises(DraftGone):
        drafts.write(read_before, Written(text="Dear R"), LATER)
    assert Draft.objects.get().text == "Dear"


def test_only_the_words_that_were_checked_are_held(cast: Cast) -> None:
    case = complaint(cast)
    checked = begun(case, "Dear Rosalind", cast.bo)
    begun(case, "Dear Rosalind, go away", cast.bo)
    with pytest.raises(DraftGone):
        drafts.hold(checked, until=LATER, by=cast.bo)
    assert Draft.objects.get().hold_until is None


def test_undo_joins_what_its_writer_began_since_and_nobody_elses(cast: Cast) -> None:
    case = complaint(cast)
    letter = held(case, "Dear Rosalind", cast.delphine)
    other = begun(case, "Dear Winifred", cast.bo)
    with pytest.raises(DraftTaken) as taken:
        drafts.undo(letter.pk, by=cast.delphine)
    assert taken.value.draft.author == cast.bo
    other.refresh_from_db()
    letter.refresh_from_db()
    assert (other.text, letter.text, letter.hold_until) == ("Dear Winifred", "Dear Rosalind", LATER)
    drafts.take_over(case, Draft.Kind.LETTER, by=cast.delphine, now=LATER)
    assert drafts.undo(letter.pk, by=cast.delphine).text == "Dear Rosalind\n\nDear Winifred"


@pytest.mark.django_db(transaction=True)
def test_a_letter_is_either_taken_back_or_leaves(cast: Cast) -> None:
    """The undo comes after the worker has read the draft, and before it deletes it."""
    letter = held(complaint(cast), "Dear Rosalind", cast.bo)
    taken_back: list[int] = []
    undoing = threading.Thread(target=_undo, args=(letter.pk, cast.bo, taken_back))

    def before_the_delete(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.startswith("DELETE") and undoing.ident is None:
            undoing.start()
            undoing.join(0.5)
        return execute(sql, *rest)

    with connection.execute_wrapper(before_the_delete), transaction.atomic():
        leaves = drafts.claim(letter.pk, LATER)
    undoing.join()
    assert undoing.ident is not None
    assert bool(taken_back) is (leaves is None)
    assert Draft.objects.exists() is bool(taken_back)


def _undo(draft_id: int, by: Member, taken_back: list[int]) -> None:
    # SQLite lets nobody write meanwhile; PostgreSQL lets the undo wait for what the worker does.
    with suppress(DraftGone, OperationalError):
        taken_back.append(drafts.undo(draft_id, by=by).pk)
    connection.close()
