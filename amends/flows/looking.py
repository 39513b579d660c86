"""What `decide` looks at: rows turned into the plain values that the specialists want."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from amends.cases import timeline
from amends.cases.models import Case
from amends.cases.next_step import Said
from amends.clock import calendars, promises
from amends.clock.models import Promise
from amends.coach.thing import Facts
from amends.people.models import Brand, Member, Role
from amends.people.permissions import LEADS, actor_of, can
from amends.triage.reading import last_words
from amends.triage.routing import Candidate, Choice, Wanted


def wanted(case: Case, now: datetime) -> Wanted:
    """Whom the case wants: its team, language, owner, and who knows the person."""
    knows = (
        Case.objects.filter(customer_id=case.customer_id, owner__isnull=False)
        .exclude(pk=case.pk)
        .order_by("-opened_at")
        .values_list("owner_id", flat=True)
        .first()
    )
    return Wanted(
        brand_id=case.brand_id,
        team_id=case.team_id,
        skills=frozenset(),
        language=case.language or case.brand.language,
        owner_id=case.owner_id,
        knows_id=knows,
        at=now,
    )


def candidates(case: Case, now: datetime) -> list[Candidate]:
    """Everybody who may own the case: its brand's teams, else leads and admins of the desk.

    A lead or admin to whom it was handed, or who stands in, keeps it without being in a team.
    """
    absence = calendars.away([case.owner_id], now).get(case.owner_id) if case.owner_id else None
    leads = [case.owner_id, absence.stand_in_id if absence else None]
    members = _team_or_leads(case.brand_id, Q(pk__in=[pk for pk in leads if pk], role__in=LEADS))
    duty = calendars.duties(members, now)
    return [
        Candidate(
            member_id=member.pk,
            name=member.name,
            team_ids=frozenset(team.pk for team in member.teams.all()),
            skills=frozenset(skill.name for skill in member.skills.all()),
            languages=frozenset(member.languages),
            open_steps=member.open_steps,
            capacity=member.capacity,
            on_duty=duty[member.pk].on,
            next_on_duty=duty[member.pk].next,
            absent=duty[member.pk].absent,
            stand_in_id=duty[member.pk].stand_in_id,
            role=member.role,
        )
        for member in members
    ]


def somebody_is_here(brand_id: int, now: datetime) -> bool:
    """Whether anybody of those who may own the brand's cases is not away."""
    ids = [member.pk for member in _team_or_leads(brand_id, Q())]
    return len(calendars.away(ids, now)) < len(ids)


def member(member_id: int) -> Member:
    """A member by id."""
    return Member.objects.get(pk=member_id)


def member_or_none(member_id: int) -> Member | None:
    """A member by id, or None when there is none."""
    return Member.objects.filter(pk=member_id).first()


def reasons(choice: Choice) -> list[Any]:
    """The reasons of a choice as JSON, for the timeline and the row."""
    return [asdict(reason) for reason in choice.why]


def facts(case: Case, promise: Promise) -> Facts:
    """What the right thing depends on."""
    kind = Promise.Kind(promise.kind)
    word = kind not in (*promises.REPLIES, Promise.Kind.REACH, Promise.Kind.READ, Promise.Kind.HEAR)
    return Facts(
        title=case.title,
        customer_first_name=case.customer.first_name,
        awaiting_answer=kind in promises.REPLIES,
        bounced=kind == Promise.Kind.REACH,
        unread=kind == Promise.Kind.READ,
        earliest_promise=(promise.act, promise.kind) if word else None,
        promise_first=word,
    )


def doer(case: Case, promise: Promise, owner: Member, now: datetime) -> Member:
    """Who does it: whoever gave their word, unless they are away or gone; a house rule binds the owner."""
    given = promise.promisor
    if promise.source != Promise.Source.PERSON or given.pk == owner.pk:
        return owner
    if not can(actor_of(given), "case.reply", case.brand_id):
        return owner
    return owner if calendars.duties([given], now)[given.pk].absent else given


def said(case: Case) -> Said:
    """The customer's own last words, for the row (UX principle 4)."""
    letter = timeline.last_letter(case, "contact.in")
    if letter is None:
        return Said()
    return Said(last_words(letter.new_text or letter.text), letter.entry.channel)


def brand_members(brand: Brand) -> Sequence[Member]:
    """Everybody who serves a brand, for hand-over and naming."""
    return list(_working().filter(Q(teams__brands=brand) | Q(role__in=LEADS)).distinct())


def _team_or_leads(brand_id: int, besides: Q) -> list[Any]:
    return list(_working().filter(Q(teams__brands=brand_id) | besides).distinct()) or list(
        _working().filter(role__in=LEADS)
    )


def _working() -> Any:
    return (
        Member.objects.filter(is_active=True)
        .exclude(role=Role.READER)
        .annotate(open_steps=Count("next_steps", distinct=True))
        .prefetch_related("teams", "skills")
        .order_by("pk")
    )
