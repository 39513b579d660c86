"""The targets of one channel, for any severity or for one (SL1)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.clock import spans
from amends.clock.models import Target
from amends.desk.forms.fields import SpanField

CHANNELS = [
    ("email", gettext_lazy("Mail")),
    ("form", gettext_lazy("Contact form")),
    ("phone", gettext_lazy("Phone")),
    ("voicemail", gettext_lazy("Voicemail, wish for a call")),
    ("chat", gettext_lazy("Chat")),
    ("messaging", gettext_lazy("Messengers, text message")),
    ("social", gettext_lazy("Social media")),
    ("review", gettext_lazy("Reviews, forums")),
]
ANSWERS = ("first_reply", "next_reply")
TIMES = (*ANSWERS, "made_right")


class ChannelForm(forms.Form):
    """A row of the table, read from `target` and kept in it.

    `inherited` is what holds while a severity has no row of its own; None on the page of any severity.
    """

    FIELDS = (*TIMES, "clock")

    first_reply = SpanField(label=gettext_lazy("First answer"), required=False)
    next_reply = SpanField(label=gettext_lazy("Next answers"), required=False)
    made_right = SpanField(label=gettext_lazy("Made right"), required=False)
    clock = forms.ChoiceField(
        label=gettext_lazy("Counted in"), choices=Target.Clock.choices, widget=forms.Select(attrs={"class": "input"})
    )

    def __init__(self, data: Any, target: Target, name: str, inherited: Target | None = None) -> None:
        initial = {field: getattr(target, field) for field in self.FIELDS}
        if inherited is not None and not target.pk:
            initial = {**dict.fromkeys(TIMES), "clock": inherited.clock}
        super().__init__(data, prefix=target.channel, initial=initial)
        self.target, self.name, self.inherited = target, name, inherited
        for field_name, field in self.fields.items():
            field.widget.attrs["aria-label"] = f"{name}: {field.label}"
            minutes = getattr(inherited, field_name) if inherited is not None and field_name in TIMES else None
            if minutes:
                field.widget.attrs["placeholder"] = spans.shown(minutes)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = self.cleaned_data
        missing = [name for name in ANSWERS if name not in self.errors and cleaned.get(name) is None]
        if not self.errors and not self.is_left_to_any:
            for name in missing:
                self.add_error(name, self._missing())
        return cleaned

    @property
    def is_left_to_any(self) -> bool:
        """Nothing is written in the row of a severity: what is set for any severity holds."""
        return self.inherited is not None and all(self.cleaned_data.get(name) is None for name in TIMES)

    def keep(self) -> bool:
        """Save the row, or take it away where it is left to any severity; whether anything changed."""
        kept = bool(self.target.pk)
        if self.is_left_to_any:
            return kept and bool(self.target.delete()[0])
        for name in self.FIELDS:
            setattr(self.target, name, self.cleaned_data[name])
        if kept and not self.has_changed():
            return False
        self.target.save()
        return True

    def _missing(self) -> str:
        if self.inherited is None:
            return _("Write a time, such as 4 h.")
        return _("Write both answers, or leave the whole row empty: then it is as for any severity.")
