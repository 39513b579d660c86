"""Saved answers with what the coach says of each, as the settings and the composer show them (RQ1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from amends.cases import failures
from amends.cases.models import Case
from amends.clock.ladder import FAILURES_OF_A_CUSTOMER
from amends.coach.models import SavedAnswer
from amends.coach.saved import Shelved, Verdict, judge, library, shelf_for
from amends.desk.whole import whole
from amends.flows import drafting
from amends.flows.dossier import FAILURES_WITHIN
from amends.people.models import Member


@dataclass(frozen=True)
class VerdictShown:
    """The coach's word, whether it is a good one, and what there is to mend: (title, advice) each."""

    words: str
    is_good: bool
    mends: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class AnswerShown:
    """One saved answer in the settings."""

    answer: SavedAnswer
    verdict: VerdictShown


@dataclass(frozen=True)
class ChoiceShown:
    """One that can be put into a draft: `value` is its number, or its key in the library."""

    value: str
    name: str
    words: str


def answers_of(rows: Iterable[SavedAnswer]) -> list[AnswerShown]:
    """Each with its verdict."""
    return [AnswerShown(one, verdict_of(one.body, one.use, one.language)) for one in rows]


def verdict_of(body: str, use: str, language: str) -> VerdictShown:
    """What the coach says of the words."""
    found = judge(body, use, language)
    return VerdictShown(found.words, found.gate == "ok" and (found.score or 0) >= GOOD, tuple(_mends(found)))


GOOD = 75


def _mends(found: Verdict) -> Iterable[tuple[str, str]]:
    for place in found.places:
        title = _("“%(place)s” is filled in by nothing") % {"place": f"{{{place}}}"}
        yield title, _("Write {customer}, {agent}, {brand} or {case}, or “…” for what only the case can tell.")
    for note in found.notes:
        yield note.title, note.advice
    for virtue in found.lacks:
        yield virtue.word, virtue.hint


def why_none(case: Case, now: datetime) -> str:
    """Why this customer is answered in words of one's own alone: their third trouble in 90 days (C3.2); else empty."""
    if case.kind != Case.Kind.COMPLAINT:
        return ""
    troubles = failures.troubles_of([case.customer_id], now - FAILURES_WITHIN).get(case.customer_id, 0)
    if troubles < FAILURES_OF_A_CUSTOMER:
        return ""
    return _("This is their third trouble in 90 days: words that were made for others would hurt. Write it yourself.")


def choices_for(case: Case, me: Member) -> tuple[list[ChoiceShown], list[tuple[str, list[ChoiceShown]]]]:
    """The house's own for this brand and language, then the library by what its texts are."""
    own = [ChoiceShown(str(one.pk), one.name, drafting.filled(one.body, case, me)) for one in own_answers(case)]
    shelves = [
        (str(use.label), [_choice(one, case, me) for one in shelf_for(_language(case)) if one.use == use])
        for use in SavedAnswer.Use
    ]
    return own, [(label, found) for label, found in shelves if found]


def own_answers(case: Case) -> QuerySet[SavedAnswer]:
    """What is meant for this brand and this language, or for every one."""
    meant = Q(brand=None) | Q(brand=case.brand_id)
    return SavedAnswer.objects.filter(meant, language__in=["", _language(case)])


def words_for(value: str, case: Case, me: Member) -> str | None:
    """The words of a choice, filled in; None when there is none such."""
    shelved = next((one.body for one in library() if one.key == value), None)
    if shelved is not None:
        return drafting.filled(shelved, case, me)
    number = whole(value)
    found = own_answers(case).filter(pk=number).first() if number is not None else None
    return drafting.filled(found.body, case, me) if found else None


def _language(case: Case) -> str:
    return case.language or case.brand.language


def _choice(one: Shelved, case: Case, me: Member) -> ChoiceShown:
    return ChoiceShown(one.key, one.name, drafting.filled(one.body, case, me))
