"""Whom the house may ask for suggestions, and for which brands (RQ8)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0014_rules_by_reading'),
    ]

    operations = [
        migrations.CreateModel(
            name='Connector',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('url', models.CharField(max_length=300, verbose_name='address')),
                ('model', models.CharField(max_length=120, verbose_name='model')),
                ('sealed', models.TextField(blank=True)),
                ('drafts', models.BooleanField(default=True, verbose_name='drafts of answers')),
                ('summaries', models.BooleanField(default=True, verbose_name='summaries of cases')),
                ('masks', models.BooleanField(default=True, verbose_name='leave out names, addresses and numbers')),
            ],
        ),
        migrations.AddField(
            model_name='brand',
            name='connector',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='brands', to='people.connector', verbose_name='connector'),
        ),
    ]
