"""The one next step, as `ui/components/nextstep.html` shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.utils import timezone
from django.utils.translation import gettext as _

from amends.cases.models import Case, Closure, NextStep
from amends.clock import promising
from amends.coach import thing
from amends.desk.letters_shown import Look
from amends.desk.zones import in_both
from amends.ui.addresses import address
from amends.ui.moments import by_when, clock_time, day_name, distance


@dataclass(frozen=True)
class StepShown:
    """The inputs of the component; see there."""

    state: str
    who_name: str = ""
    who_is_me: bool = False
    what: str = ""
    due: datetime | None = None
    made: datetime | None = None
    left: int = 0
    when: str = ""
    distance: str = ""
    """Its time in words, as of now."""
    done_url: str = ""
    set_url: str = ""
    why_url: str = ""
    """Where every counted minute is explained."""
    waiting_for: str = ""
    closed_line: str = ""
    reopen_url: str = ""

    @property
    def is_closed(self) -> bool:
        return self.state == "closed"


def step_of(case: Case, look: Look) -> StepShown:
    """The bar of a case: its step, or how it ended."""
    step = look.step
    if step is None:
        closure = Closure.objects.select_related("by").filter(case=case).first()
        return _closed(closure, look) if closure else StepShown("none")
    due, now = timezone.localtime(step.by), timezone.localtime(look.now)
    return StepShown(
        state=promising.state(made_at=step.made_at, due=step.by, now=look.now),
        who_name=step.who.name,
        who_is_me=step.who_id == look.me.pk,
        what=what(step, case),
        due=step.by,
        made=step.made_at,
        left=promising.share_left(step.made_at, step.by, look.now),
        when=in_both(by_when(due, now, name_today=True, beside_distance=True), step.by, case),
        distance=distance(due, now),
        done_url=address("case_done", case.pk) if look.may_write else "",
        set_url=address("case_later", case.pk) if look.may_write and step.promise_id else "",
        why_url=address("promise_why", step.promise_id) if step.promise_id else "",
        waiting_for=_("An answer is about to leave") if look.held else "",
    )


def what(step: NextStep, case: Case) -> str:
    """The step as a sentence with the customer's first name."""
    return thing.sentence(cast("thing.Kind", step.kind), case.customer.first_name, step.what)


def _closed(closure: Closure, look: Look) -> StepShown:
    at = timezone.localtime(closure.at)
    line = _("%(reason)s. Closed by %(name)s, %(day)s %(time)s") % {
        "day": day_name(at.date(), timezone.localtime(look.now).date(), within=True),
        "time": clock_time(at),
        "name": closure.by.name,
        "reason": closure.get_reason_display(),
    }
    may_reopen = look.may_write and look.case.erased_at is None
    reopen = address("case_reopen", closure.case_id) if may_reopen else ""
    return StepShown("closed", closed_line=line, reopen_url=reopen)
