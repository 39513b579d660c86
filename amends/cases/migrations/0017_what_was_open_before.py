"""What was open before there were scores and words on how it stands is looked at once, by the sweeps."""

from django.db import migrations
from django.utils import timezone

OURS = ("promise", "retime", "decide")


def look_at(apps, schema_editor):
    now = timezone.now()
    steps = apps.get_model("cases", "NextStep").objects
    steps.filter(score_turns_at=None).update(score_turns_at=now)
    steps.filter(tell_by=None, kind__in=OURS).update(tell_by=now)


class Migration(migrations.Migration):
    dependencies = [("cases", "0016_size_of_the_loss")]
    operations = [migrations.RunPython(look_at, migrations.RunPython.noop, elidable=True)]
