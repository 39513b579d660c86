"""Whatever is done to a mail, it becomes a message that can be stored, in two seconds and 150 MB (reliability §5)."""

from __future__ import annotations

from tests.effort import examples
from tests.fuzz.damage import DAMAGES, damaged
from tests.fuzz.trial import SAMPLES, seeds, trial

SEED = 7
COUNT = examples(2_000)


def test_every_damaged_mail_becomes_a_message() -> None:
    found = trial(seeds([SAMPLES]), SEED, range(COUNT))
    assert found.wrong == {}
    assert found.messages == COUNT


def test_the_damage_reaches_the_limits_of_the_reader() -> None:
    """Else the trial would prove nothing about them."""
    problems = trial(seeds([SAMPLES]), SEED, range(600)).problems
    wanted = "nested_too_deep headers_cut bare_cr boundary_missing charset_guessed from_ambiguous addresses_cut"
    assert not set(wanted.split()) - set(problems)


def test_the_same_seed_makes_the_same_mails() -> None:
    mails = seeds([SAMPLES])
    first = [damaged(mails, SEED, number) for number in range(50)]
    assert first == [damaged(mails, SEED, number) for number in range(50)]
    assert len(set(first)) > 45
    assert len(DAMAGES) == 15
