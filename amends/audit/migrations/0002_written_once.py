"""The database refuses to change a record; on PostgreSQL to delete one, too.

SQLite gets no trigger against deleting: Django empties its tables row by row between tests, and the chain shows what
is missing.
"""

from django.db import migrations

SQLITE = [
    """CREATE TRIGGER audit_record_written_once BEFORE UPDATE ON audit_record BEGIN
        SELECT RAISE(ABORT, 'The audit log is append-only.'); END""",
]
POSTGRES = [
    """CREATE FUNCTION audit_record_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'The audit log is append-only.'; END $$""",
    """CREATE TRIGGER audit_record_written_once BEFORE UPDATE OR DELETE ON audit_record
        FOR EACH ROW EXECUTE FUNCTION audit_record_refuse()""",
]


def make(apps, schema_editor):
    for statement in POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER audit_record_written_once ON audit_record")
        schema_editor.execute("DROP FUNCTION audit_record_refuse()")
        return
    schema_editor.execute("DROP TRIGGER audit_record_written_once")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_records")]
    operations = [migrations.RunPython(make, drop)]
