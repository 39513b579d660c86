"""Find cases and people by words: one interface, SQLite FTS5 or PostgreSQL behind it."""

from amends.cases.search.folding import marked, reference
from amends.cases.search.index import add_case, add_cases, add_letter, add_letters, add_person
from amends.cases.search.query import Hit, find
from amends.kit.folding import words

__all__ = [
    "Hit",
    "add_case",
    "add_cases",
    "add_letter",
    "add_letters",
    "add_person",
    "find",
    "marked",
    "reference",
    "words",
]
