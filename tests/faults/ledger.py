"""What the feeder knows by itself: what it handed over, and what it was told."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.journal import Journal

TOKEN = re.compile(r"\b[a-z]+-\d{6}\b")


@dataclass
class Mail:
    """One mail: its bytes, and whether the desk has said that it has it."""

    n: int
    raw: bytes
    acked: bool = False

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.raw).hexdigest()


@dataclass
class Ledger:
    """In memory, and line by line on disk before anything is handed over or believed."""

    journal: Journal
    mails: dict[int, Mail] = field(default_factory=dict)
    said: set[str] = field(default_factory=set)
    """Tokens of replies that the desk took."""
    taken_back: set[str] = field(default_factory=set)
    deeds: dict[str, bool] = field(default_factory=dict)
    """Tokens of other deeds, and whether they were answered; what was refused is not here."""
    _asked: dict[int, dict[str, Any]] = field(default_factory=dict)
    _drafts: dict[int, str] = field(default_factory=dict)

    @classmethod
    def at(cls, path: Path) -> Ledger:
        path.unlink(missing_ok=True)
        return cls(Journal(path))

    def hand_over(self, orders: list[dict[str, Any]]) -> None:
        """Write down what is about to be asked for."""
        self.journal.write(*({"asked": {**order, "mails": [m["n"] for m in order["mails"]]}} for order in orders))
        for order in orders:
            self._asked[order["n"]] = order
            if order["do"] in ("note", "hand over", "close", "reopen", "split"):
                self.deeds[order["token"]] = False

    def told(self, answers: list[dict[str, Any]]) -> None:
        """Write down what the desk said, and believe it."""
        if answers:
            self.journal.write(*answers)
        for answer in answers:
            if "acked" in answer:
                self.mails[answer["acked"]].acked = True
            if "done" in answer:
                self._done(self._asked[answer["done"]], answer)

    def unacknowledged(self) -> list[Mail]:
        return [mail for mail in self.mails.values() if not mail.acked]

    def _done(self, order: dict[str, Any], answer: dict[str, Any]) -> None:
        token = order["token"]
        if "refused" in answer:
            self.deeds.pop(token, None)
        elif token in self.deeds:
            self.deeds[token] = True
        elif order["do"] == "reply":
            self.said.add(token)
            self._drafts[answer["draft"]] = token
        elif order["do"] == "undo" and answer["took_back"] in self._drafts:
            self.taken_back.add(self._drafts[answer["took_back"]])
