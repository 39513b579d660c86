"""What `decide` looks at: rows turned into the plain values that the specialists want."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from functools import cached_property
from types import MappingProxyType
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from amends.cases import next_step, timeline
from amends.cases.models import Case
from amends.cases.next_step import Said
from amends.clock import calendars, promises, promising
from amends.clock.calendars import Duty
from amends.clock.models import Promise
from amends.coach.thing import Facts
from amends.flows import asking
from amends.kit.prepared import prepared
from amends.people.models import Brand, Member, Role, Team
from amends.people.permissions import LEADS
from amends.triage.reading import last_words
from amends.triage.routing import Candidate, Choice, Wanted
from amends.triage.skills import Asked, Rule


class Staff:
    """Everybody who works here now, read once for many decisions: who is on duty, away, and how much each carries.

    Each is read with the first question about it: to count what everybody carries takes its time at a million cases.
    """

    def __init__(self, now: datetime) -> None:
        self.now = now

    def read(self) -> Staff:
        """Read all of it now, before a transaction in which others would wait for it."""
        _read = self._serving, self._candidates
        return self

    def candidates(self, case: Case) -> list[Candidate]:
        """Everybody who may own the case: its brand's teams, else leads and admins of the desk.

        A lead or admin to whom it was handed, or who stands in, keeps it without being in a team.
        """
        owner = self._duties.get(case.owner_id or 0)
        besides = {case.owner_id, owner.stand_in_id if owner and owner.absent else None}
        besides = {pk for pk in besides if pk in self._candidates and self._candidates[pk].role in LEADS}
        return self._owning(case.brand_id, besides)

    def for_brand(self, brand_id: int) -> list[Candidate]:
        """Everybody who may own a brand's cases: its teams, else leads and admins of the desk."""
        return self._owning(brand_id, frozenset())

    def everybody(self) -> list[Candidate]:
        """Everybody who works here, with what each carries by now."""
        return list(self._candidates.values())

    def somebody_is_here(self, brand_id: int) -> bool:
        """Whether anybody of those who may own the brand's cases is not away."""
        serving = [pk for pk in self._members if brand_id in self._serving[pk]]
        leads = [pk for pk, member in self._members.items() if member.role in LEADS]
        return any(not self._duties[pk].absent for pk in serving or leads)

    def here(self, member_id: int | None) -> bool:
        """Whether the member works here and is not away."""
        return member_id in self._duties and not self._duties[member_id].absent

    def off_their_shift(self) -> dict[int, datetime | None]:
        """Member id → when their next shift begins (None: never), of those who are off now and not away."""
        return {pk: duty.next for pk, duty in self._duties.items() if not duty.on and not duty.absent}

    def member(self, member_id: int) -> Member:
        """One of the candidates, by id."""
        return self._members[member_id]

    def can_act(self, member_id: int, brand_id: int) -> bool:
        """Whether the member may answer for the brand, and is not away."""
        return self.here(member_id) and self._serves(self._members[member_id], brand_id)

    def serving(self, brand_id: int) -> list[tuple[Member, Duty]]:
        """Who may act for a brand, each with whether they are there; leads and admins serve all."""
        found = (one for one in self._members.values() if self._serves(one, brand_id))
        return [(member, self._duties[member.pk]) for member in found]

    def carries(self, member_id: int) -> int:
        """How many steps are theirs."""
        return self._candidates[member_id].open_steps

    def asked_on(self, cases: Sequence[Case]) -> dict[int, tuple[Asked, ...]]:
        """Case id → the skills that it asks for; the rules are read with the first question."""
        return asking.asked_on(cases, self._rules) if cases else {}

    @property
    def asks_by_topic(self) -> bool:
        """Whether any rule goes by what was read in a letter."""
        return any(rule.topic for rule in self._rules)

    def skills_of(self, member_id: int | None) -> frozenset[str]:
        """What somebody who works here knows about; of anybody else, nothing."""
        member = self._members.get(member_id or 0)
        return frozenset(skill.name for skill in member.skills.all()) if member else frozenset()

    def takes(self, member_id: int, before_id: int | None) -> None:
        """Count a step that goes to a member, from another or from nobody."""
        for pk, more in ((member_id, 1), (before_id, -1)):
            if one := self._candidates.get(pk or 0):
                self._candidates[one.member_id] = replace(one, open_steps=one.open_steps + more)

    @cached_property
    def _rules(self) -> tuple[Rule, ...]:
        return asking.rules()

    @cached_property
    def _members(self) -> dict[int, Member]:
        return {member.pk: member for member in _staff()}

    @cached_property
    def _duties(self) -> dict[int, Duty]:
        return calendars.duties(self._members.values(), self.now)

    @cached_property
    def _serving(self) -> dict[int, set[int]]:
        return _brands_of(self._members)

    @cached_property
    def _candidates(self) -> dict[int, Candidate]:
        carried = next_step.open_by_member()
        return {pk: self._candidate(member, carried.get(pk, 0)) for pk, member in self._members.items()}

    def _serves(self, member: Member, brand_id: int) -> bool:
        return member.role in LEADS or brand_id in self._serving[member.pk]

    def _owning(self, brand_id: int, besides: Collection[int | None]) -> list[Candidate]:
        found = [one for pk, one in self._candidates.items() if brand_id in self._serving[pk] or pk in besides]
        return found or [one for one in self._candidates.values() if one.role in LEADS]

    def _candidate(self, member: Member, carried: int) -> Candidate:
        duty = self._duties[member.pk]
        return Candidate(
            member_id=member.pk,
            name=member.name,
            team_ids=frozenset(team.pk for team in member.teams.all()),
            skills=self.skills_of(member.pk),
            languages=frozenset(member.languages),
            open_steps=carried,
            capacity=member.capacity,
            on_duty=duty.on,
            next_on_duty=duty.next,
            absent=duty.absent,
            stand_in_id=duty.stand_in_id,
            role=member.role,
        )


