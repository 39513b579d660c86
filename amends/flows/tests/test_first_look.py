"""What the reader's process sees in a message is what the desk would see."""

from __future__ import annotations

import subprocess
import sys

import pytest

from amends.cases import search
from amends.channels import reading
from amends.channels.email.reader import Reader
from amends.channels.email.tests.test_read_fuzz import SAMPLES
from amends.channels.message import IncomingMessage
from amends.flows import first_look
from tests.cast import Cast, complaint, mail

BROKEN = "builtins.float"
"""It makes nothing of a message."""


def test_the_first_look_of_the_reader_is_the_desks_own() -> None:
    for raw in SAMPLES:
        outcome = reading.read("local", raw)
        if isinstance(outcome, IncomingMessage):
            assert outcome.seen == first_look.look(outcome)


@pytest.mark.process
def test_a_look_that_fails_leaves_the_message_readable_and_the_desk_looks_itself() -> None:
    with Reader(look=BROKEN) as reader:
        outcome = reader.read(mail("Where is my vase?", subject="Vase"))
    assert isinstance(outcome, IncomingMessage) and outcome.seen == {}
    assert first_look.of(outcome).title == "Vase"


@pytest.mark.process
def test_the_reader_needs_no_django_for_it() -> None:
    module = first_look.__name__
    said = f"import sys, {module}; sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", said], check=False).returncode == 0


@pytest.mark.parametrize("words", ["Где моя ваза?", "ΠΟΥ ΕΙΝΑΙ", "Élodie’s vase"])
def test_what_it_folded_is_found(cast: Cast, words: str) -> None:
    case = complaint(cast, text=f"{words}\n\n> older words")
    assert [hit.case for hit in search.find(words.split()[-1].strip("?"), brand_ids=None) if hit.case] == [case]
