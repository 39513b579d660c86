"""What is owed behind the answers: the whole made right, and what policy packs want (SL1, ES7, Appendix 2).

Such a clock runs beside the talk: it neither asks for an answer nor spares the question whether all is well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from amends.cases.models import Case
from amends.cases.timeline import Spoken
from amends.clock import calendars, promises
from amends.clock.calendars import HouseRules
from amends.clock.models import PackInUse, Promise
from amends.clock.packs import shelf
from amends.clock.packs.reckon import due_after
from amends.clock.packs.shape import REQUEST, Deadline, Pack, Version
from amends.clock.promises import Given, Word
from amends.clock.targets import Matter
from amends.people.models import Member


def is_one(promise: Promise) -> bool:
    """Whether it runs beside the talk."""
    return promise.kind == Promise.Kind.MADE_RIGHT or bool(promise.rule)


def wanting(
    owned: Sequence[tuple[Case, Member]], talks: Mapping[int, Sequence[Spoken]], rules: HouseRules, now: datetime
) -> list[Given]:
    """What these complaints owe of it and have not been given yet; one query, or two where anything may be owed."""
    complaints = [(case, owner) for case, owner in owned if case.kind == Case.Kind.COMPLAINT]
    if not complaints:
        return []
    in_use: dict[int, list[PackInUse]] = defaultdict(list)
    for row in calendars.packs_of({case.brand_id for case, _owner in complaints}):
        in_use[row.brand_id].append(row)
    aiming = [
        (case, owner) for case, owner in complaints if in_use[case.brand_id] or _aims(case, talks[case.pk], rules)
    ]
    if not aiming:
        return []
    known: dict[int, list[Promise]] = defaultdict(list)
    for promise in promises.of_rules([case.pk for case, _owner in aiming]):
        known[promise.case_id].append(promise)
    given: list[Given] = []
    for case, owner in aiming:
        given += _made_right(case, owner, talks[case.pk], known[case.pk], rules, now)
        for row in in_use[case.brand_id]:
            given += _stages(case, owner, row, talks[case.pk], known[case.pk], rules, now)
    return given


def begun_at(case: Case, talk: Sequence[Spoken], now: datetime) -> datetime:
    """When the complaint came: its first words, or the first since it began again. A clock that ran ahead is not believed."""
    heard = [said.at for said in talk if said.kind == "contact.in"]
    since = [at for at in heard if case.reopened_at is None or at >= case.reopened_at]
    return min(min(since, default=case.reopened_at or min(heard, default=case.opened_at)), now)


def stage(case: Case, owner: Member, pack: Pack, one: Deadline, start: datetime, rules: HouseRules) -> Given:
    """One stage of a pack as a promise of the case's owner, counted from `start`."""
    word = Word(
        act=one.act,
        due=due_after(one.within, start, rules.hours_of(case)),
        kind=one.kind,
        source=Promise.Source.LAW if pack.law else Promise.Source.POLICY,
        visible=False,
        rule=pack.rule(one.key),
    )
    return Given(case, word, owner, at=start)


def _aims(case: Case, talk: Sequence[Spoken], rules: HouseRules) -> bool:
    return rules.targets.of(case.brand_id, _channel(talk), case.severity).made_right is not None


def _made_right(
    case: Case, owner: Member, talk: Sequence[Spoken], known: Sequence[Promise], rules: HouseRules, now: datetime
) -> list[Given]:
    """Once, and once more when the case begins again."""
    start = begun_at(case, talk, now)
    before = [promise for promise in known if promise.kind == Promise.Kind.MADE_RIGHT and not promise.rule]
    if any(_is_of_now(promise, case) for promise in before):
        return []
    found = rules.reckon(case, _channel(talk), "made_right", start, Matter(case.severity, case.occasion_at), now)
    if found is None:
        return []
    word = Word(
        act=_("make it right for you"),
        due=found.due,
        kind=Promise.Kind.MADE_RIGHT,
        source=Promise.Source.POLICY,
        visible=False,
    )
    return [Given(case, word, owner, at=start)]


def _stages(
    case: Case,
    owner: Member,
    row: PackInUse,
    talk: Sequence[Spoken],
    known: Sequence[Promise],
    rules: HouseRules,
    now: datetime,
) -> list[Given]:
    """The stages that begin by themselves, each counted from what it begins with: that may be due, not done yet.

    When a case begins again, what a law still wanted as it ended goes on; else its stages begin anew.
    """
    pack, start = shelf.shelf().packs.get(row.pack), begun_at(case, talk, now)
    if pack is None:
        return []
    before = [promise for promise in known if promise.rule.startswith(f"{pack.id}/")]
    if any(_is_of_now(promise, case) for promise in before):
        return []
    last = {promise.rule: promise for promise in before} if pack.law else {}
    ended = [promise for promise in last.values() if promise.released_at]
    if ended:
        return [_going_on(case, owner, promise) for promise in ended]
    version = pack.on(start.astimezone(rules.hours_of(case).tz).date())
    if version is None or start < row.since:
        return []
    due: dict[str, datetime] = {}
    given = []
    for one in in_order(version):
        since = due.get(one.begins, start)
        made = stage(case, owner, pack, one, since, rules)
        due[one.key] = made.word.due
        given.append(made)
    return given


def _is_of_now(promise: Promise, case: Case) -> bool:
    """Whether it is of the case as it is now, not of what had ended before it began again."""
    settled = promise.kept_at or promise.released_at or promise.moved_at
    return settled is None or case.reopened_at is None or settled > case.reopened_at


def _going_on(case: Case, owner: Member, ended: Promise) -> Given:
    """What ended with the case, with the time that it had: no law counts anew because a case was closed."""
    word = Word(ended.act, ended.due, ended.kind, Promise.Source.LAW, visible=False, rule=ended.rule)
    return Given(case, word, owner, at=ended.made_at)


def in_order(version: Version) -> list[Deadline]:
    """The stages that begin with the complaint, and what follows from them, each after what it begins with."""
    found: dict[str, Deadline] = {}
    waiting = [one for one in version.deadlines.values() if _goes_back_to_the_complaint(one, version)]
    while waiting:
        ready = [one for one in waiting if one.begins in found or one.begins not in version.deadlines]
        found.update({one.key: one for one in ready})
        waiting = [one for one in waiting if one.key not in found]
    return list(found.values())


def _goes_back_to_the_complaint(one: Deadline, version: Version) -> bool:
    while one.begins in version.deadlines:
        one = version.deadlines[one.begins]
    return one.begins != REQUEST


def _channel(talk: Sequence[Spoken]) -> str:
    return next((said.channel for said in talk if said.kind == "contact.in"), "email")
