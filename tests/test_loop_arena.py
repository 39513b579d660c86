"""The loop arena (reliability 3.3): machines answer each other for an hour, and the desks end it and say so."""

from __future__ import annotations

import email
import re
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage, Message
from email.utils import format_datetime, parseaddr

import pytest

from tests.arena import Desk, running_arena_desk
from tests.arena_desk import BEGINS

pytestmark = pytest.mark.desk

ONE, OTHER = "help@first.example", "help@second.example"
POLITE, RUDE = "vera@away.example", "rolf@rude.example"
LIST, ALIAS = "talk@lists.example", "shop@alias.example"
MOST = 4
"""Mails from one to another, both ways together."""
MACHINE_HEADERS = (
    *("Auto-Submitted", "X-Auto-Response-Suppress", "Precedence", "In-Reply-To", "References", "Return-Path"),
    *("List-Id", "List-Post"),
)

Machine = Callable[[bytes, datetime], list[tuple[str, bytes]]]


@dataclass
class Arena:
    """Whoever has an address, and every mail that went from one to another."""

    desks: dict[str, Desk]
    machines: dict[str, Machine]
    now: datetime = BEGINS
    went: Counter[frozenset[str]] = field(default_factory=Counter)
    sent: Counter[str] = field(default_factory=Counter)

    def run(self, first: list[tuple[str, str, bytes]], minutes: int) -> None:
        """Deliver each mail ten seconds after it was sent, until nobody has anything to say or the time is over."""
        way = deque(first)
        end = self.now + timedelta(minutes=minutes)
        while self.now < end:
            self.now += timedelta(seconds=10)
            if not way:
                self.now += timedelta(minutes=5)
            mails, way = list(way) or [(one, one, b"") for one in self.desks], deque()
            for sender, to, raw in mails:
                if raw:
                    self.went[frozenset((sender, to))] += 1
                    self.sent[sender] += 1
                way.extend((to, reader, mail) for reader, mail in self._hears(to, raw))

    def _hears(self, to: str, raw: bytes) -> list[tuple[str, bytes]]:
        if to in self.desks:
            return self.desks[to].hears(raw or None, self.now)
        machine = self.machines.get(to)
        return machine(raw, self.now) if machine and raw else []


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Desk]]:
    folder = tmp_path_factory.mktemp("arena")
    with (
        running_arena_desk(folder / "first", "First", "first.example") as first,
        running_arena_desk(folder / "second", "Second", "second.example") as second,
    ):
        yield {ONE: first, OTHER: second}


def test_two_desks_and_their_machines_answer_each_other_at_most_four_times_in_an_hour(desks: dict[str, Desk]) -> None:
    arena = Arena(desks, {POLITE: polite, RUDE: rude, LIST: mailing_list, ALIAS: alias})
    beginnings = [
        # Each desk believes that the other is a customer, straight on and behind the alias that strips everything.
        (ONE, OTHER, written(ONE, OTHER, "Your order 17", 1)),
        (OTHER, ONE, written(OTHER, ONE, "Our invoice", 2)),
        (ONE, ALIAS, written(ONE, ALIAS, "A question to the shop", 3)),
        *[(who, desk, written(who, desk, f"Where is my parcel {n}", n)) for n, (who, desk) in enumerate(pairs(), 10)],
        (LIST, LIST, written("someone@else.example", LIST, "Good morning all", 30)),
    ]
    arena.run(beginnings, 60)
    tried = [pair for pair in arena.went if pair & {ONE, OTHER}]
    assert {pair: count for pair, count in arena.went.items() if pair & {ONE, OTHER} and count > MOST} == {}
    assert len(tried) >= 6, "the arena was played"
    assert arena.sent[ONE] >= 3 and arena.sent[OTHER] >= 2, "the desks did speak"
    assert desks[ONE].warned + desks[OTHER].warned >= 1, "an agent sees on the case that notes were held back"


def test_a_machine_without_manners_that_opens_a_case_each_time_gets_one_note_and_a_warning(
    desks: dict[str, Desk],
) -> None:
    notes, now = 0, BEGINS + timedelta(hours=5)
    before = desks[ONE].warned
    for number in range(30):
        now += timedelta(minutes=2)
        raw = written("robot@robots.example", ONE, f"Backup of machine {number} finished", 100 + number, now)
        notes += sum(to == "robot@robots.example" for to, _raw in desks[ONE].hears(raw, now))  # members hear of alarms
    assert notes == 1
    assert desks[ONE].warned - before == 29


def pairs() -> list[tuple[str, str]]:
    return [(who, desk) for who in (POLITE, RUDE) for desk in (ONE, OTHER)]


def polite(raw: bytes, now: datetime) -> list[tuple[str, bytes]]:
    """A vacation responder as RFC 3834 wants it, but for one thing: it never tires."""
    heard = email.message_from_bytes(raw)
    answer = _answer(POLITE, heard, "Out of office", now)
    answer["Auto-Submitted"] = "auto-replied"
    return [(_from(heard), bytes(answer))]


def rude(raw: bytes, now: datetime) -> list[tuple[str, bytes]]:
    """One that answers everything, says nothing of being a machine, and calls it something new each time."""
    heard = email.message_from_bytes(raw)
    answer = _answer(RUDE, heard, f"I have read about {heard['Message-ID']}"[:60], now)
    del answer["In-Reply-To"], answer["References"]
    return [(_from(heard), bytes(answer))]


def mailing_list(raw: bytes, now: datetime) -> list[tuple[str, bytes]]:
    """Passes everything on to all, both desks among them, and says that it is a list."""
    heard = email.message_from_bytes(raw)
    heard["List-Id"] = "<talk.lists.example>"
    heard["Precedence"] = "list"
    return [(reader, bytes(heard)) for reader in (ONE, OTHER, POLITE) if reader != _from(heard)]


def alias(raw: bytes, now: datetime) -> list[tuple[str, bytes]]:
    """Forwards to the other desk, without a trace of what a machine had said of itself, under a name of its own."""
    heard = email.message_from_bytes(raw)
    for name in MACHINE_HEADERS:
        del heard[name]
    heard.replace_header("Message-ID", re.sub(r"@", f".{int(now.timestamp())}@", str(heard["Message-ID"])))
    return [(OTHER, bytes(heard))]


def written(sender: str, to: str, subject: str, number: int, at: datetime = BEGINS) -> bytes:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = sender, to, subject
    letter["Date"], letter["Message-ID"] = format_datetime(at), f"<first-{number}@{sender.partition('@')[2]}>"
    letter.set_content("Good day, when does it come?\n")
    return bytes(letter)


def _answer(sender: str, heard: Message, subject: str, now: datetime) -> EmailMessage:
    answer = EmailMessage()
    answer["From"], answer["To"], answer["Subject"] = sender, _from(heard), subject
    answer["Date"] = format_datetime(now)
    answer["Message-ID"] = f"<answer-{now.timestamp():.0f}-{abs(hash(str(heard['Message-ID'])))}@{sender[-8:]}>"
    answer["In-Reply-To"] = answer["References"] = str(heard["Message-ID"])
    answer.set_content("I am away, and read this later.\n")
    return answer


def _from(heard: Message) -> str:
    return parseaddr(str(heard["Reply-To"] or heard["From"]))[1].lower()
