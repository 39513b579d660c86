"""People are found in a full-text index of their own, among which no letter is."""

from django.db import migrations

SQLITE = [
    """CREATE VIRTUAL TABLE cases_peopleindex USING fts5(
        folded, content='cases_searchtext', content_rowid='id', tokenize='unicode61', prefix='2 3')""",
    """INSERT INTO cases_peopleindex(rowid, folded)
        SELECT id, folded FROM cases_searchtext WHERE kind = 'person' ORDER BY id""",
    """CREATE TRIGGER cases_searchtext_person_ai AFTER INSERT ON cases_searchtext WHEN new.kind = 'person' BEGIN
        INSERT INTO cases_peopleindex(rowid, folded) VALUES (new.id, new.folded); END""",
    """CREATE TRIGGER cases_searchtext_person_ad AFTER DELETE ON cases_searchtext WHEN old.kind = 'person' BEGIN
        INSERT INTO cases_peopleindex(cases_peopleindex, rowid, folded) VALUES ('delete', old.id, old.folded); END""",
    """CREATE TRIGGER cases_searchtext_person_au AFTER UPDATE ON cases_searchtext WHEN old.kind = 'person' BEGIN
        INSERT INTO cases_peopleindex(cases_peopleindex, rowid, folded) VALUES ('delete', old.id, old.folded);
        INSERT INTO cases_peopleindex(rowid, folded) VALUES (new.id, new.folded); END""",
]
POSTGRES = [
    """CREATE INDEX cases_peopleindex ON cases_searchtext USING gin (to_tsvector('simple', folded))
        WHERE kind = 'person'""",
]


def make(apps, schema_editor):
    for statement in POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX cases_peopleindex")
        return
    for name in ("ai", "ad", "au"):
        schema_editor.execute(f"DROP TRIGGER cases_searchtext_person_{name}")
    schema_editor.execute("DROP TABLE cases_peopleindex")


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_quick_compression")]
    operations = [migrations.RunPython(make, drop)]
