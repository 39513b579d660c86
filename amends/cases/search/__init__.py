"""Find cases and people by words: one interface, SQLite FTS5 or PostgreSQL behind it."""

from amends.cases.search.folding import marked, reference, words
from amends.cases.search.index import add_case, add_cases, add_letter, add_letters, add_person
from amends.cases.search.query import Hit, find

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
