"""An index of the few cases that were merged, split off or may belong elsewhere; none of the many that were not."""

import django.db.models.deletion
from django.db import migrations, models

from amends.kit.indexes import without_own_index


def pointing(name, related_name, on_delete):
    return [
        without_own_index("cases", "case", name, models.ForeignKey(blank=True, db_index=False, null=True, on_delete=on_delete, related_name=related_name, to="cases.case")),
        migrations.AddIndex("case", models.Index(condition=models.Q((f"{name}__isnull", False)), fields=[name], name=f"cases_{name}")),
    ]


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_lean_indexes")]
    operations = [
        *pointing("merged_into", "merged_cases", django.db.models.deletion.PROTECT),
        *pointing("split_from", "split_cases", django.db.models.deletion.PROTECT),
        *pointing("may_belong_to", "maybe_cases", django.db.models.deletion.SET_NULL),
    ]
