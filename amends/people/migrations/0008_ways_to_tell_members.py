import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', "0007_ladder_and_partners"),
    ]

    operations = [
        migrations.CreateModel(
            name='PushKeys',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public', models.CharField(max_length=100)),
                ('sealed', models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name='Telling',
            fields=[
                ('member', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='telling', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('mail', models.BooleanField(default=True, verbose_name='by mail')),
                ('push', models.BooleanField(default=True, verbose_name='in browsers that you allowed it to, also with the desk closed')),
                ('hook', models.URLField(blank=True, max_length=500, verbose_name='to a webhook')),
                ('sealed', models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name='Browser',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('endpoint', models.CharField(max_length=700, unique=True)),
                ('sealed', models.TextField()),
                ('name', models.CharField(blank=True, max_length=120)),
                ('since', models.DateTimeField()),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='browsers', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['since', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('way', models.CharField(choices=[('mail', 'mail'), ('push', 'browser'), ('hook', 'webhook')], max_length=4)),
                ('body', models.JSONField()),
                ('made_at', models.DateTimeField()),
                ('next_try_at', models.DateTimeField(null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('arrived_at', models.DateTimeField(blank=True, null=True)),
                ('said', models.CharField(blank=True, max_length=300)),
                ('browser', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.browser')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('next_try_at__isnull', False)), fields=['next_try_at'], name='notices_to_send')],
            },
        ),
    ]
