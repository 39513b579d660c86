"""A case gets a better name."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from amends.cases import ownership, search, timeline
from amends.cases.models import Case
from amends.flows.decide import decide
from amends.people.models import Member


class TitleError(Exception):
    """The title cannot be that."""


def retitle(case: Case, title: str, *, by: Member, now: datetime) -> None:
    """Name the matter anew. Raises TitleError for an empty title; the same title changes nothing."""
    title = " ".join(title.split())[:200]
    if not title:
        raise TitleError(_("Give the case a title."))
    with transaction.atomic():
        case = ownership.hold(case.pk)
        if title == case.title:
            return
        before, case.title = case.title, title
        case.save(update_fields=["title"])
        timeline.record(case, "case.retitled", at=now, by=by, before=before, title=title)
        search.add_case(case)
        if ownership.is_open(case):
            decide(case, now, by=by)
