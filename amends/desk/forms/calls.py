"""Calls: how one went, and one that reached nobody."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from amends.clock.evidence import SPOKEN_TO
from amends.desk.forms.case import WhenForm
from amends.desk.times import Likely

LONGEST_CALL = 600
"""Minutes."""


class CallForm(forms.Form):
    """How a call of ours went: whether somebody was reached, and for how long (C4.2)."""

    REACHED, NOBODY, MESSAGE = "reached", "nobody", "message"

    outcome = forms.ChoiceField(
        label=gettext_lazy("How it went"),
        choices=[
            (REACHED, gettext_lazy("Reached")),
            (NOBODY, gettext_lazy("Not reached")),
            (MESSAGE, gettext_lazy("Left a message")),
        ],
        error_messages={"invalid_choice": gettext_lazy("Choose how the call went.")},
        required=False,
        initial=REACHED,
    )
    minutes = forms.FloatField(
        label=gettext_lazy("Minutes"),
        required=False,
        min_value=0,
        max_value=LONGEST_CALL,
        widget=forms.NumberInput(attrs={"class": "input short", "min": "0", "step": "any", "inputmode": "decimal"}),
        error_messages={
            "invalid": gettext_lazy("Write how many minutes you spoke, as in 12."),
            "min_value": gettext_lazy("Write how many minutes you spoke, as in 12."),
            "max_value": gettext_lazy("No call lasts longer than ten hours. Write the minutes again."),
        },
    )

    def clean_outcome(self) -> str:
        return self.cleaned_data["outcome"] or self.REACHED

    @property
    def seconds(self) -> int:
        """How long they were spoken to; without a number they were spoken to. Only when the form is valid."""
        minutes = self.cleaned_data["minutes"]
        return SPOKEN_TO if minutes is None else round(minutes * 60)


class TriedForm(WhenForm):
    """A call reached nobody; the second try in its window, with a message, offers another one."""

    left_message = forms.BooleanField(
        label=gettext_lazy("I left a message"),
        help_text=gettext_lazy("Say in it when you call again: the window below."),
        required=False,
    )

    def __init__(self, *given: Any, times: list[Likely], **named: Any) -> None:
        super().__init__(*given, **named)
        self.times = times

    def wants_time(self, cleaned: dict[str, Any]) -> bool:
        return False
