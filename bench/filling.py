"""The rows of a desk that has been at work for two years: what `bench.load` writes."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256
from itertools import count

from django.utils import timezone

from amends.cases.models import Case, Closure, Entry, Letter, MessageId, NextStep, SearchText
from amends.cases.search import words as folded_words
from amends.channels.models import Delivery, Kept
from amends.clock.models import Promise
from amends.people.models import Customer, Identity
from bench.bulk import Row, Table, moment
from bench.furniture import Furniture
from bench.words import SENTENCES, common_word, language

OPEN, ANSWERED, FOREIGN = 0.3, 0.5, 0.25
YEARS = timedelta(days=730)
RARE, HITS = 20, 5
"""Rare words, and letters that each of them stands in."""
LETTERS_OF_A_LONG_CASE = 10

Address = dict[str, str]
Sentence = tuple[str, str]
"""As written, and as the index holds it."""

TABLES = {
    "customer": Table(Customer, "id", "name", "created_at"),
    "identity": Table(Identity, "id", "customer_id", "kind", "value", "shown", "first_seen_at"),
    "case": Table(Case, "id", "brand_id", "team_id", "customer_id", "owner_id", "title", "language", "opened_at"),
    "closure": Table(Closure, "case_id", "reason", "by_id", "at", "channel"),
    "entry": Table(
        Entry, "id", "case_id", "kind", "at", "recorded_at", "actor", "member_id", "customer_id", "channel", "data"
    ),
    "letter": Table(Letter, "entry_id", "subject", "text", "new_text", "sender", "to", "message_id", "raw_sha256"),
    "message_id": Table(MessageId, "id", "value", "case_id", "ours"),
    "kept": Table(
        Kept, "id", "account_id", "message_id", "canonical", "sha256", "size", "kept_at", "state", "entry_id"
    ),
    "delivery": Table(
        Delivery,
        *("id", "entry_id", "case_id", "account_id", "message_id", "recipients", "state", "next_try_at", "sent_at"),
    ),
    "promise": Table(
        Promise,
        *("id", "case_id", "source", "kind", "promisor_id", "promisee_id", "act", "due", "made_at", "kept_at"),
    ),
    "step": Table(
        NextStep,
        *("case_id", "who_id", "kind", "what", "by", "made_at", "promise_id", "said", "said_channel"),
        *("brand_id", "team_id"),
    ),
    "search": Table(SearchText, "id", "kind", "source_id", "case_id", "customer_id", "brand_id", "folded"),
}


class Filling:
    """Makes cases in order; the ids of everything else are counted here."""

    def __init__(self, desk: Furniture, chance: random.Random, size: int) -> None:
        self.desk, self.chance, self.size = desk, chance, size
        self.customers = max(1, size // 2)
        self.now = timezone.now().replace(microsecond=0)
        self._ids = {name: count(1) for name in TABLES}
        self._rows: dict[str, list[Row]] = {name: [] for name in TABLES}
        self._said = [_sentences("en"), _sentences("fr")]
        tongue = language("en")
        self.common = common_word(tongue)
        self.rare = [f"quil{word}" for word in tongue.words[500 : 500 + RARE]]
        places = random.Random(1).sample(range(size // 4, size), RARE * HITS) if size > 1_000 else []
        self.rare_in = {case: self.rare[number % RARE] for number, case in enumerate(places)}
        self._met: set[int] = set()

    def add(self, table: str, *row: object) -> None:
        """One more row, in the order of the table's fields."""
        self._rows[table].append(row)

    def new(self, table: str) -> int:
        """The next id."""
        return next(self._ids[table])

    def meet(self, customer: int) -> bool:
        """Whether this customer is here for the first time."""
        is_new = customer not in self._met
        self._met.add(customer)
        return is_new

    def sentence(self, tongue: int) -> Sentence:
        """What somebody might say."""
        said = self._said[tongue]
        return said[int(self.chance.random() * len(said))]

    def cases(self, numbers: Iterable[int]) -> None:
        """Cases with one letter or two."""
        for number in numbers:
            _Story(self, number, letters=2 if self.chance.random() < ANSWERED else 1).tell()
        self._write()

    def long_cases(self, numbers: Iterable[int]) -> None:
        """Open cases with ten letters, all of the first agent."""
        for number in numbers:
            _Story(self, number, letters=LETTERS_OF_A_LONG_CASE, is_long=True).tell()
        self._write()

    def _write(self) -> None:
        for name, rows in self._rows.items():
            TABLES[name].add(rows)
            rows.clear()


