"""What a case is about, how bad it is, and how it stands in the lists."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0010_closed_since'),
        ('people', '0007_ladder_and_partners'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='about',
            field=models.CharField(blank=True, max_length=80, verbose_name='order, bill or unit'),
        ),
        migrations.AddField(
            model_name='case',
            name='cause',
            field=models.CharField(blank=True, max_length=80, verbose_name='cause'),
        ),
        migrations.AddField(
            model_name='case',
            name='guard',
            field=models.CharField(blank=True, choices=[('vulnerable', 'A vulnerable person'), ('safety', 'Safety or health')], max_length=10, verbose_name='seen only by those who need it, for'),
        ),
        migrations.AddField(
            model_name='case',
            name='occasion_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='occasion'),
        ),
        migrations.AddField(
            model_name='case',
            name='repeats',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='repeated_by', to='cases.case'),
        ),
        migrations.AddField(
            model_name='case',
            name='severity',
            field=models.PositiveSmallIntegerField(choices=[(1, 'Cosmetic'), (2, 'Minor'), (3, 'Substantial'), (4, 'Its purpose failed'), (5, 'Safety, health, a vulnerable person')], default=3, verbose_name='severity'),
        ),
        migrations.AddField(
            model_name='nextstep',
            name='last_chance',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='nextstep',
            name='risk',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='nextstep',
            name='rung',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='nextstep',
            name='score',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('repeats__isnull', False)), fields=['repeats'], name='cases_repeats'),
        ),
    ]
