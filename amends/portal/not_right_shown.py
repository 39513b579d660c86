"""What stands beside "This isn't right": the promises to choose from, who reads it, and by when."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from amends.cases.family import family
from amends.clock import calendars, promises, rungs
from amends.flows.not_right import senior
from amends.flows.owing import matter_of
from amends.portal import owner_shown, promises_shown, times
from amends.portal.door import Visit
from amends.portal.promises_shown import Line

MOST_CHOICES = 5


@dataclass(frozen=True)
class Then:
    """What happens then: `reader` reads it, `answerer` answers by `when`."""

    reader: str
    leads: bool
    answerer: str
    when: str
    when_within: str
    """The same within a sentence."""

    @property
    def sentence(self) -> str:
        """One line for the moment after sending."""
        if not self.reader:
            return _("Sent. Somebody here reads it. You hear from us: %(when)s.") % {"when": self.when_within}
        parts = {"reader": self.reader, "answerer": self.answerer, "when": self.when_within}
        if self.leads:
            words = _("Sent. %(reader)s, who leads our team, reads it too. You hear from %(answerer)s: %(when)s.")
        else:
            words = _("Sent. %(reader)s reads it. You hear from %(answerer)s: %(when)s.")
        return words % parts


def choices(visit: Visit) -> list[Line]:
    """The given promises that the trouble may be about, those still owed first."""
    ids = [case.pk for case in family(visit.case)]
    given = promises_shown.given_to_customer(visit.case, ids, whole=visit.opened.whole)
    lines = [promises_shown.line(promise, visit.now) for promise in given]
    return [line for line in lines if line is not None][:MOST_CHOICES]


def act(promised: list[Line], about: int | None, visit: Visit) -> str:
    """The chosen promise with its time, in words that stay true; empty for another one."""
    chosen = next((line for line in promised if line.id == about), None)
    if chosen is None:
        return ""
    return f"{chosen.what} ({times.dated(chosen.due.astimezone(visit.zone), visit.now)})"


def then(visit: Visit) -> Then:
    """Who reads it and by when, as it would be or is: an answer that is owed already keeps its time."""
    case, now = visit.case, visit.now
    lead = senior(case)
    owner = case.owner
    answer = promises.owed(case).filter(kind__in=promises.REPLIES).first()
    due = answer.due if answer else calendars.answer_due(case, "form", now, first=False, matter=matter_of(case))
    return Then(
        reader=lead.name if lead else owner.name if owner else "",
        leads=lead is not None and case.team is not None and lead.pk == case.team.lead_id,
        answerer=owner.first_name if owner else "",
        when=times.by_when(due.astimezone(visit.zone), now),
        when_within=times.by_when(due.astimezone(visit.zone), now, within=True),
    )


def answer(visit: Visit) -> str:
    """The sentence after sending, from what was decided."""
    visit.case.refresh_from_db(fields=["owner"])
    return _joined(visit) or then(visit).sentence


def _joined(visit: Visit) -> str:
    """Who joined, and by when they decide; the owner stays (ES3). Empty while nobody did."""
    rung = next((one for one in reversed(rungs.open_on(visit.case)) if one.member and one.promise), None)
    if rung is None or rung.member is None or rung.promise is None or rung.decided_at:
        return ""
    owner = visit.case.owner
    parts = {
        "senior": owner_shown.named(rung.member),
        "when": times.by_when(rung.promise.due.astimezone(visit.zone), visit.now, within=True),
        "owner": owner.first_name if owner else "",
    }
    words = _("Sent. %(senior)s looks at it now and decides: %(when)s. %(owner)s stays with you.")
    return (words if owner else _("Sent. %(senior)s looks at it now and decides: %(when)s.")) % parts
