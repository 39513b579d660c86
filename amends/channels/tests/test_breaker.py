"""A mailbox that fails: when its letters wait, which one tries, and that none waits for ever."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from amends.channels import breaker
from amends.channels.breaker import Breaker, State
from tests.cast import TUESDAY
from tests.effort import examples

LASTS = timedelta(minutes=15)


def test_chance_is_forgiven_a_few_times_and_a_refused_password_never() -> None:
    row = Breaker()
    for number in range(breaker.PATIENCE):
        assert row.state(TUESDAY) is State.CLOSED, number
        row = breaker.failed(row, TUESDAY, sure=False)
    assert row.state(TUESDAY) is State.OPEN
    assert breaker.failed(Breaker(), TUESDAY, sure=True).state(TUESDAY) is State.OPEN


def test_each_failed_probe_doubles_the_wait_up_to_a_quarter_of_an_hour() -> None:
    row, waits = Breaker(), []
    for _number in range(7):
        row = breaker.failed(row, TUESDAY, sure=True)
        assert row.until is not None
        waits.append((row.until - TUESDAY).total_seconds() / 60)
    assert waits == [1, 2, 4, 8, 15, 15, 15]


def test_a_clock_that_ran_a_year_ahead_holds_nobody_up() -> None:
    row = breaker.failed(Breaker(), TUESDAY + timedelta(days=365), sure=True)
    assert row.state(TUESDAY) is State.HALF_OPEN


class Mailbox(RuleBasedStateMachine):
    """Workers come and go with letters; the model knows which probes are out and whether the server works."""

    def __init__(self) -> None:
        super().__init__()
        self.now, self.row = TUESDAY, Breaker()
        self.probes_until: list[tuple[Breaker, object]] = []
        self.failures = 0

    @rule(seconds=st.integers(1, 3_600))
    def time_passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule(sure=st.booleans())
    def a_letter_fails(self, sure: bool) -> None:
        if self._let_through():
            before = self.row
            self.row = breaker.failed(self.row, self.now, sure=sure)
            self.failures += 1
            assert self.row.failures == self.failures
            if before.until is not None:
                assert self.row.state(self.now) is State.OPEN, "a probe that fails opens it again"

    @rule()
    def a_letter_leaves(self) -> None:
        if self._let_through():
            self.row, self.failures = breaker.worked(), 0
            assert self.row.state(self.now) is State.CLOSED

    @rule()
    def a_letter_learns_nothing(self) -> None:
        was_probe = self.row.until is not None
        if self._let_through() and was_probe:
            self.row = breaker.learnt_nothing(self.row, self.now)
            assert self.row.state(self.now) is State.HALF_OPEN, "the next one may try at once"

    @rule()
    def a_worker_dies_with_the_probe(self) -> None:
        self._let_through()

    @precondition(lambda self: self.row.state(self.now) is State.OPEN)
    @rule()
    def nobody_waits_for_ever(self) -> None:
        assert self.row.until is not None
        assert self.row.until - self.now <= breaker.LONGEST_WAIT
        assert self.row.state(self.now + LASTS) is State.HALF_OPEN

    @invariant()
    def letters_wait_only_for_a_reason(self) -> None:
        if self.row.state(self.now) is not State.CLOSED:
            assert self.failures > 0

    def _let_through(self) -> bool:
        """What a worker does with a letter; while a probe is out, the next worker finds the door shut."""
        if self.row.state(self.now) is State.OPEN:
            return False
        if self.row.until is not None:
            self.row = breaker.probing(self.row, self.now, LASTS)
            assert self.row.state(self.now) is State.OPEN, "one at a time"
        return True


TestMailbox = Mailbox.TestCase
TestMailbox.settings = settings(max_examples=examples(60), stateful_step_count=40, deadline=None)
