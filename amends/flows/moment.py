"""A letter that quarrels, or answers rage poorly, waits a moment before it may leave (C7.3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from amends.cases import timeline
from amends.cases.models import Case, Draft, Entry, NextStep
from amends.cases.risk import ABOUT_TO_BE_LOST
from amends.coach.brief import Brief
from amends.coach.models import Coaching
from amends.coach.moment import Moment, moment
from amends.coach.review import Review
from amends.people.models import Member


def waits_until(draft: Draft) -> datetime | None:
    """When the moment of this draft is or was over; None before somebody tried to send it."""
    begun = Entry.objects.filter(case=draft.case_id, kind="coach.moment", data__draft=draft.pk).order_by("-pk").first()
    return datetime.fromisoformat(begun.data["until"]) if begun else None


def take(draft: Draft, review: Review, *, by: Member, now: datetime) -> datetime | None:
    """Until when the letter must wait; None when it may go. The first try begins the moment, with its entry.

    The caller's transaction must end well, though the letter stays: the moment counts from here.
    """
    if not review.take_a_moment:
        return None
    until = waits_until(draft)
    if until is None:
        seconds = Coaching.current().pause_seconds
        until = now + timedelta(seconds=seconds)
        flags = sorted({note.code for note in review.notes if note.gate != "tip"})
        timeline.record(draft.case, "coach.moment", at=now, by=by, draft=draft.pk, until=until.isoformat(), flags=flags)
    return until if until > now else None


def of_case(case: Case, brief: Brief, now: datetime) -> Moment:
    """What to show in the pause: with what the customer is to us, and as long as the desk wants it."""
    return moment(replace(brief, worth=_worth(case, now), pause=Coaching.current().pause_seconds))


def _worth(case: Case, now: datetime) -> str:
    """How long we know them, and whether we are about to lose them."""
    cases = Case.objects.filter(customer=case.customer_id, merged_into=None).order_by("opened_at")
    since = min([case.customer.created_at, *cases.values_list("opened_at", flat=True)[:1]])
    told = [_("They have been with us since %(year)d.") % {"year": since.year}] if since.year < now.year else []
    step = NextStep.objects.filter(case=case, risk__gte=ABOUT_TO_BE_LOST).first()
    if step is not None:
        told.append(_("The risk of losing them is %(percent)d %% today.") % {"percent": step.risk})
    return " ".join(told)
