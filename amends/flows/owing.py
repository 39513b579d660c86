"""The right time: what the house owes on a case, as promises with a clock (C0.3, Appendix 1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from amends.cases import timeline
from amends.cases.models import Case
from amends.cases.outcome import ATTEMPTS, SETTLED_AFTER
from amends.cases.timeline import Spoken
from amends.clock import calendars, promises
from amends.clock.calendars import HouseRules
from amends.clock.models import Promise
from amends.clock.promises import Given, Word
from amends.clock.targets import Matter
from amends.flows import background
from amends.people.models import Member

HEAR_AFTER_DAYS = 2
"""Working days after our last word until we ask whether it is right now (`confirm.ask_after`)."""

OUR_WORD = ("contact.out", "contact.call", "step.done")
LETTERS_AND_CALLS = ("contact.out", "contact.call")


def right_times(owned: Sequence[tuple[Case, Member]], now: datetime) -> dict[int, Promise]:
    """Case id → the earliest promise owed on it; made here, by its owner, when nobody wrote one down."""
    rules = calendars.HouseRules([case for case, _owner in owned])
    ids = [case.pk for case, _entry in owned]
    owed, talks = promises.owed_on(ids), timeline.talk_on(ids)
    wanting: list[Given] = []
    for case, owner in owned:
        unanswered = first_unanswered(talks[case.pk])
        if unanswered is not None:
            owed[case.pk] = _not_asked(owed[case.pk], now, _("the customer wrote first"))
            if not any(promise.kind in promises.REPLIES for promise in owed[case.pk]):
                wanting.append(_answer(case, owner, unanswered, talks[case.pk], rules, now))
            continue
        if any(promises.is_given(promise) for promise in owed[case.pk]):
            owed[case.pk] = _not_asked(owed[case.pk], now, _("something is promised first"))
        if all(background.is_one(promise) for promise in owed[case.pk]):
            wanting.append(_question(case, owner, talks[case.pk], rules, now))
    wanting += background.wanting(owned, talks, rules, now)
    for promise in promises.make_all(wanting):
        owed[promise.case_id].append(promise)
    return {
        case_id: min(found, key=lambda one: (promises.counts_to(one, now), one.pk)) for case_id, found in owed.items()
    }


def first_unanswered(talk: Sequence[Spoken]) -> Spoken | None:
    """The first thing we heard from the customer since we last spoke to them; None when the turn is theirs.

    In the order of the timeline, not of the clock: nobody answered what nobody had read yet. What could not be
    read asks for reading; nobody can be answered. A thank-you for what we said asks for nothing more (SL3).
    """
    spoken = max((said.entry_id for said in _by_people(talk, OUR_WORD)), default=0)
    heard = (said for said in talk if said.kind == "contact.in" and not said.unreadable and said.entry_id > spoken)
    asking = (said for said in heard if not (said.thanks and spoken))
    return min(asking, key=lambda said: said.entry_id, default=None)


def last_word(talk: Sequence[Spoken]) -> datetime | None:
    """When a person here last spoke to the customer; None: never."""
    return max((said.at for said in _by_people(talk, LETTERS_AND_CALLS)), default=None)


def _not_asked(owed: Sequence[Promise], now: datetime, why: str) -> list[Promise]:
    """What stays owed: whoever wrote, or waits for what we promised, need not be asked whether all is well."""
    for promise in owed:
        if promise.kind == Promise.Kind.HEAR:
            promises.release(promise, at=now, by=None, reason=why)
    return [promise for promise in owed if promise.kind != Promise.Kind.HEAR]


def _answer(
    case: Case, owner: Member, unanswered: Spoken, talk: Sequence[Spoken], rules: HouseRules, now: datetime
) -> Given:
    first = not any(_by_people(talk, LETTERS_AND_CALLS))
    heard = min(unanswered.at, now)  # a clock that ran ahead may have written it down
    matter = matter_of(case)
    answer_due = rules.answer_due(case, unanswered.channel, heard, first=first, matter=matter)
    word = Word(
        act=case.title,
        due=_not_before(case.quiet_until, answer_due),
        kind=Promise.Kind.FIRST_REPLY if first else Promise.Kind.NEXT_REPLY,
        source=Promise.Source.POLICY,
    )
    return Given(case, word, owner, at=heard)


def _not_before(quiet_until: datetime | None, due: datetime) -> datetime:
    """While a case pauses nobody must answer (A077)."""
    return due if quiet_until is None else max(due, quiet_until)


def _question(case: Case, owner: Member, talk: Sequence[Spoken], rules: HouseRules, now: datetime) -> Given:
    spoken = min(last_word(talk) or now, now)
    due = max(rules.days_on(case, spoken, HEAR_AFTER_DAYS), rules.days_on(case, now, 1))
    if _asked_in_vain(case, talk):
        due = max(due, rules.days_on(case, spoken + SETTLED_AFTER, 1))
    word = Word(act=case.title, due=due, kind=Promise.Kind.HEAR, source=Promise.Source.POLICY, visible=False)
    return Given(case, word, owner, at=now)


def _asked_in_vain(case: Case, talk: Sequence[Spoken]) -> bool:
    """Whether we asked as often as one may, and heard nothing: whoever does not answer is not asked every other day.

    One more query, only where we spoke or did something more than `ATTEMPTS` times since their last word.
    """
    heard = max((said.entry_id for said in talk if said.kind == "contact.in"), default=0)
    ours = [said.at for said in _by_people(talk, OUR_WORD) if said.entry_id > heard]
    if len(ours) <= ATTEMPTS:
        return False
    return Promise.objects.filter(case=case, kind=Promise.Kind.HEAR, kept_at__gte=min(ours)).count() >= ATTEMPTS


def matter_of(case: Case) -> Matter:
    """What of the case its clocks depend on."""
    return Matter(case.severity, case.occasion_at)


def _by_people(talk: Iterable[Spoken], kinds: Sequence[str]) -> Iterable[Spoken]:
    """What members said to them or did; a letter that the desk sent by itself, or that went to others, answers nobody."""
    return (said for said in talk if said.by_member and not said.elsewhere and said.kind in kinds)
