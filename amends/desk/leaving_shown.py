"""Letters of a case that are about to leave, as the composer tells of them before another one is begun."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from amends.cases.models import Draft
from amends.desk.letters_shown import Look
from amends.ui.addresses import address
from amends.ui.moments import exact_time


@dataclass(frozen=True)
class LeavingShown:
    """Whose letter leaves when; the way to take it back, for its writer."""

    author_name: str
    author_id: int
    line: str
    undo_url: str = ""


def leaving_of(look: Look) -> list[LeavingShown]:
    """The held letters of the case, the next to leave first."""
    return [_leaving(draft, look) for draft in look.held if draft.kind == Draft.Kind.LETTER]


def _leaving(draft: Draft, look: Look) -> LeavingShown:
    assert draft.hold_until is not None
    words = {
        "author": draft.author.name,
        "name": look.case.customer.first_name,
        "time": exact_time(timezone.localtime(draft.hold_until)),
    }
    if draft.author_id != look.me.pk:
        line = _("%(author)s has written to %(name)s. The letter leaves at %(time)s.") % words
        return LeavingShown(draft.author.name, draft.author_id, line)
    line = _("Your letter to %(name)s leaves at %(time)s.") % words
    return LeavingShown(draft.author.name, draft.author_id, line, address("held_undo", draft.pk))
