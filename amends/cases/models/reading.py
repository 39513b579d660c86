"""What was read in customers' letters: places and labels, never words."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from amends.cases.models.entry import Letter
from amends.people.models import Member


class LetterReading(models.Model):
    """What the reader told of one letter (C6). Computed from the letter and the timeline: it may be thrown away."""

    class Turn(models.IntegerChoices):
        """What became of the customer's mood since their letter before."""

        WORSE = -1
        NONE = 0
        BETTER = 1

    letter = models.OneToOneField(Letter, primary_key=True, on_delete=models.CASCADE, related_name="reading")
    stance = models.CharField(max_length=40)
    anger = models.PositiveSmallIntegerField()
    """0 calm, 1 annoyed, 2 angry."""
    topic = models.CharField(max_length=40)
    signals = models.JSONField(default=list)
    """`[{label, polarity, strength, certainty, time, span}]`, the span in characters of the letter's new words."""
    kudos = models.JSONField(default=list)
    """Spans of the names of those who are praised."""
    turn = models.SmallIntegerField(choices=Turn.choices, default=Turn.NONE)
    turned_by = models.CharField(max_length=40, blank=True)
    """What turned it: a label, or what happened on our side (`triage.turning`)."""
    turner = models.ForeignKey(Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    """Who of us had a part in the turn."""
    at = models.DateTimeField()
    """When the letter was written."""

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["at"], condition=~models.Q(turn=0), name="readings_that_turned"),
        ]

    def __str__(self) -> str:
        return self.stance


class Lesson(models.Model):
    """One attempt to learn from corrections, kept or not (`triage.local`); the newest in use stands over the reader."""

    at = models.DateTimeField()
    layer = models.JSONField(default=dict)
    """Weights of words that several people wrote; empty when the attempt did no better."""
    learned = models.PositiveIntegerField()
    """Corrections that there were."""
    held_out = models.PositiveIntegerField()
    """Sentences of letters that were not learned from."""
    before = models.PositiveIntegerField()
    """Errors on those without it; `after`: with it."""
    after = models.PositiveIntegerField()
    in_use = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["in_use"], condition=models.Q(in_use=True), name="one_lesson_in_use"),
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
