"""A closure knows by which channel its case began, so that what was kept long enough is found by an index."""

from django.db import migrations, models
from django.db.models.functions import Coalesce


def told_by_the_timeline(apps, schema_editor):
    closure, entry = apps.get_model("cases", "Closure"), apps.get_model("cases", "Entry")
    began = entry.objects.filter(case=models.OuterRef("pk"), kind="case.opened").order_by("pk").values("channel")[:1]
    whole = closure.objects.filter(case__erased_at=None)
    whole.update(channel=Coalesce(models.Subquery(began), models.Value("")))


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_people_index")]
    operations = [
        migrations.AddField("closure", "channel", models.CharField(blank=True, default="", max_length=16), False),
        migrations.AlterField("closure", "at", models.DateTimeField()),
        migrations.AddIndex("closure", models.Index(fields=["channel", "at", "case"], name="closed_since")),
        migrations.RunPython(told_by_the_timeline, migrations.RunPython.noop),
    ]