def wanted(case: Case, now: datetime, knows_id: int | None = None, asked: Sequence[Asked] = ()) -> Wanted:
    """Whom the case wants: its team, language, the skills asked for, its owner, and who knows the person."""
    return Wanted(
        brand_id=case.brand_id,
        team_id=case.team_id,
        skills=frozenset(one.skill for one in asked),
        asked=tuple(asked),
        language=case.language or case.brand.language,
        owner_id=case.owner_id,
        knows_id=knows_id,
        at=now,
    )


def who_knows(cases: Sequence[Case]) -> dict[int, int]:
    """Case id → the owner of the customer's latest other case."""
    if not cases:
        return {}
    others = Case.objects.filter(customer=OuterRef("customer"), owner__isnull=False).exclude(pk=OuterRef("pk"))
    latest = Subquery(others.order_by("-opened_at").values("owner")[:1])
    found = Case.objects.filter(pk__in=[case.pk for case in cases]).annotate(knows=latest)
    return dict(found.exclude(knows=None).values_list("pk", "knows"))


def member(member_id: int) -> Member:
    """A member by id."""
    return Member.objects.get(pk=member_id)


def member_or_none(member_id: int) -> Member | None:
    """A member by id, or None when there is none."""
    return Member.objects.filter(pk=member_id).first()


def reasons(choice: Choice) -> list[Any]:
    """The reasons of a choice as JSON, for the timeline and the row."""
    return [asdict(reason) for reason in choice.why]


def facts(case: Case, promise: Promise, now: datetime) -> Facts:
    """What the right thing depends on."""
    kind = Promise.Kind(promise.kind)
    own = (*promises.REPLIES, Promise.Kind.REACH, Promise.Kind.READ, Promise.Kind.HEAR, Promise.Kind.RUNG)
    word = kind not in own
    return Facts(
        title=case.title,
        customer_first_name=case.customer.first_name,
        awaiting_answer=kind in promises.REPLIES,
        bounced=kind == Promise.Kind.REACH,
        unread=kind == Promise.Kind.READ,
        earliest_promise=(_act(promise), promise.kind) if word else None,
        promise_first=word,
        new_time=word
        and promises.is_given(promise)
        and promising.at_risk(promise.made_at, promise.due, now, promise.grace_until),
        to_decide=promise.act if kind == Promise.Kind.RUNG else "",
    )


def _act(promise: Promise) -> str:
    """A partner's act is told with the partner's name."""
    partner = promise.partner if promise.partner_id else None
    return f"{partner.name}: {promise.act}" if partner is not None else promise.act


def doer(case: Case, promise: Promise, owner: Member, staff: Staff) -> Member:
    """Who does it: whoever gave their word, sees to a partner's or joined to decide; a house rule binds the owner.

    And the owner does it when whoever it was is away or gone.
    """
    given = promise.promisor
    own_word = promise.source in (Promise.Source.PERSON, Promise.Source.PARTNER) or promise.kind == Promise.Kind.RUNG
    return given if own_word and staff.can_act(given.pk, case.brand_id) else owner


def said(case: Case) -> Said:
    """The customer's own last words, for the row (UX principle 4)."""
    return said_on([case.pk])[case.pk]


def said_on(case_ids: Sequence[int], heard: Mapping[int, Said] = MappingProxyType({})) -> dict[int, Said]:
    """Case id → the customer's own last words, for many cases in two queries.

    `heard`: entry id → its last words, where somebody knows them already.
    """
    found = dict.fromkeys(case_ids, Said())
    newest = timeline.newest_letters(case_ids, "contact.in")
    letters = timeline.letters_of(entry_id for entry_id in newest.values() if entry_id not in heard)
    read = {one.pk: Said(last_words(one.new_text or one.text), one.entry.channel) for one in letters}
    return found | {case_id: heard.get(entry_id) or read[entry_id] for case_id, entry_id in newest.items()}


def brand_members(brand: Brand) -> Sequence[Member]:
    """Everybody who serves a brand, for hand-over and naming."""
    return list(_working().filter(Q(teams__brands=brand) | Q(role__in=LEADS)).distinct())


def colleagues() -> Sequence[Member]:
    """Everybody who works here, whichever brands they serve."""
    return list(_working())


def _working() -> QuerySet[Member]:
    working = Member.objects.filter(is_active=True).exclude(role=Role.READER)
    return working.prefetch_related("teams", "skills").order_by("pk")


@prepared
def _staff() -> QuerySet[Member]:
    return _working()


def _brands_of(member_ids: Iterable[int]) -> dict[int, set[int]]:
    serving: dict[int, set[int]] = {member_id: set() for member_id in member_ids}
    for member_id, brand_id in _serve(list(serving)):
        if member_id in serving:
            serving[member_id].add(brand_id)
    return serving


@prepared
def _serve(member_ids: Collection[int]) -> QuerySet[Any, tuple[int, int]]:
    through = Team.brands.through.objects.filter(team__members__in=member_ids)
    return through.values_list("team__members", "brand_id")
