"""Who is asked when an answer failed: the rungs that a case has come to, and the alarms that tell people."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from amends.cases.models import Case
from amends.clock.models.promise import Promise
from amends.people.models import Member


class Escalation(models.Model):
    """A rung that a case has come to: why, who joined, what they must decide by when (C3.1, ES2).

    The owner stays the owner; whoever stands on the rung joins. One of each rung at a time.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="escalations")
    rung = models.PositiveSmallIntegerField()
    trigger = models.CharField(max_length=24)
    params = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField()
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="joined")
    """Who joined. None: nobody stands on that rung yet, and that is an alarm."""
    summary = models.TextField(blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    promise = models.OneToOneField(Promise, null=True, blank=True, on_delete=models.PROTECT, related_name="escalation")
    """The rung's own clock."""
    decided_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "rung"], condition=models.Q(ended_at=None), name="a_rung_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["member"], condition=models.Q(ended_at=None), name="rungs_joined"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.rung}"


class Alarm(models.Model):
    """Something that a member must know now, or at the beginning of their day (SL4).

    `tell_at` is in their working time unless a life may hang on it; what is not told alone goes into one digest.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="alarms")
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.CASCADE, related_name="alarms")
    code = models.CharField(max_length=32)
    params = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField()
    tell_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["tell_at"], condition=models.Q(told_at=None), name="alarms_to_tell"),
            models.Index(fields=["told_at", "member"], condition=models.Q(told_at__isnull=False), name="alarms_told"),
            models.Index(fields=["member", "tell_at"], condition=models.Q(seen_at=None), name="alarms_not_seen"),
            models.Index(fields=["case", "code"], name="alarms_of_a_case"),
        ]

    def __str__(self) -> str:
        return f"{self.code} to {self.member_id}"


class Weighing(models.Model):
    """When a case is looked at again for triggers, and which facts have counted already (C3.2).

    Only of cases where something counted or will: most never have a row.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="weighing")
    at = models.DateTimeField(null=True, blank=True)
    marks = models.JSONField(default=list, blank=True)
    """Marks of triggers (`clock.ladder.Trigger.mark`) that were answered."""

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["at"], condition=models.Q(at__isnull=False), name="cases_to_weigh"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} at {self.at}"


class Follower(models.Model):
    """How far somebody has read the timeline, or a list; entries behind `upto` may still be written for a while."""

    name = models.CharField(max_length=24, primary_key=True)
    upto = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}: {self.upto}"
