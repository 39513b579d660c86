"""Where a customer tells others of a fault of ours, who reads it, since when (C3.2)."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0019_guards_of_cases_taken_in'),
        ('people', '0011_reopening'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='post',
            field=models.CharField(blank=True, max_length=200, verbose_name='post in public'),
        ),
        migrations.AddField(
            model_name='case',
            name='posted_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='posted'),
        ),
        migrations.AddField(
            model_name='case',
            name='reach',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='readers of the post'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('posted_at__isnull', False)), fields=['brand', 'posted_at'], name='cases_in_public'),
        ),
    ]
