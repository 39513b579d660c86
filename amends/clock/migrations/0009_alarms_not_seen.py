"""Whether an alarm waits is asked on every page: by when it is told, not by when it came up."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("clock", "0008_promises_of_before")]
    operations = [
        migrations.RemoveIndex("alarm", "alarms_not_seen"),
        migrations.AddIndex(
            "alarm",
            models.Index(condition=models.Q(seen_at=None), fields=["member", "tell_at"], name="alarms_not_seen"),
        ),
    ]
