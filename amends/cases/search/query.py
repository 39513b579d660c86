"""Ask the index: newest first, bounded, every word must be there, the last may be unfinished."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

from amends.cases.models.case import Case
from amends.cases.models.entry import Letter
from amends.cases.models.search import SearchText
from amends.cases.search.folding import asked, excerpt, reference
from amends.people.models import Customer

CANDIDATES = 200
"""Texts looked at before cases are made of them: bounds the cost of a very common word."""


@dataclass(frozen=True)
class Hit:
    """One case or one person that fits, with the words that made it fit."""

    kind: str
    case: Case | None
    customer: Customer | None
    excerpt: str = ""


def find(text: str, *, brand_ids: Collection[int] | None, limit: int = 20) -> list[Hit]:
    """At most `limit` people, then at most `limit` cases, that hold all words of `text`, newest first.

    A case whose reference is asked for stands alone, or first when it may be any number. `brand_ids` None means every brand;
    otherwise cases of other brands, and people who only have such cases, do not exist.
    """
    question = asked(text)
    if not question:
        return []
    numbered = _numbered(text, brand_ids)
    if numbered and not text.strip().isdecimal():
        return numbered
    rows = list(
        SearchText.objects.filter(pk__in=_matching(question, brand_ids))
        .select_related("case__customer", "case__owner", "case__closure", "customer")
        .order_by("-pk")
    )
    people = [Hit("person", None, row.customer) for row in rows if row.case is None and row.customer is not None]
    return [*numbered, *people[:limit], *_cases(rows, text, limit, {hit.case for hit in numbered})]


def _numbered(text: str, brand_ids: Collection[int] | None) -> list[Hit]:
    number = reference(text)
    if number is None:
        return []
    cases = Case.objects.filter(pk=number).select_related("customer", "owner", "closure")
    if brand_ids is not None:
        cases = cases.filter(brand__in=brand_ids)
    return [Hit("case", case, case.customer) for case in cases]


def _cases(rows: list[SearchText], text: str, limit: int, known: Collection[Case | None]) -> list[Hit]:
    """Each case once, with the newest letter in which the words stand."""
    found: dict[int, Case] = {}
    letters: dict[int, int] = {}
    for row in rows:
        if row.case is None or row.case in known:
            continue
        found.setdefault(row.case.pk, row.case)
        if row.kind == SearchText.Kind.LETTER:
            letters.setdefault(row.case.pk, row.source_id)
    shown = list(found.values())[:limit]
    wanted = [letters[case.pk] for case in shown if case.pk in letters]
    said = dict(Letter.objects.filter(pk__in=wanted).values_list("pk", "new_text"))
    return [Hit("case", case, case.customer, excerpt(said.get(letters.get(case.pk, 0), ""), text)) for case in shown]


def _matching(question: list[list[str]], brand_ids: Collection[int] | None) -> list[int]:
    """Ids of texts that fit; what `brand_ids` hides is left out before anything is counted or cut."""
    seen, brands = _seen(brand_ids)
    if connection.vendor == "postgresql":
        # Materialised: the planner would walk the primary key backwards for a rare word (47 ms).
        sql = (
            "WITH hits AS MATERIALIZED (SELECT * FROM cases_searchtext"  # noqa: S608 - places only
            " WHERE to_tsvector('simple', folded) @@ to_tsquery('simple', %s))"
            f" SELECT id FROM hits AS text WHERE {seen} ORDER BY id DESC LIMIT %s"
        )
        parameters: list[str | int] = [_tsquery(question), *brands, CANDIDATES]
    else:
        sql = (
            "SELECT text.id FROM cases_searchindex JOIN cases_searchtext AS text"  # noqa: S608 - places only
            " ON text.id = cases_searchindex.rowid"
            f" WHERE cases_searchindex MATCH %s AND {seen}"
            " ORDER BY cases_searchindex.rowid DESC LIMIT %s"
        )
        parameters = [_fts5(question), *brands, CANDIDATES]
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [row[0] for row in cursor.fetchall()]


def _seen(brand_ids: Collection[int] | None) -> tuple[str, list[int]]:
    """The condition on `text` that hides other brands, and its parameters."""
    if brand_ids is None:
        return "1 = 1", []
    if not brand_ids:
        return "1 = 0", []
    brands = sorted(brand_ids)
    places = ", ".join(["%s"] * len(brands))
    theirs = "SELECT 1 FROM cases_case WHERE cases_case.customer_id = text.customer_id"
    person = f"EXISTS ({theirs} AND cases_case.brand_id IN ({places}))"
    return f"(text.brand_id IN ({places}) OR (text.case_id IS NULL AND {person}))", [*brands, *brands]


def _fts5(question: list[list[str]]) -> str:
    return " OR ".join(
        "(" + " AND ".join([*(f'"{word}"' for word in words[:-1]), f'"{words[-1]}"*']) + ")" for words in question
    )


def _tsquery(question: list[list[str]]) -> str:
    return " | ".join("(" + " & ".join([*words[:-1], f"{words[-1]}:*"]) + ")" for words in question)
