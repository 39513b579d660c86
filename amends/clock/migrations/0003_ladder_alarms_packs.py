"""The ladder, alarms, policy packs; what a promise needs to be seen through."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0011_matter_and_standing'),
        ('clock', '0002_lean_indexes'),
        ('people', '0007_ladder_and_partners'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Alarm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=32)),
                ('params', models.JSONField(blank=True, default=dict)),
                ('at', models.DateTimeField()),
                ('tell_at', models.DateTimeField()),
                ('told_at', models.DateTimeField(blank=True, null=True)),
                ('seen_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('left_message', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Escalation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rung', models.PositiveSmallIntegerField()),
                ('trigger', models.CharField(max_length=24)),
                ('params', models.JSONField(blank=True, default=dict)),
                ('at', models.DateTimeField()),
                ('summary', models.TextField(blank=True)),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='PackInUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pack', models.CharField(max_length=40, verbose_name='policy pack')),
                ('since', models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='target',
            name='one_target_a_channel',
        ),
        migrations.AddField(
            model_name='promise',
            name='acknowledged_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='promise',
            name='beneficiary',
            field=models.CharField(blank=True, max_length=120, verbose_name='for whom, if for somebody else'),
        ),
        migrations.AddField(
            model_name='promise',
            name='depends_on',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='needed_by', to='clock.promise'),
        ),
        migrations.AddField(
            model_name='promise',
            name='evidence_kind',
            field=models.CharField(blank=True, choices=[('note', 'A line that says so'), ('scan', "The carrier's scan"), ('reference', "The refund's reference"), ('call', 'A call of half a minute or more'), ('message', 'A message that left'), ('word', "The customer's own word"), ('partner', "The partner's own word")], max_length=10),
        ),
        migrations.AddField(
            model_name='promise',
            name='partner',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='promises', to='people.partner'),
        ),
        migrations.AddField(
            model_name='promise',
            name='public',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='promise',
            name='remind_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='promise',
            name='rule',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name='promise',
            name='told_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='promise',
            name='window_ends',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='target',
            name='clock',
            field=models.CharField(choices=[('open', 'Open hours'), ('customer', "The customer's: all hours count")], default='open', max_length=8, verbose_name='counted in'),
        ),
        migrations.AddField(
            model_name='target',
            name='made_right',
            field=models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='made right within'),
        ),
        migrations.AddField(
            model_name='target',
            name='severity',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name='promise',
            name='kind',
            field=models.CharField(choices=[('first_reply', 'First answer'), ('next_reply', 'Next answer'), ('made_right', 'Made right'), ('callback', 'Call'), ('send', 'Send'), ('refund', 'Return money'), ('fix', 'Put right'), ('tell', 'Tell'), ('partner', "Partner's act"), ('prevent', 'Prevent'), ('rung', 'Decide, on a higher rung'), ('reach', 'Find another way'), ('hear', 'Hear whether it is right'), ('read', 'Read by hand'), ('step', 'Do'), ('other', 'Other')], max_length=12),
        ),
        migrations.AddIndex(
            model_name='promise',
            index=models.Index(condition=models.Q(('kept_at', None), ('moved_at', None), ('released_at', None), ('remind_at__isnull', False)), fields=['remind_at'], name='promises_to_remind_of'),
        ),
        migrations.AddIndex(
            model_name='promise',
            index=models.Index(condition=models.Q(('kept_at', None), ('moved_at', None), ('released_at', None)), fields=['promisor', 'due'], name='promises_owed_by'),
        ),
        migrations.AddIndex(
            model_name='promise',
            index=models.Index(condition=models.Q(('depends_on__isnull', False)), fields=['depends_on'], name='promises_that_depend'),
        ),
        migrations.AddIndex(
            model_name='promise',
            index=models.Index(condition=models.Q(('partner__isnull', False)), fields=['partner', 'due'], name='promises_of_a_partner'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.UniqueConstraint(fields=('brand', 'channel', 'severity'), name='one_target_a_channel'),
        ),
        migrations.AddField(
            model_name='alarm',
            name='case',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='alarms', to='cases.case'),
        ),
        migrations.AddField(
            model_name='alarm',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='alarms', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='attempt',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='attempt',
            name='promise',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attempts', to='clock.promise'),
        ),
        migrations.AddField(
            model_name='escalation',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='escalations', to='cases.case'),
        ),
        migrations.AddField(
            model_name='escalation',
            name='member',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='joined', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='escalation',
            name='promise',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='escalation', to='clock.promise'),
        ),
        migrations.AddField(
            model_name='packinuse',
            name='brand',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='packs', to='people.brand'),
        ),
        migrations.AddField(
            model_name='packinuse',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='alarm',
            index=models.Index(condition=models.Q(('told_at', None)), fields=['tell_at'], name='alarms_to_tell'),
        ),
        migrations.AddIndex(
            model_name='alarm',
            index=models.Index(condition=models.Q(('seen_at', None)), fields=['member', 'at'], name='alarms_not_seen'),
        ),
        migrations.AddIndex(
            model_name='alarm',
            index=models.Index(fields=['case', 'code'], name='alarms_of_a_case'),
        ),
        migrations.AddIndex(
            model_name='escalation',
            index=models.Index(condition=models.Q(('ended_at', None)), fields=['member'], name='rungs_joined'),
        ),
        migrations.AddConstraint(
            model_name='escalation',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('case', 'rung'), name='a_rung_once'),
        ),
        migrations.AddConstraint(
            model_name='packinuse',
            constraint=models.UniqueConstraint(fields=('brand', 'pack'), name='a_pack_once_a_brand'),
        ),
    ]
