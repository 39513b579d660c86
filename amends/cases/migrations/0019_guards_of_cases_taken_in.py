"""Cases that took in a guarded one before guards went along are as guarded as it was (ES8, CV10).

What was taken in is seen as the case is that it went into, so that those letters stood open to the whole brand. Where
somebody has taken the guard off since, it stays off. The timeline says it, and by it the sweep weighs the case anew.
"""

from django.db import migrations
from django.utils import timezone

SAFETY = 5


def guard_what_took_them_in(apps, schema_editor):
    case_model, entries = apps.get_model("cases", "Case"), apps.get_model("cases", "Entry").objects
    now = timezone.now()
    for taken in case_model.objects.exclude(guard="").filter(merged_into__isnull=False).order_by("pk"):
        home = taken
        while home.merged_into_id is not None:
            home = home.merged_into
        went = entries.filter(case=taken, kind="case.merged").order_by("-pk").values_list("pk", flat=True).first()
        taken_off = entries.filter(case=home, kind="case.matter_set", data__guard="", pk__gt=went or 0)
        if home.guard or home.erased_at is not None or taken_off.exists():
            continue
        told = [("case.matter_set", {"guard": taken.guard})]
        if home.severity != SAFETY:
            told.append(("case.severity", {"before": home.severity, "severity": SAFETY}))
        case_model.objects.filter(pk=home.pk).update(guard=taken.guard, severity=SAFETY)
        for kind, data in told:
            entries.create(case=home, kind=kind, at=now, recorded_at=now, actor="system", data=data)
        apps.get_model("cases", "NextStep").objects.filter(case=home).update(score_turns_at=now)


class Migration(migrations.Migration):
    dependencies = [("cases", "0018_readings")]
    operations = [migrations.RunPython(guard_what_took_them_in, migrations.RunPython.noop, elidable=True)]
