"""Above which loss a service manager joins (C3.2)."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0011_reopening'),
    ]

    operations = [
        migrations.AddField(
            model_name='brand',
            name='value_limit',
            field=models.PositiveIntegerField(blank=True, default=500, help_text='In US dollars, or what equals them. Empty: nobody joins for the size of a loss alone.', null=True, verbose_name='loss above which a service manager joins'),
        ),
    ]
