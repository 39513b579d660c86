"""Write the searchable words, in the transaction that writes the thing itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from amends.cases.models.case import Case
from amends.cases.models.entry import Letter
from amends.cases.models.search import SearchText
from amends.kit import phones
from amends.kit.folding import searched
from amends.kit.rows import upsert
from amends.people.models import Customer, Identity

WRITTEN = ["folded", "case", "customer", "brand"]


def add_letter(letter: Letter) -> None:
    """Index one letter; see `add_letters`."""
    add_letters([letter])


def add_letters(letters: Iterable[Letter], folded: Mapping[int, str] = MappingProxyType({})) -> None:
    """Index the words of letters and notes, with their subjects, who wrote them, and whose case each is.

    `folded`: entry id → the words of its `new_text`, where they are known already.
    """
    _put([_of_letter(letter, folded.get(letter.pk)) for letter in letters])


def add_case(case: Case) -> None:
    """Index a case's title, reference and customer."""
    _put([_of_case(case, _identities([case.customer]))])


def add_person(customer: Customer) -> None:
    """Index a person's name and identities."""
    _put([_of_person(customer, _identities([customer]))])


def add_cases(cases: Iterable[Case]) -> None:
    """Index cases that begin, and the people whose they are."""
    cases = list(cases)
    people = {case.customer_id: case.customer for case in cases}
    known = _identities(people.values())
    _put([_of_case(case, known) for case in cases] + [_of_person(customer, known) for customer in people.values()])


def _of_letter(letter: Letter, folded: str | None) -> SearchText:
    case = letter.entry.case
    sender = " ".join(str(value) for value in letter.sender.values())
    around = f"{letter.subject} {sender} {case.customer.name} {case.reference}"
    if folded is None:
        folded = searched(letter.new_text)
    return _text(SearchText.Kind.LETTER, letter.pk, f"{searched(around)} {folded}".rstrip(), case=case)


def _of_case(case: Case, known: dict[int, str]) -> SearchText:
    who = f"{case.customer.name} {known[case.customer_id]}"
    return _text(SearchText.Kind.CASE, case.pk, searched(f"{case.title} {case.reference} {case.pk} {who}"), case=case)


def _of_person(customer: Customer, known: dict[int, str]) -> SearchText:
    return _text(
        SearchText.Kind.PERSON, customer.pk, searched(f"{customer.name} {known[customer.pk]}"), customer=customer
    )


def _identities(customers: Iterable[Customer]) -> dict[int, str]:
    """Customer id → every identity as people may write it."""
    written: dict[int, list[str]] = {customer.pk: [] for customer in customers}
    for identity in Identity.objects.filter(customer__in=list(written)):
        by_phone = identity.kind == Identity.Kind.PHONE
        written[identity.customer_id] += phones.ways_to_write(identity.value) if by_phone else [identity.value]
    return {customer_id: " ".join(values) for customer_id, values in written.items()}


def _text(
    kind: str, source_id: int, folded: str, *, case: Case | None = None, customer: Customer | None = None
) -> SearchText:
    return SearchText(
        kind=kind,
        source_id=source_id,
        folded=folded,
        case=case,
        customer=customer or (case.customer if case else None),
        brand_id=case.brand_id if case else None,
    )


def _put(texts: Sequence[SearchText]) -> None:
    upsert(texts, ["kind", "source_id"], WRITTEN)
