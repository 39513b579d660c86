"""A promise is settled once, whoever comes first, and never without its entry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from amends.cases import timeline
from amends.cases.models import Case, Entry
from amends.clock import promises
from amends.clock.models import Promise
from amends.clock.promises import PromiseError, Word
from amends.people.models import Member
from tests.cast import TUESDAY, Cast, complaint

HOUR = timedelta(hours=1)
SETTLED = {"promise.kept", "promise.rescheduled", "promise.released"}

Deed = Callable[[Promise, Member], object]


def keep(promise: Promise, by: Member) -> None:
    promises.keep(promise, at=TUESDAY + HOUR, by=by, evidence="seen")


def move(promise: Promise, by: Member) -> None:
    promises.move(
        promise, due=TUESDAY + 9 * HOUR, reason="the van broke down", at=TUESDAY + HOUR, by=by, told_at=TUESDAY + HOUR
    )


def release(promise: Promise, by: Member) -> None:
    promises.release(promise, at=TUESDAY + HOUR, by=by, reason="no need any more")


@pytest.fixture
def case(cast: Cast) -> Case:
    """A case that owes nothing but what the test promises."""
    made = complaint(cast)
    Promise.objects.filter(case=made).update(released_at=TUESDAY)
    return made


@pytest.mark.parametrize("first", [keep, move, release])
@pytest.mark.parametrize("second", [keep, move, release])
def test_of_two_at_once_only_the_first_settles_a_promise(cast: Cast, case: Case, first: Deed, second: Deed) -> None:
    seen_by_one = _promise(cast, case)
    seen_by_other = Promise.objects.get(pk=seen_by_one.pk)
    first(seen_by_one, cast.delphine)
    rows = Promise.objects.count()
    with pytest.raises(PromiseError, match="settled already"):
        second(seen_by_other, cast.bo)
    assert Entry.objects.filter(kind__in=SETTLED, data__promise=seen_by_one.pk).count() == 1
    assert Promise.objects.count() == rows


def test_an_answer_passes_over_what_was_settled_meanwhile(cast: Cast, case: Case) -> None:
    stale, other = _promise(cast, case), _promise(cast, case)
    release(Promise.objects.get(pk=stale.pk), cast.bo)
    promises.keep_all([stale, other], at=TUESDAY + HOUR, by=cast.delphine, evidence="letter 7")
    assert list(Promise.objects.exclude(kept_at=None).values_list("pk", flat=True)) == [other.pk]
    assert Entry.objects.filter(kind="promise.kept").count() == 1


@pytest.mark.parametrize("first", [keep, move, release])
def test_a_promise_settled_in_the_last_moment_is_not_broken(cast: Cast, case: Case, first: Deed) -> None:
    stale = _promise(cast, case)
    first(Promise.objects.get(pk=stale.pk), cast.delphine)
    assert not promises.broke(stale)
    assert Promise.objects.get(pk=stale.pk).broken_at is None
    assert not Entry.objects.filter(kind="promise.broken").exists()


def test_a_promise_is_not_broken_without_its_entry(cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    promise = _promise(cast, case)
    with monkeypatch.context() as broken, pytest.raises(timeline.KindError):
        broken.delitem(timeline.KINDS, "promise.broken")
        promises.broke(promise)
    assert Promise.objects.get(pk=promise.pk).broken_at is None
    assert [one.pk for one in promises.past_due(promise.due, limit=9)] == [promise.pk]
    assert promises.broke(Promise.objects.get(pk=promise.pk))
    assert Entry.objects.filter(kind="promise.broken", data__promise=promise.pk).count() == 1


def _promise(cast: Cast, case: Case) -> Promise:
    word = Word(act="ring you", due=TUESDAY + 3 * HOUR)
    return promises.make(case, word, promisor=cast.delphine, at=TUESDAY, by=cast.delphine)
