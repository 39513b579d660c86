"""Until when a parcel is on time (C4.2)."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clock', '0010_hours_of_teams'),
    ]

    operations = [
        migrations.AddField(
            model_name='promise',
            name='grace_until',
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
