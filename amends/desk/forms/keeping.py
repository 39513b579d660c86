"""For how many days closed cases are kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from amends.flows.keeping import CHANNELS

LONGEST = 36_500
LABELS = {
    "email": gettext_lazy("Begun by mail: days"),
    "form": gettext_lazy("Begun on the contact form: days"),
    "phone": gettext_lazy("Begun on the phone: days"),
}


class KeepingForm(forms.Form):
    """One field for each channel; an empty one keeps for good."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for channel in CHANNELS:
            self.fields[channel] = forms.IntegerField(
                label=LABELS[channel],
                required=False,
                min_value=1,
                max_value=LONGEST,
                widget=forms.NumberInput({"placeholder": gettext_lazy("for good"), "inputmode": "numeric"}),
            )

    def days(self) -> dict[str, int]:
        """Channel → days, of those that are not kept for good."""
        return {channel: self.cleaned_data[channel] for channel in CHANNELS if self.cleaned_data.get(channel)}
