"""Whatever is done to a mail, it becomes a message that can be stored, in two seconds and 150 MB (reliability §5)."""

from __future__ import annotations

from functools import cache

import pytest

from tests.effort import examples
from tests.fuzz.damage import DAMAGES, damaged
from tests.fuzz.trial import SAMPLES, Found, seeds, trial

SEED = 7
COUNT = max(600, examples(2_000))
"""As many as it takes to reach the limits of the reader, at least."""


@cache
def tried() -> Found:
    return trial(seeds([SAMPLES]), SEED, range(COUNT))


@pytest.mark.process
def test_every_damaged_mail_becomes_a_message() -> None:
    assert tried().wrong == {}
    assert tried().messages == COUNT


@pytest.mark.process
def test_the_damage_reaches_the_limits_of_the_reader() -> None:
    """Else the trial would prove nothing about them."""
    wanted = "nested_too_deep headers_cut bare_cr boundary_missing charset_guessed from_ambiguous addresses_cut"
    assert not set(wanted.split()) - set(tried().problems)


def test_the_same_seed_makes_the_same_mails() -> None:
    mails = seeds([SAMPLES])
    first = [damaged(mails, SEED, number) for number in range(50)]
    assert first == [damaged(mails, SEED, number) for number in range(50)]
    assert len(set(first)) > 45
    assert len(DAMAGES) == 15
