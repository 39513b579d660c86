"""Which skills cases ask for, by the rules in the settings; and what a rule would have asked for in the past (RO1, RO3)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Min, QuerySet
from django.db.models.functions import Substr

from amends.cases.models import Case, Entry, Letter, LetterReading
from amends.kit.prepared import prepared
from amends.people.models import SkillRule
from amends.triage.skills import Asked, Heard, Rule, asked_for

READ = 2500
"""Characters of the first letter in which words are looked for."""
PAST = timedelta(days=90)
MOST = 500
"""Cases, the newest first, on which a rule is tried."""


@dataclass(frozen=True)
class Hit:
    """A past case that would have asked, and what of it did."""

    case: Case
    asked: Asked


@dataclass(frozen=True)
class Tried:
    """Of how many past cases which would have asked, the newest first.

    `unread`: of how many no letter was read, where the rule goes by what was read.
    """

    of: int
    hits: tuple[Hit, ...]
    unread: int = 0


def rules() -> tuple[Rule, ...]:
    """The rules as they stand, in the order of their skills."""
    return tuple(as_rule(one) for one in _rules())


def as_rule(one: SkillRule) -> Rule:
    """A row as a plain value; it need not be saved."""
    return Rule(one.skill.name, one.any_of, one.channel, one.language, one.brand_id, one.topic, one.severity)


def asked_on(cases: Sequence[Case], standing: Sequence[Rule]) -> dict[int, tuple[Asked, ...]]:
    """Case id → the skills that it asks for.

    One query, none where there is no rule, one more where a rule goes by what was read.
    """
    if not cases or not standing:
        return {}
    ids = [case.pk for case in cases]
    began = {case_id: (channel, text) for case_id, channel, text in _began(ids)}
    about = _topics(ids) if any(rule.topic for rule in standing) else {}
    return {
        case.pk: asked_for(_heard(case, *began.get(case.pk, ("", "")), about.get(case.pk, "")), standing)
        for case in cases
    }


def try_on_past(rule: SkillRule, hidden: Collection[int], now: datetime) -> Tried:
    """What the rule would have asked for; nothing is changed. `hidden`: cases that whoever asks may not see."""
    past = Case.objects.filter(opened_at__gt=now - PAST, merged_into=None, erased_at=None).exclude(pk__in=hidden)
    past = past if rule.brand_id is None else past.filter(brand=rule.brand_id)
    cases = list(past.select_related("owner", "brand", "customer").order_by("-opened_at", "-pk")[:MOST])
    asked = asked_on(cases, [as_rule(rule)])
    hits = (Hit(case, one) for case in cases for one in asked.get(case.pk, ()))
    return Tried(len(cases), tuple(hits), len(cases) - _count_read(cases) if rule.topic else 0)


def _heard(case: Case, channel: str, text: str, topic: str) -> Heard:
    said = "\n".join((case.title, case.about, case.cause, text))
    return Heard(said, channel, case.language or case.brand.language, case.brand_id, topic, case.severity)


def _topics(case_ids: Collection[int]) -> dict[int, str]:
    """Case id → the topic of the first letter in which the reader found one: what it began with."""
    found: dict[int, str] = {}
    for case_id, topic in _read(case_ids):
        found.setdefault(case_id, topic)
    return found


def _count_read(cases: Sequence[Case]) -> int:
    read = LetterReading.objects.filter(letter__entry__case__in=[case.pk for case in cases])
    return read.values("letter__entry__case").distinct().count()


@prepared
def _rules() -> QuerySet[SkillRule]:
    return SkillRule.objects.select_related("skill").order_by("skill__name", "pk")


@prepared
def _read(case_ids: Collection[int]) -> QuerySet[LetterReading, tuple[int, str]]:
    found = LetterReading.objects.filter(letter__entry__case__in=case_ids).exclude(topic="")
    return found.order_by("at", "pk").values_list("letter__entry__case", "topic")


@prepared
def _began(case_ids: Collection[int]) -> QuerySet[Letter, tuple[Any, ...]]:
    heard = Entry.objects.filter(case__in=case_ids, kind="contact.in", letter__isnull=False).order_by()
    first = heard.values("case").annotate(first=Min("pk")).values("first")
    letters = Letter.objects.filter(pk__in=first)
    return letters.values_list("entry__case", "entry__channel", Substr("new_text", 1, READ))
