"""When a call's window opens, that it was tried; what is late before all else, and what partners owe."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clock', '0003_ladder_alarms_packs'),
    ]

    operations = [
        migrations.RenameField(model_name='promise', old_name='window_ends', new_name='window_opens'),
        migrations.AddField(
            model_name='promise',
            name='attempted_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name='promise',
            index=models.Index(condition=models.Q(('broken_at__isnull', False), ('kept_at', None), ('moved_at', None), ('released_at', None)), fields=['due'], name='promises_broken_and_owed'),
        ),
        migrations.AddIndex(
            model_name='promise',
            index=models.Index(condition=models.Q(('kept_at', None), ('moved_at', None), ('partner__isnull', False), ('released_at', None)), fields=['due'], name='promises_owed_by_partners'),
        ),
    ]
