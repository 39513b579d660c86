"""The one next step of an open case, and who is looking at it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.cases.models.case import Case
from amends.cases.risk import ABOUT_TO_BE_LOST
from amends.people.models import Brand, Member, Team


class NextStep(models.Model):
    """Who, what, by when (architecture §1, law 1). The primary key is the case: there cannot be two.

    Brand, team and the customer's last words are copied here, so that the list is one indexed read.
    """

    class Kind(models.TextChoices):
        ANSWER = "answer", _("Answer")
        PROMISE = "promise", _("Keep a promise")
        RETIME = "retime", _("Keep it, or name a new time")
        REACH = "reach", _("Find another way")
        HEAR = "hear", _("Hear whether it is right")
        READ = "read", _("Read by hand")
        DECIDE = "decide", _("Decide")

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="next_step")
    who = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="next_steps", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    what = models.CharField(max_length=200)
    """What it is about: the matter, or the act that was promised."""
    by = models.DateTimeField()
    made_at = models.DateTimeField()
    promise_id = models.BigIntegerField(null=True, blank=True)
    """The open promise that gives `by`; a number, because promises live a layer above."""
    why = models.JSONField(default=list)
    """Why this person: reason codes of `triage.routing` (RO7)."""
    score = models.PositiveSmallIntegerField(default=0)
    """Of two that are due in the same minute, the higher goes first (C3.5)."""
    score_turns_at = models.DateTimeField(null=True, blank=True)
    """When the score changes by itself: a day more that they wait, an occasion that comes near."""
    risk = models.PositiveSmallIntegerField(default=0)
    """Percent: how probably the customer is lost as it stands (C5.3)."""
    rung = models.PositiveSmallIntegerField(default=0)
    """The highest rung that the case has come to and not left (C3.1)."""
    last_chance = models.BooleanField(default=False)
    """They came back for the third time on this matter, and it is not right (C3.2, A106)."""
    tell_by = models.DateTimeField(null=True, blank=True)
    """While it is ours to do: when to look whether the customer has heard nothing for too long (SL9)."""
    said = models.CharField(max_length=200, blank=True)
    said_channel = models.CharField(max_length=16, blank=True)
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="+", db_index=False)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            # Each holds all that a list asks before it shows a row.
            models.Index(fields=["who", "by", "-score", "case", "brand"], name="steps_of_a_member"),
            models.Index(fields=["by", "-score", "case", "brand"], name="steps_of_all"),
            models.Index(fields=["brand", "by", "-score", "case"], name="steps_of_a_brand"),
            models.Index(
                fields=["by", "-score", "case", "brand", "risk", "last_chance"],
                condition=models.Q(risk__gte=ABOUT_TO_BE_LOST) | models.Q(last_chance=True),
                name="steps_in_peril",
            ),
            models.Index(
                fields=["score_turns_at"],
                condition=models.Q(score_turns_at__isnull=False),
                name="steps_to_score_anew",
            ),
            models.Index(fields=["tell_by"], condition=models.Q(tell_by__isnull=False), name="steps_to_tell_of"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.what}"


class Presence(models.Model):
    """Who reads or writes on a case just now (CV12). Older than half a minute means gone."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="presences")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    writing = models.BooleanField(default=False)
    seen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "member"], name="present_once_on_a_case")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["seen_at"], name="present_lately")]

    def __str__(self) -> str:
        return f"{self.member_id} on {self.case_id}"
