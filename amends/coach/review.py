"""What the coach says of a draft (C7): virtues, notes, a score and whether it may go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from amends.coach.brief import Promised

if TYPE_CHECKING:
    from amends.coach.call import Tick
    from amends.coach.moment import Moment

Gate = Literal["ok", "hold", "block"]
NoteGate = Literal["tip", "hold", "block"]
Weight = Literal["fix", "better"]

ROW = ("regret", "explanation", "responsibility", "validates_feeling", "when")
"""The five virtues that the row shows, in its order."""


@dataclass(frozen=True)
class Virtue:
    """One item of a good answer (C7.1): a short word, whether it is there, and a hint when it is not.

    `points` is what it is worth where it applies; `span` the place in the draft that earned it.
    """

    code: str
    word: str
    met: bool
    hint: str = ""
    points: int = 0
    span: tuple[int, int] | None = None


@dataclass(frozen=True)
class Note:
    """One thing to mend or to better, with its place in the draft.

    `replacement` is what to put there, "" to take it out, None when only the writer knows the words. `sure`: a fact
    of the case proves it, not the words alone.
    """

    code: str
    weight: Weight
    title: str
    advice: str
    start: int
    end: int
    replacement: str | None
    gate: NoteGate
    sure: bool = False


@dataclass(frozen=True)
class Review:
    """The coach's whole answer.

    `gate`: "ok" may go, "hold" needs a reason or a second look, "block" must be mended. `resting` is a
    sentence when the coach does not read this language. `take_a_moment` asks for a pause before sending
    (C7.3); `second_person` asks for a colleague's eye (C7.2). `labels` name what is there and what is wrong
    as `coach.labels` does; `moment` is what to show in the pause, `ticks` the list of a call.
    """

    score: int
    virtues: tuple[Virtue, ...]
    notes: tuple[Note, ...]
    gate: Gate
    promises: tuple[Promised, ...] = ()
    resting: str = ""
    take_a_moment: bool = False
    second_person: bool = False
    labels: frozenset[str] = frozenset()
    moment: Moment | None = None
    ticks: tuple[Tick, ...] = ()

    @property
    def row(self) -> tuple[Virtue, ...]:
        """The virtues for the short row; those that do not apply are left out."""
        by_code = {virtue.code: virtue for virtue in self.virtues}
        return tuple(by_code[code] for code in ROW if code in by_code)
