"""Which mails still lie on their server is asked at every look into a mailbox: an index of these few."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("channels", "0008_lean_indexes")]
    operations = [
        migrations.AddIndex(
            model_name="kept",
            index=models.Index(condition=models.Q(cut=True), fields=["account"], name="kept_only_header"),
        )
    ]
