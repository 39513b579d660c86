"""Which case does a message belong to? One indexed probe; a sender who does not fit gets a new case (S4)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from django.db.models import Q, QuerySet

from amends.cases import reply_tokens
from amends.cases.models import Case, Letter, MessageId, Participant
from amends.cases.reply_tokens import ReplyToken
from amends.cases.subjects import REFERENCE, bare, without_tag
from amends.people import identities
from amends.people.models import Customer, Identity

SAME_SUBJECT_WITHIN = timedelta(days=7)
LETTERS_LOOKED_AT = 100
MOST_RECENT = 20
SHORTEST_SUBJECT = 4
TOKENS_TRIED = 5
_FULL = Case.objects.select_related("brand", "merged_into__brand", "closure")


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


@dataclass(frozen=True)
class Asked:
    """Where a message from `customer` belongs, among cases of these brands."""

    customer: Customer
    pointing: Pointing
    brand_ids: Sequence[int]


def case_for(customer: Customer, pointing: Pointing, brand_ids: Sequence[int], now: datetime) -> Found:
    """The open (or lately closed) case that one message continues; see `cases_for`."""
    (found,) = cases_for([Asked(customer, pointing, brand_ids)], now)
    return found


def cases_for(asked: Sequence[Asked], now: datetime) -> list[Found]:
    """Where each message belongs; for many in as many look-ups as for one, each of them one indexed probe.

    The ladder: a signed token of ours; then Message-IDs of mail that came in; then the reference in the subject;
    then the same subject from the same person within a week. All but the last only lead into a case that the sender
    takes part in (S4): else it is the one that the message may belong to.
    """
    known = _Known(asked)
    found = [_by_ladder(one, known, now) for one in asked]
    alike = _same_subjects([one for one, by_ladder in zip(asked, found, strict=True) if by_ladder is None], now)
    return [
        by_ladder or Found(alike.get((one.customer.pk, one.pointing.subject)))
        for one, by_ladder in zip(asked, found, strict=True)
    ]


def _by_ladder(asked: Asked, known: _Known, now: datetime) -> Found | None:
    """What its first three rungs say; None when they say nothing."""
    may_belong_to: Case | None = None
    for pointed, needs, own in known.pointed(asked):
        if pointed.erased_at is not None:  # there is nothing left to go on with
            continue
        if pointed.brand_id not in asked.brand_ids:
            return Found(None)
        if asked.pointing.trust >= needs and (own or takes_part(asked.customer, pointed)):
            return Found(pointed if _still_open(pointed, now) else None, pointed)
        may_belong_to = may_belong_to or pointed
    return Found(None, may_belong_to) if may_belong_to is not None else None


def tag(subject: str, case: Case) -> str:
    """The subject with the case's reference at its end, once."""
    return f"{without_tag(subject)} [{case.reference}]".strip()


def where_it_went(case: Case) -> Case:
    """The case that this one was merged into, at the end of the chain."""
    while case.merged_into is not None:
        case = case.merged_into
    return case


class _Known:
    """All that any of the messages points at, read once."""

    def __init__(self, asked: Sequence[Asked]) -> None:
        self._tokens = {id(one): _tokens(one.pointing) for one in asked}
        self._numbers = {id(one): _number(one.pointing.subject) for one in asked}
        tokens = [token for found in self._tokens.values() for token in found]
        wanted = {token.case_id for token in tokens} | set(self._numbers.values()) - {0}
        self._cases = _FULL.in_bulk(wanted) if wanted else {}
        self._letters = _by_message_ids({value for one in asked for value in _values(one)})
        self._fingerprints = _fingerprints([one.customer for one in asked if self._tokens[id(one)]])

    def pointed(self, asked: Asked) -> Iterator[tuple[Case, Trust, bool]]:
        """By the first three rungs: a case, the trust it needs, and whether it was meant for this sender alone."""
        for token in self._tokens[id(asked)]:
            if token.case_id in self._cases:
                own = token.readers in self._fingerprints[asked.customer.pk]
                yield where_it_went(self._cases[token.case_id]), Trust.DOUBTED, own
        for value in reversed(_values(asked)):  # the nearest ancestor stands last
            if value in self._letters:
                yield where_it_went(self._letters[value]), Trust.FAIR, False
                break
        if (number := self._numbers[id(asked)]) in self._cases:
            yield where_it_went(self._cases[number]), Trust.FAIR, False


