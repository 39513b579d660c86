"""The other side of the desk: makes up orders from a seed, and remembers what became of them."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

from tests.cast import TUESDAY, mail
from tests.faults.ledger import Ledger, Mail

WEIGHTS = {
    "fetch": 26,
    "pipe": 6,
    "take in": 16,
    "reply": 14,
    "release": 10,
    "deliver": 20,
    "undo": 4,
    "hand over": 5,
    "merge": 4,
    "split": 3,
    "close": 4,
    "reopen": 2,
    "note": 4,
    "promises": 2,
    "rehome": 1,
    "acknowledge": 2,
    "lose": 3,
    "tidy": 6,
}
HEARING = {"fetch": 8, "pipe": 1, "take in": 4, "reply": 1}
SENDING = {"deliver": 8, "release": 3, "reply": 3, "take in": 1, "fetch": 1}
"""Mixes for a bug that sits there: a suite has no thousand kills to spare."""
TICK = timedelta(seconds=7)
PEOPLE = 9
MOST_OPEN = 12
"""Mails that wait for their acknowledgement before new ones come."""
LINES = "\n".join(f"{n:032x}" * 2 for n in range(1, 60))


class Feeder:
    """Hands mails and deeds over; everything follows from the seed but what time does."""

    def __init__(self, ledger: Ledger, seed: int) -> None:
        self.ledger = ledger
        self.random = random.Random(seed)
        self.now: datetime = TUESDAY
        self.weights = WEIGHTS
        self._count = 0

    def orders(self, many: int) -> list[dict[str, Any]]:
        """The next orders, by chance; written down already."""
        kinds, weights = list(self.weights), list(self.weights.values())
        return self.all(*self.random.choices(kinds, weights, k=many))

    def all(self, *kinds: str) -> list[dict[str, Any]]:
        """One order of each kind, written down already."""
        return self.handed([self.order(kind) for kind in kinds])

    def handed(self, orders: list[dict[str, Any]]) -> list[dict[str, Any]]:
        self.ledger.hand_over(orders)
        return orders

    def order(self, kind: str, mails: list[Mail] | None = None) -> dict[str, Any]:
        """One order, a few seconds after the last."""
        self._count += 1
        self.now += TICK
        if mails is None:
            mails = self._mails() if kind in ("fetch", "pipe") else []
        return {
            "n": self._count,
            "do": kind,
            "now": self.now.isoformat(),
            "pick": self.random.randrange(1_000_000),
            "token": f"{kind.replace(' ', '')}-{self._count:06d}",
            "mails": [{"n": one.n, "raw": one.raw.decode("latin-1")} for one in mails],
        }

    def again(self) -> list[dict[str, Any]]:
        """What was never acknowledged is offered again, and a little of what was: a server may have missed it."""
        open_ones = self.ledger.unacknowledged()
        known = [one for one in self.ledger.mails.values() if one.acked]
        extra = self.random.sample(known, min(3, len(known)))
        return self.handed([self.order("fetch", [*open_ones, *extra])])

    def new_mail(self, *, file: bool = False) -> Mail:
        """A new mail; now and then one with the Message-ID of another and other words."""
        n = len(self.ledger.mails) + 1
        key = str(n) if n < 3 or self.random.random() > 0.12 else str(self.random.randrange(1, n))
        person = self.random.randrange(PEOPLE)
        headers = ""
        if n > 1 and self.random.random() < 0.3:
            headers = f"In-Reply-To: <{self.random.randrange(1, n)}@mail.example.com>\n"
        raw = mail(
            f"It looks nothing like the picture. This is mail {n}.",
            key=key,
            subject=f"The flowers of day {n}",
            sender=f"Person {person} <person{person}@customer.example>",
            headers=headers,
        )
        if file or self.random.random() < 0.3:
            raw = _with_file(raw, n)
        made = self.ledger.mails[n] = Mail(n, raw)
        return made

    def _mails(self) -> list[Mail]:
        """New ones, behind some of those that were not acknowledged."""
        open_ones = self.ledger.unacknowledged()
        old = self.random.sample(open_ones, min(len(open_ones), 2))
        fresh = self.random.choice([1, 1, 2, 3]) if len(open_ones) < MOST_OPEN else 0
        return [*old, *(self.new_mail() for _ in range(fresh))]


def _with_file(raw: bytes, n: int) -> bytes:
    header, _, body = raw.partition(b"\n\n")
    header = header.replace(b"Content-Type: text/plain; charset=utf-8", b'Content-Type: multipart/mixed; boundary="=b"')
    return (
        header
        + b"\n\n--=b\nContent-Type: text/plain\n\n"
        + body
        + b'\n--=b\nContent-Type: text/csv; name="flowers.csv"\n'
        + b'Content-Disposition: attachment; filename="flowers.csv"\n\n'
        + f"{n}\n{LINES}".encode()
        + b"\n--=b--\n"
    )
