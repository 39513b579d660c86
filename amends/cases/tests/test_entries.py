"""The timeline is the truth: what happened is neither changed nor taken away."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from amends.cases.models import Case, Entry
from amends.cases.models.entry import AppendOnlyError
from tests.cast import Cast, complaint


def _save(entry: Entry) -> None:
    entry.data = {"changed": True}
    entry.save()


def _save_one_field(entry: Entry) -> None:
    entry.kind = "note.written"
    entry.save(update_fields=["kind"])


def _bulk_update(entry: Entry) -> None:
    entry.kind = "note.written"
    Entry.objects.bulk_update([entry], ["kind"])


def _update_or_create(entry: Entry) -> None:
    Entry.objects.update_or_create(pk=entry.pk, defaults={"kind": "note.written"})


def _through_the_case(entry: Entry) -> None:
    entry.case.entries.update(kind="note.written")


DEEDS: list[Callable[[Entry], object]] = [
    _save,
    _save_one_field,
    _bulk_update,
    _update_or_create,
    _through_the_case,
    Entry.delete,
    lambda entry: Entry.objects.filter(pk=entry.pk).delete(),
    lambda entry: Entry.objects.filter(pk=entry.pk).update(kind="note.written"),
]


@pytest.mark.parametrize("deed", DEEDS)
def test_an_entry_cannot_be_changed_or_deleted(cast: Cast, deed: Callable[[Entry], object]) -> None:
    case = complaint(cast)
    before = list(Entry.objects.order_by("pk").values())
    entry = Entry.objects.filter(case=case, kind="contact.in").get()
    with pytest.raises(AppendOnlyError):
        deed(entry)
    assert list(Entry.objects.order_by("pk").values()) == before


def test_a_case_with_a_timeline_cannot_be_deleted(cast: Cast) -> None:
    case = complaint(cast)
    with pytest.raises(Exception, match="protected"):
        case.delete()
    assert Case.objects.filter(pk=case.pk).exists()
