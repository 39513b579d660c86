"""What the coach must know to judge a draft: plain values that flows hands in (C7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol


class Promised(Protocol):
    """A promise that was found in the draft: its place and its moment. The clock's finds have this shape."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...

    @property
    def due(self) -> datetime | None: ...


@dataclass(frozen=True)
class Brief:
    """The facts of a case that bear on an answer.

    `complaint`: something is wrong; `question`: nothing is, but something is asked; neither: they are pleased.
    `known` maps what we call a thing to its value ("order number": "WA-20881"). `fault` is ours, partner,
    customer or nobody. `apologised_before`: an earlier letter of ours said sorry for this failure;
    `apologies_before`: how many said sorry at all; `deeds_since_apology`: what was done since. `earlier_letters` are
    ours, `told_before` the customer's before `customer_words`, the oldest first. `failed` names how we hurt them
    again since we last said sorry: "word" was broken, or "fix" did not hold; "" is neither. `seniors` are those who
    may say sorry for a broken word, the first of them to be asked; `senior`: the writer is one (C7.4).
    `signed` says that the letter's foot names the writer and takes an answer. `by_when` is a time the
    desk can keep, in words, for a draft that names none. `promises` have a time, `undated` have none. `call`: the
    words are a transcript or notes of a call. `worth` says in a sentence what the customer is to us, `pause` how many
    seconds a letter that quarrels waits (C7.3). `tips` are the shop's own advice by code.
    """

    customer_name: str = ""
    agent_name: str = ""
    customer_words: str = ""
    complaint: bool = True
    question: bool = False
    fault: str = "ours"
    apologised_before: bool = False
    deeds_since_apology: int = 0
    apologies_before: int = 0
    known: Mapping[str, str] = field(default_factory=dict, hash=False)
    language: str = "en"
    public: bool = False
    now: datetime | None = None
    promises: tuple[Promised, ...] = ()
    earlier_letters: tuple[str, ...] = ()
    told_before: tuple[str, ...] = ()
    failed: Literal["", "word", "fix"] = ""
    seniors: tuple[str, ...] = ()
    senior: bool = False
    signed: bool = False
    by_when: str = ""
    undated: tuple[Promised, ...] = ()
    call: bool = False
    worth: str = ""
    pause: int = 60
    tips: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def first_apology(self) -> bool:
        """Whether this letter is the one that has to say sorry, and why, and whose fault it was."""
        return self.complaint and not self.apologised_before

    @property
    def all_words(self) -> str:
        """All that the customer has written to us."""
        return "\n".join((*self.told_before, self.customer_words))
