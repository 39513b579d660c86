"""Damaged mails through the reader that the desk uses: each becomes a message that can be stored, within its limits."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path

from amends.channels.email.reader import Outcome, Reader
from amends.channels.message import Unreadable
from tests.fuzz.damage import damaged

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "amends/channels/email/samples"
REAL = Path(os.environ.get("TEST_DATA") or ROOT.parent / "shared/data/mails")


@dataclass
class Found:
    """What a trial showed: how many mails became messages, and the numbers of those that did not, with the reason."""

    messages: int = 0
    problems: Counter[str] = field(default_factory=Counter)
    wrong: dict[int, str] = field(default_factory=dict)

    def add(self, other: Found) -> None:
        self.messages += other.messages
        self.problems += other.problems
        self.wrong |= other.wrong


def seeds(folders: Sequence[Path]) -> list[bytes]:
    """The mails to damage, in a fixed order."""
    paths = [path for folder in folders for path in folder.rglob("*") if path.is_file() and path.name != "LICENSE"]
    return [path.read_bytes() for path in sorted(paths, key=lambda path: path.name)]


def trial(mails: Sequence[bytes], seed: int, numbers: Iterable[int]) -> Found:
    """Read the damaged mails of these numbers. A mail without an outcome raises AssertionError: it would be lost."""
    wanted = list(numbers)
    found = Found()
    answered = []
    # What counts here are seconds of a processor, however busy the machine is with other things.
    with Reader(seconds=600.0) as reader:
        for number, outcome in reader.read_all((number, damaged(mails, seed, number)) for number in wanted):
            answered.append(number)
            why = wrong(outcome)
            if why:
                found.wrong[number] = why
            elif not isinstance(outcome, Unreadable):
                found.messages += 1
                found.problems.update(outcome.problems)
    assert answered == wanted, "a mail was lost"
    return found


def wrong(outcome: Outcome) -> str:
    """Why this outcome is not right; empty when it is."""
    if isinstance(outcome, Unreadable):
        return outcome.reason
    texts = [getattr(outcome, one.name) for one in fields(outcome)]
    texts += [part for address in (outcome.sender, *outcome.to, *outcome.cc) for part in vars(address).values()]
    texts += [file.filename for file in outcome.attachments]
    for text in texts:
        if isinstance(text, str) and (text != text.replace("\x00", "") or not _is_storable(text)):
            return f"cannot be stored: {text[:60]!r}"
    if not all(
        0 < len(file.filename) <= 200 and not set(file.filename) & set("/\\\n\r") for file in outcome.attachments
    ):
        return "an unsafe file name"
    return ""


def _is_storable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