class _Story:
    """One case from its first letter to its next step, or to its end. Moments are written out once: they are many."""

    def __init__(self, filling: Filling, number: int, *, letters: int, is_long: bool = False) -> None:
        self._all, self._number, self._letters, self._is_long = filling, number, letters, is_long
        chance, desk = filling.chance, filling.desk
        self._is_open = is_long or chance.random() < OPEN
        self._customer = 1 + int(chance.random() * filling.customers)
        self._team = desk.teams[0 if is_long else int(chance.random() * len(desk.teams))]
        agents = desk.agents[self._team]
        self._owner = agents[0 if is_long else int(chance.random() * len(agents))]
        self._brand = desk.brand_of(self._team)
        self._mailbox = desk.mailboxes[desk.brands.index(self._brand)]
        self._tongue = int(chance.random() < FOREIGN)
        subject, folded = filling.sentence(self._tongue)
        self._subject = subject[:80]
        self._name, self._address = f"Customer {self._customer}", f"customer{self._customer}@mail.example"
        self._folded = f"customer {self._customer} customer{self._customer} mail example a {number} {folded}"

    def tell(self) -> None:
        """Everything of it, in the order in which it happened."""
        opened = self._all.now - YEARS * (1 - self._number / (self._all.size + 1_000))
        at = moment(opened)
        self._meet(at)
        case = (self._number, self._brand, self._team, self._customer, self._owner, self._subject)
        self._all.add("case", *case, ("en", "fr")[self._tongue], at)
        self._index("case", self._number, self._folded)
        self._entry("case.opened", at, channel="email", title=self._subject)
        said = self._heard(at)
        self._entry("owner.set", at, owner=self._owner, owner_name=f"Agent {self._owner}", before=None, why=[])
        for number in range(1, self._letters):
            before, at = at, moment(opened + timedelta(hours=3 * number))
            if number % 2:
                self._answered(before, at)
            else:
                said = self._heard(at)
        if self._is_open:
            self._wait(at, said)
        else:
            self._end(moment(min(opened + timedelta(days=2), self._all.now)))

    def _meet(self, at: str) -> None:
        if not self._all.meet(self._customer):
            return
        self._all.add("customer", self._customer, self._name, at)
        identity = self._all.new("identity")
        self._all.add("identity", identity, self._customer, "email", self._address, self._address, at)
        words = f"customer {self._customer} customer{self._customer} mail example"
        self._all.add("search", self._all.new("search"), "person", self._customer, None, self._customer, None, words)

    def _heard(self, at: str) -> str:
        text, folded = self._words()
        if self._number in self._all.rare_in:
            text, folded = (f"{words} {self._all.rare_in[self._number]}" for words in (text, folded))
        them, us = {"name": self._name, "address": self._address}, {"name": "Shop", "address": self._shop()}
        entry = self._entry("contact.in", at, customer=self._customer, channel="email")
        digest = sha256(b"%d" % entry).hexdigest()
        message_id = self._letter(entry, (text, folded), them, us, digest)
        kept = self._all.new("kept")
        self._all.add("kept", kept, self._mailbox, message_id, digest, digest, 15_000, at, "taken", entry)
        return text

    def _answered(self, asked: str, at: str) -> None:
        them, us = {"name": self._name, "address": self._address}, {"name": "Shop", "address": self._shop()}
        entry = self._entry("contact.out", at, member=self._owner, channel="email")
        message_id = self._letter(entry, self._words(), us, them, "")
        way = (entry, self._number, self._mailbox, message_id, f'["{self._address}"]', "sent", at, at)
        self._all.add("delivery", self._all.new("delivery"), *way)
        promise = self._promise("first_reply", due=at, made_at=asked, kept_at=at)
        self._entry("promise.kept", at, act=self._subject, source="policy", promise=promise, late=False)

    def _wait(self, at: str, said: str) -> None:
        due = self._all.now + timedelta(minutes=self._all.chance.randint(-2 * 1440, 30 * 1440))
        by, kind = moment(due), "next_reply" if self._letters > 1 else "first_reply"
        promise = self._promise(kind, due=by, made_at=at, kept_at=None)
        told = due.isoformat()
        self._entry(
            "promise.made", at, promise=promise, act=self._subject, due=told, source="policy", promise_kind=kind
        )
        step = (self._number, self._owner, "answer", self._subject, by, at, promise, said[:200], "email")
        self._all.add("step", *step, self._brand, self._team)
        name = f"Agent {self._owner}"
        self._entry("step.set", at, who=self._owner, who_name=name, what=self._subject, due=told)

    def _end(self, at: str) -> None:
        self._all.add("closure", self._number, "happy", self._owner, at, "email")
        self._entry("case.closed", at, member=self._owner, reason="happy")

    def _promise(self, kind: str, *, due: str, made_at: str, kept_at: str | None) -> int:
        promise = self._all.new("promise")
        owed = (self._number, "policy", kind, self._owner, self._customer, self._subject, due, made_at, kept_at)
        self._all.add("promise", promise, *owed)
        return promise

    def _letter(self, entry: int, said: Sentence, sender: Address, to: Address, raw: str) -> str:
        text, folded = said
        value = f"<{entry}@filled.example>"
        written = (self._subject, text, text, json.dumps(sender), json.dumps([to]), value, raw)
        self._all.add("letter", entry, *written)
        self._all.add("message_id", self._all.new("message_id"), value, self._number, not raw)
        self._index("letter", entry, f"{self._folded} {folded}")
        return value

    def _entry(
        self,
        kind: str,
        at: str,
        *,
        member: int | None = None,
        customer: int | None = None,
        channel: str = "",
        **data: object,
    ) -> int:
        entry = self._all.new("entry")
        actor = "agent" if member else "customer" if customer else "system"
        told = json.dumps(data) if data else "{}"
        self._all.add("entry", entry, self._number, kind, at, at, actor, member, customer, channel, told)
        return entry

    def _index(self, kind: str, source: int, folded: str) -> None:
        found = (kind, source, self._number, self._customer, self._brand, folded)
        self._all.add("search", self._all.new("search"), *found)

    def _words(self) -> Sentence:
        """A letter of 60 words on average; in a long case, of half a kilobyte to eight."""
        most, least = (100, 8) if self._is_long else (8, 2)
        many = least + int(self._all.chance.random() * (most - least + 1))
        said = [self._all.sentence(self._tongue) for _ in range(many)]
        return ". ".join([text for text, _folded in said]) + ".", " ".join([folded for _text, folded in said])

    def _shop(self) -> str:
        return f"help@shop{self._brand}.example"


def _sentences(code: str) -> list[Sentence]:
    """Sentences of a language, with their words as the index holds them."""
    chance = random.Random(code)
    tongue = language(code)
    said = [tongue.sentence(chance) for _ in range(SENTENCES)]
    return [(text, " ".join(folded_words(text))) for text in said]
