"""An offer is written down, and the customer's own answer to it (C3.4, C5.1): silence is never a yes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.cases import outcome, ownership, timeline
from amends.cases.models import Case, Entry
from amends.flows import outcomes
from amends.flows.decide import decide
from amends.people.models import Member

ANSWERS = ("accepted", "rejected", "countered")
EVIDENCE = ("praised", "left", "chargeback", "outside")
"""What a customer did elsewhere, which decides how it stands (C5.1)."""

SILENCE_IS_NO_YES = gettext_lazy(
    "An offer still waits for the customer's own answer, and silence is no yes. Call and ask, or write down what they "
    "said to it."
)


class OfferError(Exception):
    """The offer cannot be written down so; the message says what is missing."""


def make(case: Case, what: str, *, by: Member, now: datetime, letter: Entry | None = None) -> Entry:
    """Write down what was offered; `letter` is the entry in which it was said: it was offered when that left."""
    if not what.strip():
        raise OfferError(_("Say what you offered: what, for whom, by when."))
    with transaction.atomic():
        case = ownership.hold(case.pk)
        _want_open(case)
        said_in: dict[str, Any] = {"letter": letter.pk} if letter else {}
        entry = timeline.record(
            case, "offer.made", at=letter.at if letter else now, by=by, what=what.strip()[:500], **said_in
        )
        decide(case, now, by=by)
    return entry


def our_last_letter(case: Case) -> Entry | None:
    """The last letter that a person here wrote to the customer: what the desk sends by itself offers nothing."""
    talk = timeline.talk_on([case.pk])[case.pk]
    written = [said.entry_id for said in talk if said.kind == "contact.out" and said.by_member and not said.elsewhere]
    return Entry.objects.get(pk=max(written)) if written else None


def answer(case: Case, how: str, words: str, *, by: Member, now: datetime) -> Entry:
    """Write down the customer's own words to the offer. Raises OfferError when no offer waits for them."""
    if how not in ANSWERS:
        raise OfferError(_("Say what they answered: yes, no, or something else."))
    if not words.strip():
        raise OfferError(_("Write down the customer's own words, and where they said them."))
    with transaction.atomic():
        case = ownership.hold(case.pk)
        _want_open(case)
        if not waits_for_a_yes(case, now):
            raise OfferError(_("No offer waits for an answer here. Write down the offer first."))
        entry = timeline.record(
            case,
            {"accepted": "offer.accepted", "rejected": "offer.rejected", "countered": "offer.countered"}[how],
            at=now,
            by=by,
            said=words.strip()[:500],
        )
        decide(case, now, by=by)
    return entry


def witness(case: Case, what: str, words: str, *, by: Member, now: datetime) -> Entry:
    """Write down what the customer did elsewhere: evidence of how it stands, never the state itself (C5.1)."""
    if what not in EVIDENCE:
        raise OfferError(_("Choose what happened."))
    if not words.strip():
        raise OfferError(_("Say in one line what shows it."))
    with transaction.atomic():
        case = ownership.hold(case.pk)
        entry = timeline.record(
            case,
            {
                "praised": "kudos.given",
                "left": "contract.ended",
                "chargeback": "chargeback",
                "outside": "external_case.opened",
            }[what],
            at=now,
            by=by,
            said=words.strip()[:500],
        )
        if ownership.is_open(case):
            decide(case, now, by=by)
    return entry


def waits_for_a_yes(case: Case, now: datetime) -> bool:
    """Whether an offer stands that the customer has not answered."""
    return not outcome.may_close_as_happy(outcome_of(case, now))


def outcome_of(case: Case, now: datetime) -> outcome.Outcome | None:
    """How it stands with the case, in two queries (C5.1)."""
    return outcomes.of([case], now)[case.pk]


def _want_open(case: Case) -> None:
    if why := ownership.why_ended(case):
        raise OfferError(why)
