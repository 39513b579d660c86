"""What was read in a letter, or how grave a matter is judged, asks for somebody else than who has it (RO1, RO3).

Both are known only after a case has its owner. It goes on to who has the skill while nobody has spoken or begun to
write; whoever got it from a colleague's hand, or knows the customer, keeps it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from amends.cases import drafts, ownership
from amends.cases.models import Case, Draft, Entry, NextStep
from amends.clock import promises
from amends.clock.models import Promise
from amends.flows import looking, new_name
from amends.flows.alone import alone
from amends.flows.decide import decide
from amends.flows.handover import hand_over_promises
from amends.people.models import Member
from amends.triage.routing import Choice, Reason, right_person
from amends.triage.skills import Asked


def route_read(case_ids: Collection[int], now: datetime) -> int:
    """Look anew who should have these cases, whose letters were read just now; how many went on.

    One query where no rule goes by what was read.
    """
    staff = looking.Staff(now)
    if not case_ids or not staff.asks_by_topic:
        return 0
    cases = list(Case.objects.filter(pk__in=case_ids, closure=None, merged_into=None).select_related("brand"))
    asked = staff.asked_on(cases)
    moved = 0
    for case in cases:
        if _missing(asked[case.pk], case.owner_id, staff):
            with alone("a case could not go to who knows about it", case=case.pk), transaction.atomic():
                moved += route(ownership.hold(case.pk), staff) is not None
    return moved


def route(case: Case, staff: looking.Staff) -> NextStep | None:
    """Give the case to who has what is asked for, and decide anew; None where it stays.

    The customer is told the new name where they were told one. The caller holds the case.
    """
    before = case.owner
    if before is None or not _is_untouched(case, before) or _was_handed(case):
        return None
    asked = staff.asked_on([case]).get(case.pk, ())
    missing = _missing(asked, before.pk, staff)
    chosen = _chosen(case, asked, staff) if missing else None
    if chosen is None or not _has_more(chosen, before, asked, staff):
        return None
    lacks = Reason("lacks", {"name": before.name, "skills": ", ".join(sorted(missing))})
    step = give_on(case, replace(chosen, why=(lacks, *chosen.why)), staff)
    if Entry.objects.filter(case=case, kind="contact.out").exists():
        new_name.tell_by_itself(case, staff.member(chosen.member_id), step, staff.now)
    return step


def give_on(case: Case, chosen: Choice, staff: looking.Staff) -> NextStep:
    """Give a case on which nobody has spoken to somebody else, with what the house owes on it; decides on its next step.

    The caller holds the case, and tells the customer.
    """
    before, to = case.owner, staff.member(chosen.member_id)
    hand_over_promises(case, before, to)
    ownership.give_to(case, to, at=staff.now, by=None, why=looking.reasons(chosen))
    staff.takes(to.pk, before.pk if before else None)
    return decide(case, staff.now, staff=staff)


def as_new(case: Case) -> Case:
    """The case as one that nobody has yet."""
    return Case(brand=case.brand, team=case.team, language=case.language)


def _is_untouched(case: Case, owner: Member) -> bool:
    """Whether it is open, nobody has answered, and nobody has begun to write."""
    owed = promises.owed(case).filter(kind=Promise.Kind.FIRST_REPLY, promisor=owner)
    begun = Draft.objects.filter(drafts.BEGUN, case=case)
    return ownership.is_open(case) and owed.exists() and not begun.exists()


def _was_handed(case: Case) -> bool:
    return Entry.objects.filter(case=case, kind="contact.transferred").exists()


def _missing(asked: Sequence[Asked], owner_id: int | None, staff: looking.Staff) -> frozenset[str]:
    """Skills that the owner has not, asked for by what nobody knew when they got the case."""
    wanted = frozenset(one.skill for one in asked if one.by_reading_or_judging)
    return wanted - staff.skills_of(owner_id)


def _chosen(case: Case, asked: Sequence[Asked], staff: looking.Staff) -> Choice:
    knows = looking.who_knows([case]).get(case.pk)
    return right_person(looking.wanted(as_new(case), staff.now, knows, asked), staff.candidates(case))


def _has_more(chosen: Choice, before: Member, asked: Sequence[Asked], staff: looking.Staff) -> bool:
    """Whether whoever is chosen is here, and has more of what is asked for: else it would be passed around."""
    wanted = frozenset(one.skill for one in asked)
    has, had = (len(wanted & staff.skills_of(one)) for one in (chosen.member_id, before.pk))
    return has > had and staff.here(chosen.member_id)
