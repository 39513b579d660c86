"""For whom what else comes up is gathered is asked every few seconds."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("clock", "0006_packs_bound")]
    operations = [
        migrations.AddIndex(
            "alarm",
            models.Index(
                condition=models.Q(told_at__isnull=False), fields=["told_at", "member"], name="alarms_told"
            ),
        ),
    ]
