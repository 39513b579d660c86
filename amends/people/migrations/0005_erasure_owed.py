"""Who was erased, came back with a backup and is under a legal hold stays owed."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0004_erased")]
    operations = [
        migrations.CreateModel(
            name="ErasureOwed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mark", models.CharField(max_length=40, unique=True)),
                ("at", models.DateTimeField()),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="erasures_owed", to="people.customer"
                    ),
                ),
            ],
        ),
    ]
