"""An alarm is written down once, and told in working time (SL4)."""

from __future__ import annotations

from datetime import timedelta

from amends.cases.models import Case
from amends.clock import calendars
from amends.clock.alarms import raise_alarm
from amends.clock.models import Alarm
from tests.cast import TUESDAY, Cast, complaint

NIGHT = TUESDAY + timedelta(hours=16)


def test_the_same_alarm_is_raised_once(cast: Cast) -> None:
    case = complaint(cast)
    first = raise_alarm(cast.bo, "broken", TUESDAY, case, promise=7)
    assert raise_alarm(cast.bo, "broken", TUESDAY + timedelta(hours=1), case, promise=7) == first
    others = [
        raise_alarm(cast.bo, "broken", TUESDAY, case, promise=8),
        raise_alarm(cast.ines, "broken", TUESDAY, case, promise=7),
        raise_alarm(cast.bo, "half", TUESDAY, case, promise=7),
        raise_alarm(cast.bo, "broken", TUESDAY, promise=7),
    ]
    assert Alarm.objects.count() == 1 + len(others)


def test_whoever_works_is_told_now_and_at_night_in_the_morning(cast: Cast) -> None:
    """SL4."""
    case = complaint(cast)
    assert raise_alarm(cast.bo, "half", TUESDAY, case).tell_at == TUESDAY
    begins = calendars.duties([cast.bo], NIGHT)[cast.bo.pk].next
    assert raise_alarm(cast.bo, "broken", NIGHT, case).tell_at == begins
    assert begins is not None and begins > NIGHT


def test_a_life_does_not_wait_for_the_morning(cast: Cast) -> None:
    """SL4: a severity of 5."""
    case = complaint(cast)
    case.severity = Case.Severity.SAFETY
    assert raise_alarm(cast.bo, "broken", NIGHT, case).tell_at == NIGHT
