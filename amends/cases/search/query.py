"""Ask the index: newest first, bounded, every word must be there, the last may be unfinished."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

from amends.cases.models.case import Case
from amends.cases.models.entry import Letter
from amends.cases.models.search import SearchText
from amends.cases.search.index import fold
from amends.people.models import Customer

_WORD = re.compile(r"[^\W_]+")
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
    """People and cases that hold all words of `text`, newest first.

    `brand_ids` None means every brand; people have none and are always found.
    """
    words = _WORD.findall(fold(text))[:10]
    if not words:
        return []
    found = SearchText.objects.filter(pk__in=_matching(words)).select_related("case__customer", "customer")
    hits: dict[tuple[str, int], Hit] = {}
    letters: dict[tuple[str, int], int] = {}
    for row in found.order_by("-pk"):
        if row.case is not None:
            if brand_ids is not None and row.case.brand_id not in brand_ids:
                continue
            key = ("case", row.case.pk)
            hits.setdefault(key, Hit("case", row.case, row.case.customer))
            if row.kind == SearchText.Kind.LETTER:
                letters.setdefault(key, row.source_id)
        elif row.customer is not None:
            hits.setdefault(("person", row.customer.pk), Hit("person", None, row.customer))
    ordered = sorted(hits.items(), key=lambda item: item[0][0] != "person")[:limit]
    return _with_excerpts(ordered, letters, words)


def _matching(words: list[str]) -> list[int]:
    if connection.vendor == "postgresql":
        query = " & ".join([*words[:-1], f"{words[-1]}:*"])
        # Materialised: the planner would walk the primary key backwards for a rare word (47 ms).
        sql = (
            "WITH hits AS MATERIALIZED (SELECT id FROM cases_searchtext"
            " WHERE to_tsvector('simple', folded) @@ to_tsquery('simple', %s))"
            " SELECT id FROM hits ORDER BY id DESC LIMIT %s"
        )
    else:
        query = " ".join([*(f'"{word}"' for word in words[:-1]), f'"{words[-1]}"*'])
        sql = "SELECT rowid FROM cases_searchindex WHERE folded MATCH %s ORDER BY rowid DESC LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, [query, CANDIDATES])
        return [row[0] for row in cursor.fetchall()]


def _with_excerpts(
    ordered: list[tuple[tuple[str, int], Hit]], letters: dict[tuple[str, int], int], words: list[str]
) -> list[Hit]:
    wanted = [letters[key] for key, _ in ordered if key in letters]
    texts = dict(Letter.objects.filter(pk__in=wanted).values_list("pk", "new_text"))
    return [
        Hit(hit.kind, hit.case, hit.customer, _excerpt(texts.get(letters.get(key, 0), ""), words))
        for key, hit in ordered
    ]


def _excerpt(text: str, words: list[str], width: int = 140) -> str:
    """The stretch of `text` around the first word found."""
    flat = " ".join(text.split())
    folded = fold(flat)
    places = [at for at in (folded.find(word) for word in words) if at >= 0]
    if not flat:
        return ""
    start = max(0, min(places, default=0) - width // 3)
    start = flat.rfind(" ", 0, start) + 1 if start else 0
    cut = flat[start : start + width]
    return ("… " if start else "") + cut + (" …" if start + width < len(flat) else "")
