"""Everything the coach can say, in one place: each item, flag and label with its tip, a good and a bad example (A246).

The examples are drafts to one customer, whose case is `CASE`; some need facts of their own. What a draft of ours
shows here is what the coach says of it: the tests read each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from django.utils.functional import Promise

from amends.coach.brief import Brief
from amends.coach.examples import FLAGS, ITEMS_SHOWN, LABELS_SHOWN
from amends.coach.faults import FAULTS, IN_MODEL
from amends.coach.virtues import ITEMS

CASE = Brief(
    customer_name="Rosalind Achterberg",
    agent_name="Delphine Marsh",
    customer_words="You sent the wrong lamp for my mother's 80th birthday, order 4711. What happens now?",
    known={"address": "Kastanienallee 14"},
)


@dataclass(frozen=True)
class Entry:
    """One thing the coach looks for.

    `kind`: "item" (C7.1, with its points), "flag" (C7.2 and ours, with the points it costs and its gate) or "label".
    `in_model` tells the codes of C7.2 from ours. `good` and `bad` are drafts; `facts` what their case has beyond CASE.
    """

    code: str
    kind: Literal["item", "flag", "label"]
    tip: str | Promise
    good: str
    bad: str
    points: int = 0
    gate: str = ""
    in_model: bool = True
    facts: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def case(self) -> Brief:
        """The case that the examples belong to."""
        return replace(CASE, **self.facts)


def entries() -> tuple[Entry, ...]:
    """Items in the order of the rubric, then flags, then labels."""
    items = (Entry(one.code, "item", one.hint, *ITEMS_SHOWN[one.code], points=one.points) for one in ITEMS)
    flags = (
        Entry(
            code,
            "flag",
            shown.tip,
            shown.good,
            shown.bad,
            points=fault.points,
            gate=fault.gate,
            in_model=code in IN_MODEL,
            facts=shown.facts,
        )
        for code, fault in FAULTS.items()
        for shown in (FLAGS[code],)
    )
    labels = (
        Entry(label, "label", shown.tip, shown.good, shown.bad, facts=shown.facts)
        for label, shown in LABELS_SHOWN.items()
    )
    return (*items, *flags, *labels)
