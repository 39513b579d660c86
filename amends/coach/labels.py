"""A draft under the names that a check of many drafts uses: virtues, faults, and whether nothing is left to wish. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from amends.coach import proofs
from amends.coach.brief import Brief
from amends.coach.draft import Draft
from amends.coach.faults import FAULTS as FLAGS
from amends.coach.review import Note

VIRTUES = {
    "apology": proofs.apology,
    "empathy": proofs.feeling,
    "explanation": proofs.explanation,
    "ownership": proofs.responsibility,
    "next_step": proofs.repair,
    "dated_promise": proofs.when,
    "thanks": proofs.thanks,
}
"""What a draft has. An apology that names nothing counts here, though it earns no points (C7.1, 5)."""
FAULTS = {
    "arguing": ("ARGUES",),
    "blaming_customer": ("BLAMES",),
    "upsell": ("UPSELL",),
    "runaround": ("CHANNEL_BOUNCE", "OWN_MONEY"),
    "reasks_known": ("ASKS_KNOWN",),
    "no_apology": ("NO_APOLOGY",),
    "insulting_offer": ("W-INSULT",),
    "overpromise": ("OVERPROMISE",),
    "robotic": ("TEMPLATE",),
}
"""What is wrong with it, and the notes that say so."""
ONLY_IN_COMPLAINTS = frozenset(["empathy", "explanation", "ownership"])
CALLED_FOR = {
    "complaint": ("apology", "empathy", "ownership", "next_step", "dated_promise"),
    "question": ("next_step",),
    "praise": ("thanks",),
}


def labels_of(draft: Draft, notes: Iterable[Note], brief: Brief) -> frozenset[str]:
    """The labels of a draft with these notes, save for doubts: notes milder than their code is.

    A sorry is one even in a sentence that a fault spoils.
    """
    notes = tuple(notes)
    clean = draft.without(notes)
    codes = {note.code for note in notes if note.gate != "tip" or FLAGS[note.code].gate == "tip"}
    virtues = {
        label
        for label, find in VIRTUES.items()
        if (brief.complaint or label not in ONLY_IN_COMPLAINTS)
        and find(draft if label == "apology" else clean, brief) is not None
    }
    faults = {label for label, own in FAULTS.items() if codes.intersection(own)}
    return frozenset(virtues | faults)


def is_flawless(labels: frozenset[str], kind: str) -> bool:
    """Whether nothing is wrong and all is there that such a message calls for."""
    return labels.isdisjoint(FAULTS) and labels.issuperset(CALLED_FOR[kind])


def is_whole(draft: Draft, brief: Brief) -> bool:
    """Whether a complaint gets all it calls for, whatever else stands there."""
    return brief.complaint and all(VIRTUES[label](draft, brief) is not None for label in CALLED_FOR["complaint"])
