"""Queries that stand on every page: put together once, asked again with other values (docs/decisions/0012).

Django builds and writes a query anew each time it is asked, which takes ten times as long as asking the database.

    @prepared
    def held_by(member_id: int) -> QuerySet[Draft]:
        return Draft.objects.filter(author=member_id, hold_until__isnull=False)

    held_by(7)  # a list

The function sees stand-ins for its values, once for each combination of their kinds: it hands them to the query and
looks at none of them. Values are whole numbers, text, moments, and collections of these; None, True and False are
themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Iterator
from datetime import UTC, datetime, timedelta
from functools import wraps
from itertools import count
from typing import Any, ParamSpec, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet
from django.db.models.query import FlatValuesListIterable, ValuesListIterable

from amends.kit import planned
from amends.kit.objects import Objects

P = ParamSpec("P")
Row = TypeVar("Row")

LARGEST = 2**63 - 1
NUMBER, MOMENT = 2_147_000_000, datetime(1701, 1, 1, tzinfo=UTC)
"""Where stand-ins begin: values that no query has of its own."""


def prepared(make: Callable[P, QuerySet[Any, Row]]) -> Callable[P, list[Row]]:
    """Ask the query that `make` describes with the values given; whoever asks first has it put together."""
    known: dict[Hashable, _Query] = {}

    @wraps(make)
    def ask(*args: P.args, **kwargs: P.kwargs) -> list[Row]:
        values = [_value(one) for one in (*args, *kwargs.values())]
        if any(isinstance(one, int) and abs(one) > LARGEST for one in _flat(values)):
            return list(make(*args, **kwargs))  # no column holds it: Django knows what that means for each question
        kind = (*map(_kind, values), *kwargs)
        query = known.get(kind)
        if query is None:
            stand_ins = list(map(_stand_ins(), values))
            given = dict(zip(kwargs, stand_ins[len(args) :], strict=True))
            query = known[kind] = _Query(make(*stand_ins[: len(args)], **given), stand_ins)
        return query.ask(values)

    return ask


class _Query:
    """A query with places for its values."""

    def __init__(self, queryset: QuerySet[Any, Any], stand_ins: list[Any]) -> None:
        self.alias = queryset.db
        self.compiler: Any = queryset.query.get_compiler(using=self.alias)
        self.params: tuple[Any, ...] = ()
        try:
            self.sql, self.params = self.compiler.as_sql()
        except EmptyResultSet:
            if [] not in stand_ins:
                raise
            self.sql = ""
            return
        self.places = self._places(list(_flat(stand_ins)))
        if self.compiler.connection.vendor == "postgresql":
            self._write_in()
        self.statement = planned.Statement(self.sql, self.compiler.connection.vendor)
        self.converters = self._converters([one[0] for one in self.compiler.select[: self.compiler.col_count]])
        self.flat = queryset._iterable_class is FlatValuesListIterable
        self.objects: Objects | None = None
        if not self.flat and queryset._iterable_class is not ValuesListIterable:
            self.objects = Objects(queryset, self.compiler)

    def ask(self, values: list[Any]) -> list[Any]:
        """The rows for these values."""
        if not self.sql:
            return []
        given, params = list(_flat(values)), list(self.params)
        for place, number, written in self.places:
            params[place] = written(given[number])
        connection = connections[self.alias]
        rows = self.statement.rows(connection, params)
        if self.converters and rows:
            rows = self._converted(rows, connection)
        if self.flat:
            return [row[0] for row in rows]
        return self.objects.of(rows) if self.objects else rows

    def _converted(self, rows: list[Any], connection: Any) -> list[Any]:
        """Column by column, as the ORM does it row by row."""
        columns = list(zip(*rows, strict=True))
        for at, (how, column) in self.converters.items():
            for convert in how:
                columns[at] = tuple([convert(value, column, connection) for value in columns[at]])
        return list(zip(*columns, strict=True))

    def _converters(self, columns: list[Any]) -> dict[int, tuple[list[Any], Any]]:
        """How values of the database become ours: SQLite's moments have no zone, and there are many on a page."""
        found, connection = self.compiler.get_converters(columns), self.compiler.connection
        if connection.vendor != "sqlite" or connection.timezone is not UTC:
            return dict(found)
        theirs = connection.ops.convert_datetimefield_value
        return {at: ([_moment if one == theirs else one for one in how], column) for at, (how, column) in found.items()}

    def _places(self, stand_ins: list[Any]) -> list[tuple[int, int, Callable[[Any], Any]]]:
        """Place among the parameters, number among the values, how it is written there."""
        connection = self.compiler.connection
        moment, number_of = connection.ops.adapt_datetimefield_value, planned.number(connection)
        written = [moment(one) if isinstance(one, datetime) else one for one in stand_ins]
        places = []
        for place, param in enumerate(self.params):
            if param in written:
                number = written.index(param)
                kind = moment if isinstance(stand_ins[number], datetime) else type(param)
                places.append((place, number, number_of if kind is int else kind))
        if {number for _place, number, _written in places} != set(range(len(stand_ins))):
            raise TypeError(f"prepared: not every value reaches the query as it is: {self.sql}")
        return places

    def _write_in(self) -> None:
        """What the query has of its own stands in its text: PostgreSQL plans it for any values, and must see of these
        that a partial index holds every row with them, or how few rows a limit leaves.
        """
        given = {place for place, _number, _written in self.places}
        own = {at: one for at, one in enumerate(self.params) if at not in given and isinstance(one, str | int)}
        at, kept = count(), [place for place in range(len(self.params)) if place not in own]

        def written(found: re.Match[str]) -> str:
            if found[0] == "%%" or (place := next(at)) not in own:
                return found[0]
            return _literal(own[place])

        self.sql = re.sub("%[%s]", written, self.sql)
        self.params = tuple(self.params[place] for place in kept)
        self.places = [(kept.index(place), number, how) for place, number, how in self.places]


def _literal(value: str | int) -> str:
    if not isinstance(value, str):
        return str(value)
    return "'" + value.replace("'", "''").replace("%", "%%") + "'"


def _moment(value: Any, _column: Any, _connection: Any) -> Any:
    if value is None:
        return None
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def _value(value: Any) -> Any:
    """Collections are filled up to a power of two with what is in them, so that their lengths make few queries."""
    if not isinstance(value, Collection) or isinstance(value, str):
        return value
    found = list(value)
    return found + found[-1:] * ((1 << (len(found) - 1).bit_length()) - len(found)) if found else found


def _kind(value: Any) -> Hashable:
    """What must be equal for two values to make the same query."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, list):
        return (len(value), frozenset(map(_kind, value)))
    for plain in (int, str, datetime):
        if isinstance(value, plain):
            return plain
    raise TypeError(f"prepared: {type(value).__name__} is no number, text, moment, nor a collection of these")


def _stand_ins() -> Callable[[Any], Any]:
    numbers = count(1)

    def stand_in(value: Any) -> Any:
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, int):
            return NUMBER + next(numbers)
        if isinstance(value, str):
            return f"stand-in {next(numbers)}"
        if isinstance(value, datetime):
            return MOMENT + timedelta(seconds=next(numbers))
        return list(map(stand_in, value))

    return stand_in


def _flat(values: list[Any]) -> Iterator[Any]:
    for value in values:
        if isinstance(value, list):
            yield from value
        elif value is not None and not isinstance(value, bool):
            yield value
