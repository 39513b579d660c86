"""How long a letter waits between tries."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from amends.channels import patience


@given(st.integers(1, 40), st.text(max_size=40), st.booleans())
def test_a_wait_is_never_shorter_than_its_step_nor_much_longer(tries: int, key: str, ours: bool) -> None:
    step = patience.WAITS[min(tries, len(patience.WAITS)) - 1]
    step = min(step, patience.MENDED_SOON) if ours else step
    wait = patience.wait_after(tries, key, ours=ours)
    assert step <= wait <= step * (1 + patience.JITTER)
    assert wait == patience.wait_after(tries, key, ours=ours)


def test_letters_that_failed_together_come_back_one_after_the_other() -> None:
    waits = {patience.wait_after(3, f"<amends.{number}@desk.example>") for number in range(100)}
    assert len(waits) > 90


def test_waits_grow_and_end_after_about_two_days() -> None:
    assert sorted(patience.WAITS) == patience.WAITS
    assert 36 <= sum(wait.total_seconds() for wait in patience.WAITS) / 3600 <= 60
