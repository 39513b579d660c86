"""Whose fault it was, and how it came about (C7.1, 6 and 7)."""

from __future__ import annotations

from collections.abc import Iterator

from amends.coach.brief import Brief
from amends.coach.checks.apology import says_sorry
from amends.coach.draft import Draft, Span
from amends.coach.proofs.feeling import regret
from amends.coach.signs import causes, courtesies, deeds, feelings
from amends.coach.signs.sorries import SORRY


def responsibility(draft: Draft, brief: Brief) -> Span | None:
    """The fault is ours, or a partner's whom we chose; or one of us takes the matter on in person.

    Who is sorry for the thing itself and says how it came about has owned it.
    """
    chosen = draft.place(courtesies.CHOSE_PARTNER) if brief.fault == "partner" else None
    owned = chosen or draft.place(causes.OURS, causes.NOT_OURS) or _cause_told(draft)
    if owned is not None or not says_sorry(draft):
        return owned
    owned = _ours_after_sorry(draft) or draft.place(deeds.I_SEE_TO_IT)
    return owned or (explanation(draft, brief) if regret(draft, brief) else None)


def explanation(draft: Draft, brief: Brief) -> Span | None:
    """How it came about."""
    causing = (found for found in draft.find(causes.CAUSE, causes.NO_CAUSE) if not found.sentence.text.endswith("?"))
    cause = next((one.span for one in causing), None) or _cause_told(draft)
    if cause is not None or not says_sorry(draft):
        return cause
    return next((span for span, _words in _after_sorry(draft)), None)


def _cause_told(draft: Draft) -> Span | None:
    """A past clause about us in which something went wrong; only beside a sorry, else it may be a defence."""
    if not says_sorry(draft):
        return None
    signs = (causes.WE, causes.PAST, causes.WENT_WRONG)
    told = (one for one in draft.body if all(sign.search(one.text) for sign in signs))
    no_story = (deeds.DEED, causes.NO_STORY)
    return next((one.span for one in told if not any(sign.search(one.text) for sign in no_story)), None)


def _ours_after_sorry(draft: Draft) -> Span | None:
    return next((span for span, told in _after_sorry(draft) if causes.WE.search(told)), None)


def _after_sorry(draft: Draft) -> Iterator[tuple[Span, str]]:
    """What follows a sorry, behind a stop or in the next sentence, in the past and not about them: how it came about."""
    sorry_before = False
    for sentence in draft.body:
        sorry = SORRY.search(sentence.text)
        stop = causes.STOP.search(sentence.text, sorry.end()) if sorry else None
        start = 0 if sorry_before and sorry is None else stop.end() if stop else -1
        told = sentence.text[start:] if start >= 0 else ""
        happened = told and (causes.PAST.search(told) or causes.IS_WRONG.search(told))
        if (
            happened
            and not feelings.FEELING.search(told)
            and not causes.NO_STORY.search(told)
            and not deeds.DEED.search(told)
        ):
            yield (sentence.start + start, sentence.end), told
        sorry_before = sorry is not None
