"""No index that another one begins with; those of the list hold the brand, too."""

import django.db.models.deletion
from django.db import migrations, models

from amends.kit.indexes import without_own_index


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_pictures_elsewhere")]
    operations = [
        migrations.RemoveIndex("nextstep", "steps_of_a_member"),
        migrations.RemoveIndex("nextstep", "steps_of_a_team"),
        migrations.RemoveIndex("nextstep", "steps_of_all"),
        migrations.AddIndex("nextstep", models.Index(fields=["who", "by", "case", "brand"], name="steps_of_a_member")),
        migrations.AddIndex("nextstep", models.Index(fields=["by", "case", "brand"], name="steps_of_all")),
        without_own_index("cases", "nextstep", "who", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="next_steps", to="people.member")),
        without_own_index("cases", "nextstep", "brand", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.brand")),
        without_own_index("cases", "case", "customer", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="people.customer")),
        without_own_index("cases", "entry", "case", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="cases.case")),
    ]
