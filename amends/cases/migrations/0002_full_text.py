"""The full-text index beside `SearchText`: FTS5 kept by triggers on SQLite, GIN on PostgreSQL."""

from django.db import migrations

SQLITE = [
    """CREATE VIRTUAL TABLE cases_searchindex USING fts5(
        folded, content='cases_searchtext', content_rowid='id', tokenize='unicode61', prefix='2 3')""",
    """CREATE TRIGGER cases_searchtext_ai AFTER INSERT ON cases_searchtext BEGIN
        INSERT INTO cases_searchindex(rowid, folded) VALUES (new.id, new.folded); END""",
    """CREATE TRIGGER cases_searchtext_ad AFTER DELETE ON cases_searchtext BEGIN
        INSERT INTO cases_searchindex(cases_searchindex, rowid, folded) VALUES ('delete', old.id, old.folded); END""",
    """CREATE TRIGGER cases_searchtext_au AFTER UPDATE ON cases_searchtext BEGIN
        INSERT INTO cases_searchindex(cases_searchindex, rowid, folded) VALUES ('delete', old.id, old.folded);
        INSERT INTO cases_searchindex(rowid, folded) VALUES (new.id, new.folded); END""",
]
POSTGRES = [
    "CREATE INDEX cases_searchindex ON cases_searchtext USING gin (to_tsvector('simple', folded))",
]


def make(apps, schema_editor):
    for statement in POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX cases_searchindex")
        return
    for name in ("ai", "ad", "au"):
        schema_editor.execute(f"DROP TRIGGER cases_searchtext_{name}")
    schema_editor.execute("DROP TABLE cases_searchindex")


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_first")]
    operations = [migrations.RunPython(make, drop)]
