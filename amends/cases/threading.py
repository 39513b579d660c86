"""Which case does a message belong to? One indexed probe; a sender who does not fit gets a new case (S4)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from django.db.models import Q

from amends.cases import reply_tokens
from amends.cases.models import Case, Closure, Letter, MessageId, Participant
from amends.cases.reply_tokens import ReplyToken
from amends.people import identities
from amends.people.models import Customer

REOPEN_WITHIN = timedelta(days=30)
SAME_SUBJECT_WITHIN = timedelta(days=7)
LETTERS_LOOKED_AT = 100
TOKENS_TRIED = 5
_REFERENCE = re.compile(r"\[A-(\d{1,12})\]")


@dataclass(frozen=True)
class Found:
    """The case a message belongs to, or only the one it points at."""

    case: Case | None
    may_belong_to: Case | None = None


class Trust(IntEnum):
    """How far a message's sender is believed."""

    NONE = 0
    """It names somebody who never writes this way: it continues nothing."""
    DOUBTED = 1
    """It may be somebody else: what could be guessed does not count, a token of ours does."""
    FAIR = 2
    """Nothing speaks against it."""


@dataclass(frozen=True)
class Pointing:
    """All in a message that may point at a case, and how far its sender is believed."""

    references: Sequence[str] = ()
    """Message-IDs, the nearest ancestor last."""
    subject: str = ""
    addressed: Sequence[str] = ()
    """Addresses that it was sent to: one may be ours with a token."""
    text: str = ""
    """All of it, quoted letters too: their foot has a token."""
    telling: bool = True
    """Whether the subject says what the matter is; "Question" may be about anything."""
    trust: Trust = Trust.FAIR


def case_for(customer: Customer, pointing: Pointing, brand_ids: Sequence[int], now: datetime) -> Found:
    """The open (or lately closed) case that a message from `customer` continues.

    The ladder: a signed token of ours; then Message-IDs of mail that came in; then the reference in the subject;
    then the same subject from the same person within a week. All but the last only lead into a case that the sender
    takes part in (S4): else it is the one that the message may belong to.
    """
    may_belong_to: Case | None = None
    for pointed, needs, own in _pointed(customer, pointing):
        if pointed.brand_id not in brand_ids:
            return Found(None)
        if pointing.trust >= needs and (own or takes_part(customer, pointed)):
            return Found(pointed if _still_open(pointed, now) else None, pointed)
        may_belong_to = may_belong_to or pointed
    if may_belong_to is None and pointing.telling and pointing.trust is Trust.FAIR:
        return Found(_same_subject(customer, pointing.subject, brand_ids, now))
    return Found(None, may_belong_to)


def tag(subject: str, case: Case) -> str:
    """The subject with the case's reference at its end, once."""
    return f"{without_tag(subject)} [{case.reference}]".strip()


def without_tag(subject: str) -> str:
    """The subject without our reference."""
    return _REFERENCE.sub("", subject).strip()


def bare(subject: str) -> str:
    """The subject without our reference and without any Re:, Fwd:, AW: …"""
    text = _REFERENCE.sub("", subject)
    while (shorter := _PREFIX.sub("", text, count=1)) != text:
        text = shorter
    return " ".join(text.split())


_PREFIX = re.compile(
    r"^\s*(?:re|aw|antw|sv|vs|odp|res|rif|ref|fwd?|wg|tr|rv|enc|doorst|vl|pd)\s*(?:\[\d+\])?\s*:\s*", re.I
)


def where_it_went(case: Case) -> Case:
    """The case that this one was merged into, at the end of the chain."""
    while case.merged_into is not None:
        case = case.merged_into
    return case


def _pointed(customer: Customer, pointing: Pointing) -> Iterator[tuple[Case, Trust, bool]]:
    """Cases by the ladder's first three rungs, the trust each needs, and whether it was meant for this sender alone."""
    for token in _tokens(pointing):
        case = _by_token(token)
        if case is not None:
            yield case, Trust.DOUBTED, token.readers in _fingerprints(customer)
    for case in (_by_message_ids(pointing.references), _by_reference(pointing.subject)):
        if case is not None:
            yield case, Trust.FAIR, False


