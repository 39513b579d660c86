"""Why a promise is due when it is: the rule or the word, the hours that were counted, and what is left of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from amends.cases.models import Case
from amends.clock import calendars
from amends.clock.explaining import Explanation, explain
from amends.clock.hours import Calendar, Week
from amends.clock.models import Promise, Target, TeamHours
from amends.clock.packs import shelf
from amends.clock.targets import Reckoned
from amends.desk.counted_shown import MOST_DAYS, CountedShown, counted_of, length, moment
from amends.desk.packs_shown import span_words
from amends.flows import recounting

ANSWERS = (Promise.Kind.FIRST_REPLY, Promise.Kind.NEXT_REPLY)


@dataclass(frozen=True)
class WhyShown:
    """What `desk/case/promise_why.html` draws."""

    rule: str
    due: str
    counted: CountedShown
    left: str
    besides: str
    """Which target it is, and what else was counted in."""
    changed: str
    whose: str
    """The brand whose hours counted, or the team that has its own."""
    hours_url: str


def why_of(promise: Promise, now: datetime, *, may_edit: bool) -> WhyShown:
    """The days from when a promise was made until it is due, by the hours that count on its case as they are now."""
    case = promise.case
    own = TeamHours.objects.filter(pk=case.team_id).select_related("team").first() if case.team_id else None
    by_target = None if _moved(promise) else recounting.counted_for(promise, now)
    calendar = calendars.of_case(case)
    if by_target is not None and by_target.target.clock == Target.Clock.CUSTOMER:
        calendar = Calendar(Week.always(), calendar.tz)
    told = explain(calendar, promise.made_at, promise.due, most=MOST_DAYS)
    by_rule = by_target is not None and promise.kind in ANSWERS
    return WhyShown(
        rule=_rule(promise, told, calendar, by_rule=by_rule),
        due=moment(promise.due, calendar),
        counted=counted_of(told, calendar),
        left=_left(promise, calendar, now),
        besides=_besides(by_target, promise, calendar) if by_target is not None else _of_a_parcel(promise),
        changed=_changed(promise, by_target) if by_target is not None else "",
        whose=own.team.name if own else case.brand.name,
        hours_url=_hours_url(case, own) if may_edit else "",
    )


def _hours_url(case: Case, own: TeamHours | None) -> str:
    return reverse("team_hours", args=[own.pk]) if own else reverse("brand_hours", args=[case.brand_id])


def _rule(promise: Promise, told: Explanation, calendar: Calendar, *, by_rule: bool) -> str:
    start = moment(promise.made_at, calendar)
    if by_rule:
        words = _("House rule: a person answers within %(length)s of open time. The letter came on %(start)s.")
        return words % {"length": length(told.counted), "start": start}
    if promise.rule:
        found = shelf.shelf().stage(promise.rule)
        if found is not None:
            words = _("%(pack)s: within %(span)s. It counts from %(start)s.")
            return words % {"pack": found[0].title, "span": span_words(found[1].within), "start": start}
    if promise.kind == Promise.Kind.MADE_RIGHT and not _moved(promise):
        words = _("House rule: made right within %(length)s of open time. It began on %(start)s.")
        return words % {"length": length(told.counted), "start": start}
    if promise.source == Promise.Source.POLICY and promise.kind == Promise.Kind.HEAR:
        return _("House rule: we ask on the second working day after our last word, before closing.")
    if promise.source == Promise.Source.PERSON or _moved(promise):
        words = _("%(name)s set this time on %(start)s. It is a time of day; no hours were counted for it.")
        return words % {"name": promise.promisor.name, "start": start}
    return _("This time was set on %(start)s.") % {"start": start}


def _besides(found: Reckoned, promise: Promise, calendar: Calendar) -> str:
    """ "The target of severity 5. Halved, because …"; nothing of a target that does not lead to this time any more."""
    if found.due != promise.due:
        return ""
    case = promise.case
    words = [_("Nobody has set another target: it is the house's own.")] if found.by_default else []
    if found.target.severity != Target.ANY:
        words.append(_("It is the target of severity %(number)s.") % {"number": found.target.severity})
    if found.target.clock == Target.Clock.CUSTOMER:
        words.append(_("It counts all hours, as the customer lives them."))
    if case.occasion_at is not None and (found.halved or found.capped):
        day = {"day": moment(case.occasion_at, calendar)}
        halved = _("Halved, because it must be right for %(day)s.") % day
        words.append(_("It ends with the day it must be right for: %(day)s.") % day if found.capped else halved)
    return " ".join(words)


def _of_a_parcel(promise: Promise) -> str:
    return _("It is a parcel: from then on it counts to the end of its day.") if promise.grace_until else ""


def _left(promise: Promise, calendar: Calendar, now: datetime) -> str:
    if promise.kept_at or promise.released_at or promise.moved_at or promise.due <= now:
        return ""
    left = calendar.open_between(max(now, promise.made_at), promise.due)
    return length(left - left % timedelta(minutes=1))


def _changed(promise: Promise, found: Reckoned) -> str:
    if found.due == promise.due:
        return ""
    return _("The hours or the rule were changed since. The time that was promised stays.")


def _moved(promise: Promise) -> bool:
    return Promise.objects.filter(moved_to=promise).exists()
