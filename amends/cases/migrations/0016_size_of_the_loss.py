"""How much the customer lost: the risk of losing them goes by it."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0015_order_by_score'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='loss',
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='size of the loss'),
        ),
    ]
