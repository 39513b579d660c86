"""Ask the index: newest first, bounded, every word must be there, the last may be unfinished."""

from __future__ import annotations

import json
import math
from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection
from django.db.models import QuerySet

from amends.cases.models.case import Case
from amends.cases.models.entry import Letter
from amends.cases.models.search import SearchText
from amends.cases.search.folding import asked, excerpt, reference
from amends.kit.prepared import prepared
from amends.people.models import Customer

CANDIDATES = 200
"""Texts looked at before cases are made of them: bounds the cost of a very common word."""
AT_FIRST = 100
"""Texts looked at before that on PostgreSQL, which unpacks each: mostly they are of as many cases as are shown."""

LOOKED_THROUGH = 10_000
"""At most so many of the newest texts are looked through for a common word."""
NEWEST = 2**63 - 1
"""Before it lie all texts."""
DEAR = 5
"""To look through one text takes as long as to fetch so many by the index."""
WHAT = "text.id, text.kind, text.source_id, text.case_id, text.customer_id"


@dataclass(frozen=True)
class _Shelf:
    """Where is looked: the index, what it holds, and in which order PostgreSQL reads its newest."""

    index: str
    holds: str
    order: str
    counted: bool
    """Whether it is counted how common a word is: what the planner knows of words it knows from all texts."""


ALL = _Shelf("cases_searchindex", "TRUE", "id", counted=False)
PEOPLE = _Shelf("cases_peopleindex", "kind = 'person'", "source_id", counted=True)
"""Few beside the letters, and in an index of their own: what is said of a name never hides whose name it is."""


class _Sight(NamedTuple):
    """What is there for whoever asks: the cases of these brands (None: all) without the hidden ones."""

    brand_ids: Collection[int] | None
    hidden: Collection[int]

    def condition(self) -> tuple[str, list[int | str]]:
        """The SQL on `text` that leaves out the rest, and its parameters."""
        shown, hidden = _not_among("text.case_id", self.hidden)
        if self.brand_ids is None:
            return f"(text.case_id IS NULL OR {shown})", hidden
        if not self.brand_ids:
            return "1 = 0", []
        brands = sorted(self.brand_ids)
        places = ", ".join(["%s"] * len(brands))
        theirs, again = _not_among("cases_case.id", self.hidden)
        known = f"cases_case.customer_id = text.customer_id AND cases_case.brand_id IN ({places}) AND {theirs}"
        person = f"EXISTS (SELECT 1 FROM cases_case WHERE {known})"  # noqa: S608 - places only
        case = f"text.brand_id IN ({places}) AND {shown}"
        return f"(({case}) OR (text.case_id IS NULL AND {person}))", [*brands, *hidden, *brands, *again]


class _Text(NamedTuple):
    """One text that fits."""

    id: int
    kind: str
    source_id: int
    case_id: int | None
    customer_id: int | None


@dataclass(frozen=True)
class Hit:
    """One case or one person that fits, with the words that made it fit."""

    kind: str
    case: Case | None
    customer: Customer | None
    excerpt: str = ""


def find(text: str, *, brand_ids: Collection[int] | None, hidden: Collection[int] = (), limit: int = 20) -> list[Hit]:
    """At most `limit` people, then at most `limit` cases, that hold all words of `text`, newest first.

    A case whose reference is asked for stands alone, or first when it may be any number. `brand_ids` None means every brand;
    otherwise cases of other brands, and people who only have such cases, do not exist. Nor do the cases of `hidden` (ES8):
    they take nobody's place among the hits.
    """
    question = asked(text)
    if not question:
        return []
    sight = _Sight(brand_ids, hidden)
    numbered = _numbered(text, sight)
    if numbered and not text.strip().isdecimal():
        return numbered
    found, all_of_them = _newest_for(limit + len(numbered), question, sight)
    # Of more texts than are looked at only the newest are here, and a person's own text is older than all their letters.
    people = found if all_of_them else _matching(question, sight, PEOPLE, limit)
    return [
        *numbered,
        *_people(people, limit),
        *_cases(found, text, limit, {hit.case.pk for hit in numbered if hit.case}),
    ]


