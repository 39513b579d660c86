"""Count what strangers may do only so often: exact over all processes, for as long as was said.

The cache cannot: its `incr` loses counts made at the same moment and forgets after five minutes.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import connection
from django.db.models import F

from amends.kit import drift
from amends.kit.models import Tally

LONGEST = timedelta(days=1)
"""No limit counts for longer."""


def add(name: str, value: str, now: datetime, *, lasts: timedelta) -> int:
    """One more of `name` for `value` (an address, a number); how many there are since the first, `lasts` ago at most.

    The value is kept as a hash only.
    """
    key = _key(name, value)
    if not Tally.objects.filter(key=key, until__gt=now).update(count=F("count") + 1):
        Tally.objects.filter(until__lte=now).delete()
        first = Tally(key=key, count=0, until=now + lasts)
        # Two at once may both come here: one makes the row, both count in it.
        Tally.objects.bulk_create([first], ignore_conflicts=True)
        Tally.objects.filter(key=key).update(count=F("count") + 1)
    return count(name, value, now)


def count(name: str, value: str, now: datetime) -> int:
    """How many there are."""
    kept = Tally.objects.filter(key=_key(name, value), until__gt=now).values_list("count", flat=True).first()
    return kept or 0


def set_right(now: datetime) -> int:
    """Forget what a clock ahead of ours has counted: else somebody would be shut out for years.

    The limits of the sign-in lie in the cache, where a table holds it; elsewhere the cache's own clock counts.
    """
    forgotten, _ = drift.ahead(Tally.objects.all(), "until", now, LONGEST).delete()
    if settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache"):
        far = connection.ops.adapt_datetimefield_value(now + LONGEST + drift.APART)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM kit_cache WHERE expires > %s", [far])
            forgotten += cursor.rowcount
    return forgotten


def _key(name: str, value: str) -> str:
    return f"{name}-{sha256(value.lower().encode()).hexdigest()[:32]}"
