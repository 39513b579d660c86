"""What the coach should know before it reads a draft."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from amends.cases.models import Case
from amends.clock import calendars
from amends.clock.spoken import Moment
from amends.clock.tongues import TONGUES
from amends.clock.words import FoundPromise, find_promises
from amends.coach.brief import Brief
from amends.coach.models import OwnTip
from amends.flows import story
from amends.kit.prepared import prepared
from amends.people.models import Member
from amends.triage.languages import language_of


def brief(case: Case, writer: Member, now: datetime, text: str = "") -> Brief:
    """The facts of the case that bear on an answer; with its `text` also what it promises."""
    told = story.of_case(case)
    found = promises_in(text, case, now) if text else ()
    seniors = story.seniors_of(case) if told.failed == "word" else []
    return Brief(
        customer_name=case.customer.name,
        agent_name=writer.name,
        customer_words=told.heard[-1] if told.heard else "",
        told_before=told.heard[:-1],
        complaint=case.kind == Case.Kind.COMPLAINT,
        question=case.kind == Case.Kind.QUESTION,
        known=known(case),
        language=case.language or case.brand.language,
        apologised_before=bool(told.apologies) and not told.failed,
        apologies_before=len(told.apologies),
        deeds_since_apology=told.deeds,
        earlier_letters=told.ours,
        failed=told.failed,
        seniors=tuple(one.name for one in seniors),
        senior=writer in seniors,
        promises=tuple(one for one in found if one.due is not None),
        undated=tuple(one for one in found if one.due is None),
        signed=True,
        tips=dict(_tips()),
        now=now,
    )


@prepared
def _tips() -> QuerySet[OwnTip, tuple[str, str]]:
    return OwnTip.objects.values_list("code", "advice")


def promises_in(text: str, case: Case, now: datetime) -> tuple[FoundPromise, ...]:
    """Promises in the writer's own words, in the language they are written in (SL7).

    "At three" is three on the customer's clock, the brand's where theirs is not known; days end as the brand's do.
    """
    zone = ZoneInfo(case.customer.time_zone or case.brand.time_zone)
    moment = Moment(now, zone, calendars.of_case(case))
    written = language_of(text, otherwise="")
    return find_promises(text, moment, written if written in TONGUES else case.language or case.brand.language)


def known(case: Case) -> dict[str, str]:
    """What nobody should ask the customer for again."""
    identities = {identity.kind: identity.shown for identity in case.customer.identities.all()}
    told = {"e-mail address": identities.get("email", ""), "phone number": identities.get("phone", "")}
    told["name"] = case.customer.name
    return {what: value for what, value in told.items() if value}
