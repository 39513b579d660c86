"""What the coach should know before it reads a draft."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from amends.cases import timeline
from amends.cases.models import Case, Entry, Letter
from amends.clock import calendars
from amends.clock.models import Promise
from amends.clock.spoken import Moment
from amends.clock.tongues import TONGUES
from amends.clock.words import FoundPromise, find_promises
from amends.coach.brief import Brief
from amends.people.models import Member
from amends.triage.languages import language_of

MOST_LETTERS = 20
_SORRY = re.compile(r"\b(?:sorry|apolog)", re.IGNORECASE)


def brief(case: Case, writer: Member, now: datetime, text: str = "") -> Brief:
    """The facts of the case that bear on an answer; with its `text` also what it promises."""
    said = timeline.last_letter(case, "contact.in")
    found = promises_in(text, case, now) if text else ()
    earlier = _own_letters(case)
    sorry = [letter for letter in earlier if _SORRY.search(letter.new_text)]
    return Brief(
        customer_name=case.customer.name,
        agent_name=writer.name,
        customer_words=said.new_text if said else "",
        complaint=case.kind == Case.Kind.COMPLAINT,
        question=case.kind == Case.Kind.QUESTION,
        known=_known(case),
        language=case.language or case.brand.language,
        apologised_before=bool(sorry),
        apologies_before=len(sorry),
        deeds_since_apology=_deeds_since(case, sorry),
        earlier_letters=tuple(letter.new_text for letter in earlier),
        promises=tuple(one for one in found if one.due is not None),
        undated=tuple(one for one in found if one.due is None),
        signed=True,
        now=now,
    )


def promises_in(text: str, case: Case, now: datetime) -> tuple[FoundPromise, ...]:
    """Promises in the writer's own words, in the language they are written in (SL7).

    "At three" is three on the customer's clock, the brand's where theirs is not known; days end as the brand's do.
    """
    zone = ZoneInfo(case.customer.time_zone or case.brand.time_zone)
    moment = Moment(now, zone, calendars.of_case(case))
    written = language_of(text, otherwise="")
    return find_promises(text, moment, written if written in TONGUES else case.language or case.brand.language)


def _own_letters(case: Case) -> list[Letter]:
    """What people here wrote; a letter that the desk sent by itself is none of ours."""
    own = Letter.objects.filter(entry__case=case, entry__kind="contact.out", entry__actor=Entry.Actor.MEMBER)
    own = own.select_related("entry")
    return list(own.order_by("-entry__at")[:MOST_LETTERS])


def _deeds_since(case: Case, sorry: list[Letter]) -> int:
    """Given words that were kept since we last said sorry."""
    if not sorry:
        return 0
    kept = Promise.objects.filter(case=case, source=Promise.Source.PERSON, kept_at__gt=sorry[0].entry.at)
    return kept.count()


def _known(case: Case) -> dict[str, str]:
    """What nobody should ask the customer for again."""
    identities = {identity.kind: identity.shown for identity in case.customer.identities.all()}
    known = {"e-mail address": identities.get("email", ""), "phone number": identities.get("phone", "")}
    known["name"] = case.customer.name
    return {what: value for what, value in known.items() if value}
