"""No index that another one begins with."""

import django.db.models.deletion
from django.db import migrations, models

from amends.kit.indexes import without_own_index


class Migration(migrations.Migration):
    dependencies = [("clock", "0001_first")]
    operations = [
        without_own_index("clock", "promise", "case", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="promises", to="cases.case")),
    ]
