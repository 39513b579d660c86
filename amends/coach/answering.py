"""Whether a letter answers a complaint, or only says that it came, or how it stands (C5.1). English; pure."""

from __future__ import annotations

from amends.coach import proofs
from amends.coach.brief import Brief
from amends.coach.check import LONGEST, reads
from amends.coach.draft import Draft
from amends.coach.signs import deeds
from amends.coach.words import words


def is_answer(text: str, brief: Brief, *, status_owed: bool = False) -> bool:
    """Whether it has regret or thanks, and a next step with its time or a deed.

    `status_owed`: the customer is owed a word on how it stands (SL9). Such a word names a time, too, so it answers only
    if it puts something right. Where nothing is wrong every letter answers; in a language that the coach does not read
    so does every one, but where a status is owed only if it promises something.
    """
    if not brief.complaint:
        return True
    if not reads(brief.language):
        return not status_owed or bool(brief.promises)
    draft = Draft(text[:LONGEST])
    kind = any(find(draft, brief) for find in (proofs.regret, proofs.thanks, proofs.feeling))
    if status_owed:
        return kind and any(not _TELLS.search(one.sentence.text) for one in draft.find(deeds.DEED, deeds.NO_DEED))
    return kind and (proofs.repair(draft, brief) or proofs.when(draft, brief)) is not None


_TELLS = words(
    r"(?:call|ring|phone|write|e-?mail|text|message|tell|inform|update|report|let you know|keep you|get back|come back to"
    r"|be in touch|hear from|look(?:ing)? into|work(?:ing)? on|chas(?:e|ing)|check(?:ing)?)\b"
)
"""What is done about the telling, not about the thing."""
