"""Migrations that take the index of a foreign key away where a longer one begins with the same column.

Django would copy the whole table on SQLite for that.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations


def without_own_index(app: str, model: str, field: str, altered: Any) -> migrations.SeparateDatabaseAndState:
    """The foreign key `field` becomes `altered`, which has no index of its own; nothing else changes."""

    def drop(apps: Any, schema_editor: Any) -> None:
        for name in _own(apps, schema_editor):
            schema_editor.execute(f"DROP INDEX {schema_editor.quote_name(name)}")

    def put_back(apps: Any, schema_editor: Any) -> None:
        schema_editor.execute(schema_editor._create_index_sql(_model(apps), fields=[_field(apps)]))

    def _own(apps: Any, schema_editor: Any) -> list[str]:
        connection, column = schema_editor.connection, _field(apps).column
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, _model(apps)._meta.db_table)
        named = {index.name for index in _model(apps)._meta.indexes}
        return [
            name
            for name, one in found.items()
            if one["index"] and one["columns"] == [column] and not one["unique"] and name not in named
        ]

    def _model(apps: Any) -> Any:
        return apps.get_model(app, model)

    def _field(apps: Any) -> Any:
        return _model(apps)._meta.get_field(field)

    return migrations.SeparateDatabaseAndState(
        database_operations=[migrations.RunPython(drop, put_back)],
        state_operations=[migrations.AlterField(model, field, altered)],
    )
