"""What the coach should know before it reads a draft."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from amends.cases import timeline
from amends.cases.models import Case, Entry
from amends.clock import calendars
from amends.clock.words import FoundPromise, find_promises
from amends.coach.brief import Brief
from amends.people.models import Member


def brief(case: Case, writer: Member, now: datetime) -> Brief:
    """The facts of the case that bear on an answer."""
    said = timeline.last_letter(case, "contact.in")
    sorry_before = Entry.objects.filter(case=case, kind="contact.out").count()
    return Brief(
        customer_name=case.customer.name,
        agent_name=writer.name,
        customer_words=said.new_text if said else "",
        complaint=case.kind == Case.Kind.COMPLAINT,
        known=_known(case),
        language=case.language or case.brand.language,
        apologised_before=sorry_before > 0,
        now=now,
    )


def promises_in(text: str, case: Case, now: datetime) -> tuple[FoundPromise, ...]:
    """Promises in the writer's own words, with the clock times of the brand (SL7)."""
    calendar = calendars.of_brand(case.brand)
    return find_promises(text, now, ZoneInfo(case.brand.time_zone), calendar)


def _known(case: Case) -> dict[str, str]:
    """What nobody should ask the customer for again."""
    identities = {identity.kind: identity.shown for identity in case.customer.identities.all()}
    known = {"e-mail address": identities.get("email", ""), "phone number": identities.get("phone", "")}
    known["name"] = case.customer.name
    return {what: value for what, value in known.items() if value}
