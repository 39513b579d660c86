"""When a case asks for somebody who has a skill (RO1)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0012_value_limit'),
    ]

    operations = [
        migrations.CreateModel(
            name='SkillRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField(blank=True, max_length=2000, verbose_name='words')),
                ('channel', models.CharField(blank=True, max_length=16, verbose_name='channel')),
                ('language', models.CharField(blank=True, max_length=12, verbose_name='language')),
                ('brand', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.brand', verbose_name='brand')),
                ('skill', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rules', to='people.skill', verbose_name='skill')),
            ],
            options={
                'ordering': ['skill__name', 'pk'],
            },
        ),
    ]
