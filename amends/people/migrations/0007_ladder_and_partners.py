"""Who stands how high, and the firms that a remedy depends on."""

from django.db import migrations, models


def place_those_who_lead(apps, schema_editor):
    Member = apps.get_model("people", "Member")
    for role, rung in (("lead", 2), ("admin", 3)):
        Member.objects.filter(role=role).update(rung=rung)


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0006_told_for'),
    ]

    operations = [
        migrations.CreateModel(
            name='Partner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='name')),
                ('kind', models.CharField(choices=[('shop', 'Shop'), ('courier', 'Courier'), ('repairer', 'Repairer'), ('supplier', 'Supplier'), ('other', 'Other')], default='other', max_length=10, verbose_name='kind')),
                ('contact', models.CharField(blank=True, max_length=120, verbose_name='whom to speak to')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='telephone')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='mail address')),
                ('time_zone', models.CharField(default='UTC', max_length=64, verbose_name='time zone')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.AddField(
            model_name='member',
            name='rung',
            field=models.PositiveSmallIntegerField(choices=[(0, 'Whoever is asked first'), (1, 'Recovery specialist'), (2, 'Service manager'), (3, 'Director'), (4, 'Owner or president')], default=0, verbose_name='place on the ladder'),
        ),
        migrations.AddField(
            model_name='member',
            name='title',
            field=models.CharField(blank=True, max_length=80, verbose_name='title under letters'),
        ),
        migrations.RunPython(place_those_who_lead, migrations.RunPython.noop),
    ]