def _tokens(pointing: Pointing) -> list[ReplyToken]:
    """Every token in a message, each once, the surest place first."""
    nearest = list(reversed(pointing.references[-reply_tokens.MOST :]))
    named = [reply_tokens.in_message_id(reference) for reference in nearest]
    addressed = [reply_tokens.in_address(address) for address in pointing.addressed[: reply_tokens.MOST]]
    found = (*named, *addressed, *reply_tokens.in_text(pointing.text))
    return list(dict.fromkeys(token for token in found if token is not None))[:TOKENS_TRIED]


def _fingerprints(customer: Customer) -> set[str]:
    own = customer.identities.filter(kind="email").values_list("value", flat=True)
    return {reply_tokens.fingerprint([value]) for value in own}


def _by_token(token: ReplyToken) -> Case | None:
    case = Case.objects.select_related("merged_into").filter(pk=token.case_id).first()
    return where_it_went(case) if case else None


def _by_message_ids(references: Sequence[str]) -> Case | None:
    """By mail that came in. Of an id of ours only the signature counts, not that we know it (S4)."""
    values = [reference[:255] for reference in references if reference]
    if not values:
        return None
    known = MessageId.objects.filter(value__in=values, ours=False).select_related("case__merged_into")
    by_value = {row.value: row for row in known.order_by("pk")}
    for value in reversed(values):  # the nearest ancestor stands last
        if value in by_value:
            return where_it_went(by_value[value].case)
    return None


def _by_reference(subject: str) -> Case | None:
    found = _REFERENCE.findall(subject)
    if not found:
        return None
    case = Case.objects.filter(pk=int(found[-1])).select_related("merged_into").first()
    return where_it_went(case) if case else None


def takes_part(customer: Customer, case: Case) -> bool:
    """Whether this person is the case's customer, or was written to or copied in on it."""
    return (
        case.customer_id == customer.pk
        or Participant.objects.filter(case=case, customer=customer).exists()
        or Case.objects.filter(merged_into=case, customer=customer).exists()
        or _was_in_copy(customer, case)
    )


def _was_in_copy(customer: Customer, case: Case) -> bool:
    """Somebody who was written to, or copied in, on a letter of the case."""
    own = set(customer.identities.filter(kind="email").values_list("value", flat=True))
    letters = Letter.objects.filter(entry__case=case, entry__kind__in=["contact.in", "contact.out"])
    recent = letters.order_by("-entry_id").values_list("to", "cc")[:LETTERS_LOOKED_AT]
    return any(identities.small(address["address"]) in own for to, cc in recent for address in (*to, *cc))


def _still_open(case: Case, now: datetime) -> bool:
    closure = Closure.objects.filter(case=case).first()
    return closure is None or now - closure.at <= REOPEN_WITHIN


def _same_subject(customer: Customer, subject: str, brand_ids: Sequence[int], now: datetime) -> Case | None:
    """C3.3 "multiple": the same matter sent twice, to two addresses or on two channels.

    By what the customer wrote: a title is shorter, or a colleague's. A case from the phone has only its title.
    """
    words = bare(subject).casefold()
    if len(words) < 4:
        return None
    recent = Case.objects.filter(
        Q(closure=None),
        customer=customer,
        brand__in=brand_ids,
        merged_into=None,
        opened_at__gte=now - SAME_SUBJECT_WITHIN,
    ).order_by("-opened_at")[:20]
    cases = {case.pk: case for case in recent}
    heard = Letter.objects.filter(entry__case__in=cases, entry__kind="contact.in").values_list("entry__case", "subject")
    same = {case_id for case_id, written in heard if bare(written).casefold() == words}
    return next((case for case in cases.values() if case.pk in same or case.title.casefold() == words), None)
