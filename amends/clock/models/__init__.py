"""Promises, targets, hours, and the ladder."""

from amends.clock.models.hours import WEEKDAYS, Absence, Holiday, Period, TeamHours
from amends.clock.models.ladder import Alarm, Escalation, Follower, Weighing
from amends.clock.models.promise import Attempt, Promise
from amends.clock.models.targets import PackInUse, Target

__all__ = [
    "WEEKDAYS",
    "Absence",
    "Alarm",
    "Attempt",
    "Escalation",
    "Follower",
    "Holiday",
    "PackInUse",
    "Period",
    "Promise",
    "Target",
    "TeamHours",
    "Weighing",
]
