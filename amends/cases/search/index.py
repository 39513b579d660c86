"""Write the searchable words, in the transaction that writes the thing itself."""

from __future__ import annotations

from amends.cases.models.case import Case
from amends.cases.models.entry import Letter
from amends.cases.models.search import SearchText
from amends.cases.search.folding import words
from amends.kit import phones
from amends.people.models import Customer, Identity

MOST = 50_000
"""Characters of one text that are indexed; longer letters are found by their beginning."""
WRITTEN = ["folded", "case", "customer", "brand"]


def add_letter(letter: Letter) -> None:
    """Index the words of a letter or note, with its subject, who wrote it, and whose case it is."""
    case = letter.entry.case
    sender = " ".join(str(value) for value in letter.sender.values())
    around = f"{letter.subject} {sender} {case.customer.name} {case.reference}"
    _put(SearchText.Kind.LETTER, letter.pk, f"{around} {letter.new_text}", case=case)


def add_case(case: Case) -> None:
    """Index a case's title, reference and customer."""
    who = f"{case.customer.name} {_identities(case.customer)}"
    _put(SearchText.Kind.CASE, case.pk, f"{case.title} {case.reference} {case.pk} {who}", case=case)


def add_person(customer: Customer) -> None:
    """Index a person's name and identities."""
    text = f"{customer.name} {_identities(customer)}"
    _put(SearchText.Kind.PERSON, customer.pk, text, customer=customer)


def _identities(customer: Customer) -> str:
    return " ".join(
        " ".join(phones.ways_to_write(identity.value)) if identity.kind == Identity.Kind.PHONE else identity.value
        for identity in customer.identities.all()
    )


def _put(kind: str, source_id: int, text: str, *, case: Case | None = None, customer: Customer | None = None) -> None:
    found_by = SearchText(
        kind=kind,
        source_id=source_id,
        folded=" ".join(words(text[:MOST])),
        case=case,
        customer=customer or (case.customer if case else None),
        brand_id=case.brand_id if case else None,
    )
    SearchText.objects.bulk_create(
        [found_by], update_conflicts=True, unique_fields=["kind", "source_id"], update_fields=WRITTEN
    )
