"""Who should have a case: the right person (RO2 to RO5, RO7). Pure; flows hands in who is on duty.

The owner keeps it; else who stands in for them; else who knows the person; else who can do it and has the most room. Nobody is
passed over in silence: the choice says why (RO7), and it is never nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from amends.triage import topics
from amends.triage.skills import Asked

Code = Literal[
    "owner",
    "owner_away",
    "stands_in",
    "stand_in_away",
    "knows",
    "knows_away",
    "only",
    "team",
    "word",
    "topic",
    "severity",
    "kind",
    "lacks",
    "off_shift",
    "skills",
    "no_skills",
    "language",
    "no_language",
    "room",
    "soonest",
    "all_away",
]


class NobodyAtAll(ValueError):
    """There is no one to choose from."""


@dataclass(frozen=True)
class Wanted:
    """What a case asks of the one who has it. `owner_id` has it now; `knows_id` knows the person.

    `language` is a code such as "de"; `asked` says which rule asked for which of the `skills`. The candidates are already
    those who may see the brand.
    """

    at: datetime
    brand_id: int | None = None
    team_id: int | None = None
    skills: frozenset[str] = frozenset()
    asked: tuple[Asked, ...] = ()
    language: str = ""
    owner_id: int | None = None
    knows_id: int | None = None


@dataclass(frozen=True)
class Candidate:
    """A member who may see the brand's cases. `absent` means away for longer, not merely off duty.

    `stand_in_id` takes what is owed while they are absent (RO5).
    """

    member_id: int
    name: str
    team_ids: frozenset[int] = frozenset()
    skills: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    open_steps: int = 0
    capacity: int = 20
    on_duty: bool = True
    next_on_duty: datetime | None = None
    absent: bool = False
    stand_in_id: int | None = None
    role: str = "agent"

    @property
    def load(self) -> float:
        """Open steps in proportion to what they can carry; no capacity is a full desk."""
        return self.open_steps / self.capacity if self.capacity > 0 else float("inf")


@dataclass(frozen=True)
class Reason:
    """One reason for a choice: a code and the names it needs."""

    code: Code
    params: dict[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Choice:
    """The one who has it, and why."""

    member_id: int
    why: tuple[Reason, ...]


def right_person(wanted: Wanted, candidates: Sequence[Candidate]) -> Choice:
    """The owner for a case. Raises NobodyAtAll only when there are no candidates.

    An absent member is chosen only when all are absent.
    """
    if not candidates:
        raise NobodyAtAll(_("Nobody can have this case: no member may see this brand."))
    by_id = {candidate.member_id: candidate for candidate in candidates}
    why: list[Reason] = []
    owner = by_id.get(wanted.owner_id or 0)
    asked: tuple[tuple[Code, Code, int | None], ...] = (
        ("owner", "owner_away", wanted.owner_id),
        ("stands_in", "stand_in_away", owner.stand_in_id if owner else None),
        ("knows", "knows_away", wanted.knows_id),
    )
    passed: set[int] = set()
    for here, away, member_id in asked:
        known = by_id.get(member_id or 0)
        if known is None or known.member_id in passed:
            continue
        if not known.absent:
            return Choice(known.member_id, (*why, _reason(here, known)))
        passed.add(known.member_id)
        why.append(_reason(away, known))
    return _by_work(wanted, candidates, why)


def explain(reasons: Sequence[Reason]) -> str:
    """The reasons as sentences for people: why it was routed there (RO7)."""
    return " ".join(str(SENTENCES[reason.code]) % reason.params for reason in reasons)


SENTENCES: dict[Code, Promise] = {
    "owner": _("%(name)s already looks after this case."),
    "owner_away": _("%(name)s, who looked after it, is away."),
    "stands_in": _("%(name)s stands in."),
    "stand_in_away": _("%(name)s, who stands in, is away."),
    "knows": _("%(name)s knows this customer."),
    "knows_away": _("%(name)s, who knows this customer, is away."),
    "only": _("%(name)s is the only one here."),
    "team": _("%(name)s’s team serves this brand."),
    "word": _("“%(word)s” asks for %(skill)s."),
    "topic": _("What they write about (%(topic)s) asks for %(skill)s."),
    "severity": _("How grave it is (severity %(severity)s or more) asks for %(skill)s."),
    "kind": _("The channel or the language asks for %(skill)s."),
    "lacks": _("%(name)s, who had it, does not know about %(skills)s."),
    "off_shift": _("%(name)s, who looked after it, is off until after it is due."),
    "skills": _("%(name)s knows about %(skills)s."),
    "no_skills": _("Nobody here knows all of this: %(skills)s."),
    "language": _("%(name)s writes %(language)s."),
    "no_language": _("Nobody here writes %(language)s."),
    "room": _("%(name)s has the most room: %(open)s open of %(capacity)s."),
    "soonest": _("Nobody who could take it is on duty; %(name)s is back first."),
    "all_away": _("Everybody is away; %(name)s is back first."),
}

LATEST = datetime.max.replace(tzinfo=UTC)
EARLIEST = datetime.min.replace(tzinfo=UTC)


def _by_work(wanted: Wanted, candidates: Sequence[Candidate], why: list[Reason]) -> Choice:
    present = [candidate for candidate in candidates if not candidate.absent]
    chosen = min(present or candidates, key=lambda candidate: _distance(wanted, candidate))
    return Choice(chosen.member_id, (*why, *_reasons(wanted, chosen, candidates, bool(present))))


def _distance(wanted: Wanted, candidate: Candidate) -> tuple[int | float | datetime, ...]:
    """How far a candidate is from the right one: what weighs most stands first, the last breaks ties.

    Whoever has no room left gets nothing while another of the desk has; leads help out when agents are full.
    """
    off_duty = not candidate.on_duty
    return (
        bool(wanted.language) and wanted.language not in candidate.languages,
        len(wanted.skills - candidate.skills),
        off_duty,
        (candidate.next_on_duty or LATEST) if off_duty else EARLIEST,
        candidate.load >= 1,
        wanted.team_id is not None and wanted.team_id not in candidate.team_ids,
        candidate.role != "agent",
        candidate.load,
        candidate.member_id,
    )


def _reasons(wanted: Wanted, chosen: Candidate, candidates: Sequence[Candidate], anyone_here: bool) -> list[Reason]:
    if len(candidates) == 1:
        return [_reason("only", chosen)]
    found = []
    if wanted.team_id in chosen.team_ids:
        found.append(_reason("team", chosen))
    found += [_asked(one, chosen) for one in wanted.asked]
    if wanted.skills:
        code: Code = "skills" if wanted.skills <= chosen.skills else "no_skills"
        found.append(_reason(code, chosen, skills=", ".join(sorted(wanted.skills))))
    if wanted.language:
        code = "language" if wanted.language in chosen.languages else "no_language"
        found.append(_reason(code, chosen, language=_language(wanted.language)))
    if not anyone_here:
        found.append(_reason("all_away", chosen))
    elif not chosen.on_duty:
        found.append(_reason("soonest", chosen))
    else:
        found.append(_reason("room", chosen, open=str(chosen.open_steps), capacity=str(chosen.capacity)))
    return found


def _asked(one: Asked, chosen: Candidate) -> Reason:
    """The first of what a rule names, as that leaves least doubt."""
    if one.word:
        return _reason("word", chosen, word=one.word, skill=one.skill)
    if one.topic:
        return _reason("topic", chosen, topic=topics.words_of(one.topic), skill=one.skill)
    if one.severity:
        return _reason("severity", chosen, severity=str(one.severity), skill=one.skill)
    return _reason("kind", chosen, skill=one.skill)


def _reason(code: Code, candidate: Candidate, **params: str) -> Reason:
    return Reason(code, {"name": candidate.name, **params})


def _language(code: str) -> str:
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
