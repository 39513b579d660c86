"""Whatever colleagues, customers, partners and time do to promises: each comes to what C4.2 says, on the record.

SL6, SL8, C4.1-C4.3 as a machine of states: deeds in any order, looked at after each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from amends.cases import drafts
from amends.cases.models import Case, Draft, Entry, NextStep
from amends.clock import promises
from amends.clock.models import Absence, Promise
from amends.clock.promises import PromiseError, Word
from amends.flows import calling, closing, handover, merging, partnering, promising, reply, retiming, starting, tasks
from amends.flows.partnering import Asked
from amends.flows.retiming import NewTime
from amends.flows.tests.promise_course import Course
from tests.cast import TUESDAY, Cast, complaint, hear, mail
from tests.effort import examples

pytestmark = pytest.mark.long

MINUTE = timedelta(minutes=1)
GIVEN = (Promise.Source.PERSON, Promise.Source.PARTNER)
PROOFS = {"refund": "Refund RF-88213", "send": "Scan JD00022123"}
SWEEPS = (tasks.remind_of_promises, tasks.break_promises, tasks.tell_how_it_stands, tasks.rehome_steps)
CHANGES = ("made", "kept", "broken", "released", "rescheduled", "attempted")

picks = st.integers(0, 5)
spans = st.sampled_from([20, 45, 90, 200, 420, 1700])


class Promises(RuleBasedStateMachine):
    """Two of Rosalind's cases, and all that is promised on them."""

    def __init__(self, cast: Cast) -> None:
        super().__init__()
        self._undo = transaction.atomic()
        self._undo.__enter__()
        self.cast, self.now, self.mails = cast, TUESDAY, 2
        self.case = complaint(cast)
        complaint(cast, key="2", subject="The vase")
        self.known: dict[int, Course] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self._undo.__exit__(None, None, None)

    # What people do

    @rule(kind=st.sampled_from(["callback", "refund", "send", "fix"]), span=spans, by_bo=st.booleans())
    def give(self, kind: str, span: int, by_bo: bool) -> None:
        who = self.cast.bo if by_bo else self.cast.delphine
        word = Word("see to it", self.now + span * MINUTE, kind)
        with self.deed(PromiseError):
            promising.give(self.case, word, promisor=who, by=who, now=self.now)

    @rule(kind=st.sampled_from(["callback", "refund"]), late=st.integers(0, 90))
    def a_time_that_has_passed_is_no_promise(self, kind: str, late: int) -> None:
        self.refused(
            lambda: promising.give(
                self.case,
                Word("see to it", self.now - late * MINUTE, kind),
                promisor=self.cast.bo,
                by=self.cast.bo,
                now=self.now,
            )
        )

    @precondition(lambda self: self.owed())
    @rule(pick=picks)
    def keep(self, pick: int) -> None:
        promise, course = self.one(pick)
        if course.asks is not None:
            self.refused(lambda: self._keep(promise, "Rang Gus.", 60))
            return
        with self.deed():
            self._keep(promise, PROOFS.get(course.kind, "Done, and seen."), 60)
            course.kept(self.now)
            for asking in self.asking_for(promise.pk):
                asking.kept(self.now)

    @precondition(lambda self: self.owed())
    @rule(pick=picks)
    def keep_without_proof(self, pick: int) -> None:
        promise, course = self.one(pick)
        words = "Done." if course.kind in PROOFS else " "
        self.refused(lambda: self._keep(promise, words, 29))

    @precondition(lambda self: self.owed())
    @rule(
        pick=picks,
        span=spans,
        before=st.sampled_from([None, 16, 15, 14, 1, -5]),
        ago=st.sampled_from([0, 0, 5, 20, 60]),
    )
    def tell_a_new_time(self, pick: int, span: int, before: int | None, ago: int) -> None:
        """In a call so many minutes `before` it is due, which is written up while no worker looks."""
        promise, course = self.one(pick)
        if before is not None:
            self.now = max(self.now, course.due - before * MINUTE)
        told = max(course.made, self.now - ago * MINUTE)
        due = self.now + span * MINUTE
        with self.deed():
            new = NewTime(due, "the van broke down")
            retiming.by_call(promise, new, "Fine.", told, by=self.cast.bo, now=self.now)
            self._spoke(besides=self._moves(promise.pk, due, told))

    @precondition(lambda self: self.owed())
    @rule(pick=picks, span=spans)
    def write_a_new_time(self, pick: int, span: int) -> None:
        promise, _course = self.one(pick)
        new = NewTime(self.now + span * MINUTE, "the van broke down")
        with self.deed(PromiseError):
            retiming.by_letter(promise, new, by=self.cast.delphine, now=self.now)

    @precondition(lambda self: drafts.open_draft(self.case, Draft.Kind.LETTER) is not None)
    @rule()
    def the_letter_leaves(self) -> None:
        draft = drafts.open_draft(self.case, Draft.Kind.LETTER)
        assert draft is not None
        with self.deed():
            Draft.objects.filter(pk=draft.pk).update(to=["rosalind@example.com"])
            drafts.hold(Draft.objects.get(pk=draft.pk), until=self.now, by=draft.author)
            assert reply.release(draft.pk, self.now) is not None
            for pledge in draft.promises:
                if pledge.get("moves"):
                    self._told(pledge["moves"], datetime.fromisoformat(pledge["due"]))

    @precondition(lambda self: self.owed("callback"))
    @rule(pick=picks, left_message=st.booleans())
    def reach_nobody(self, pick: int, left_message: bool) -> None:
        promise, course = self.one(pick, "callback")
        with self.deed():
            after = calling.attempt(promise, left_message=left_message, by=self.cast.bo, now=self.now)
            assert (after is not None) is course.tried(self.now, left_message)

    @rule()
    def call(self) -> None:
        with self.deed():
            starting.write_up_call(self.case, "She was kind.", by=self.cast.delphine, now=self.now)
            self._spoke()

    @precondition(lambda self: self.owed())
    @rule(pick=picks)
    def let_off(self, pick: int) -> None:
        promise, course = self.one(pick)
        with self.deed():
            promising.let_off(promise, "She needs it no more.", by=self.cast.bo, now=self.now)
            course.let_off(self.now)
            for asking in self.asking_for(promise.pk):
                asking.let_off(self.now)

    @rule(span=spans)
    def ask_a_partner(self, span: int) -> None:
        asked = Asked("Harrow & Heel", "exchange on sight", self.now + 2 * span * MINUTE, self.now + span * MINUTE)
        with self.deed(PromiseError):
            partnering.ask(self.case, asked, by=self.cast.delphine, now=self.now)

    @precondition(lambda self: self.owed("partner"))
    @rule(pick=picks, yes=st.booleans(), we_write=st.booleans())
    def the_partner_answers(self, pick: int, yes: bool, we_write: bool) -> None:
        promise, course = self.one(pick, "partner")
        if yes and course.said_yes:
            self.refused(lambda: partnering.said_yes(promise, "Gus.", by=self.cast.bo, now=self.now))
            return
        with self.deed():
            if yes:
                partnering.said_yes(promise, "Gus.", by=self.cast.bo, now=self.now)
                course.said_yes = True
                for asking in self.asking_for(promise.pk):
                    asking.kept(self.now)
            else:
                partnering.said_no(promise, "He wants a receipt.", by=self.cast.bo, now=self.now)
                self._we_do_it(promise.pk, course)
        if we_write and drafts.open_draft(self.case, Draft.Kind.LETTER):
            self.the_letter_leaves()

    @rule()
    def hand_over(self) -> None:
        to = self.cast.bo if self.case.owner != self.cast.bo else self.cast.ines
        with self.deed(handover.HandoverError):
            handover.hand_over(self.case, to, "All is said.", by=self.cast.marguerite, now=self.now)

    @rule(bo=st.booleans(), hours=st.sampled_from([2, 30]))
    def somebody_is_away(self, bo: bool, hours: int) -> None:
        gone = self.cast.bo if bo else self.cast.delphine
        Absence.objects.create(member=gone, starts=self.now, ends=self.now + timedelta(hours=hours))

    @rule()
    def the_customer_writes(self) -> None:
        self.mails += 1
        headers = "In-Reply-To: <1@mail.example.com>\n"
        hear(self.cast.mailbox, mail("And now?", key=str(self.mails), headers=headers), self.now)

    @rule()
    def merge(self) -> None:
        other = Case.objects.filter(merged_into=None).exclude(pk=self.case.pk).order_by("pk").first()
        if other is not None:
            with self.deed(merging.MergeError):
                merging.merge(other, self.case, by=self.cast.ines, now=self.now)

    @rule(reason=st.sampled_from(["answered", "happy"]))
    def close(self, reason: str) -> None:
        given = bool(self.owed())
        with self.deed(closing.ClosingError):
            closing.close(self.case, reason, by=self.cast.ines, now=self.now)
            assert not given, "what was promised must be kept first"

    @rule()
    def reopen(self) -> None:
        with self.deed(closing.ClosingError):
            closing.reopen(self.case, by=self.cast.ines, now=self.now, why="She rang.")

    @rule(minutes=st.sampled_from([5, 40, 300, 1500]), awake=st.booleans())
    def time_passes(self, minutes: int, awake: bool) -> None:
        self._it_is(self.now + minutes * MINUTE, awake)

    @precondition(lambda self: self.owed())
    @rule(pick=picks, minutes=st.sampled_from([-50, -30, -15, -10, 0, 5]), awake=st.booleans(), end=st.booleans())
    def its_time_comes_near(self, pick: int, minutes: int, awake: bool, end: bool) -> None:
        _promise, course = self.one(pick)
        self._it_is(max(self.now, (course.until if end else course.due) + minutes * MINUTE), awake)

    # What must hold

    @invariant()
    def each_promise_stands_where_it_should(self) -> None:
        for promise in Promise.objects.select_related("promisor"):
            if promise.source not in GIVEN:
                continue
            if promise.pk not in self.known:
                self.known[promise.pk] = self._found(promise)
            course = self.known[promise.pk]
            assert promises.state_of(promise, self.now) == course.state(self.now), promise.pk
            assert promises.is_owed(promise) is course.owed, "owed until it is kept, let off or given another time"
            assert promise.due == course.due
            assert promise.promisor_id == self._whose(promise.pk, course), "only an entry gives it to another"

    @invariant()
    def an_open_case_owes_one_thing_next(self) -> None:
        for case in Case.objects.select_related("closure"):
            step = NextStep.objects.filter(case=case).first()
            owed = promises.owed(case).first()
            if case.merged_into_id or hasattr(case, "closure"):
                assert (step, owed) == (None, None)
            else:
                assert owed is not None and step is not None
                assert (step.promise_id, step.by) == (owed.pk, owed.due)

    @invariant()
    def times_never_run_backwards(self) -> None:
        for one in Promise.objects.select_related("moved_to"):
            moments = (one.told_at, one.kept_at, one.broken_at, one.released_at, one.moved_at, one.attempted_at)
            assert all(one.made_at <= at <= self.now for at in moments if at)
            assert one.remind_at is None or one.made_at < one.remind_at < one.due
            assert one.kept_at is None or one.evidence, "kept only with evidence"
            if one.moved_to is not None:
                assert one.moved_to.made_at == one.moved_at
                assert one.moved_to.made_at < one.moved_to.due

    @invariant()
    def each_change_has_one_entry(self) -> None:
        when: dict[tuple[int, str], list[datetime]] = defaultdict(list)
        moved: set[int] = set()
        for entry in Entry.objects.filter(kind__startswith="promise.").order_by("pk"):
            when[entry.data["promise"], entry.kind].append(entry.at)
            if "new" in entry.data:
                moved.add(entry.data["new"])
                when[entry.data["new"], "promise.made"].append(entry.at)
        for one in Promise.objects.all():
            stood_in = one.source == Promise.Source.PARTNER and one.broken_at and one.moved_to_id not in moved
            moved_at = None if stood_in or one.attempted_at else one.moved_at
            happened = (one.made_at, one.kept_at, one.broken_at, one.released_at, moved_at, one.attempted_at)
            for kind, at in zip(CHANGES, happened, strict=True):
                assert when[one.pk, f"promise.{kind}"] == [at] * bool(at), (one.pk, kind)

    # How the model follows

    def owed(self, kind: str = "") -> list[int]:
        found = [pk for pk, course in self.known.items() if course.owed]
        if kind == "partner":
            return [pk for pk in found if self.known[pk].theirs]
        return [pk for pk in found if kind in ("", self.known[pk].kind)]

    def one(self, pick: int, kind: str = "") -> tuple[Promise, Course]:
        found = self.owed(kind)
        pk = found[pick % len(found)]
        return Promise.objects.select_related("case", "promisor", "partner").get(pk=pk), self.known[pk]

    def asking_for(self, theirs: int) -> list[Course]:
        return [course for course in self.known.values() if course.owed and course.asks == theirs]

    @contextmanager
    def deed(self, *refusals: type[Exception]) -> Iterator[None]:
        with suppress(*refusals), transaction.atomic():
            yield
        self.case = Case.objects.get(pk=self.case.pk)

    def refused(self, deed: Callable[[], object]) -> None:
        with pytest.raises(PromiseError), transaction.atomic():
            deed()

    def _it_is(self, now: datetime, awake: bool) -> None:
        """Time goes on, and the worker looks, unless it stands still."""
        self.now = now
        if not awake:
            return
        for sweep in SWEEPS:
            sweep(self.now)
        for pk, course in sorted(self.known.items(), key=lambda one: one[1].due):
            if course.owed and not course.broken and course.until <= self.now:
                if course.theirs:
                    self._we_do_it(pk, course)
                else:
                    course.broken = True

    def _keep(self, promise: Promise, evidence: str, seconds: int) -> None:
        promising.keep(promise, by=self.cast.bo, now=self.now, evidence=evidence, seconds=seconds)

    def _found(self, promise: Promise) -> Course:
        assert promise.made_at == self.now
        return Course(
            due=promise.due,
            made=self.now,
            kind=promise.kind,
            promisor=promise.promisor_id,
            theirs=promise.source == Promise.Source.PARTNER,
            asks=promise.depends_on_id,
            opens=promise.window_opens,
            said_yes=promise.acknowledged_at is not None,
        )

    def _spoke(self, besides: int | None = None) -> None:
        """A call keeps the calls that were promised for now, or for earlier."""
        for pk, course in self.known.items():
            if course.owed and course.opens and course.opens <= self.now and pk != besides:
                course.kept(self.now)

    def _moves(self, pk: int, due: datetime, told: datetime) -> int:
        course, after = self.known[pk], Promise.objects.get(moved_from=pk)
        course.moved(told)
        assert after.due == due
        for asking in self.asking_for(pk):
            asking.asks = after.pk
        self.known[after.pk] = replace(self._found(after), promisor=self._whose(pk, course))
        return after.pk

    def _told(self, pk: int, due: datetime) -> None:
        """A letter with a new time has left."""
        due, course = max(due, self.now + MINUTE), self.known[pk]
        if course.owed:
            self._moves(pk, due, self.now)
        elif course.refused and not course.told:
            course.owned_up()
            ours = Promise.objects.get(moved_from=pk).pk
            if self.known[ours].owed and self.known[ours].due != due:
                self._moves(ours, due, self.now)

    def _we_do_it(self, pk: int, theirs: Course) -> None:
        theirs.refuse()
        ours = Promise.objects.get(moved_from=pk)
        assert (ours.kind, ours.source) == ("fix", "person")
        self.known[ours.pk] = self._found(ours)
        for asking in self.asking_for(pk):
            asking.let_off(self.now)

    def _whose(self, pk: int, course: Course) -> int:
        taken = Entry.objects.filter(kind="promise.taken_over", data__promise=pk).order_by("-pk").first()
        to: int = taken.data["to"] if taken else course.promisor
        return to


def test_whatever_happens_to_promises_each_comes_to_what_c4_2_says(cast: Cast) -> None:
    """What fails is told as it came: to make it shorter would take minutes."""
    run_state_machine_as_test(
        lambda: Promises(cast),  # type: ignore[arg-type]
        settings=settings(
            max_examples=examples(20),
            stateful_step_count=24,
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
            report_multiple_bugs=False,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
