"""Write the searchable words, in the transaction that writes the thing itself."""

from __future__ import annotations

import unicodedata

from amends.cases.models.case import Case
from amends.cases.models.entry import Letter
from amends.cases.models.search import SearchText
from amends.people.models import Customer

MOST = 50_000
"""Characters of one text that are indexed; longer letters are found by their beginning."""


def add_letter(letter: Letter) -> None:
    """Index the words of a letter or note, and its subject."""
    case = letter.entry.case
    sender = " ".join(str(value) for value in letter.sender.values())
    _put(
        SearchText.Kind.LETTER,
        letter.pk,
        f"{letter.subject} {sender} {letter.new_text}",
        case=case,
    )


def add_case(case: Case) -> None:
    """Index a case's title, reference and customer."""
    identities = " ".join(case.customer.identities.values_list("value", flat=True))
    _put(
        SearchText.Kind.CASE,
        case.pk,
        f"{case.title} {case.reference} {case.pk} {case.customer.name} {identities}",
        case=case,
    )


def add_person(customer: Customer) -> None:
    """Index a person's name and identities."""
    identities = " ".join(customer.identities.values_list("value", flat=True))
    _put(SearchText.Kind.PERSON, customer.pk, f"{customer.name} {identities}", customer=customer)


def fold(text: str) -> str:
    """Lower case without accents, so that Élodie is found as elodie on both databases."""
    plain = unicodedata.normalize("NFKD", text[:MOST].casefold())
    return "".join(c for c in plain if not unicodedata.combining(c)).replace("\x00", "")


def _put(
    kind: str, source_id: int, text: str, *, case: Case | None = None, customer: Customer | None = None
) -> None:
    SearchText.objects.update_or_create(
        kind=kind,
        source_id=source_id,
        defaults={
            "folded": fold(text),
            "case": case,
            "customer": customer or (case.customer if case else None),
            "brand_id": case.brand_id if case else None,
        },
    )
