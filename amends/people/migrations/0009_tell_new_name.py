from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0008_ways_to_tell_members'),
    ]

    operations = [
        migrations.AddField(
            model_name='brand',
            name='tell_new_name',
            field=models.BooleanField(default=True, help_text='By mail, in the new owner’s name, marked as automatic, once for each hand-over.', verbose_name='tell the customer when somebody else has their case'),
        ),
    ]
