"""What comes after a step, before anybody says so: the likely answer that a form is filled with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from amends.cases import timeline
from amends.cases.models import Case, NextStep
from amends.clock import calendars, promises
from amends.coach.thing import sentence
from amends.desk.promises_shown import name_of
from amends.flows.owing import HEAR_AFTER_DAYS
from amends.ui.moments import by_when, clock_time, day_name


@dataclass(frozen=True)
class Coming:
    """What the case asks for next, in words and by when."""

    what: str
    due: datetime


def what_comes(case: Case, now: datetime) -> Coming:
    """The next promise after the present step; else to hear whether it is all right."""
    step = NextStep.objects.filter(case=case).first()
    rest = promises.owed(case).exclude(pk=step.promise_id if step and step.promise_id else 0)
    promise = rest.first()
    if promise is not None:
        return Coming(name_of(promise, case.customer.first_name), promise.due)
    due = calendars.days_on(case, now, HEAR_AFTER_DAYS)
    return Coming(sentence("hear", case.customer.first_name), due)


def summary_for(case: Case, now: datetime) -> str:
    """Two lines for a colleague: the customer's last words, and what is owed."""
    lines = [_last_words(case, now), *_owed(case, now)]
    return "\n".join(line for line in lines if line)


def _last_words(case: Case, now: datetime) -> str:
    said = timeline.last_letter(case, "contact.in")
    if said is None:
        return ""
    at = timezone.localtime(said.entry.at)
    words = " ".join((said.new_text or said.text).split())
    return _("%(name)s wrote %(day)s %(time)s: “%(words)s”") % {
        "name": case.customer.first_name,
        "day": day_name(at.date(), now.date(), within=True),
        "time": clock_time(at),
        "words": words[:240] + (" …" if len(words) > 240 else ""),
    }


def _owed(case: Case, now: datetime) -> list[str]:
    return [
        _("Owed: %(act)s, by %(due)s")
        % {
            "act": name_of(promise, case.customer.first_name),
            "due": by_when(timezone.localtime(promise.due), now, name_today=True, within=True),
        }
        for promise in promises.owed(case)
    ]
