"""Rows of a prepared query as the model's own objects, as the ORM makes them.

The ORM sets each field by itself, tells two signals of each object, and finds out anew for each query how its columns
lie. Here that is found out once, and an object is filled at one go. A model that wants to have a say when it is made
(its own `__init__` or `from_db`, a listener to the signals) is made by the ORM's `from_db`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Model, QuerySet, prefetch_related_objects, signals
from django.db.models.base import ModelState
from django.db.models.query import ModelIterable


class Objects:
    """Makes the objects of one query, with what `select_related`, `annotate` and `prefetch_related` add to them."""

    def __init__(self, queryset: QuerySet[Any, Any], compiler: Any) -> None:
        """Raises TypeError where the rows would be no objects, or objects of a model that inherits its columns."""
        if queryset._iterable_class is not ModelIterable:
            raise TypeError("prepared: rows are objects of a model, or values_list")
        self._one = _Kind(compiler.klass_info, compiler.select, queryset.db)
        self._added = tuple(compiler.annotation_col_map.items()) if compiler.annotation_col_map else ()
        self._prefetched = queryset._prefetch_related_lookups  # type: ignore[attr-defined]

    def of(self, rows: Sequence[Sequence[Any]]) -> list[Any]:
        """One object for each row."""
        made = [self._one.of(row) for row in rows]
        for name, at in self._added:
            for one, row in zip(made, rows, strict=True):
                setattr(one, name, row[at])
        if self._prefetched:
            prefetch_related_objects(made, *self._prefetched)
        return made


class _Kind:
    """Objects of one model: where their columns lie, and what hangs on them."""

    def __init__(self, info: dict[str, Any], select: Sequence[Any], alias: str) -> None:
        if info.get("from_parent"):
            raise TypeError(f"prepared: {info['model'].__name__} inherits its columns")
        self._model: type[Model] = info["model"]
        self._alias = alias
        fields = info["select_fields"]
        self._start, self._end = fields[0], fields[-1] + 1
        self._names = [column[0].target.attname for column in select[self._start : self._end]]
        self._key = self._start + self._names.index(self._model._meta.pk_fields[0].attname)
        self._make: Callable[[Sequence[Any]], Any] = self._by_the_orm if _has_a_say(self._model) else self._at_one_go
        self._related = tuple(
            (one["local_setter"], one["remote_setter"], _Kind(one, select, alias))
            for one in info.get("related_klass_infos", ())
        )

    def of(self, row: Sequence[Any]) -> Any:
        """The object in this row; None when the row has none."""
        if row[self._key] is None:
            return None
        made = self._make(row[self._start : self._end])
        for hang, hang_back, kind in self._related:
            other = kind.of(row)
            hang(made, other)
            if other is not None:
                hang_back(other, made)
        return made

    def _by_the_orm(self, values: Sequence[Any]) -> Any:
        return self._model.from_db(self._alias, self._names, values)

    def _at_one_go(self, values: Sequence[Any]) -> Any:
        made: Any = self._model.__new__(self._model)
        state = ModelState()
        state.adding, state.db = False, self._alias
        held = made.__dict__
        held["_state"] = state
        held.update(zip(self._names, values, strict=True))
        return made


def _has_a_say(model: type[Model]) -> bool:
    own: Any = (model.__init__, model.from_db.__func__)  # type: ignore[attr-defined]
    orm: Any = (Model.__init__, Model.from_db.__func__)  # type: ignore[attr-defined]
    listened = (signals.pre_init.has_listeners(model), signals.post_init.has_listeners(model))
    return own != orm or any(listened)
