"""One page for the president: what hurt, whom, what happened, what we promised and broke, what they ask (ES2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from amends.cases.family import families
from amends.cases.models import Case, Entry
from amends.clock import promises, rungs
from amends.clock.ladder import RUNGS
from amends.clock.models import Promise
from amends.desk import cost_shown
from amends.desk.ladder_shown import STATES, failed_words, rung_name, why_words
from amends.desk.promises_shown import name_of
from amends.flows import offering
from amends.flows.summing_up import moment

MOST = 12
"""Lines of what happened: of a longer story the beginning and the end, so that it stays one page."""
TELLS = (
    "contact.in",
    "contact.out",
    "contact.call",
    "offer.made",
    "offer.accepted",
    "offer.rejected",
    "offer.countered",
)


@dataclass(frozen=True)
class Line:
    """One thing that happened."""

    at: str
    who: str
    words: str


@dataclass(frozen=True)
class Brief:
    """What `desk/case/brief.html` draws."""

    hurt: str
    asked: str
    happened: tuple[Line, ...]
    left_out: int
    broken: tuple[str, ...]
    owed: tuple[str, ...]
    offers: tuple[str, ...]
    stands: str
    failed: str
    rungs: tuple[str, ...]
    may: str
    cost_them: tuple[str, ...]
    cost_us: tuple[str, ...]
    written_at: str


def brief_of(case: Case, now: datetime) -> Brief:
    """The brief as it stands now; everything is from the timeline, nothing is judged."""
    ids = set(families([case.pk]))
    entries = list(
        Entry.objects.filter(case__in=ids, kind__in=TELLS).select_related("letter", "member").order_by("at", "pk")
    )
    heard = [one for one in entries if one.kind == "contact.in" and hasattr(one, "letter")]
    outcome = offering.outcome_of(case, now)
    standing = rungs.open_on(case)
    return Brief(
        hurt=_words(heard[0]) if heard else case.title,
        asked=_words(heard[-1]) if len(heard) > 1 else "",
        happened=_happened(case, entries),
        left_out=max(0, len(entries) - MOST),
        broken=tuple(_promise(case, one) for one in _broken(ids)),
        owed=tuple(_promise(case, one) for one in promises.owed(case) if one.kind != Promise.Kind.RUNG and one.visible),
        offers=tuple(str(one.data.get("what", "")) for one in entries if one.kind == "offer.made"),
        stands=str(STATES[outcome.state]) if outcome else "",
        failed=failed_words(outcome.failed) if outcome and outcome.failed else "",
        rungs=tuple(
            f"{rung_name(one.rung)}: {one.member or _('nobody stands there')} ({why_words(one.trigger, one.params).rstrip('.')})"
            for one in standing
        ),
        may=str(RUNGS[max((one.rung for one in standing), default=1)].may),
        cost_them=cost_shown.theirs(case, entries, now),
        cost_us=cost_shown.ours(entries),
        written_at=moment(case, now),
    )


def _happened(case: Case, entries: list[Entry]) -> tuple[Line, ...]:
    shown = entries if len(entries) <= MOST else [*entries[: MOST // 3], *entries[-(MOST - MOST // 3) :]]
    return tuple(Line(moment(case, one.at), _who(case, one), _words(one)) for one in shown)


def _who(case: Case, entry: Entry) -> str:
    if entry.kind == "contact.in":
        return case.customer.first_name
    return entry.member.name if entry.member else _("The desk")


def _words(entry: Entry) -> str:
    if hasattr(entry, "letter"):
        return Truncator(" ".join((entry.letter.new_text or entry.letter.text).split())).chars(240)
    said = str(entry.data.get("what") or entry.data.get("said") or "")
    names = {
        "offer.made": _("Offered: %(said)s"),
        "offer.accepted": _("Accepted: %(said)s"),
        "offer.rejected": _("Said no: %(said)s"),
        "offer.countered": _("Asked for something else: %(said)s"),
    }
    return names.get(entry.kind, "%(said)s") % {"said": said}


def _broken(case_ids: Iterable[int]) -> list[Promise]:
    broken = Promise.objects.filter(case__in=list(case_ids), broken_at__isnull=False, visible=True)
    return list(broken.select_related("promisor").order_by("due"))


def _promise(case: Case, one: Promise) -> str:
    told = {"act": name_of(one, case.customer.first_name), "due": moment(case, one.due), "name": one.promisor.name}
    return _("%(act)s, by %(due)s (%(name)s)") % told
