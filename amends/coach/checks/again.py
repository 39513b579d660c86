"""After a recovery that failed (C7.4): a broken word wants a senior's sorry, a fix that did not hold wants to be checked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from amends.coach.brief import Brief
from amends.coach.checks.apology import real_apologies
from amends.coach.draft import Draft, Span
from amends.coach.faults import note
from amends.coach.review import Note
from amends.coach.signs.deeds import CHECKED, PREVENTS


def notes(draft: Draft, brief: Brief) -> Iterator[Note]:
    """Notes after a failure since we last said sorry; none before."""
    if not brief.complaint or not brief.failed or not draft.body:
        return
    if brief.failed == "word" and not brief.senior and not _names_one(draft, brief):
        advice = (
            _("Ask %(name)s to write or ring, and name them here.") % {"name": brief.seniors[0]}
            if brief.seniors
            else ""
        )
        yield note("NO_SENIOR", _place(draft), _("We broke our word: somebody senior says sorry"), advice)
    if brief.failed == "fix" and not draft.says(PREVENTS) and not draft.says(CHECKED):
        yield note("NOT_CHECKED", _place(draft), _("It failed once. Nothing says why it holds now"))


def _names_one(draft: Draft, brief: Brief) -> bool:
    """Whether the letter names somebody who may say sorry for the house."""
    names = (part for name in brief.seniors for part in name.split()[:1])
    return any(re.search(rf"\b{re.escape(name)}\b", draft.plain, re.IGNORECASE) for name in names)


def _place(draft: Draft) -> Span:
    """The sorry; where there is none, where the letter begins to speak."""
    return next((one.span for one in real_apologies(draft)), (draft.body[0].start, draft.body[0].start))
