"""Rows written by `kit.rows` are what Django would have written."""

from __future__ import annotations

from datetime import timedelta

import pytest

from amends.cases.models import Entry, MessageId, Naming, NextStep
from amends.kit import rows
from amends.people.models import Customer
from tests.cast import TUESDAY, Cast, complaint


def entry(case_id: int, kind: str = "note.written", **data: object) -> Entry:
    return Entry(case_id=case_id, kind=kind, at=TUESDAY, recorded_at=TUESDAY, actor=Entry.Actor.SYSTEM, data=data)


def test_many_rows_come_back_as_they_were_written_each_with_its_own_number(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "AT_ONCE", 3)
    case = complaint(cast)
    written = rows.insert(entry(case.pk, number=number, words="“Ärger”", why=None) for number in range(7))
    assert [one.data for one in Entry.objects.filter(kind="note.written")] == [one.data for one in written]
    assert [Entry.objects.get(pk=one.pk).data["number"] for one in written] == list(range(7))
    assert Entry.objects.filter(pk=written[0].pk, at=TUESDAY, actor="system", member=None).exists()


def test_signs_that_mean_something_to_a_database_are_written_as_they_are(cast: Cast) -> None:
    odd = "'\\' \\u0041 %s %(a)s \" {} $1 \u2028 \U0001f600 null"
    (made,) = rows.insert([Customer(name=odd, created_at=TUESDAY)])
    (told,) = rows.insert([entry(complaint(cast).pk, odd=[odd, None, 1.5, True])])
    rows.set_each(Customer, "language", {made.pk: "'\\%s"})
    after = Customer.objects.get(pk=made.pk)
    assert (after.name, after.language, after.created_at) == (odd, "'\\%s", TUESDAY)
    assert Entry.objects.get(pk=told.pk).data == {"odd": [odd, None, 1.5, True]}


def test_what_was_written_is_not_written_again_by_saving_it(cast: Cast) -> None:
    (made,) = rows.insert([Customer(name="Ann", created_at=TUESDAY)])
    made.name = "Anne"
    made.save()
    assert Customer.objects.get(name__startswith="Ann").name == "Anne"


def test_of_rows_with_a_key_that_is_there_only_the_new_ones_are_written(cast: Cast) -> None:
    case = complaint(cast)

    def known(value: str) -> MessageId:
        return MessageId(value=value, case_id=case.pk, ours=False)

    first = rows.insert_new([known("<a@b>"), known("<c@d>")], ["value", "case_id"])
    second = rows.insert_new([known("<c@d>"), known("<e@f>")], ["value", "case_id"])
    assert [one.value for one in first] == ["<a@b>", "<c@d>"]
    assert [(one.value, one.pk) for one in second] == [("<e@f>", MessageId.objects.get(value="<e@f>").pk)]


def test_a_row_is_written_over_the_one_with_its_key(cast: Cast) -> None:
    step = complaint(cast).next_step
    step.by, step.what, step.why = TUESDAY + timedelta(days=1), "Something else", [{"code": "only"}]
    rows.upsert([step], ["case"], ["by", "why"])
    after = NextStep.objects.get(pk=step.pk)
    assert (after.by, after.why) == (step.by, [{"code": "only"}])
    assert after.what != "Something else", "that column was not to be written"


def test_nothing_is_written_for_no_rows(cast: Cast) -> None:
    before = Naming.objects.count()
    assert rows.insert(list[Naming]()) == rows.insert_new(list[Naming](), ["entry_id"]) == []
    assert rows.upsert(list[Naming](), ["entry_id"], ["seen_at"]) == []
    assert Naming.objects.count() == before
