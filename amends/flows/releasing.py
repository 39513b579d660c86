"""A second person lets a colleague's letter go: it leaves as its author's, after the desk's seconds (C7.2)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from amends.cases import drafts, ownership
from amends.cases.models import Case, Draft
from amends.flows import reply, second_eye
from amends.people.models import Member


def let_go(case: Case, words: str, *, by: Member, now: datetime) -> reply.Held:
    """They have read the open letter. `words` marks what they read (`second_eye.words_mark`).

    Raises second_eye.SecondError, reply.CannotSend or drafts.DraftGone; then nothing is released.
    """
    with transaction.atomic():
        case = ownership.hold(case.pk)
        draft = second_eye.write_down_release(case, drafts.open_draft(case, Draft.Kind.LETTER), words, by=by, now=now)
        return reply.hold(draft, by=draft.author, now=now)
