"""No index that another one begins with."""

import django.db.models.deletion
from django.db import migrations, models

from amends.kit.indexes import without_own_index


class Migration(migrations.Migration):
    dependencies = [("channels", "0007_deliveries_by_state")]
    operations = [
        without_own_index("channels", "kept", "account", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="kept", to="channels.account")),
        without_own_index("channels", "delivery", "case", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="deliveries", to="cases.case")),
    ]
