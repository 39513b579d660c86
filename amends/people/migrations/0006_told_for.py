"""An address may be told for somebody while it belongs to another person, whom whoever wrote it down may not know."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0005_erasure_owed")]
    operations = [
        migrations.AddField("identity", "told_for", models.PositiveBigIntegerField(default=0)),
        migrations.RemoveConstraint("identity", "one_owner_of_an_identity"),
        migrations.AddConstraint(
            "identity",
            models.UniqueConstraint(fields=["kind", "value", "told_for"], name="one_owner_of_an_identity"),
        ),
    ]
