"""Nobody asks which reader read a letter."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0020_posts_in_public")]
    operations = [migrations.RemoveField("letterreading", "version")]
