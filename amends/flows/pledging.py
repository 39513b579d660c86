"""Promises found in a draft, and what its writer decided about them before it leaves (SL7)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from amends.cases.drafts import DraftGone
from amends.cases.models import Case, Draft
from amends.clock.promises import PromiseError
from amends.clock.words import FoundPromise
from amends.flows import briefing
from amends.people.models import Member

Pledge = dict[str, Any]
"""{act, due (ISO 8601, empty for "soon" and for what shall not happen again: by when?), kind, words}; `decided` when the writer changed it,
`dropped` when it is none.

One that `moves` an earlier promise (its number, with a `reason`) stands by itself, whatever the letter's words are.
"""


def pledges_in(text: str, case: Case, decided: Sequence[Pledge], now: datetime) -> list[Pledge]:
    """The promises of a text in reading order; what was decided about the same words stays decided."""
    moving = [pledge for pledge in decided if pledge.get("moves")]
    new_times = {datetime.fromisoformat(pledge["due"]) for pledge in moving}
    known = {pledge["words"]: pledge for pledge in decided if pledge.get("decided") and not pledge.get("moves")}
    found = [one for one in briefing.promises_in(text, case, now) if one.due not in new_times]
    asked = [one for one in found if one.due is not None or one.vague or one.kind == "prevent"]
    return moving + [known.get(one.words) or _pledge(one) for one in asked]


def change(draft: Draft, number: int, act: str, due: datetime, *, by: Member, now: datetime) -> None:
    """Say what the promise really is. Raises PromiseError, or DraftGone when the draft has left."""
    if not act.strip():
        raise PromiseError(_("Say what is promised."))
    if due <= now:
        raise PromiseError(_("That time has passed. Name a later one."))
    _decide(draft, number, by, act=act.strip()[:200], due=due.isoformat(), dropped=False)


def drop(draft: Draft, number: int, *, by: Member) -> None:
    """The words are no promise."""
    _decide(draft, number, by, dropped=True)


def join(draft: Draft, pledge: Pledge, *, by: Member) -> None:
    """Let a letter give an earlier promise its new time, once. Raises DraftGone when it has left."""
    others = [one for one in draft.promises if one.get("moves") != pledge["moves"]]
    _write(draft, [pledge, *others], by)


def _decide(draft: Draft, number: int, by: Member, **decision: Any) -> None:
    pledges = list(draft.promises)
    if not 0 <= number < len(pledges):
        raise PromiseError(_("These words are not in the draft any more."))
    pledges[number] = {**pledges[number], **decision, "decided": True}
    _write(draft, pledges, by)


def _write(draft: Draft, pledges: list[Pledge], by: Member) -> None:
    own = Draft.objects.filter(pk=draft.pk, author=by, hold_until=None)
    if not own.update(promises=pledges):
        raise DraftGone
    draft.promises = pledges


def _pledge(found: FoundPromise) -> Pledge:
    due = found.due.isoformat() if found.due is not None else ""
    return {"act": found.act, "due": due, "kind": found.kind, "words": found.words}