def _tokens(pointing: Pointing) -> list[ReplyToken]:
    """Every token in a message, each once, the surest place first."""
    nearest = list(reversed(pointing.references[-reply_tokens.MOST :]))
    named = [reply_tokens.in_message_id(reference) for reference in nearest]
    addressed = [reply_tokens.in_address(address) for address in pointing.addressed[: reply_tokens.MOST]]
    found = (*named, *addressed, *reply_tokens.in_text(pointing.text))
    return list(dict.fromkeys(token for token in found if token is not None))[:TOKENS_TRIED]


def _number(subject: str) -> int:
    found = REFERENCE.findall(subject)
    return int(found[-1]) if found else 0


def _values(asked: Asked) -> list[str]:
    return [reference[:255] for reference in asked.pointing.references if reference]


def _by_message_ids(values: Collection[str]) -> dict[str, Case]:
    """By mail that came in. Of an id of ours only the signature counts, not that we know it (S4)."""
    if not values:
        return {}
    known = MessageId.objects.filter(value__in=values, ours=False)
    related = known.select_related("case__brand", "case__merged_into__brand", "case__closure")
    return {row.value: row.case for row in related.order_by("pk")}


def _fingerprints(customers: Sequence[Customer]) -> dict[int, set[str]]:
    """Customer id → what tokens that were meant for them alone say."""
    found: dict[int, set[str]] = {customer.pk: set() for customer in customers}
    known = Identity.objects.filter(customer__in=list(found), kind="email") if found else ()
    for identity in known:
        found[identity.customer_id].add(reply_tokens.fingerprint([identity.value]))
    return found


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
    """Whether an answer goes on in it: what comes later begins a case that says which one it follows (ES6)."""
    closure = getattr(case, "closure", None)
    return closure is None or now - closure.at <= timedelta(days=case.brand.reopen_days)


def _same_subjects(asked: Sequence[Asked], now: datetime) -> dict[tuple[int, str], Case | None]:
    """C3.3 "multiple": the same matter sent twice, to two addresses or on two channels.

    By what the customer wrote: a title is shorter, or a colleague's. A case from the phone has only its title.
    """
    telling = [one for one in asked if one.pointing.telling and one.pointing.trust is Trust.FAIR]
    telling = [one for one in telling if len(bare(one.pointing.subject)) >= SHORTEST_SUBJECT]
    recent = _recent({one.customer.pk for one in telling}, now)
    heard = Letter.objects.filter(entry__case__in=recent, entry__kind="contact.in")
    subjects: dict[int, set[str]] = {case_id: {case.title.casefold()} for case_id, case in recent.items()}
    for case_id, written in heard.values_list("entry__case", "subject") if recent else ():
        subjects[case_id].add(bare(written).casefold())
    found: dict[tuple[int, str], Case | None] = {}
    for one in telling:
        words = bare(one.pointing.subject).casefold()
        theirs = (case for case in recent.values() if case.customer_id == one.customer.pk)
        same = (case for case in theirs if case.brand_id in one.brand_ids and words in subjects[case.pk])
        found[one.customer.pk, one.pointing.subject] = next(same, None)
    return found


def _recent(customer_ids: Collection[int], now: datetime) -> dict[int, Case]:
    """Open cases of the last days, each customer's newest first, at most so many of one."""
    if not customer_ids:
        return {}
    most = MOST_RECENT * len(customer_ids)
    found = list(open_lately(customer_ids, now)[:most])
    if len(found) == most and len(customer_ids) > 1:  # somebody has a flood of them: the others' must not be cut off
        found = [case for one in customer_ids for case in open_lately([one], now)[:MOST_RECENT]]
    return {case.pk: case for case in found}


def open_lately(customer_ids: Collection[int], now: datetime) -> QuerySet[Case]:
    """Their open cases of the last days, in the order of the index of customers."""
    since = now - SAME_SUBJECT_WITHIN
    open_ones = Case.objects.filter(Q(closure=None), customer__in=customer_ids, merged_into=None, opened_at__gte=since)
    return open_ones.order_by("customer_id", "-opened_at")
