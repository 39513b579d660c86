"""One page for the president: what hurt, whom, what happened, what we promised and broke, what they ask (ES2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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

MOST = 8
"""Lines of what happened: of a longer story the beginning and the end, so that it stays one page."""
MOST_LISTED = 3
"""Promises that were broken, or are owed, and offers that are told one by one."""
SPOKEN, TOLD = 240, 140
"""Characters of what hurt and of what they say now; of each other thing that was said."""
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
        hurt=_words(heard[0], SPOKEN) if heard else case.title,
        asked=_words(heard[-1], SPOKEN) if len(heard) > 1 else "",
        happened=_happened(case, entries),
        left_out=max(0, len(entries) - MOST),
        broken=_some([_promise(case, one) for one in _broken(ids)]),
        owed=_some(
            [_promise(case, one) for one in promises.owed(case) if one.kind != Promise.Kind.RUNG and one.visible]
        ),
        offers=_some([_short(one.data.get("what"), TOLD) for one in reversed(entries) if one.kind == "offer.made"]),
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


def _words(entry: Entry, most: int = TOLD) -> str:
    if hasattr(entry, "letter"):
        return _short(entry.letter.new_text or entry.letter.text, most)
    said = _short(entry.data.get("what") or entry.data.get("said"), most)
    names = {
        "offer.made": _("Offered: %(said)s"),
        "offer.accepted": _("Accepted: %(said)s"),
        "offer.rejected": _("Said no: %(said)s"),
        "offer.countered": _("Asked for something else: %(said)s"),
    }
    return names.get(entry.kind, "%(said)s") % {"said": said}


def _short(text: object, most: int) -> str:
    return Truncator(" ".join(str(text or "").split())).chars(most)


def _some(lines: Sequence[str]) -> tuple[str, ...]:
    """The first of them, and how many more there are."""
    if len(lines) <= MOST_LISTED:
        return tuple(lines)
    more = len(lines) - MOST_LISTED
    words = ngettext("and %(count)s more, on the case", "and %(count)s more, on the case", more)
    return (*lines[:MOST_LISTED], words % {"count": more})


def _broken(case_ids: Iterable[int]) -> list[Promise]:
    broken = Promise.objects.filter(case__in=list(case_ids), broken_at__isnull=False, visible=True)
    return list(broken.select_related("promisor").order_by("-due"))


def _promise(case: Case, one: Promise) -> str:
    told = {"act": name_of(one, case.customer.first_name), "due": moment(case, one.due), "name": one.promisor.name}
    return _("%(act)s, by %(due)s (%(name)s)") % told