def _newest_for(cases: int, question: list[list[str]], sight: _Sight) -> tuple[list[_Text], bool]:
    """The newest texts that fit, enough of them for so many cases where there are; and whether there are no more."""
    if connection.vendor != "postgresql":
        found = _matching(question, sight, ALL, CANDIDATES)
        return found, len(found) < CANDIDATES
    first = min(AT_FIRST, CANDIDATES)
    how_many = _how_many(question, ALL, first)
    found = _newest_first(question, sight, ALL, first, how_many)
    if len(found) < first or len({text.case_id for text in found} - {None}) >= cases:
        return found, len(found) < first
    rest = _newest_first(question, sight, ALL, CANDIDATES - first, how_many, before=found[-1].id)
    return found + rest, len(rest) < CANDIDATES - first


def _numbered(text: str, sight: _Sight) -> list[Hit]:
    number = reference(text)
    if number is None or number in sight.hidden:
        return []
    cases = Case.objects.filter(pk=number).select_related("customer", "owner", "closure")
    if sight.brand_ids is not None:
        cases = cases.filter(brand__in=sight.brand_ids)
    return [Hit("case", case, case.customer) for case in cases]


def _people(found: list[_Text], limit: int) -> list[Hit]:
    ids = [text.customer_id for text in found if text.case_id is None and text.customer_id is not None][:limit]
    people = {person.pk: person for person in _customers(ids)}
    return [Hit("person", None, people[pk]) for pk in ids if pk in people]


def _cases(found: list[_Text], text: str, limit: int, known: Collection[int]) -> list[Hit]:
    """Each case once, with the newest letter in which the words stand. Only what is shown is read."""
    ids = list(dict.fromkeys(one.case_id for one in found if one.case_id and one.case_id not in known))[:limit]
    letters: dict[int, int] = {}
    for one in found:
        if one.kind == SearchText.Kind.LETTER and one.case_id in ids:
            letters.setdefault(one.case_id, one.source_id)
    cases = {case.pk: case for case in _with_customers(ids)}
    said = dict(_words(letters.values()))
    return [
        Hit("case", cases[pk], cases[pk].customer, excerpt(said.get(letters.get(pk, 0), ""), text))
        for pk in ids
        if pk in cases
    ]


@prepared
def _customers(ids: Collection[int]) -> QuerySet[Customer]:
    return Customer.objects.filter(pk__in=ids)


@prepared
def _with_customers(ids: Collection[int]) -> QuerySet[Case]:
    cases = Case.objects.filter(pk__in=ids).select_related("customer", "closure")
    return cases.only("title", "brand", "merged_into", "customer__name", "closure__reason")


@prepared
def _words(ids: Collection[int]) -> QuerySet[Letter, tuple[int, str]]:
    return Letter.objects.filter(pk__in=ids).values_list("pk", "new_text")


def _matching(question: list[list[str]], sight: _Sight, shelf: _Shelf, most: int) -> list[_Text]:
    """The newest that fit, without their words; what is out of sight is left out before anything is counted or cut."""
    if connection.vendor == "postgresql":
        return _newest_first(question, sight, shelf, most, _how_many(question, shelf, most))
    # A word that stands there as it was asked is read newest first; all that begin with it must be gathered before.
    found = _indexed(_fts5(question, unfinished=False), sight, shelf, most)
    return found if len(found) >= most else _indexed(_fts5(question, unfinished=True), sight, shelf, most)


def _indexed(match: str, sight: _Sight, shelf: _Shelf, most: int) -> list[_Text]:
    seen, given = sight.condition()
    sql = (
        f"SELECT {WHAT} FROM {shelf.index} AS found JOIN cases_searchtext AS text"  # noqa: S608 - places only
        " ON text.id = found.rowid"
        f" WHERE {shelf.index} MATCH %s AND {seen}"
        " ORDER BY found.rowid DESC LIMIT %s"
    )
    return _texts(sql, [match, *given, most])


