"""When to look whether the customer has heard nothing for too long; a step that asks for a new time."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0011_matter_and_standing'),
    ]

    operations = [
        migrations.AddField(
            model_name='nextstep',
            name='tell_by',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='nextstep',
            name='kind',
            field=models.CharField(choices=[('answer', 'Answer'), ('promise', 'Keep a promise'), ('retime', 'Keep it, or name a new time'), ('reach', 'Find another way'), ('hear', 'Hear whether it is right'), ('read', 'Read by hand'), ('decide', 'Decide')], max_length=10),
        ),
        migrations.AddIndex(
            model_name='nextstep',
            index=models.Index(condition=models.Q(('tell_by__isnull', False)), fields=['tell_by'], name='steps_to_tell_of'),
        ),
    ]
