"""What a list asks of each of its rows: whether the case began again, and who is on a case just now."""

from django.db import migrations, models


def told_by_the_timeline(apps, schema_editor):
    case, entry = apps.get_model("cases", "Case"), apps.get_model("cases", "Entry")
    for case_id, at in entry.objects.filter(kind="case.reopened").order_by("pk").values_list("case_id", "at"):
        case.objects.filter(pk=case_id).update(reopened_at=at)


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_cases_that_point_at_others")]
    operations = [
        migrations.AddField("case", "reopened_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddIndex("presence", models.Index(fields=["seen_at"], name="present_lately")),
        migrations.RunPython(told_by_the_timeline, migrations.RunPython.noop),
    ]
