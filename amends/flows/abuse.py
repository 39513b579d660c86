"""Abuse of the people here has a path of its own: warn, pause, a second person (A077).

It is apart from priority: what a case needs, and how soon, stays as it is; and to complain often, or loudly, is none.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.cases import next_step, ownership, timeline
from amends.cases.models import Case, Entry, Naming
from amends.clock import alarms, promises
from amends.clock.models import Promise
from amends.clock.targets import AT_ONCE
from amends.flows import recounting
from amends.flows.decide import decide
from amends.flows.holders import second_person
from amends.people.models import Member

WARN, PAUSE, RESUME, SECOND = "warn", "pause", "resume", "second"
LONGEST = timedelta(days=14)
_WORD = Q(kind=Promise.Kind.TELL, source=Promise.Source.POLICY)
_WAITS = Q(kind__in=promises.REPLIES) | _WORD
"""Answers, and the word on how it stands: whatever the house would say to them."""
LABELS = {
    WARN: gettext_lazy("Warn: they were asked to treat the people here as people"),
    PAUSE: gettext_lazy("Pause: what comes in is kept, nobody must answer until then"),
    SECOND: gettext_lazy("A second person stands by"),
    RESUME: gettext_lazy("Answer again now"),
}


class AbuseError(Exception):
    """It cannot be done so; the message says what comes first."""


def choices(case: Case, now: datetime) -> list[tuple[str, Any]]:
    """What may be done now."""
    last = (RESUME,) if is_paused(case, now) else (PAUSE,)
    return [(one, LABELS[one]) for one in (WARN, *last, SECOND)]


def is_paused(case: Case, now: datetime) -> bool:
    """Whether nobody must answer just now."""
    return case.quiet_until is not None and case.quiet_until > now


def act(case: Case, what: str, why: str, *, until: datetime | None, by: Member, now: datetime) -> None:
    """Warn, pause until a time, have a second person stand by, or answer again. Raises AbuseError."""
    if not why.strip():
        raise AbuseError(_("Say in one line what was said or done. It is no judgement of the person."))
    with transaction.atomic():
        case = ownership.hold(case.pk)
        if not ownership.is_open(case):
            raise AbuseError(_("This case is closed, or was taken into another one."))
        if what == WARN:
            timeline.record(case, "abuse.warned", at=now, by=by, why=why[:300])
        elif what == PAUSE:
            _pause(case, why, until, by, now)
        elif what == RESUME:
            _resume(case, why, by, now)
        else:
            _second(case, why, by, now)
        decide(case, now, by=by)


def take_along(source: Case, target: Case, *, by: Member | None, now: datetime) -> None:
    """A pause of one is a pause of both, unless somebody may be in danger or need. The caller holds both, and decides.

    What `source` owed, and what it is about, went along before. Also for a part that was `source`'s until now.
    """
    until = max((one.quiet_until for one in (source, target) if one.quiet_until and is_paused(one, now)), default=None)
    if until is None:
        return
    if _is_grave(target):
        end_where_grave(target, by=by, now=now)
        return
    why = _("It belongs together with a case that pauses.")
    if until != target.quiet_until:
        _set_quiet(target, until)
        timeline.record(target, "abuse.paused", at=now, by=by, why=why, until=until.isoformat())
    _put_off_answers(target, until, why, by, now)


def end_where_grave(case: Case, *, by: Member | None, now: datetime) -> bool:
    """A pause ends once somebody may be in danger or need; False when there was none. The caller holds, and decides."""
    if not (_is_grave(case) and is_paused(case, now)):
        return False
    _resume(case, _("Somebody may be in danger or need."), by, now)
    return True


def _is_grave(case: Case) -> bool:
    return bool(case.guard) or case.severity >= Case.Severity.SAFETY


def _pause(case: Case, why: str, until: datetime | None, by: Member, now: datetime) -> None:
    """Only after a warning, never for a vulnerable person or a danger, and not for ever."""
    if _is_grave(case):
        raise AbuseError(_("Somebody may be in danger or need: this case cannot pause. Ask for a second person."))
    if not Entry.objects.filter(case=case, kind="abuse.warned").exists():
        raise AbuseError(_("Warn them first: people often do not know how they sound."))
    if until is None or until <= now:
        raise AbuseError(_("Say until when it pauses: a later time than now."))
    if until > now + LONGEST:
        raise AbuseError(_("A pause lasts fourteen days at most. Name an earlier time."))
    _set_quiet(case, until)
    timeline.record(case, "abuse.paused", at=now, by=by, why=why[:300], until=until.isoformat())
    _put_off_answers(case, until, why, by, now)


def _put_off_answers(case: Case, until: datetime, why: str, by: Member | None, now: datetime) -> None:
    """The same promises go on: nothing that the customer was told of is broken by a pause."""
    for promise in promises.owed(case).filter(_WAITS, due__lt=until, broken_at=None).select_related("promisor"):
        promises.count_anew(promise, until, why=why, at=now, by=by)


def _resume(case: Case, why: str, by: Member | None, now: datetime) -> None:
    """What waited for the pause's end is counted as if there had been none; what has passed by then is due at once."""
    waiting = promises.owed(case).filter(_WORD, broken_at=None, due=case.quiet_until or now)
    told = list(waiting.select_related("promisor"))
    _set_quiet(case, None)
    timeline.record(case, "abuse.resumed", at=now, by=by, why=why[:300])
    recounting.recount_answers(case, why=why, by=by, now=now)
    for promise in told:
        promises.count_anew(promise, now + AT_ONCE, why=why, at=now, by=by)
    next_step.look_again(case, now, now)


def _second(case: Case, why: str, by: Member, now: datetime) -> None:
    second = second_person(case, by, now)
    if second is None:
        raise AbuseError(_("Nobody else of this brand is here now. Ask for backup instead."))
    entry = timeline.record(
        case, "abuse.joined", at=now, by=by, why=why[:300], member=second.pk, member_name=second.name
    )
    Naming.objects.get_or_create(entry=entry, member=second)
    alarms.raise_alarm(second, "stand_by", now, case=case, by=by.name)


def _set_quiet(case: Case, until: datetime | None) -> None:
    case.quiet_until = until
    case.save(update_fields=["quiet_until"])
