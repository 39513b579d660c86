"""Of two that are due in the same minute the higher score goes first; who may be lost is a list of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0014_draft_documents")]
    operations = [
        migrations.AddField("nextstep", "score_turns_at", models.DateTimeField(blank=True, null=True)),
        migrations.RemoveIndex("nextstep", "steps_of_a_member"),
        migrations.RemoveIndex("nextstep", "steps_of_all"),
        migrations.RemoveIndex("nextstep", "steps_of_a_brand"),
        migrations.AddIndex("nextstep", models.Index(fields=["who", "by", "-score", "case", "brand"], name="steps_of_a_member")),
        migrations.AddIndex("nextstep", models.Index(fields=["by", "-score", "case", "brand"], name="steps_of_all")),
        migrations.AddIndex("nextstep", models.Index(fields=["brand", "by", "-score", "case"], name="steps_of_a_brand")),
        migrations.AddIndex("nextstep", models.Index(condition=models.Q(("risk__gte", 80), ("last_chance", True), _connector="OR"), fields=["by", "-score", "case", "brand", "risk", "last_chance"], name="steps_in_peril")),
        migrations.AddIndex("nextstep", models.Index(condition=models.Q(score_turns_at__isnull=False), fields=["score_turns_at"], name="steps_to_score_anew")),
    ]
