"""Of promises that were owed before there were reminders we are reminded as well: the sweep finds out when."""

from django.db import migrations
from django.utils import timezone


def look_at(apps, schema_editor):
    now = timezone.now()
    owed = apps.get_model("clock", "Promise").objects.filter(kept_at=None, released_at=None, moved_at=None)
    owed.filter(remind_at=None, due__gt=now).update(remind_at=now)


class Migration(migrations.Migration):
    dependencies = [("clock", "0007_alarms_told")]
    operations = [migrations.RunPython(look_at, migrations.RunPython.noop, elidable=True)]
