"""A promise gets another time only with the customer told, and a broken one an apology (C4.2, SL8)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from amends.cases import drafts, timeline
from amends.cases.models import Case, Draft, Entry, NextStep
from amends.clock import promises
from amends.clock.models import Alarm, Escalation, Promise
from amends.clock.promises import PromiseError
from amends.flows import drafting, promising, reply, retiming, steps, tasks
from amends.flows.retiming import NewTime
from amends.people.models import Identity
from tests.cast import TUESDAY, Cast, complaint

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
DUE = TUESDAY + 4 * HOUR
NEW = NewTime(TUESDAY + 6 * HOUR, "the tall stems are late")


@pytest.fixture
def case(cast: Cast) -> Case:
    """A case whose first answer is given, and on which Delphine promised to ring."""
    made = complaint(cast)
    for one in promises.owed(made):
        promises.keep(one, at=TUESDAY, by=cast.delphine, evidence="letter 1")
    timeline.record(made, "contact.out", at=TUESDAY, by=cast.delphine)
    return made


@pytest.fixture
def word(cast: Cast, case: Case) -> Promise:
    ring = promises.Word("ring you", DUE, Promise.Kind.CALLBACK)
    return promising.give(case, ring, promisor=cast.delphine, by=cast.delphine, now=TUESDAY)


def after(word: Promise) -> Promise:
    moved = Promise.objects.select_related("moved_to").get(pk=word.pk).moved_to
    assert moved is not None
    return moved


def now_is(word: Promise) -> str:
    return promises.state_of(Promise.objects.get(pk=word.pk), DUE + 9 * HOUR)


def leave(draft: Draft, cast: Cast, at: object) -> None:
    Draft.objects.filter(pk=draft.pk).update(to=["rosalind@example.com"])
    drafts.hold(Draft.objects.get(pk=draft.pk), until=at, by=cast.delphine)  # type: ignore[arg-type]
    assert reply.release(draft.pk, at) is not None  # type: ignore[arg-type]


@pytest.mark.parametrize(("minutes", "state"), [(15, "moved"), (14, "repaired")])
def test_a_new_time_counts_by_when_they_were_told_of_it(
    cast: Cast, case: Case, word: Promise, minutes: int, state: str
) -> None:
    """C4.2, `promise.told_before_min`: a quarter of an hour before, though it is written down later."""
    spoke = DUE - minutes * MINUTE
    retiming.by_call(word, NEW, "She says three is fine.", spoke, by=cast.delphine, now=spoke + 5 * MINUTE)
    assert now_is(word) == state
    assert (after(word).due, after(word).kept_at) == (NEW.due, None)
    entry = Entry.objects.get(case=case, kind="promise.rescheduled")
    assert (entry.data["reason"], entry.data["told_before"]) == (NEW.reason, state == "moved")
    assert Entry.objects.filter(case=case, kind="contact.call").count() == 1


def test_who_is_told_too_late_though_before_its_time_was_given_a_word_that_is_broken(
    cast: Cast, case: Case, word: Promise
) -> None:
    """C4.2, C3.2-4: it is on the record, counts as a failure, and brings somebody senior; the new word holds."""
    now = DUE - 14 * MINUTE
    retiming.by_call(word, NEW, "She says three is fine.", now, by=cast.delphine, now=now)
    broken = Entry.objects.get(case=case, kind="promise.broken")
    assert (broken.data["promise"], broken.at) == (word.pk, now)
    tasks.weigh_changed(now)
    rung = Escalation.objects.get(case=case)
    assert "promise_broken" in (rung.trigger, *rung.params.get("besides", ()))
    tasks.break_promises(DUE)
    assert Entry.objects.filter(case=case, kind="promise.broken").count() == 1
    assert promises.owed(case).get() == after(word)


def test_by_letter_it_has_its_new_time_once_the_letter_leaves(cast: Cast, case: Case, word: Promise) -> None:
    """SL8: the words stand ready; until then nothing was said, and the old time holds."""
    draft = retiming.by_letter(word, NEW, by=cast.delphine, now=TUESDAY + HOUR)
    assert "ring you" in draft.text
    assert "the tall stems are late" in draft.text
    assert "Tuesday 3 March, 16:00 (London time)" in draft.text
    assert promises.owed(case).get() == word
    leave(draft, cast, TUESDAY + 2 * HOUR)
    assert (now_is(word), promises.owed(case).get()) == ("moved", after(word))
    told = Promise.objects.get(pk=word.pk)
    assert (told.told_at, after(word).due) == (TUESDAY + 2 * HOUR, NEW.due)
    assert NextStep.objects.get(case=case).by == NEW.due


def test_a_letter_that_its_writer_empties_of_the_promise_moves_nothing(cast: Cast, case: Case, word: Promise) -> None:
    draft = retiming.by_letter(word, NEW, by=cast.delphine, now=TUESDAY + HOUR)
    Draft.objects.filter(pk=draft.pk).update(promises=[{**draft.promises[0], "dropped": True}])
    leave(draft, cast, TUESDAY + 2 * HOUR)
    assert promises.owed(case).get() == word


def test_a_promise_that_was_kept_meanwhile_is_not_moved_by_the_letter(cast: Cast, case: Case, word: Promise) -> None:
    draft = retiming.by_letter(word, NEW, by=cast.delphine, now=TUESDAY + HOUR)
    promising.keep(word, by=cast.delphine, now=TUESDAY + 2 * HOUR, evidence="spoke", seconds=60)
    leave(draft, cast, TUESDAY + 3 * HOUR)
    assert now_is(word) == "kept"


def test_the_composer_keeps_the_new_time_whatever_the_words_become(cast: Cast, case: Case, word: Promise) -> None:
    draft = retiming.by_letter(word, NEW, by=cast.delphine, now=TUESDAY + HOUR)
    written = drafts.Written(text="I will ring you today at 4pm instead.", to=["rosalind@example.com"])
    again = drafting.save(case, Draft.Kind.LETTER, written, by=cast.delphine, now=TUESDAY + HOUR)
    assert again.pk == draft.pk
    assert [pledge.get("moves") for pledge in again.promises] == [word.pk]


Deed = Callable[[Cast, Promise], object]


@pytest.mark.parametrize(
    ("says", "deed"),
    [
        ("why it takes longer", lambda c, w: _call(c, w, new=NewTime(NEW.due, " "))),
        ("time has passed", lambda c, w: _call(c, w, new=NewTime(TUESDAY, "late"))),
        ("what they said", lambda c, w: _call(c, w, said=" ")),
        ("not ahead of now", lambda c, w: _call(c, w, spoke=TUESDAY + 2 * HOUR)),
        ("after it was promised", lambda c, w: _call(c, w, spoke=TUESDAY - HOUR)),
        ("how they hear", lambda c, w: retiming.unseen(w, NEW, by=c.delphine, now=TUESDAY + HOUR)),
    ],
)
def test_a_new_time_that_nobody_could_have_heard_of_is_refused(
    cast: Cast, word: Promise, says: str, deed: Deed
) -> None:
    with pytest.raises(PromiseError, match=says):
        deed(cast, word)
    assert now_is(word) == "late"


def test_without_an_address_they_are_rung(cast: Cast, case: Case, word: Promise) -> None:
    Identity.objects.filter(customer=case.customer).delete()
    with pytest.raises(PromiseError, match="Ring them"):
        retiming.by_letter(word, NEW, by=cast.delphine, now=TUESDAY + HOUR)


def test_a_colleagues_letter_is_not_written_into(cast: Cast, case: Case, word: Promise) -> None:
    drafts.save(case, Draft.Kind.LETTER, drafts.Written(text="Dear"), by=cast.bo, now=TUESDAY)
    with pytest.raises(PromiseError, match="Bo Adeyemi is writing"):
        retiming.by_letter(word, NEW, by=cast.delphine, now=TUESDAY + HOUR)


def test_what_they_were_promised_is_not_put_off_as_a_step(cast: Cast, case: Case, word: Promise) -> None:
    """SL8: "not now" is for what only we see."""
    with pytest.raises(steps.StepError, match="promised this"):
        steps.not_now(case, NEW.due, "busy", by=cast.delphine, now=TUESDAY + HOUR)


def test_a_broken_word_leaves_an_apology_with_a_new_time_and_sends_nothing(
    cast: Cast, case: Case, word: Promise
) -> None:
    """C4.2: entry, alarm, step and draft; then the letter repairs it."""
    tasks.break_promises(DUE)
    tasks.break_promises(DUE)
    assert Entry.objects.filter(case=case, kind="promise.broken").count() == 1
    assert Alarm.objects.get(code="promise.broken").member == cast.delphine
    assert NextStep.objects.get(case=case).kind == "retime"
    draft = Draft.objects.get(case=case)
    assert (draft.author, draft.hold_until) == (cast.delphine, None)
    assert "We did not keep it, and I am sorry" in draft.text
    assert Entry.objects.filter(case=case, kind="contact.out").count() == 1
    assert now_is(word) == "broken"
    leave(draft, cast, DUE + HOUR)
    assert (now_is(word), after(word).kind) == ("repaired", "callback")
    assert Entry.objects.get(case=case, kind="promise.rescheduled").data["told_before"] is False


def test_an_apology_never_touches_a_letter_that_is_being_written(cast: Cast, case: Case, word: Promise) -> None:
    drafts.save(case, Draft.Kind.LETTER, drafts.Written(text="Dear Rosalind"), by=cast.bo, now=TUESDAY)
    tasks.break_promises(DUE)
    assert Draft.objects.get(case=case).text == "Dear Rosalind"
    assert Entry.objects.filter(case=case, kind="promise.broken").exists()


def _call(cast: Cast, word: Promise, new: NewTime = NEW, said: str = "fine", spoke: object = TUESDAY + HOUR) -> Promise:
    return retiming.by_call(word, new, said, spoke, by=cast.delphine, now=TUESDAY + HOUR)  # type: ignore[arg-type]


def test_what_is_moved_after_its_time_was_broken_before_though_no_worker_looked(
    cast: Cast, case: Case, word: Promise
) -> None:
    """C4.2: told after, it counts as broken, and is repaired; a worker that stands still does not hide it."""
    late = DUE + HOUR
    retiming.by_call(word, NEW, "She waited.", late, by=cast.delphine, now=late)
    assert now_is(word) == "repaired"
    broken = Entry.objects.get(case=case, kind="promise.broken")
    assert (broken.at, broken.data["promise"]) == (DUE, word.pk)
    tasks.break_promises(late)
    assert Entry.objects.filter(case=case, kind="promise.broken").count() == 1


def test_whoever_was_told_before_though_it_is_written_up_after_was_told_before(
    cast: Cast, case: Case, word: Promise
) -> None:
    """C4.2, `promise.told_before_min`."""
    tasks.break_promises(DUE)
    retiming.by_call(word, NEW, "Fine.", DUE - HOUR, by=cast.delphine, now=DUE + HOUR)
    assert now_is(word) == "moved"
    assert Entry.objects.get(case=case, kind="promise.rescheduled").data["told_before"] is True