def _newest_first(
    question: list[list[str]],
    sight: _Sight,
    shelf: _Shelf,
    most: int,
    how_many: tuple[float, int],
    before: int = NEWEST,
) -> list[_Text]:
    """On PostgreSQL, whose index knows no order: it gives every hit of a common word before the newest is known.

    So a common word is looked for among the newest texts first.
    """
    texts, common = how_many
    if texts >= common and len(found := _among_newest(question, sight, shelf, most, before)) >= most:
        return found
    if not texts and shelf.counted:
        return []
    seen, given = sight.condition()
    # Materialised: the planner would walk the primary key backwards for a rare word (47 ms).
    sql = (
        f"WITH hits AS MATERIALIZED (SELECT * FROM cases_searchtext WHERE {shelf.holds}"  # noqa: S608 - places only
        " AND to_tsvector('simple', folded) @@ to_tsquery('simple', %s))"
        f" SELECT {WHAT} FROM hits AS text WHERE id < %s AND {seen} ORDER BY id DESC LIMIT %s"
    )
    return _texts(sql, [_tsquery(question), before, *given, most])


def _how_many(question: list[list[str]], shelf: _Shelf, most: int) -> tuple[float, int]:
    """How many texts fit, and from how many on enough is found sooner among the newest texts than by the index."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [shelf.index])
        texts: float = cursor.fetchone()[0]
    common = math.isqrt(max(0, int(DEAR * most * max(texts, LOOKED_THROUGH)))) + 1
    fits = f"FROM cases_searchtext WHERE {shelf.holds} AND to_tsvector('simple', folded) @@ to_tsquery('simple', %s)"
    if shelf.counted:
        return _counted(fits, _tsquery(question), common), common
    return _estimated(fits, _tsquery(question)), common


def _estimated(fits: str, asked: str) -> float:
    sql = f"EXPLAIN (FORMAT JSON) SELECT 1 {fits}"
    with connection.cursor() as cursor:
        cursor.execute(sql, [asked])
        rows: float = cursor.fetchone()[0][0]["Plan"]["Plan Rows"]
    return rows


def _counted(fits: str, asked: str, most: int) -> int:
    sql = f"SELECT count(*) FROM (SELECT 1 {fits} LIMIT %s) AS few"  # noqa: S608 - places only
    with connection.cursor() as cursor:
        cursor.execute(sql, [asked, most])
        return int(cursor.fetchone()[0])


def _among_newest(question: list[list[str]], sight: _Sight, shelf: _Shelf, most: int, before: int) -> list[_Text]:
    """What fits among the newest texts before one; they are folded, one space between words."""
    seen, given = sight.condition()
    shapes = [[*(f" {word} " for word in words[:-1]), f" {words[-1]}"] for words in question]
    fits = " OR ".join("(" + " AND ".join(["strpos(' ' || folded || ' ', %s) > 0"] * len(one)) + ")" for one in shapes)
    sql = (
        f"SELECT {WHAT} FROM (SELECT * FROM cases_searchtext WHERE {shelf.holds} AND id < %s"  # noqa: S608
        f" ORDER BY {shelf.order} DESC LIMIT %s) AS text WHERE ({fits}) AND {seen} ORDER BY id DESC LIMIT %s"
    )
    return _texts(sql, [before, LOOKED_THROUGH, *(shape for one in shapes for shape in one), *given, most])


def _texts(sql: str, parameters: list[str | int]) -> list[_Text]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [_Text(*row) for row in cursor.fetchall()]


def _not_among(column: str, ids: Collection[int]) -> tuple[str, list[int | str]]:
    """One parameter, however many they are; the database makes a table of them once for all rows."""
    if not ids:
        return "1 = 1", []
    postgresql = connection.vendor == "postgresql"
    numbers = "jsonb_array_elements_text(%s::jsonb)::bigint" if postgresql else "value FROM json_each(%s)"
    return f"{column} NOT IN (SELECT {numbers})", [json.dumps(sorted(ids))]


def _fts5(question: list[list[str]], *, unfinished: bool) -> str:
    last = "*" if unfinished else ""
    return " OR ".join("(" + " AND ".join(f'"{word}"' for word in words) + last + ")" for words in question)


def _tsquery(question: list[list[str]]) -> str:
    return " | ".join("(" + " & ".join([*words[:-1], f"{words[-1]}:*"]) + ")" for words in question)
